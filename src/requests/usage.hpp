// How many requests were answered: sums over conversations, for figures. A door of requests; any thread.
#pragma once

#include <unordered_map>

#include "requests/requests_types.hpp"
#include "store/store.hpp"

namespace pitchblende::requests {

// By what was asked: conversations answered for the first time in the time given, seconds of UTC since 1970, the end
// not in it. What is asked of staff counts under no thing (Id()).
Result<std::unordered_map<Id, int64_t>> answered_between(store::Store& store, int64_t begins, int64_t ends);

}  // namespace pitchblende::requests
