// What texts are about, as points of a space that the pool's own texts span: two that tell of one thing in other words
// lie near each other. Owner: resolution. Built by one thread, which may use several, then read by any.
//
// Reflective random indexing (Kanerva, Kristoferson and Holst 2000; Cohen, Schvaneveldt and Widdows 2010): each word
// begins with a few random signs made of its hash, a text is the sum of its words, a word then the sum of its texts,
// and a text once more the sum of its words. Nothing is drawn: the same texts give the same points.
#pragma once

#include <cstdint>
#include <vector>

#include "resolution/interning.hpp"
#include "resolution/setting.hpp"

namespace pitchblende::resolution {

class TopicSpace {
 public:
  static constexpr size_t k_dimensions = 256;
  static constexpr size_t k_slice = 32;  // dimensions made at a time, each slice for itself
  // Fewer texts span nothing.
  static constexpr size_t k_least_texts = 200;

  // The next text; they are numbered from 0.
  void add(const Setting& setting);
  // Once all are there.
  void place();
  // Cosine, −1 … 1; NaN where one of the two has no point: it shares no word with another text, or there are too few.
  float likeness(uint32_t a, uint32_t b) const;

 private:
  struct Text {
    uint32_t begin = 0;  // of its words
    uint32_t end = 0;
    float over_norm = 0;  // 1 / length of its weighted words; 0: it has none
  };
  struct Draft;
  void take(uint32_t hash, uint32_t times);
  void even_out();

  FlatMap m_ids;
  std::vector<uint32_t> m_hashes;  // by word
  std::vector<uint32_t> m_counts;  // texts that have it
  std::vector<uint32_t> m_words;   // word and how many times it counts, text by text
  std::vector<Text> m_texts;
  std::vector<int8_t> m_points;  // by text
  std::vector<float> m_scales;   // by text and slice, at last by text: what makes its length 1
};

}  // namespace pitchblende::resolution
