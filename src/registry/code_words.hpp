// What the codes of closed lists are called, and which code somebody means by a word. Pure, any
// thread. Rule 16 of docs/rules/confirm.md.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "registry/kinds.hpp"

namespace pitchblende::registry {

inline constexpr std::array k_languages{Language::french, Language::english};

// "cancer_centre" → "centre de lutte contre le cancer"; without a word of its own the code with spaces.
std::string code_word(std::string_view code, Language language);

// Of a field with a closed list; else none.
std::vector<std::string_view> codes_of(FieldId field);
// Of a field with a closed list, or of yes and no; else none.
std::vector<std::string_view> listed_codes(FieldId field);
// As pages call it in that language; with the code behind it where two of the list are called the same.
std::string word_of(FieldId field, std::string_view code, Language language);
// The code of a word in either language, or of itself; what is none of the list comes back as it was typed.
std::string code_meant(FieldId field, std::string_view typed);
// Of a list as a field's description has it, "own company": nothing where no code is meant. A view into the list.
std::optional<std::string_view> code_meant(std::string_view codes, std::string_view typed);
// Of any list of codes.
std::optional<std::string_view> code_meant(std::span<const std::string_view> codes, std::string_view typed);
InBoth words_of_codes(std::string_view codes);

}  // namespace pitchblende::registry
