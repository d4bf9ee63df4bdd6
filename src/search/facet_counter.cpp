#include "search/facet_counter.hpp"

#include <algorithm>

namespace pitchblende::search {

namespace {

constexpr size_t k_ahead = 12;  // documents; what is asked of memory now is there by then
constexpr size_t k_many = 40;   // values of a segment for each document

}  // namespace

void FacetCounter::begin(const Snapshot& snapshot, const std::array<uint32_t, k_facets>& sizes) {
  m_sizes = sizes;
  m_counts.resize(std::max<size_t>(m_counts.size(), snapshot.value_count));
  m_sums = m_counts.data();
}

void FacetCounter::count(const LiveSegment& live, std::span<const uint32_t> docs, const access::Viewer& viewer) {
  const Segment& segment = *live.segment;
  const std::vector<uint32_t>& numbers = *live.numbers;
  const auto each_value = [&](auto&& on_value) {
    for (size_t at = 0; at < docs.size(); ++at) {
      if (at + k_ahead < docs.size()) {
        segment.expect_facets(docs[at + k_ahead]);
      }
      segment.each_facet(docs[at], on_value);
    }
  };
  // Few documents touch few values: those alone. Many: the segment's own counts first, added up at the end.
  if (docs.size() * k_many < numbers.size()) {
    each_value([&](uint32_t value) { add(numbers[value], 1); });
  } else {
    m_local.resize(std::max(m_local.size(), numbers.size()));
    uint32_t* const local = m_local.data();
    each_value([local](uint32_t value) { ++local[value]; });
    for (size_t value = 0; value < numbers.size(); ++value) {
      if (local[value] != 0) {
        add(numbers[value], local[value]);
        local[value] = 0;
      }
    }
  }
  if (viewer.reach == access::Visibility::everyone) {
    return;
  }
  for (const uint32_t doc : docs) {
    for (const uint32_t value : segment.hidden_facets(doc)) {
      if (segment.sees(viewer, static_cast<access::Visibility>(value >> k_level_shift), doc)) {
        add(numbers[value & k_value_mask], 1);
      }
    }
  }
}

std::vector<FacetCount> FacetCounter::largest(const std::vector<uint32_t>& met, const FacetValues& values,
                                              size_t size) const {
  // Values of the least count that can still be among the largest are decided by their text, so none is thrown away
  // early.
  std::vector<uint32_t> best = met;
  if (best.size() > size) {
    const auto larger = [&](uint32_t a, uint32_t b) { return m_counts[a] > m_counts[b]; };
    const auto last = best.begin() + static_cast<std::ptrdiff_t>(size) - 1;
    std::nth_element(best.begin(), last, best.end(), larger);
    const uint32_t least = m_counts[*last];
    std::erase_if(best, [&](uint32_t number) { return m_counts[number] < least; });
  }
  std::vector<FacetCount> counts;
  const size_t wanted = std::min(best.size(), size);
  std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(wanted), best.end(),
                    [&](uint32_t a, uint32_t b) {
                      return m_counts[a] != m_counts[b] ? m_counts[a] > m_counts[b] : values.value(a) < values.value(b);
                    });
  for (size_t i = 0; i < wanted; ++i) {
    counts.push_back({std::string(values.value(best[i])), m_counts[best[i]]});
  }
  return counts;
}

std::vector<std::vector<FacetCount>> FacetCounter::finish(const FacetValues& values) {
  std::vector<std::vector<FacetCount>> out;
  for (size_t facet = 0; facet < k_facets; ++facet) {
    std::vector<uint32_t>& met = m_met[facet];
    out.push_back(largest(met, values, m_sizes[facet]));
    for (const uint32_t number : met) {
      m_counts[number] = 0;
    }
    met.clear();
  }
  return out;
}

}  // namespace pitchblende::search
