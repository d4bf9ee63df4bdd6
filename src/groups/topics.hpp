// What groups work on, told by the concepts of their teams' outputs. Reads the index alone; any thread.
#pragma once

#include <map>
#include <optional>
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

// The outputs of the last five years, without hits and facets; of the group's teams.
search::Query outputs(int this_year);
search::Query outputs_of(const Scope& scope);
// The values of one facet among what a query finds, the most frequent first; `all`: how many it finds.
std::vector<search::FacetCount> counts(const search::Index& index, search::Query query, search::Facet facet,
                                       const access::Viewer& viewer, uint64_t* all = nullptr);

// The same of the `most` most frequent values.
std::vector<search::FacetCount> counts_of_most(const search::Index& index, search::Query query, search::Facet facet,
                                               uint32_t most, const access::Viewer& viewer, uint64_t* all = nullptr);
// Those whose outputs are evidence: "2022" … "2027".
std::vector<std::string> years(int this_year);

struct Topic {
  std::string name;
  int64_t outputs = 0;  // of the group's teams
  double weight = 0;    // how much more of theirs than of all outputs
};
// What the group's outputs are about and others' are not, the most telling first.
std::vector<Topic> topics_of(const search::Index& index, const Scope& scope, const access::Viewer& viewer, size_t most);

// Outputs, and how many of them are about each topic.
struct Counted {
  int64_t outputs = 0;
  std::map<std::string, int64_t> topics;
};
// A row of what is covered by which area: what one of them has more than all do, what many have, what none has.
struct TopicRow {
  enum class Why : uint8_t { telling, shared, nobody };
  std::string name;
  Why why = Why::telling;
  std::vector<int64_t> outputs;  // of each area
  int64_t all = 0;
  bool operator==(const TopicRow&) const = default;
};
// Rule 11: the rows that say something, telling ones in the order of the areas that have most. Pure.
std::vector<TopicRow> telling_rows(const Counted& all, const std::vector<Counted>& areas);
std::vector<TopicRow> coverage(const search::Index& index, const std::vector<Scope>& areas,
                               const access::Viewer& viewer);

// What no area's team has an output about, nor about anything that is narrower, and no platform, instrument or service
// offers; nullopt: some has.
std::optional<TopicRow> uncovered(const search::Index& index, const std::vector<Scope>& areas,
                                  const std::string& concept_name, const access::Viewer& viewer);

}  // namespace pitchblende::groups
