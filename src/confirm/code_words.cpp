#include "confirm/code_words.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "confirm/editing.hpp"
#include "registry/code_words.hpp"

namespace pitchblende::confirm {

namespace {

using registry::FieldId;
using registry::FieldType;

// As pages have it, and yes and no, which they show as a mark.
std::string plain_word(std::string_view code, Language language) {
  const bool french = language == Language::french;
  return code == "true"    ? (french ? "oui" : "yes")
         : code == "false" ? (french ? "non" : "no")
                           : registry::code_word(code, language);
}

}  // namespace

std::vector<std::string_view> listed_codes(FieldId field) {
  return registry::description(field).type == FieldType::flag ? std::vector<std::string_view>{"true", "false"}
                                                              : codes_of(field);
}

std::string word_of(FieldId field, std::string_view code, Language language) {
  std::string out = plain_word(code, language);
  const auto codes = listed_codes(field);
  const bool twice = std::any_of(codes.begin(), codes.end(), [&](std::string_view other) {
    return other != code && normalised(plain_word(other, language)) == normalised(out);
  });
  return twice ? out + " (" + std::string(code) + ")" : out;
}

std::string code_meant(FieldId field, std::string_view typed) {
  const std::string wanted = normalised(typed);
  for (const std::string_view code : listed_codes(field)) {
    const bool said = typed == code || std::ranges::any_of(registry::k_languages, [&](Language each) {
                        return normalised(word_of(field, code, each)) == wanted;
                      });
    if (said) {
      return std::string(code);
    }
  }
  return std::string(typed);
}

}  // namespace pitchblende::confirm
