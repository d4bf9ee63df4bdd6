// What the site calls the codes of closed lists, in either language: the words of web/locales. Constant, any thread.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pitchblende::registry {

inline constexpr std::array k_languages{Language::french, Language::english};

// "cancer_centre" → "centre de lutte contre le cancer"; without a word of its own the code with spaces.
std::string code_word(std::string_view code, Language language);

}  // namespace pitchblende::registry
