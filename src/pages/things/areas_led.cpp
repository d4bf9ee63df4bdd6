#include "pages/things/areas_led.hpp"

#include <algorithm>
#include <set>

namespace pitchblende::pages {

namespace {

using registry::Kind;
using registry::Link;
using search::Facet;

constexpr uint32_t k_most_areas = 60;
constexpr size_t k_most_above = 64;  // houses above a team, its own counted in

class Houses {
 public:
  Houses(const Site& site, Id organisation, std::string_view today, const access::Viewer& viewer)
      : m_site(site), m_organisation(organisation), m_today(today), m_viewer(viewer) {}

  Result<bool> lead(Id area) const {
    TRY_ASSIGN(const auto leaders, led_to(area, "leaders"));
    for (const Id leader : leaders) {
      TRY_ASSIGN(const auto positions, led_to(leader, "positions"));
      TRY_ASSIGN(const bool ours, are_ours(positions));
      if (ours) {
        return true;
      }
    }
    return false;
  }

 private:
  // Where the links of a field that hold today lead.
  Result<std::vector<Id>> led_to(Id from, std::string_view field) const {
    TRY_ASSIGN(const auto links, m_site.registry().links_from(from, m_viewer));
    std::vector<Id> to;
    for (const Link& link : links) {
      if (link.field == field && registry::holds_on(link.since, link.until, m_today)) {
        to.push_back(link.to);
      }
    }
    return to;
  }

  // Whether one of these is the organisation, or a part of it.
  Result<bool> are_ours(std::vector<Id> open) const {
    std::set<Id> seen;
    while (!open.empty() && seen.size() < k_most_above) {
      const Id each = open.back();
      open.pop_back();
      if (each == m_organisation) {
        return true;
      }
      if (seen.insert(each).second) {
        TRY_ASSIGN(const auto above, led_to(each, "parents"));
        open.insert(open.end(), above.begin(), above.end());
      }
    }
    return false;
  }

  const Site& m_site;
  Id m_organisation;
  std::string_view m_today;
  const access::Viewer& m_viewer;
};

}  // namespace

Result<Views> areas_led(const Site& site, Id organisation, std::string_view today, const access::Viewer& viewer,
                        const Words& words) {
  search::Query query;
  query.filters = {{Facet::kind, {std::string(registry::name(Kind::group))}},
                   {Facet::type, {"key_area"}},
                   {Facet::institution, {organisation.text()}}};
  query.order = search::Order::title;
  query.size = k_most_areas;
  query.facet_size = 0;
  query.snippets = false;
  std::vector<search::Hit> areas = site.index()->search(query, viewer).hits;
  const Houses houses(site, organisation, today, viewer);
  std::vector<search::Hit> led;
  for (search::Hit& area : areas) {
    TRY_ASSIGN(const bool leads, houses.lead(area.id));
    if (leads) {
      led.push_back(std::move(area));
    }
  }
  return led.empty() ? Views{} : Views{hits_block("areas_led", led, led.size(), {}, words)};
}

}  // namespace pitchblende::pages
