// Counts of facet values over the documents found, segment after segment. One thread; kept from query to query.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "search/snapshot.hpp"

namespace pitchblende::search {

class FacetCounter {
 public:
  // Makes room for a snapshot's values. `sizes`: how many values of each facet are wanted; 0: they are not counted.
  void begin(const Snapshot& snapshot, const std::array<uint32_t, k_facets>& sizes);
  // Only values that the viewer may know of are counted.
  void count(const LiveSegment& live, std::span<const uint32_t> docs, const access::Viewer& viewer);
  // The largest counts of each facet, by count, then value; and back to zero.
  std::vector<std::vector<FacetCount>> finish(const Snapshot& snapshot);

 private:
  void add(uint32_t number, uint32_t count) {
    if (m_sizes[number >> k_number_bits] == 0) {
      return;
    }
    uint32_t& sum = m_sums[number & k_number_mask];
    if (sum == 0) [[unlikely]] {
      m_met[number >> k_number_bits].push_back(number & k_number_mask);
    }
    sum += count;
  }
  std::vector<FacetCount> largest(const std::vector<uint32_t>& met, const Snapshot& snapshot, size_t size) const;
  void count_hidden(const LiveSegment& live, std::span<const uint32_t> docs, const access::Viewer& viewer);
  bool has_topic_already(const LiveSegment& live, uint32_t doc, std::span<const uint32_t> before, uint32_t topic) const;
  // What is called by several names of one topic becomes one value, and each document counts once.
  void join_topics(std::vector<uint32_t>& met);

  const TopicsOfValues* m_topics = nullptr;
  std::array<uint32_t, k_facets> m_sizes{};
  std::vector<uint32_t> m_counts;                     // [number]; all 0 between queries
  uint32_t* m_sums = nullptr;                         // the same, at hand for add()
  std::array<std::vector<uint32_t>, k_facets> m_met;  // numbers whose count is not 0
  std::vector<uint32_t> m_twice;                      // [topic]; all 0 between queries
  std::vector<uint32_t> m_first;                      // [topic] a value; k_none between queries
  std::vector<uint32_t> m_local;                      // [value of a segment]; all 0 between segments
};

}  // namespace pitchblende::search
