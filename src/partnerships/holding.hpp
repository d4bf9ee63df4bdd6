// What stands on somebody in partnerships: those that he runs, what he noted. The store outlives it; any thread.
#pragma once

#include "access/holdings.hpp"

namespace pitchblende::partnerships {

access::Holding holding(store::Store& store);

}  // namespace pitchblende::partnerships
