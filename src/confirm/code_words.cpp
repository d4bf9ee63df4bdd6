#include "confirm/code_words.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <map>

#include "base/text.hpp"
#include "confirm/editing.hpp"
#include "confirm/locales.hpp"

namespace pitchblende::confirm {

namespace {

namespace json = boost::json;
using registry::FieldId;
using registry::FieldType;

using Words = std::map<std::string, std::string, std::less<>>;

// The words of pages, and of yes and no, which pages show as a mark.
Words words_in(std::string_view file, std::string_view yes, std::string_view no) {
  Words out{{"true", std::string(yes)}, {"false", std::string(no)}};
  for (const auto& each : embedded::locales()) {
    if (!each.path.ends_with(file)) {
      continue;
    }
    const json::value whole = json::parse(each.text);
    for (const auto& [code, word] : whole.at("codes").as_object()) {
      out.emplace(code, std::string(word.as_string()));
    }
  }
  return out;
}

const Words& words_of(Language language) {
  static const Words k_french = words_in("/fr.json", "oui", "non");
  static const Words k_english = words_in("/en.json", "yes", "no");
  return language == Language::french ? k_french : k_english;
}

std::string plain_word(std::string_view code, Language language) {
  const Words& words = words_of(language);
  if (const auto known = words.find(code); known != words.end()) {
    return known->second;
  }
  std::string out(code);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
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
    const bool said =
        typed == code || std::ranges::any_of(std::array{Language::french, Language::english}, [&](Language each) {
          return normalised(word_of(field, code, each)) == wanted;
        });
    if (said) {
      return std::string(code);
    }
  }
  return std::string(typed);
}

}  // namespace pitchblende::confirm
