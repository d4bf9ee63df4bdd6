// The concepts that stand in an index, as a thesaurus. Inside search.
#pragma once

#include <utility>

#include "search/snapshot.hpp"

namespace pitchblende::search {

// Says of the segments which concepts they hold: while it is the same, so is the thesaurus.
using ConceptsMark = std::vector<std::pair<uint64_t, uint32_t>>;
ConceptsMark concepts_mark(const std::vector<LiveSegment>& segments);

// Of the public concepts that are alive, by their public labels. Any thread.
std::shared_ptr<const Thesaurus> thesaurus_of(const std::vector<LiveSegment>& segments);

}  // namespace pitchblende::search
