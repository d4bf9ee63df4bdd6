// What the registry's tables hold on people. An erasure empties them itself (erase.hpp); here they are told and listed.
#pragma once

#include "access/holdings.hpp"

namespace pitchblende::pool {

access::Holding holding(store::Store& store);

}  // namespace pitchblende::pool
