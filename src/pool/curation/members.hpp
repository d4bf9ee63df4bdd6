// Records and names of things, as a curator reads them. Inside pool. Reads only; any thread.
#pragma once

#include <span>

#include "pool/state.hpp"

namespace pitchblende::pool {

// What each of these places says, in their order.
Result<std::vector<Member>> members_at(store::Store& store, const std::vector<resolution::MentionRef>& places);
// The names that these records print, each with the thing that it is of.
Result<std::vector<Member>> names_on(store::Store& store, const std::vector<int64_t>& records);
// Fills in all but `ref` and `id`: at most `shown` members of each, its own place before the others.
Result<void> describe_sides(store::Store& store, std::vector<Side>& sides, size_t shown);

}  // namespace pitchblende::pool
