// What all years are counted from: read once, in one snapshot, for each that may be seen by somebody else. Owner:
// insight. Values; any thread once read.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "insight/draft.hpp"
#include "insight/insight_store.hpp"
#include "insight/standing.hpp"
#include "search/search.hpp"

namespace pitchblende::insight {

// A team, an instrument: from when to when it is there.
struct Lasting {
  Id id;
  std::string from;
  std::string to;
};

struct Ground {
  std::vector<registry::Card> organisations;  // that have or had a role in the consortium, but for companies
  std::vector<registry::Card> areas;          // key areas of any time
  std::vector<Id> companies;                  // sorted
  std::vector<Tie> ties;
  std::vector<Id> people;
  std::vector<Id> platforms;
  std::vector<Lasting> teams;
  std::vector<Lasting> equipment;                  // that is not retired
  std::array<std::vector<Thing>, k_bases> things;  // [Base]: projects, trials, patents, partnerships, awards
  uint64_t bytes_read = 0;                         // of cards
};

Result<Ground> read_ground(store::Connection& db, const search::Index& index, const access::Viewer& viewer);

// All ids that a query finds.
std::vector<Id> all_found(const search::Index& index, search::Query query, const access::Viewer& viewer);
// Rule 4: things of a kind that the index finds for these institutions and areas, a superset of those that count.
// `year`: 0: of any.
std::vector<Id> candidates(const search::Index& index, const access::Viewer& viewer, registry::Kind kind, int year,
                           const std::vector<Id>& institutions, const std::vector<Id>& areas);

}  // namespace pitchblende::insight
