// What requests hold on somebody: what he asked, what he answered, whom he stands in for. The store outlives it; any
// thread.
#pragma once

#include "access/holdings.hpp"

namespace pitchblende::requests {

access::Holding holding(store::Store& store);

}  // namespace pitchblende::requests
