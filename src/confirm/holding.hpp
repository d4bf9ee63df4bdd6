// What stands on somebody in confirmations: cards that he was asked about, workbooks. The store outlives it; any
// thread.
#pragma once

#include "access/holdings.hpp"

namespace pitchblende::confirm {

access::Holding holding(store::Store& store);

}  // namespace pitchblende::confirm
