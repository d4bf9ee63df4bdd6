// A query over a whole snapshot: count, page of hits, facets. Any thread; what it works in is kept for each thread.
#pragma once

#include "search/snapshot.hpp"

namespace pitchblende::search {

Answer find(const Snapshot& snapshot, const Query& query, const access::Viewer& viewer);

}  // namespace pitchblende::search
