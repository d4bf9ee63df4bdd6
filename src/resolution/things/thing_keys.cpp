#include "resolution/things/thing_keys.hpp"

#include <algorithm>

namespace pitchblende::resolution {

namespace {

using registry::Kind;

std::vector<std::string_view> words_of(std::string_view name) {
  std::vector<std::string_view> words;
  for (size_t begin = 0; begin < name.size();) {
    const size_t end = std::min(name.find(' ', begin), name.size());
    if (end > begin) {
      words.push_back(name.substr(begin, end - begin));
    }
    begin = end + 1;
  }
  return words;
}

std::string joined(char mark, const std::vector<std::string_view>& words) {
  std::string out(1, mark);
  for (const std::string_view word : words) {
    out += word;
    out += ' ';
  }
  return out;
}

// "^" and the first words, "~" and the longest ones in their alphabet's order.
void add_title_keys(std::string_view title, size_t first, size_t longest, std::vector<std::string>& keys) {
  std::vector<std::string_view> words = words_of(title);
  if (words.size() <= std::max(first, longest)) {
    return;
  }
  keys.push_back(joined('^', {words.begin(), words.begin() + static_cast<std::ptrdiff_t>(first)}));
  std::stable_sort(words.begin(), words.end(), [](std::string_view a, std::string_view b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  words.erase(std::unique(words.begin(), words.end()), words.end());
  words.resize(std::min(words.size(), longest));
  std::sort(words.begin(), words.end());
  keys.push_back(joined('~', words));
}

// What a slip with a vowel or a doubled letter leaves: "institut gustave roussy" and "instiut gustav rousy" differ in a
// consonant only. Names with too few consonants have none.
void add_consonants(std::string_view name, std::vector<std::string>& keys) {
  constexpr std::string_view k_vowels = "aeiouy ";
  std::string out = "~";
  for (const char c : name) {
    if (k_vowels.find(c) == std::string_view::npos && out.back() != c) {
      out += c;
    }
  }
  if (out.size() >= 7) {
    keys.push_back(std::move(out));
  }
}

// Two of a model stand side by side in many places: only those in one place are ever compared, whoever the list says
// has made them.
std::vector<std::string> equipment_keys(const Mention& mention) {
  const Context context = context_of(mention);
  std::vector<std::string> keys;
  std::string model(context.second);
  std::erase(model, ' ');
  if (!model.empty()) {
    for (const std::string& place : mention.affiliations) {
      if (!place.starts_with("institution:") && !place.starts_with("owner:")) {
        keys.push_back("@" + model + "|" + place);
      }
    }
  }
  for (const std::string& identifier : mention.identifiers) {
    if (identifier.starts_with(k_serial)) {
      keys.push_back(identifier);
    }
  }
  return keys;
}

}  // namespace

bool tells_enough(Kind kind, std::string_view name) {
  const auto words = 1 + std::count(name.begin(), name.end(), ' ');
  switch (kind) {
    case Kind::publication:
      return words >= 5;  // "Editorial", "Reply to the authors"
    case Kind::equipment:
    case Kind::concept_:
      return false;  // two of a model stand side by side; vocabularies share words
    default:
      return name.size() >= 2;
  }
}

Context context_of(const Mention& mention) {
  std::string_view text = mention.context;
  const auto next = [&] {
    const size_t end = std::min(text.find('|'), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
  };
  Context out;
  out.first = next();
  out.second = next();
  out.third = next();
  out.fourth = next();
  return out;
}

std::vector<std::string> thing_keys(const Mention& mention) {
  if (mention.kind == Kind::equipment) {
    return equipment_keys(mention);
  }
  std::vector<std::string> keys;
  for (const std::string& name : mention.names) {
    if (!tells_enough(mention.kind, name)) {
      continue;
    }
    keys.push_back(name);
    switch (mention.kind) {
      case Kind::publication:
        add_title_keys(name, 5, 4, keys);
        break;
      case Kind::project:
      case Kind::trial:
      case Kind::patent:
      case Kind::dataset:
        add_title_keys(name, 4, 3, keys);
        break;
      default:
        add_consonants(name, keys);
        break;
    }
  }
  // A company under its brand and under its registered name.
  for (const std::string& affiliation : mention.affiliations) {
    if (mention.kind == Kind::organisation && affiliation.starts_with("siren:")) {
      keys.push_back(affiliation);
    }
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace pitchblende::resolution
