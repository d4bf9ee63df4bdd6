// What stands on somebody in key areas: memberships, places at events, what he wrote. The store outlives it; any
// thread.
#pragma once

#include "access/holdings.hpp"

namespace pitchblende::groups {

access::Holding holding(store::Store& store);

}  // namespace pitchblende::groups
