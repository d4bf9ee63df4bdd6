#include "resolution/organisations/organisation_tie.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace pitchblende::resolution {

namespace {

bool holds(const std::vector<std::string_view>& list, std::string_view id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

OrganisationTie tie(const OrganisationMatch& a, const OrganisationMatch& b) {
  if (a.current == b.current || holds(a.parents, b.id) || holds(b.parents, a.id)) {
    return OrganisationTie::organisation;
  }
  const bool body =
      std::any_of(a.parents.begin(), a.parents.end(), [&](std::string_view id) { return holds(b.parents, id); });
  return body ? OrganisationTie::body : OrganisationTie::nothing;
}

}  // namespace

OrganisationTie tie(const AffiliationAnswer& a, const AffiliationAnswer& b) {
  OrganisationTie nearest = OrganisationTie::unknown;
  for (const OrganisationMatch& one : a.organisations) {
    for (const OrganisationMatch& other : b.organisations) {
      if (!one.ambiguous && !other.ambiguous) {
        nearest = std::max(nearest, tie(one, other));
      }
    }
  }
  if (nearest <= OrganisationTie::nothing && !a.town.empty() && !b.town.empty()) {
    const bool countries = a.country.empty() || b.country.empty() || a.country == b.country;
    return countries && normalised(a.town) == normalised(b.town) ? OrganisationTie::town : OrganisationTie::nothing;
  }
  return nearest;
}

}  // namespace pitchblende::resolution
