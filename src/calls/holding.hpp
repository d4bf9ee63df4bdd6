// What stands on somebody in proposals and reviews: texts, submissions, parties. The store outlives it; any thread.
#pragma once

#include "access/holdings.hpp"

namespace pitchblende::calls {

access::Holding holding(store::Store& store);

}  // namespace pitchblende::calls
