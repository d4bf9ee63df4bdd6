// What must stand in a document's texts beyond having its terms: words in a row, or words of one field. Looked for in
// the stored texts of the documents that have the terms: the index keeps no positions (docs/decisions/0030).
//
// A TextFinder serves one query in one thread; the segments that it looks at must outlive it.
#pragma once

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/text_words.hpp"
#include "search/segment.hpp"

namespace pitchblende::search {

struct TextNeed {
  enum class Form : uint8_t {
    word,    // a word with one of these terms
    phrase,  // these atoms (analysis.hpp), one after the other
    prefix   // a word that begins so, or whose term does
  };
  Form form = Form::word;
  std::vector<std::string> words;  // terms, sorted; atoms in their order; one prefix, folded
  std::vector<uint32_t> fields;    // field codes, sorted; empty: any
};

class TextFinder {
 public:
  explicit TextFinder(const TextNeed& need);
  // Whether it stands in a text of the document that the viewer sees; he sees the document.
  bool stands_in(const Segment& segment, uint32_t doc, const access::Viewer& viewer);

 private:
  bool stands_in(std::string_view text, StemLanguage language);
  // Of each atom of the chunk, in order: the places of the phrase that it may stand at; for words and prefixes one bit.
  const std::vector<uint32_t>& places_of(std::string_view chunk, StemLanguage language);
  std::vector<uint32_t> look_at(std::string_view chunk, StemLanguage language) const;

  const TextNeed& m_need;
  Beginnings m_beginnings;
  uint32_t m_last = 0;  // bit of the last atom
  std::array<std::unordered_map<std::string_view, std::vector<uint32_t>>, 3> m_met;
};

}  // namespace pitchblende::search
