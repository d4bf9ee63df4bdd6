// What the codes of closed lists are called in a workbook, and which code somebody means by a word. Inside confirm;
// pure, any thread. Rule 16 of docs/rules/confirm.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "registry/kinds.hpp"

namespace pitchblende::confirm {

// Of a field with a closed list, or of yes and no; else none.
std::vector<std::string_view> listed_codes(registry::FieldId field);
// As pages call it in that language; with the code behind it where two of the list are called the same.
std::string word_of(registry::FieldId field, std::string_view code, Language language);
// The code of a word in either language, or of itself; what is none of the list comes back as it was typed.
std::string code_meant(registry::FieldId field, std::string_view typed);

}  // namespace pitchblende::confirm
