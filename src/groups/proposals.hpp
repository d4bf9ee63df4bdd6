// Who works on what a group is about: people proposed as its members, with the evidence of their work. Reads the index
// alone; any thread.
#pragma once

#include <string>
#include <vector>

#include "access/visibility.hpp"
#include "base/id.hpp"
#include "search/search.hpp"

namespace pitchblende::groups {

// What a group is known by.
struct Scope {
  Id group;
  std::vector<Id> teams;
  int this_year = 0;  // what is older than five years is no evidence
};

struct Topic {
  std::string name;
  int64_t outputs = 0;  // of the group's teams
  double weight = 0;    // how much more of theirs than of all outputs
};
// What the group's outputs are about and others' are not, the most telling first.
std::vector<Topic> topics_of(const search::Index& index, const Scope& scope, const access::Viewer& viewer, size_t most);

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

// How many outputs of the group's teams are about each topic.
std::vector<std::pair<std::string, int64_t>> covered(const search::Index& index, const Scope& scope,
                                                     const access::Viewer& viewer);
// Topics of all outputs of those years, the most frequent first.
std::vector<std::pair<std::string, int64_t>> all_topics(const search::Index& index, int this_year,
                                                        const access::Viewer& viewer, size_t most);

}  // namespace pitchblende::groups
