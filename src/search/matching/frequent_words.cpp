#include "search/matching/frequent_words.hpp"

#include <algorithm>
#include <bit>

namespace pitchblende::search {

namespace {

constexpr size_t k_fewest = 8;                // postings; shorter lists are as quick
constexpr size_t k_one_in = 256;              // documents; a rarer word's list takes less room than its bits
constexpr size_t k_bytes_per_document = 128;  // kept of all words
constexpr size_t k_most_bytes = size_t{64} << 20;

}  // namespace

FrequentWord frequent_word(const Segment& segment, const std::vector<uint32_t>& terms) {
  FrequentWord word;
  word.bits = make_bitmap(segment.documents());
  std::vector<uint8_t> weights(segment.documents());
  for (const uint32_t term : terms) {
    const Postings list = segment.postings(term);
    for (size_t i = 0; i < list.docs.size(); ++i) {
      const uint32_t doc = list.docs[i];
      set_bit(word.bits, doc);
      weights[doc] = static_cast<uint8_t>(std::min(weights[doc] + list.weights[i], 255));
    }
  }
  for (size_t i = 0; i < word.bits.size(); ++i) {
    word.before.push_back(static_cast<uint32_t>(word.weights.size()));
    for (uint64_t left = word.bits[i]; left != 0; left &= left - 1) {
      word.weights.push_back(weights[i * 64 + static_cast<size_t>(std::countr_zero(left))]);
    }
  }
  word.weights.shrink_to_fit();
  return word;
}

FrequentWords::FrequentWords(uint32_t documents)
    : m_least(std::max<size_t>(k_fewest, documents / k_one_in)),
      m_most_bytes(std::min(documents * k_bytes_per_document, k_most_bytes)) {}

std::shared_ptr<const FrequentWord> FrequentWords::of(const Segment& segment, const std::vector<uint32_t>& terms) {
  if (auto known = find(terms)) {
    return known;
  }
  auto made = std::make_shared<const FrequentWord>(frequent_word(segment, terms));
  const std::lock_guard lock(m_mutex);
  make_room(made->bytes());
  if (m_late.emplace(terms, made).second) {
    m_late_bytes += made->bytes();
  }
  return made;
}

size_t FrequentWords::bytes() const {
  const std::lock_guard lock(m_mutex);
  size_t bytes = 0;
  for (const Words* words : {&m_late, &m_early}) {
    for (const auto& [terms, word] : *words) {
      bytes += word->bytes();
    }
  }
  return bytes;
}

std::shared_ptr<const FrequentWord> FrequentWords::find(const std::vector<uint32_t>& terms) {
  const std::lock_guard lock(m_mutex);
  if (const auto at = m_late.find(terms); at != m_late.end()) {
    return at->second;
  }
  auto early = m_early.extract(terms);
  if (early.empty()) {
    return nullptr;
  }
  make_room(early.mapped()->bytes());
  m_late_bytes += early.mapped()->bytes();
  return m_late.insert(std::move(early)).position->second;
}

// Either half of the words has half of the room.
void FrequentWords::make_room(size_t bytes) {
  if ((m_late_bytes + bytes) * 2 > m_most_bytes) {
    m_early = std::move(m_late);
    m_late.clear();
    m_late_bytes = 0;
  }
}

}  // namespace pitchblende::search
