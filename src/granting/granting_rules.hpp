// How a table of roles is read: its titles, roles and days as people write them. Pure; the rules are numbered in
// docs/rules/access.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "granting/granting_types.hpp"

namespace pitchblende::granting {

// "E-mail address", "Adresse" … none: a title that says nothing to us.
Column column_of(std::string_view title);
// Which column an error of access is about.
Column column_of(const Error& error);
// "platform_manager", "Platform manager", "Responsable de plateforme".
std::optional<access::Role> role_of(std::string_view text);
// "2026-01-31" of itself, of "31/01/2026" and of "31.1.2026"; anything else as it stands.
std::string day_of(std::string_view text);
// Rule 19: against what there is of that account, role and object; `ever`: those that are over too.
Line compared(int64_t number, access::GrantRequest wanted, const std::vector<access::Grant>& ever,
              std::string_view today);

}  // namespace pitchblende::granting
