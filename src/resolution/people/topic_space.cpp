#include "resolution/people/topic_space.hpp"

#include <smmintrin.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/parallel.hpp"

namespace pitchblende::resolution {

namespace {

constexpr uint32_t k_times_bits = 2;
constexpr uint32_t k_times_mask = (1u << k_times_bits) - 1;
constexpr uint32_t k_term = 2;  // a word of a heading or of the journal's title counts twice
constexpr size_t k_slices = TopicSpace::k_dimensions / TopicSpace::k_slice;
constexpr float k_largest = 127;

using Lanes [[gnu::vector_size(16)]] = float;
constexpr size_t k_lanes = 4;
struct Slice {
  Lanes lanes[TopicSpace::k_slice / k_lanes] = {};
  void add(const Slice& other, float times) {
    for (size_t at = 0; at < std::size(lanes); ++at) {
      lanes[at] += other.lanes[at] * times;
    }
  }
  void scale(float times) {
    for (Lanes& four : lanes) {
      four *= times;
    }
  }
  void add_at(size_t at, float value) { lanes[at / k_lanes][at % k_lanes] += value; }
  float operator[](size_t at) const { return lanes[at / k_lanes][at % k_lanes]; }
};

// Six bits of it for a slice: which of its dimensions, and the sign.
uint64_t signs_of(uint32_t hash) {
  uint64_t mixed = (uint64_t{hash} + 0x9E3779B97F4A7C15u) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBu;
  return mixed ^ mixed >> 31;
}

}  // namespace

// What all slices are made from.
struct TopicSpace::Draft {
  explicit Draft(TopicSpace& owner);
  void make(size_t slice);
  void spread(size_t slice, std::vector<Slice>& words) const;
  void centre(std::vector<Slice>& words) const;
  Slice middle(const std::vector<Slice>& words) const;

  TopicSpace& space;
  std::vector<float> weights;  // by word: inverse document frequency; 0: only one text has it
  std::vector<float> shares;   // by word: how much of it all texts have
  std::vector<uint64_t> signs;
};

void TopicSpace::take(uint32_t hash, uint32_t times) {
  const uint32_t id = m_ids.insert(hash, static_cast<uint32_t>(m_hashes.size()));
  if (id == m_hashes.size()) {
    m_hashes.push_back(hash);
    m_counts.push_back(0);
  }
  ++m_counts[id];
  m_words.push_back(id << k_times_bits | times);
}

void TopicSpace::add(const Setting& setting) {
  Text text;
  text.begin = static_cast<uint32_t>(m_words.size());
  const auto& words = setting.words;
  const auto& terms = setting.terms;
  for (size_t i = 0, j = 0; i < words.size() || j < terms.size();) {
    const bool word = j == terms.size() || (i < words.size() && words[i] <= terms[j]);
    const bool term = i == words.size() || (j < terms.size() && terms[j] <= words[i]);
    take(word ? words[i] : terms[j], (word ? 1 : 0) + (term ? k_term : 0));
    i += word ? 1 : 0;
    j += term ? 1 : 0;
  }
  if (setting.journal != 0) {
    take(setting.journal, 1);
  }
  text.end = static_cast<uint32_t>(m_words.size());
  m_texts.push_back(text);
}

TopicSpace::Draft::Draft(TopicSpace& owner) : space(owner) {
  const auto texts = static_cast<float>(space.m_texts.size());
  weights.resize(space.m_counts.size(), 0);
  shares.resize(weights.size(), 0);
  for (size_t id = 0; id < weights.size(); ++id) {
    const auto count = static_cast<float>(space.m_counts[id]);
    weights[id] = count < 2 ? 0 : std::log((1 + texts) / (1 + count));
    signs.push_back(signs_of(space.m_hashes[id]));
  }
  uint32_t kept = 0;  // words that others have too
  for (Text& text : space.m_texts) {
    const uint32_t begin = kept;
    float squares = 0;
    for (uint32_t at = text.begin; at < text.end; ++at) {
      const uint32_t word = space.m_words[at];
      const float weight = weights[word >> k_times_bits] * static_cast<float>(word & k_times_mask);
      if (weight > 0) {
        squares += weight * weight;
        space.m_words[kept++] = word;
      }
    }
    text = {begin, kept, squares > 0 ? 1 / std::sqrt(squares) : 0};
    for (uint32_t at = text.begin; at < text.end; ++at) {
      const uint32_t word = space.m_words[at];
      shares[word >> k_times_bits] += static_cast<float>(word & k_times_mask) * text.over_norm;
    }
  }
}

// A text is the sum of its words' signs, a word the sum of its texts.
void TopicSpace::Draft::spread(size_t slice, std::vector<Slice>& words) const {
  for (const Text& text : space.m_texts) {
    Slice point;
    for (uint32_t at = text.begin; at < text.end; ++at) {
      const uint32_t id = space.m_words[at] >> k_times_bits;
      const auto times = static_cast<float>(space.m_words[at] & k_times_mask);
      const uint64_t sign = signs[id] >> 6 * slice;
      const float weight = weights[id] * times;
      point.add_at(sign % k_slice, (sign & k_slice) != 0 ? weight : -weight);
    }
    point.scale(text.over_norm * text.over_norm);
    for (uint32_t at = text.begin; at < text.end; ++at) {
      words[space.m_words[at] >> k_times_bits].add(point, static_cast<float>(space.m_words[at] & k_times_mask));
    }
  }
}

// What all words have in common tells nothing. Frequent ones are damped.
void TopicSpace::Draft::centre(std::vector<Slice>& words) const {
  Slice sum;
  float count = 0;
  for (size_t id = 0; id < words.size(); ++id) {
    words[id].scale(weights[id]);
    sum.add(words[id], 1);
    count += weights[id] > 0 ? 1 : 0;
  }
  for (size_t id = 0; id < words.size(); ++id) {
    words[id].add(sum, -1 / std::max(count, 1.0F));
    words[id].scale(weights[id] / std::sqrt(static_cast<float>(std::max(space.m_counts[id], 1u))));
  }
}

Slice TopicSpace::Draft::middle(const std::vector<Slice>& words) const {
  Slice out;
  for (size_t id = 0; id < words.size(); ++id) {
    out.add(words[id], shares[id] / static_cast<float>(space.m_texts.size()));
  }
  return out;
}

void TopicSpace::Draft::make(size_t slice) {
  std::vector<Slice> words(weights.size());
  spread(slice, words);
  centre(words);
  const Slice middle = this->middle(words);
  for (size_t number = 0; number < space.m_texts.size(); ++number) {
    const Text& text = space.m_texts[number];
    Slice point;
    for (uint32_t at = text.begin; at < text.end; ++at) {
      point.add(words[space.m_words[at] >> k_times_bits], static_cast<float>(space.m_words[at] & k_times_mask));
    }
    point.scale(text.over_norm);
    point.add(middle, text.over_norm > 0 ? -1 : 0);
    float most = 0;
    for (size_t at = 0; at < k_slice; ++at) {
      most = std::max(most, std::abs(point[at]));
    }
    space.m_scales[number * k_slices + slice] = most / k_largest;
    for (size_t at = 0; at < k_slice && most > 0; ++at) {
      space.m_points[number * k_dimensions + slice * k_slice + at] =
          static_cast<int8_t>(std::lround(point[at] / most * k_largest));
    }
  }
}

void TopicSpace::place() {
  if (m_texts.size() >= k_least_texts) {
    m_points.resize(m_texts.size() * k_dimensions);
    m_scales.resize(m_texts.size() * k_slices);
    Draft draft(*this);
    in_parallel(k_slices, 1, [&](size_t from, size_t to) {
      for (size_t slice = from; slice < to; ++slice) {
        draft.make(slice);
      }
    });
    even_out();
  }
  m_ids = {};
  m_hashes = {};
  m_counts = {};
  m_words = {};
  m_texts = {};
}

// One scale for all slices of a text.
void TopicSpace::even_out() {
  for (size_t text = 0; text < m_texts.size(); ++text) {
    const float* const scales = m_scales.data() + text * k_slices;
    int8_t* const point = m_points.data() + text * k_dimensions;
    const float most = *std::max_element(scales, scales + k_slices);
    float squares = 0;
    for (size_t at = 0; at < k_dimensions && most > 0; ++at) {
      const auto value = std::lround(static_cast<float>(point[at]) * scales[at / k_slice] / most);
      point[at] = static_cast<int8_t>(value);
      squares += static_cast<float>(value * value);
    }
    m_scales[text] = squares > 0 ? 1 / std::sqrt(squares) : 0;
  }
  m_scales.resize(m_texts.size());
}

float TopicSpace::likeness(uint32_t a, uint32_t b) const {
  const float scale = m_scales.empty() ? 0 : m_scales[a] * m_scales[b];
  if (scale == 0) {
    return std::numeric_limits<float>::quiet_NaN();
  }
  const int8_t* const of_a = m_points.data() + size_t{a} * k_dimensions;
  const int8_t* const of_b = m_points.data() + size_t{b} * k_dimensions;
  __m128i sum = _mm_setzero_si128();
  const auto eight = [](const int8_t* at) {
    return _mm_cvtepi8_epi16(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(at)));
  };
  for (size_t at = 0; at < k_dimensions; at += 8) {
    sum = _mm_add_epi32(sum, _mm_madd_epi16(eight(of_a + at), eight(of_b + at)));
  }
  alignas(16) int32_t parts[4];
  _mm_store_si128(reinterpret_cast<__m128i*>(parts), sum);
  return std::clamp(static_cast<float>(parts[0] + parts[1] + parts[2] + parts[3]) * scale, -1.0F, 1.0F);
}

}  // namespace pitchblende::resolution
