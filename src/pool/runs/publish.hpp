// Records that slices of this program publish about their own work. Runs in the writer's thread, inside the slice's own
// transaction.
#pragma once

#include "pool/pool_types.hpp"
#include "pool/state.hpp"

namespace pitchblende::pool {

Result<void> publish_record(State& state, store::Transaction& db, const Publication& publication);
// Records, things or placings whose work is not done yet.
Result<bool> is_anything_due(State& state);

}  // namespace pitchblende::pool
