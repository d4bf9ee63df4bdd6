// Documents in, a segment out. Keeps the vocabulary that it has met: folding and stemming are done once for each
// spelling.
//
// One thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "search/pairs/word_pairs.hpp"
#include "search/segment.hpp"
#include "search/string_table.hpp"

namespace pitchblende::search {

class SegmentBuilder {
 public:
  SegmentBuilder();
  ~SegmentBuilder();
  // Documents with different ids, in any order.
  std::shared_ptr<const Segment> build(std::vector<Document>&& documents);
  // Pairs are listed as those of this segment are, until much more text is met.
  void list_pairs_as(const Segment& segment) { m_pair_rule = PairRule::of(segment); }

 private:
  class Work;

  struct Spelling {
    uint32_t first = 0;  // the term; when there are several, the place of the first in m_spelling_terms
    uint32_t count = 0;
    uint32_t first_atom = 0;  // the same of its atoms, in m_spelling_atoms
    uint32_t atoms = 0;
  };
  Spelling spelling(std::string_view chunk, StemLanguage language);
  void forget_when_large();

  StringTable m_terms;
  StringTable m_spellings;  // language, then the chunk as written
  std::vector<Spelling> m_spelling_lists;
  std::vector<uint32_t> m_spelling_terms;
  StringTable m_atoms;
  std::vector<uint32_t> m_spelling_atoms;
  PairRule m_pair_rule;
  std::string m_key;
};

}  // namespace pitchblende::search
