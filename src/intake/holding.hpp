// What stands on somebody in intake: files that he brought. The store outlives it; any thread.
#pragma once

#include "access/holdings.hpp"

namespace pitchblende::intake {

access::Holding holding(store::Store& store);

}  // namespace pitchblende::intake
