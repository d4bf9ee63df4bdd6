// Who works on what a group is about: people proposed as its members, with the evidence of their work. Reads the index
// alone; any thread.
#pragma once

#include <string>
#include <vector>

#include "access/visibility.hpp"
#include "base/id.hpp"
#include "groups/topics.hpp"
#include "search/search.hpp"

namespace pitchblende::groups {

struct Proposal {
  Id person;
  double score = 0;
  int64_t with_teams = 0;  // outputs with the group's teams
  int64_t on_topics = 0;   // outputs on its topics
  int64_t leads = 0;       // projects, awards, trials, patents of the group in which he is named
  std::vector<Id> proofs;  // outputs, the newest first
};
// The strongest first, then by id; those in `decided` (sorted) are left out. Rule 4.
std::vector<Proposal> proposals(const search::Index& index, const Scope& scope, const std::vector<Id>& decided,
                                const access::Viewer& viewer, size_t most);

}  // namespace pitchblende::groups
