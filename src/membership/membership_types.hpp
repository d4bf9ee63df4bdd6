// Values of membership: roles of institutions in the consortium, with their periods. No thread contract.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/card.hpp"

namespace pitchblende::membership {

// From the first to the last day, both in; partial dates ("2007", "2007-04"); empty: not known, or no end.
struct Period {
  std::string from;
  std::string to;
  bool operator==(const Period&) const = default;
};
// "2007/2012": tells whether somebody changed it meanwhile.
std::string mark_of(const Period& period);

// A role as it stands on an institution's card.
struct Role {
  std::string code;  // "member"
  Period period;
  std::vector<std::string> sources;  // who says so, best first; none: a person's decision
};

struct Institution {
  registry::Card card;
  std::vector<Role> roles;  // in the order of the field's codes, then of time
};

// What somebody says of one role of one institution.
struct Said {
  std::string code;
  Period period;
  std::string mark;         // of the period that he was shown; "" where there was no such role
  bool taken_away = false;  // it never had that role
};

}  // namespace pitchblende::membership
