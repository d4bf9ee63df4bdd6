// What readers see: segments with their dead, and the statistics of what is public and alive.
//
// A Snapshot is immutable and shared; FacetValues grows behind it by one writer, and readers look only at numbers that
// their snapshot knows.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "search/matching/frequent_words.hpp"
#include "search/matching/value_names.hpp"
#include "search/segment_merge.hpp"
#include "search/string_table.hpp"
#include "search/vocabulary/beginnings_of_names.hpp"
#include "search/vocabulary/thesaurus.hpp"
#include "search/vocabulary/topics_of_values.hpp"

namespace pitchblende::search {

// Every facet value that an index has met, numbered over all segments, so that counts of segments add up.
class FacetValues {
 public:
  uint32_t number(Facet facet, std::string_view value);                                       // the writer
  Facet facet(uint32_t number) const { return static_cast<Facet>(m_table[number].front()); }  // the writer
  uint32_t size() const { return m_size; }                                                    // the writer
  std::string_view value(uint32_t number) const {
    const Place place = place_of(number);
    return m_chunks[place.chunk][place.slot];
  }

 private:
  static constexpr uint32_t k_first = 1024;  // values in the first chunk; each one is twice as large
  struct Place {
    uint32_t chunk = 0;
    uint32_t slot = 0;
    uint32_t size = k_first;  // of the chunk
  };
  static Place place_of(uint32_t number) {
    Place place{0, number, k_first};
    while (place.slot >= place.size) {
      place.slot -= place.size;
      place.size *= 2;
      ++place.chunk;
    }
    return place;
  }

  std::array<std::unique_ptr<std::string[]>, 22> m_chunks;  // never moved: readers hold no lock
  uint32_t m_size = 0;
  StringTable m_table;
};

// Bits of a value's number over all segments; its facet stands above them.
inline constexpr uint32_t k_number_bits = 27;
inline constexpr uint32_t k_number_mask = (uint32_t{1} << k_number_bits) - 1;

struct LiveSegment {
  std::shared_ptr<const Segment> segment;
  std::shared_ptr<const Bitmap> dead;                    // null: none
  std::shared_ptr<const std::vector<uint32_t>> numbers;  // of each of its facet values | facet << k_number_bits
  std::shared_ptr<FrequentWords> frequent;
  std::shared_ptr<const ValueNames> value_names;
  std::shared_ptr<const BeginningsOfNames> beginnings;  // for suggestions
  std::shared_ptr<const NamedTwice> twice;              // as the snapshot's topics have it; null: not known yet
  uint32_t dead_count = 0;
  uint32_t public_count = 0;  // alive and public
  uint64_t length = 0;        // weighted words of those
  uint64_t words = 0;

  uint32_t live() const { return segment->documents() - dead_count; }
  bool is_dead(uint32_t doc) const { return dead != nullptr && has_bit(*dead, doc); }
};

// Counts what is alive, numbers the facet values.
LiveSegment make_live(std::shared_ptr<const Segment> segment, std::shared_ptr<const Bitmap> dead, FacetValues& values);

struct Snapshot {
  std::vector<LiveSegment> segments;
  std::shared_ptr<const FacetValues> values;
  uint32_t value_count = 0;
  uint64_t documents = 0;  // alive and public
  uint64_t length = 0;
  uint64_t words = 0;
  std::shared_ptr<const Thesaurus> thesaurus;  // of the public concepts that are alive
  std::shared_ptr<const TopicsOfValues> topics;
};

}  // namespace pitchblende::search
