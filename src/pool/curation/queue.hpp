// The queue of questions for curators: doubts as resolution gave them, kept from run to run. Inside pool.
#pragma once

#include "pool/resolve.hpp"
#include "pool/state.hpp"

namespace pitchblende::pool {

// Puts the doubts of a resolution in the place of those that it looked at again. `due`: records that were resolved,
// withdrawn ones too.
Result<void> replace_doubts(State& state, Scope scope, const std::vector<resolution::Mention>& mentions,
                            const resolution::Resolution& resolution, const std::vector<int64_t>& due);

// Resolves everything for its doubts alone: assignments stay as they are.
Result<void> renew_queue(State& state, const OnProgress& on_progress);
// The same where the queue was dropped with other derived tables.
Result<void> renew_dropped_queue(State& state, const OnProgress& on_progress);
// To be said where the table is made anew.
Result<void> note_dropped(store::Transaction& db);

// Between two things, either way round; nullopt: nothing is asked of them.
Result<std::optional<resolution::Doubt>> doubt_between(store::Store& store, Id a, Id b);

}  // namespace pitchblende::pool
