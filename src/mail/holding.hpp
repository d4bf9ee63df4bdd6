// What the outbox holds on somebody: letters to him, and which he wants no more. The store outlives it; any thread.
#pragma once

#include "access/holdings.hpp"

namespace pitchblende::mail {

access::Holding holding(store::Store& store);

}  // namespace pitchblende::mail
