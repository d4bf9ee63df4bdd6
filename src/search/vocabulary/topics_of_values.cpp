#include "search/vocabulary/topics_of_values.hpp"

#include <algorithm>

namespace pitchblende::search {

namespace {

// The name by which a concept is known from all others, the preferred English one first; null: there is none.
const std::string* own_name(const Thesaurus& thesaurus, uint32_t place) {
  const std::string* best = nullptr;
  int best_rank = 0;
  for (const ConceptLabel& label : thesaurus.concepts()[place].labels) {
    const int rank = (label.preferred ? 2 : 0) + (label.language == StemLanguage::english ? 1 : 0) + 1;
    if (rank > best_rank && thesaurus.named(label.text) == std::vector<uint32_t>{place}) {
      best = &label.text;
      best_rank = rank;
    }
  }
  return best;
}

}  // namespace

uint32_t TopicsOfValues::topic_called(std::string_view value) {
  if (m_thesaurus == nullptr || m_thesaurus->empty()) {
    return k_none;
  }
  const std::vector<uint32_t> places = m_thesaurus->named(value);
  if (places.size() != 1) {
    return k_none;
  }
  const auto [known, is_new] = m_by_place.emplace(places.front(), k_none);
  if (is_new) {
    if (const std::string* name = own_name(*m_thesaurus, places.front())) {
      known->second = size();
      m_names.push_back(name);
      m_values.emplace_back();
    }
  }
  return known->second;
}

void TopicsOfValues::add(uint32_t number, Facet facet, std::string_view value) {
  const uint32_t topic = facet == Facet::concept_ ? topic_called(value) : k_none;
  m_topics.resize(std::max<size_t>(m_topics.size(), number + 1), k_none);
  m_topics[number] = topic;
  if (topic != k_none) {
    m_values[topic].push_back(number);
  }
}

std::vector<uint32_t> TopicsOfValues::values(std::string_view name) const {
  const std::vector<uint32_t> places =
      m_thesaurus == nullptr || m_thesaurus->empty() ? std::vector<uint32_t>() : m_thesaurus->named(name);
  const auto known = places.size() == 1 ? m_by_place.find(places.front()) : m_by_place.end();
  return known == m_by_place.end() || known->second == k_none ? std::vector<uint32_t>() : m_values[known->second];
}

std::shared_ptr<const NamedTwice> named_twice(const Segment& segment, const std::vector<uint32_t>& numbers,
                                              uint32_t mask, const TopicsOfValues& topics) {
  auto out = std::make_shared<NamedTwice>();
  std::vector<uint32_t> topic_of(numbers.size(), TopicsOfValues::k_none);
  bool some = false;
  for (size_t value = 0; value < numbers.size(); ++value) {
    topic_of[value] = topics.topic(numbers[value] & mask);
    some = some || topic_of[value] != TopicsOfValues::k_none;
  }
  if (!some) {
    return out;
  }
  std::vector<uint32_t> own;
  for (uint32_t doc = 0; doc < segment.documents(); ++doc) {
    own.clear();
    segment.each_facet(doc, [&](uint32_t value) {
      if (topic_of[value] != TopicsOfValues::k_none) {
        own.push_back(topic_of[value]);
      }
    });
    std::sort(own.begin(), own.end());
    for (size_t at = 1; at < own.size(); ++at) {
      if (own[at] == own[at - 1]) {
        out->places.push_back({doc, own[at]});
      }
    }
  }
  if (!out->places.empty()) {
    out->docs = make_bitmap(segment.documents());
    for (const NamedTwice::Place& place : out->places) {
      set_bit(out->docs, place.doc);
    }
  }
  return out;
}

}  // namespace pitchblende::search
