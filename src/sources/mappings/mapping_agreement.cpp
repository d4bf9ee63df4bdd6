#include "sources/mappings/mapping_agreement.hpp"

#include <algorithm>
#include <iterator>
#include <sstream>

#include "base/text.hpp"

namespace pitchblende::sources {

namespace {

using registry::Value;

std::vector<std::string> words_of(std::string_view text) {
  std::istringstream words(normalised(text));
  return {std::istream_iterator<std::string>(words), {}};
}

// Acronyms and aliases are many things' own.
bool is_label(const Value& value) {
  const std::string_view type = value.get(registry::Attribute::type);
  return type.empty() || type == "label";
}

// "DUPONT-MARTIN" and "Dupont"; initials share a word with the name that they begin.
bool share_a_word(std::string_view one, std::string_view other) {
  const std::vector<std::string> words = words_of(one);
  const std::vector<std::string> others = words_of(other);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::any_of(others.begin(), others.end(), [&](const std::string& each) {
      return word == each || ((word.size() == 1 || each.size() == 1) && word[0] == each[0]);
    });
  });
}

// "Institut Curie" and "Institut Curie (Paris)"; "Org B" and "Org C" are two.
bool one_says_the_other(std::string_view one, std::string_view other) {
  std::vector<std::string> words = words_of(one);
  std::vector<std::string> others = words_of(other);
  if (words.size() > others.size()) {
    std::swap(words, others);
  }
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(others.begin(), others.end(), word) != others.end();
  });
}

}  // namespace

bool agree_in(registry::FieldId field, const registry::Record& one, const registry::Record& other) {
  const bool thing = registry::description(field).type == registry::FieldType::localized;
  bool compared = false;
  for (const auto& [id, value] : one.values) {
    for (const auto& [other_id, other_value] : other.values) {
      if (id != field || other_id != field || !is_label(value) || !is_label(other_value)) {
        continue;
      }
      compared = true;
      if (thing ? one_says_the_other(value.text, other_value.text) : share_a_word(value.text, other_value.text)) {
        return true;
      }
    }
  }
  return !compared;
}

}  // namespace pitchblende::sources
