// The index follows the change log: what changed since its position is put in anew.
#pragma once

#include "pool/state.hpp"

namespace pitchblende::pool {

// Opens the index of the data folder; one that is missing, damaged or of another version is begun anew, and the next
// index_changes() fills it with everything. `remade` says so.
void open_or_begin_index(State& state, bool& remade);

// Puts changed cards into the index in batches, commits and checkpoints.
Result<void> index_changes(State& state, const OnProgress& on_progress, SettleReport& report);
// Begins anew and puts everything in, in the order of the ids.
Result<void> index_everything(State& state, const OnProgress& on_progress, SettleReport& report);

}  // namespace pitchblende::pool
