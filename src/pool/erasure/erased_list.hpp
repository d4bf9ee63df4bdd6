// What is left of the erased, once more beside the database: DIR/erased.list, hashes under the folder's key, one a
// line. A database that is put back from before an erasure does not know of it; the list does (docs/rules/erasure.md,
// 9). Under the pool's lock, but for find_returned(), which reads only.
#pragma once

#include "pool/state.hpp"

namespace pitchblende::pool {

// Writes into it what the database knows and it does not; what it has stays. Error: POOL_ERASED_LIST.
Result<void> keep_erased_list(State& state);
Result<Returned> find_returned(const State& state, const std::vector<std::string>& emails);
// The database learns what the list has.
Result<void> take_erased_list(State& state);

}  // namespace pitchblende::pool
