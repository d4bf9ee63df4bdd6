#include "search/snapshot.hpp"

namespace pitchblende::search {

uint32_t FacetValues::number(Facet facet, std::string_view value) {
  std::string key(1, static_cast<char>(facet));
  key += value;
  const uint32_t number = m_table.number(key);
  if (number == m_size) {
    const Place place = place_of(number);
    if (place.slot == 0) {
      m_chunks.at(place.chunk) = std::make_unique<std::string[]>(place.size);
    }
    m_chunks[place.chunk][place.slot] = value;
    ++m_size;
  }
  return number;
}

LiveSegment make_live(std::shared_ptr<const Segment> segment, std::shared_ptr<const Bitmap> dead, FacetValues& values) {
  LiveSegment live;
  live.segment = std::move(segment);
  live.dead = std::move(dead);
  live.frequent = std::make_shared<FrequentWords>(live.segment->documents());
  live.value_names = std::make_shared<ValueNames>();
  live.beginnings = std::make_shared<BeginningsOfNames>();
  const auto lengths = live.segment->lengths();
  const auto words = live.segment->words();
  for (uint32_t doc = 0; doc < live.segment->documents(); ++doc) {
    if (live.is_dead(doc)) {
      ++live.dead_count;
    } else if (live.segment->is_public(doc)) {
      ++live.public_count;
      live.length += lengths[doc];
      live.words += words[doc];
    }
  }
  std::vector<uint32_t> numbers(live.segment->values());
  for (uint32_t value = 0; value < numbers.size(); ++value) {
    const Facet facet = live.segment->value_facet(value);
    numbers[value] = values.number(facet, live.segment->value(value)) | static_cast<uint32_t>(facet) << k_number_bits;
  }
  live.numbers = std::make_shared<const std::vector<uint32_t>>(std::move(numbers));
  return live;
}

}  // namespace pitchblende::search
