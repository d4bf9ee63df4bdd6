// What follows from what somebody says of a role. Pure; the rules are numbered in docs/rules/membership.md.
#pragma once

#include <string_view>
#include <vector>

#include "membership/membership_types.hpp"
#include "pool/pool_types.hpp"

namespace pitchblende::membership {

// Codes of the field, in its order.
std::vector<std::string_view> codes();
std::vector<Role> roles_of(const registry::Card& card);
// In force on that day.
bool is_in_force(const Period& period, std::string_view today);
// Rule 3. Errors: MEMBERSHIP_DATE, MEMBERSHIP_ENDS_FIRST.
Result<void> judge(const Period& period);

struct Plan {
  registry::Record record;                  // of this slice: all that was said of the institution
  std::vector<pool::Judgement> judgements;  // without who and why: what other sources say is held back
};
// Rules 2, 4 and 5. `reference`: an identifier that leads to the card. Errors: MEMBERSHIP_ROLE, MEMBERSHIP_TWICE,
// MEMBERSHIP_CHANGED, MEMBERSHIP_SAME, those of judge().
Result<Plan> plan(const registry::Card& card, const Said& said, std::string_view reference);

}  // namespace pitchblende::membership
