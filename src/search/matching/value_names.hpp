// The facet values of a segment by their words: which of them a query's value means. Made when it is first asked for;
// any thread.
#pragma once

#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/segment.hpp"

namespace pitchblende::search {

// A facet's value as the site calls it in a language, normalised().
std::string called(Facet facet, std::string_view value, Language language);

class ValueNames {
 public:
  // Values of a facet in whose normalised() text the words stand one after the other; `prefix`: the last one may go on.
  enum class End : uint8_t { whole_word, prefix };
  std::vector<uint32_t> with_words(const Segment& segment, Facet facet, std::string_view normalised_words,
                                   End end) const;
  // The same with whole words that have these words' stems in one of the languages.
  std::vector<uint32_t> with_stems(const Segment& segment, Facet facet, std::string_view normalised_words) const;
  // Values whose normalised() text is one of these, which are sorted.
  std::vector<uint32_t> among(const Segment& segment, Facet facet, std::span<const std::string> normalised_texts) const;

 private:
  struct Name {
    std::string text;
    uint32_t value = 0;
  };
  const std::vector<Name>& of(const Segment& segment, Facet facet) const;

  mutable std::once_flag m_once;
  mutable std::array<std::vector<Name>, k_facets> m_names;  // by text
};

}  // namespace pitchblende::search
