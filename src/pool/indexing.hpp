// The index follows the change log: what changed since its position is put in anew.
#pragma once

#include "pool/state.hpp"

namespace pitchblende::pool {

// Opens the index of the data folder. One that is missing, damaged, of another version or of another database is begun
// anew: it is being made until index_changes() has filled it with everything.
Result<void> open_or_begin_index(State& state);

// Before cards are dropped. The checkpoint goes: killed in the middle, the folder opens with an index to be made.
Result<void> begin_making_cards(State& state);
// All cards are there; an index that stands for none is still to be made.
void cards_are_made(State& state);
// Says to who asks how far the making is, then goes on to `on_progress`.
OnProgress noting(State& state, const OnProgress& on_progress);

// Puts changed cards into the index in batches, commits and checkpoints.
Result<void> index_changes(State& state, const OnProgress& on_progress, SettleReport& report);
// Puts everything into another index, in the order of the ids; the one before serves until the new one is whole.
Result<void> index_everything(State& state, const OnProgress& on_progress, SettleReport& report);

}  // namespace pitchblende::pool
