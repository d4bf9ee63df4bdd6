// What files say for a code in words of their own: a sort of partnership, "convention CIFRE". Pure, any thread.
// docs/rules/partnerships.md, rule 8.
#pragma once

#include <span>
#include <string_view>

#include "registry/kinds.hpp"

namespace pitchblende::registry {

// Words that stand for a code, normalised().
struct Said {
  std::string_view words;
  std::string_view code;
};
std::span<const Said> partnership_types_said();

// The code that a value of that field stands for; what is none comes back as it was said.
std::string_view code_said(FieldId field, std::string_view said);

}  // namespace pitchblende::registry
