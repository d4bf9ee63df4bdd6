// A query over a whole snapshot: count, page of hits, facets. Any thread; what it works in is kept for each thread.
#pragma once

#include "search/matching/plan.hpp"
#include "search/snapshot.hpp"

namespace pitchblende::search {

// The best documents of an answer, where they stand.
struct FoundDocument {
  uint32_t segment = 0;
  uint32_t doc = 0;
  float score = 0;
};
struct FoundDocuments {
  Plan plan;
  uint64_t count = 0;
  bool relaxed = false;
  std::vector<FoundDocument> best;
};
FoundDocuments find_documents(const Snapshot& snapshot, const Query& query, const access::Viewer& viewer);

List list_all(const Snapshot& snapshot, const Query& query, const access::Viewer& viewer);

Answer find(const Snapshot& snapshot, const Query& query, const access::Viewer& viewer);

}  // namespace pitchblende::search
