#include "registry/code_words.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "registry/locales.hpp"

namespace pitchblende::registry {

namespace {

using Words = std::map<std::string, std::string, std::less<>>;

Words words_in(std::string_view file) {
  Words out;
  for (const auto& each : embedded::locales()) {
    if (each.path.ends_with(file)) {
      const boost::json::value whole = boost::json::parse(each.text);
      for (const auto& [code, word] : whole.at("codes").as_object()) {
        out.emplace(code, std::string(word.as_string()));
      }
    }
  }
  return out;
}

}  // namespace

std::string code_word(std::string_view code, Language language) {
  static const Words k_french = words_in("/fr.json");
  static const Words k_english = words_in("/en.json");
  const Words& words = language == Language::french ? k_french : k_english;
  if (const auto known = words.find(code); known != words.end()) {
    return known->second;
  }
  std::string out(code);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

}  // namespace pitchblende::registry
