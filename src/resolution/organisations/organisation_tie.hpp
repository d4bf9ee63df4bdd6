// How near two affiliations are by what they name: evidence for whether two mentions are one person. Inside resolution.
// Pure, any thread.
#pragma once

#include "resolution/organisations/organisations.hpp"

namespace pitchblende::resolution {

enum class OrganisationTie : uint8_t {
  unknown,      // one of them names neither an organisation nor a town
  nothing,      // nothing is shared
  town,         // the same town of the same country
  body,         // what they name is part of the same body
  organisation  // one that both name, or that one names and the other's is part of
};

// What is ambiguous ties nobody.
OrganisationTie tie(const AffiliationAnswer& a, const AffiliationAnswer& b);

}  // namespace pitchblende::resolution
