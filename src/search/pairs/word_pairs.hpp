// Documents in which two frequent words stand one after the other, listed: a phrase of such words need not be read for
// in the texts of nearly all documents (docs/decisions/0039).
//
// Only pairs that would make many texts be read are listed: a PairRule says of which words. It is learned from the
// first large run of texts and kept, so that the segments of an index can be joined by joining lists; documents that
// were listed by another rule are read for, as all were before. Public texts alone. Values; any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/segment.hpp"
#include "search/segment_merge.hpp"
#include "search/string_table.hpp"

namespace pitchblende::search {

// The words of documents in their order, as phrases compare them (analysis.hpp, atoms), by their numbers in a table.
struct WordSequences {
  static constexpr uint32_t k_end_of_text = 0xFFFFFFFF;
  std::vector<uint32_t> words;
  std::vector<size_t> ends;  // of each document
};

// A word's class is how often it is halved: in every second document or more 0, in every fourth 1… Pairs whose classes
// add up to `most` are listed.
struct PairRule {
  std::vector<uint64_t> words;   // by their checksums, sorted; at most 65,535
  std::vector<uint8_t> classes;  // [word]
  uint64_t most = 0;
  uint64_t learned_from = 0;  // words of texts

  bool empty() const { return words.empty(); }
  // The rule that a segment's lists were made by.
  static PairRule of(const Segment& segment);
  // Of so many texts that they tell: nothing of few.
  static PairRule learned(const WordSequences& sequences, const StringTable& table);
};

// Lists ready to be put into a segment.
class PairLists {
 public:
  PairLists() = default;
  PairLists(const WordSequences& sequences, const StringTable& table, const PairRule& rule);
  // Of several segments, of which documents become others (or none: `gone`); the rule is that of most documents.
  PairLists(std::span<const MergeSource> sources, const std::vector<std::vector<uint32_t>>& new_docs, uint32_t gone,
            uint32_t documents);
  void add_to(SegmentImage& image) const;

 private:
  void take_rule(const PairRule& rule);
  void take_listed(const Segment& segment, const std::vector<uint32_t>& new_docs, uint32_t gone);
  void add(uint32_t key, std::span<const uint32_t> docs);

  std::vector<uint64_t> m_rule;
  std::vector<uint64_t> m_words;
  std::vector<uint8_t> m_classes;
  std::vector<uint32_t> m_keys;
  std::vector<uint32_t> m_starts;
  std::string m_lists;
  Bitmap m_listed;
};

// What a segment says of two words side by side.
struct PairSaid {
  Bitmap with;             // listed documents that have them so
  const uint64_t* listed;  // bits of the documents whose pairs are listed; the others must be read
};
// nullopt: such pairs are not listed.
std::optional<PairSaid> said_of_pair(const Segment& segment, std::string_view first, std::string_view second);

}  // namespace pitchblende::search
