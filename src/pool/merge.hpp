// From the records of each entity that is due to its card, its identifiers and its links.
#pragma once

#include "pool/state.hpp"

namespace pitchblende::pool {

// Merges everything that is due. Organisations and teams go first: whether a person has a page hangs on them. Each
// piece writes cards, what is derived from them, the change log, and takes the entities off the list, in one
// transaction.
Result<void> merge_due(State& state, const OnProgress& on_progress, SettleReport& report);

}  // namespace pitchblende::pool
