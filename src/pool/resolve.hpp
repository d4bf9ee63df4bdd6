// Who is who, for what is due: loads the records concerned, asks resolution, writes assignments.
#pragma once

#include "pool/state.hpp"

namespace pitchblende::pool {

enum class Scope : uint8_t { due, everything };

// Resolves the records that are due together with whatever they may be the same as, or everything. Entities whose
// members or records changed become due for merging. Can be interrupted and done again: what is due leaves only at the
// end.
Result<void> resolve(State& state, Scope scope, const OnProgress& on_progress, SettleReport& report);

// The mentions that an entity is made of and those they were weighed against, resolved again to tell why.
Result<Explanation> explain_entity(store::Store& store, Id id);

// Remakes match_key from all live records.
Result<void> remake_keys(State& state, const OnProgress& on_progress);

}  // namespace pitchblende::pool
