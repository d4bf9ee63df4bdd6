// One year's things, read and placed. Owner: insight. Of one thread and one snapshot of the store.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "insight/draft.hpp"
#include "insight/insight_store.hpp"
#include "insight/insight_types.hpp"
#include "insight/standing.hpp"
#include "search/search.hpp"

namespace pitchblende::insight {

class Gathering {
 public:
  Gathering(store::Connection& db, const search::Index& index, const access::Viewer& viewer, int year);

  // Everything but hours; `answered`: requests by who answered them, or null.
  Result<Figures> make(const std::unordered_map<Id, int64_t>* answered);

 private:
  struct Draft {
    Thing thing;
    Standing standing = {};
  };

  Result<void> find_axes();
  Result<void> find_ties();
  Result<void> add_people();
  Result<void> add_teams();
  Result<void> add_platforms_and_equipment();
  void add_requests(const std::unordered_map<Id, int64_t>& answered);
  Result<void> add_things(registry::Kind kind, Base base);

  // Rule 4: things of a kind that the index finds for our institutions and areas, a superset of those that count.
  std::vector<Id> candidates(registry::Kind kind, std::optional<int> year) const;
  Result<std::vector<Draft>> drafts(const std::vector<Id>& ids);
  Result<void> add_people_to(std::vector<Draft>& drafts, registry::Kind kind);
  Result<void> place(std::vector<Draft>& drafts, registry::Kind kind, Base base);
  // Into the figures, when it is in one of our institutions or areas.
  void put(Base base, Item item, const Standing& standing);

  store::Connection& m_db;
  const search::Index& m_index;
  const access::Viewer& m_viewer;
  access::Visibility m_reach;
  Figures m_figures;
  std::set<std::string, std::less<>> m_home;  // countries, as resolution::country_in says them
  std::vector<Id> m_companies;                // sorted
  std::vector<Tie> m_ties;
  AffiliationReader m_affiliations;
  std::optional<Standings> m_standings;
};

}  // namespace pitchblende::insight
