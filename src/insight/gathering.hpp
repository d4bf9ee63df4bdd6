// One year's things, read and placed. Owner: insight. Of one thread and one snapshot of the store.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "insight/ground.hpp"
#include "insight/insight_types.hpp"

namespace pitchblende::insight {

class Gathering {
 public:
  // `ground`: what that viewer may see of all years; outlives it.
  Gathering(store::Connection& db, const search::Index& index, const access::Viewer& viewer, const Ground& ground,
            int year);

  // Everything but hours; `members`: of key areas, beside those of the ground; `answered`: requests by who answered
  // them, or null.
  Result<Figures> make(const std::vector<Membership>& members, const std::unordered_map<Id, int64_t>* answered);

 private:
  struct Draft {
    Thing thing;
    Standing standing = {};
  };

  void find_axes();
  void add_people();
  void add_teams();
  void add_platforms_and_equipment();
  void add_requests(const std::unordered_map<Id, int64_t>& answered);
  Result<void> add_things(registry::Kind kind, Base base);
  Result<void> add_outputs();

  Result<void> add_people_to(std::vector<Draft>& drafts, registry::Kind kind);
  Result<void> place(std::vector<Draft>& drafts, registry::Kind kind, Base base);
  // Into the figures, when it is in one of our institutions or areas.
  void put(Base base, Item item, const Standing& standing);

  store::Connection& m_db;
  const search::Index& m_index;
  const access::Viewer& m_viewer;
  const Ground& m_ground;
  Figures m_figures;
  std::set<std::string, std::less<>> m_home;  // countries, as resolution::country_in says them
  std::optional<Standings> m_standings;
};

}  // namespace pitchblende::insight
