// Facet values that are names of one concept: lymphoma, lymphomas, lymphome. They are counted and filtered as one
// value, called by a name that tells the concept from all others (docs/rules/search.md, 6.6).
//
// The writer adds values; a copy in a snapshot is immutable: any thread. Names are those of the thesaurus alone, which
// everybody may know.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/segment_merge.hpp"
#include "search/vocabulary/thesaurus.hpp"

namespace pitchblende::search {

class TopicsOfValues {
 public:
  explicit TopicsOfValues(std::shared_ptr<const Thesaurus> thesaurus) : m_thesaurus(std::move(thesaurus)) {}

  // The next value's number and text; only those of concepts may have a topic.
  void add(uint32_t number, Facet facet, std::string_view value);

  static constexpr uint32_t k_none = 0xFFFFFFFF;
  // Of a value's number.
  uint32_t topic(uint32_t number) const { return number < m_topics.size() ? m_topics[number] : k_none; }
  uint32_t size() const { return static_cast<uint32_t>(m_names.size()); }  // topics
  const std::string& name(uint32_t topic) const { return *m_names[topic]; }
  // All values of the topic that this is a name of; empty: of none, or of several.
  std::vector<uint32_t> values(std::string_view name) const;
  const Thesaurus* thesaurus() const { return m_thesaurus.get(); }

 private:
  uint32_t topic_called(std::string_view value);

  std::shared_ptr<const Thesaurus> m_thesaurus;
  std::vector<uint32_t> m_topics;                     // [value's number]
  std::vector<const std::string*> m_names;            // [topic], in the thesaurus
  std::vector<std::vector<uint32_t>> m_values;        // [topic]
  std::unordered_map<uint32_t, uint32_t> m_by_place;  // concept → topic, or k_none: it has no name of its own
};

// Documents of a segment that have several public values of one topic, each once for every value beyond the first: they
// are counted once. Ordered by document.
struct NamedTwice {
  struct Place {
    uint32_t doc = 0;
    uint32_t topic = 0;
  };
  Bitmap docs;  // empty: none
  std::vector<Place> places;
};
// `numbers`: of the segment's values, with what stands above `mask`.
std::shared_ptr<const NamedTwice> named_twice(const Segment& segment, const std::vector<uint32_t>& numbers,
                                              uint32_t mask, const TopicsOfValues& topics);

}  // namespace pitchblende::search
