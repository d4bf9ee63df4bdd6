// Links that say as what and for how long: a position, a membership, a team's leader. Their role, sort, title and dates
// are corrected beside what they lead to. Pure; any thread. Rules 26 to 31 of docs/rules/confirm.md.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "registry/record.hpp"

namespace pitchblende::confirm {

// What such a link carries that people are asked about. Dates may be partial; empty: not said.
struct Tenure {
  std::string role;   // "leader"
  std::string kind;   // of a position: "researcher"
  std::string title;  // as the institution calls it
  std::string from;
  std::string to;
  bool operator==(const Tenure&) const = default;
  bool is_empty() const { return *this == Tenure(); }
};

// A field of such links, and the words that are offered for them.
struct Tenured {
  registry::FieldId field;
  std::span<const std::string_view> roles;  // none: only dates are asked
  std::span<const std::string_view> kinds;
  bool has_title = false;
};
std::optional<Tenured> tenured(registry::FieldId field);
std::vector<Tenured> tenured_fields(registry::Kind kind);

// Who leads says so by his role, though his file said it by a mark.
Tenure tenure_of(const registry::Value& value);
// All else that the value carries stays.
registry::Value with_tenure(registry::Value value, const Tenure& tenure);

// Rules 28 and 29. `before`: what stood there may stay, listed or not. Errors: CONFIRM_ENDS_FIRST, CONFIRM_ROLE.
Result<void> judge(const Tenured& field, const Tenure& before, const Tenure& after);

// The code of a word of a list, in either language, or of itself; what is none comes back as it was typed.
std::string listed_code(std::span<const std::string_view> codes, std::string_view typed);
// "responsable, chercheur, Directrice (2019 – )"; empty: nothing is said.
std::string tenure_words(const Tenure& tenure, Language language);

}  // namespace pitchblende::confirm
