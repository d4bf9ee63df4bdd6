// Suggestions while somebody types, of public values only. Inside search; any thread.
#pragma once

#include "search/snapshot.hpp"

namespace pitchblende::search {

std::vector<Suggestion> suggestions(const Snapshot& snapshot, std::string_view typed, std::string_view language,
                                    size_t most);

}  // namespace pitchblende::search
