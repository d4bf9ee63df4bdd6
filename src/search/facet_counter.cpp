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
  m_topics = snapshot.topics.get();
  m_twice.resize(std::max<size_t>(m_twice.size(), m_topics->size()));
  m_first.resize(std::max<size_t>(m_first.size(), m_topics->size()), TopicsOfValues::k_none);
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
  const NamedTwice& twice = *live.twice;
  if (!twice.places.empty() && m_sizes[static_cast<size_t>(Facet::concept_)] > 0) {
    auto at = twice.places.begin();
    for (const uint32_t doc : docs) {
      if (has_bit(twice.docs, doc)) {
        at = std::lower_bound(at, twice.places.end(), doc,
                              [](const NamedTwice::Place& place, uint32_t wanted) { return place.doc < wanted; });
        for (; at != twice.places.end() && at->doc == doc; ++at) {
          ++m_twice[at->topic];
        }
      }
    }
  }
  if (viewer.reach != access::Visibility::everyone) {
    count_hidden(live, docs, viewer);
  }
}

bool FacetCounter::has_topic_already(const LiveSegment& live, uint32_t doc, std::span<const uint32_t> before,
                                     uint32_t topic) const {
  bool found = std::find(before.begin(), before.end(), topic) != before.end();
  live.segment->each_facet(
      doc, [&](uint32_t value) { found = found || m_topics->topic((*live.numbers)[value] & k_number_mask) == topic; });
  return found;
}

void FacetCounter::count_hidden(const LiveSegment& live, std::span<const uint32_t> docs, const access::Viewer& viewer) {
  const Segment& segment = *live.segment;
  std::vector<uint32_t> hidden_topics;  // of the document at hand
  for (const uint32_t doc : docs) {
    hidden_topics.clear();
    for (const uint32_t value : segment.hidden_facets(doc)) {
      if (!segment.sees(viewer, static_cast<access::Visibility>(value >> k_level_shift), doc)) {
        continue;
      }
      const uint32_t number = (*live.numbers)[value & k_value_mask];
      add(number, 1);
      const uint32_t topic = m_topics->topic(number & k_number_mask);
      if (topic != TopicsOfValues::k_none && m_sizes[static_cast<size_t>(Facet::concept_)] > 0) {
        m_twice[topic] += has_topic_already(live, doc, hidden_topics, topic) ? 1 : 0;
        hidden_topics.push_back(topic);
      }
    }
  }
}

void FacetCounter::join_topics(std::vector<uint32_t>& met) {
  std::vector<uint32_t> topics;
  std::erase_if(met, [&](uint32_t number) {
    const uint32_t topic = m_topics->topic(number);
    if (topic == TopicsOfValues::k_none) {
      return false;
    }
    uint32_t& first = m_first[topic];
    if (first == TopicsOfValues::k_none) {
      first = number;
      topics.push_back(topic);
      return false;
    }
    m_counts[first] += m_counts[number];
    m_counts[number] = 0;
    return true;
  });
  for (const uint32_t topic : topics) {
    m_counts[m_first[topic]] -= m_twice[topic];
    m_first[topic] = TopicsOfValues::k_none;
    m_twice[topic] = 0;
  }
}

std::vector<FacetCount> FacetCounter::largest(const std::vector<uint32_t>& met, const Snapshot& snapshot,
                                              size_t size) const {
  const auto value_of = [&](uint32_t number) {
    const uint32_t topic = m_topics->topic(number);
    return topic == TopicsOfValues::k_none ? snapshot.values->value(number) : std::string_view(m_topics->name(topic));
  };
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
                      return m_counts[a] != m_counts[b] ? m_counts[a] > m_counts[b] : value_of(a) < value_of(b);
                    });
  for (size_t i = 0; i < wanted; ++i) {
    counts.push_back({std::string(value_of(best[i])), m_counts[best[i]]});
  }
  return counts;
}

std::vector<std::vector<FacetCount>> FacetCounter::finish(const Snapshot& snapshot) {
  std::vector<std::vector<FacetCount>> out;
  for (size_t facet = 0; facet < k_facets; ++facet) {
    std::vector<uint32_t>& met = m_met[facet];
    if (static_cast<Facet>(facet) == Facet::concept_) {
      join_topics(met);
    }
    out.push_back(largest(met, snapshot, m_sizes[facet]));
    for (const uint32_t number : met) {
      m_counts[number] = 0;
    }
    met.clear();
  }
  return out;
}

}  // namespace pitchblende::search
