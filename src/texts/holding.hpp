// Who wrote the texts of the site. The store outlives it; any thread.
#pragma once

#include "access/holdings.hpp"

namespace pitchblende::texts {

access::Holding holding(store::Store& store);

}  // namespace pitchblende::texts
