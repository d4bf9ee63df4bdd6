#include "search/matching/value_names.hpp"

#include <algorithm>

namespace pitchblende::search {

const std::vector<ValueNames::Name>& ValueNames::of(const Segment& segment, Facet facet) const {
  std::call_once(m_once, [&] {
    for (uint32_t value = 0; value < segment.values(); ++value) {
      std::vector<Name>& names = m_names[static_cast<size_t>(segment.value_facet(value))];
      const std::string_view text = segment.value(value);
      names.push_back({normalised(text), value});
      // Codes of languages and countries are asked for by their names.
      for (const std::string_view language : {"fr", "en"}) {
        if (segment.value_facet(value) == Facet::language) {
          names.push_back({normalised(language_name(text, language)), value});
        } else if (segment.value_facet(value) == Facet::place && text.size() == 2) {
          names.push_back({normalised(country_name(text, language)), value});
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
