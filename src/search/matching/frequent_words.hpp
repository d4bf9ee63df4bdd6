// Words that many documents of a segment have, kept as bits: to ask whether a document has one costs a look at memory,
// not a search in a list. What everyone sees alone is kept, so nothing that is hidden can be felt by how long it takes.
//
// FrequentWords belongs to a segment and forgets the words that were not asked for lately; any thread.
#pragma once

#include <bit>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "search/segment_merge.hpp"

namespace pitchblende::search {

// The union of a word's terms, as Matcher would make it of their postings.
struct FrequentWord {
  Bitmap bits;                   // of the documents that have it
  std::vector<uint32_t> before;  // [word of bits]: documents that have it before those
  std::vector<uint8_t> weights;  // of the documents that have it, in their order

  size_t bytes() const { return bits.size() * 8 + before.size() * 4 + weights.size(); }
  // 0: the document does not have it.
  uint8_t weight(uint32_t doc) const {
    const uint64_t all = bits[doc / 64];
    const uint64_t own = uint64_t{1} << (doc % 64);
    return (all & own) == 0 ? 0 : weights[before[doc / 64] + static_cast<uint32_t>(std::popcount(all & (own - 1)))];
  }
};

FrequentWord frequent_word(const Segment& segment, const std::vector<uint32_t>& terms);

class FrequentWords {
 public:
  explicit FrequentWords(uint32_t documents);

  // Whether postings so long are worth it.
  bool is_frequent(size_t postings) const { return postings >= m_least; }
  std::shared_ptr<const FrequentWord> of(const Segment& segment, const std::vector<uint32_t>& terms);
  // Of the words that are kept, and how many there may be.
  size_t bytes() const;
  size_t most_bytes() const { return m_most_bytes; }

 private:
  using Words = std::map<std::vector<uint32_t>, std::shared_ptr<const FrequentWord>>;
  std::shared_ptr<const FrequentWord> find(const std::vector<uint32_t>& terms);
  void make_room(size_t bytes);

  size_t m_least;
  size_t m_most_bytes;
  mutable std::mutex m_mutex;
  // Asked for lately, and before: what is asked for again comes back to the first, and the others go together.
  Words m_late;
  Words m_early;
  size_t m_late_bytes = 0;
};

}  // namespace pitchblende::search
