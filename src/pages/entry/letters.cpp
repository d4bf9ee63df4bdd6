#include "pages/entry/letters.hpp"

#include <algorithm>

namespace pitchblende::pages {

namespace {

// In one go: what stands in a value is nobody's hole.
std::string filled(std::string_view text, const http::Pairs& values) {
  std::string out;
  while (!text.empty()) {
    const auto value = std::find_if(values.begin(), values.end(), [&](const auto& each) {
      return text.starts_with('{') && text.substr(1).starts_with(each.first) &&
             text.substr(1 + each.first.size()).starts_with('}');
    });
    if (value == values.end()) {
      out += text.front();
      text.remove_prefix(1);
    } else {
      out += value->second;
      text.remove_prefix(value->first.size() + 2);
    }
  }
  return out;
}

}  // namespace

mail::Letter letter_to(const Site& site, Language language, const std::string& to, const LetterOf& what) {
  const Words& words = site.words(language);
  http::Pairs values = what.values;
  values.emplace_back("site", site.settings().name.empty() ? words.get("site.name") : site.settings().name);
  const auto text = [&](std::string_view part) {
    const std::string key = std::string(what.key) + "." + std::string(part);
    return words.has(key) ? filled(words.get(key), values) : std::string();
  };
  mail::Letter letter;
  letter.to = to;
  letter.kind = what.kind;
  letter.language = language;
  letter.subject = text("subject");
  const std::string all = text("text");
  for (size_t at = 0; at <= all.size();) {
    const size_t end = std::min(all.find('\n', at), all.size());
    letter.paragraphs.push_back(all.substr(at, end - at));
    at = end + 1;
  }
  if (!what.path.empty()) {
    letter.action = text("action");
    letter.action_url = site.settings().entry.address + "/" + std::string(words.code()) + what.path;
  }
  letter.closing = text("closing");
  letter.expires = what.expires;
  return letter;
}

}  // namespace pitchblende::pages
