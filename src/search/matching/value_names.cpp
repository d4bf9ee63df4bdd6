#include "search/matching/value_names.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "registry/code_words.hpp"
#include "registry/said_codes.hpp"

namespace pitchblende::search {

namespace {

bool holds_codes(Facet facet) {
  static constexpr std::array k_codes{Facet::type,    Facet::role,        Facet::condition, Facet::open_to,
                                      Facet::booking, Facet::open_access, Facet::access,    Facet::phase,
                                      Facet::status,  Facet::position};
  return std::find(k_codes.begin(), k_codes.end(), facet) != k_codes.end();
}

std::vector<std::string_view> words_of(std::string_view normalised_text) {
  std::vector<std::string_view> out;
  while (!normalised_text.empty()) {
    const size_t space = normalised_text.find(' ');
    out.push_back(normalised_text.substr(0, space));
    normalised_text = space == std::string_view::npos ? std::string_view() : normalised_text.substr(space + 1);
  }
  return out;
}

// Words one after the other, by their stems in a language.
class StemmedWords {
 public:
  StemmedWords(std::string_view normalised_words, StemLanguage language) : m_language(language) {
    for (const std::string_view word : words_of(normalised_words)) {
      m_stems.push_back(stem(word, language));
    }
    // A stem's last letter may be another than the word's: therapi, therapy.
    m_sure = m_stems.empty() ? "" : m_stems.front().substr(0, std::max<size_t>(m_stems.front().size(), 2) - 1);
  }

  bool stand_in(std::string_view normalised_text) const {
    if (normalised_text.find(m_sure) == std::string_view::npos) {
      return false;
    }
    const auto words = words_of(normalised_text);
    const auto same = [&](std::string_view word, const std::string& wanted) {
      return stem(word, m_language) == wanted;
    };
    return !std::ranges::search(words, m_stems, same).empty();
  }

 private:
  StemLanguage m_language;
  std::vector<std::string> m_stems;
  std::string m_sure;  // what a word with the first stem has in it
};

bool has_other_names(Facet facet) { return facet == Facet::language || facet == Facet::place || holds_codes(facet); }

}  // namespace

std::string called(Facet facet, std::string_view value, Language language) {
  const std::string_view code = language == Language::french ? "fr" : "en";
  if (facet == Facet::language) {
    return normalised(language_name(value, code));
  }
  if (facet == Facet::place && value.size() == 2) {
    return normalised(country_name(value, code));
  }
  return normalised(holds_codes(facet) ? registry::code_word(value, language) : std::string(value));
}

const std::vector<ValueNames::Name>& ValueNames::of(const Segment& segment, Facet facet) const {
  std::call_once(m_once, [&] {
    for (uint32_t value = 0; value < segment.values(); ++value) {
      std::vector<Name>& names = m_names[static_cast<size_t>(segment.value_facet(value))];
      const std::string_view text = segment.value(value);
      names.push_back({normalised(text), value});
      // Codes are asked for by what they are called.
      if (has_other_names(segment.value_facet(value))) {
        for (const Language language : registry::k_languages) {
          names.push_back({called(segment.value_facet(value), text, language), value});
        }
      }
      // And by what files say for them.
      for (const registry::Said& said : registry::partnership_types_said()) {
        if (segment.value_facet(value) == Facet::type && said.code == text) {
          names.push_back({std::string(said.words), value});
        }
      }
    }
    for (std::vector<Name>& names : m_names) {
      std::sort(names.begin(), names.end(), [](const Name& a, const Name& b) { return a.text < b.text; });
    }
  });
  return m_names[static_cast<size_t>(facet)];
}

std::vector<uint32_t> ValueNames::with_words(const Segment& segment, Facet facet, std::string_view wanted,
                                             End end) const {
  std::vector<uint32_t> found;
  if (wanted.empty()) {
    return found;
  }
  for (const Name& name : of(segment, facet)) {
    const std::string_view text = name.text;
    for (size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1)) {
      const size_t behind = at + wanted.size();
      const bool begins = at == 0 || text[at - 1] == ' ';
      if (begins && (end == End::prefix || behind == text.size() || text[behind] == ' ')) {
        found.push_back(name.value);
        break;
      }
    }
  }
  return found;
}

std::vector<uint32_t> ValueNames::with_stems(const Segment& segment, Facet facet, std::string_view wanted) const {
  std::vector<uint32_t> found;
  if (wanted.empty()) {
    return found;
  }
  const StemmedWords english(wanted, StemLanguage::english);
  const StemmedWords french(wanted, StemLanguage::french);
  for (const Name& name : of(segment, facet)) {
    if (english.stand_in(name.text) || french.stand_in(name.text)) {
      found.push_back(name.value);
    }
  }
  return found;
}

std::vector<uint32_t> ValueNames::among(const Segment& segment, Facet facet,
                                        std::span<const std::string> wanted) const {
  std::vector<uint32_t> found;
  const std::vector<Name>& names = of(segment, facet);
  for (const std::string& text : wanted) {
    auto at = std::lower_bound(names.begin(), names.end(), text,
                               [](const Name& name, const std::string& other) { return name.text < other; });
    for (; at != names.end() && at->text == text; ++at) {
      found.push_back(at->value);
    }
  }
  return found;
}

}  // namespace pitchblende::search
