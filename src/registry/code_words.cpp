#include "registry/code_words.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <optional>

#include "base/text.hpp"
#include "registry/locales.hpp"

namespace pitchblende::registry {

namespace {

namespace json = boost::json;
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

}  // namespace

std::string code_word(std::string_view code, Language language) {
  const Words& words = words_of(language);
  if (const auto known = words.find(code); known != words.end()) {
    return known->second;
  }
  std::string out(code);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

namespace {

using Codes = std::vector<std::string_view>;

Codes codes_in(std::string_view all) {
  Codes out;
  while (!all.empty()) {
    const size_t end = std::min(all.find(' '), all.size());
    out.push_back(all.substr(0, end));
    all.remove_prefix(std::min(end + 1, all.size()));
  }
  return out;
}

std::string word_among(const Codes& codes, std::string_view code, Language language) {
  std::string out = code_word(code, language);
  const bool twice = std::any_of(codes.begin(), codes.end(), [&](std::string_view other) {
    return other != code && normalised(code_word(other, language)) == normalised(out);
  });
  return twice ? out + " (" + std::string(code) + ")" : out;
}

// "entreprises" is meant like "entreprise", "réseaux" like "réseau".
std::string without_plurals(std::string_view text) {
  std::string out = normalised(text);
  for (size_t at = 0; at < out.size(); ++at) {
    const bool last = at + 1 == out.size() || out[at + 1] == ' ';
    if (last && at > 2 && (out[at] == 's' || out[at] == 'x')) {
      out.erase(at--, 1);
    }
  }
  return out;
}

std::optional<std::string_view> meant_among(const Codes& codes, std::string_view typed) {
  const std::string wanted = normalised(typed);
  for (const std::string_view code : codes) {
    if (typed == code || normalised(code) == wanted) {
      return code;
    }
  }
  const std::string bare = without_plurals(typed);
  for (const Language language : k_languages) {
    for (const std::string_view code : codes) {
      if (without_plurals(word_among(codes, code, language)) == bare) {
        return code;
      }
    }
  }
  return std::nullopt;
}

}  // namespace

Codes codes_of(FieldId field) { return codes_in(description(field).codes); }

Codes listed_codes(FieldId field) {
  return description(field).type == FieldType::flag ? Codes{"true", "false"} : codes_of(field);
}

std::string word_of(FieldId field, std::string_view code, Language language) {
  return word_among(listed_codes(field), code, language);
}

std::string code_meant(FieldId field, std::string_view typed) {
  return std::string(meant_among(listed_codes(field), typed).value_or(typed));
}

std::optional<std::string_view> code_meant(std::string_view codes, std::string_view typed) {
  return meant_among(codes_in(codes), typed);
}

std::optional<std::string_view> code_meant(std::span<const std::string_view> codes, std::string_view typed) {
  return meant_among(Codes(codes.begin(), codes.end()), typed);
}

InBoth words_of_codes(std::string_view codes) {
  InBoth out;
  const Codes all = codes_in(codes);
  for (const std::string_view code : all) {
    const std::string comma = code == all.front() ? "" : ", ";
    out.english += comma + word_among(all, code, Language::english);
    out.french += comma + word_among(all, code, Language::french);
  }
  return out;
}

}  // namespace pitchblende::registry
