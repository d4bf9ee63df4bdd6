// What the public names and topics of a segment begin with, word by word: for suggestions while somebody types. Made
// beforehand by whoever has the time for it, else when it is first asked for; any thread.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "search/segment.hpp"

namespace pitchblende::search {

class BeginningsOfNames {
 public:
  enum class Of : uint8_t { thing, label, value };
  struct Entry {
    uint32_t begin = 0;  // of its letters from one of its words on
    uint16_t size = 0;
    Of of = Of::thing;
    bool first = false;    // from its first word on
    uint8_t language = 0;  // of a label: StemLanguage
    uint32_t number = 0;   // document, or facet value
    float weight = 0;      // documents of the segment that name it
  };

  // Entries whose letters begin so, at most so many; ordered by their letters.
  std::span<const Entry> with(const Segment& segment, std::string_view normalised_beginning, size_t most) const;
  // Makes it, if it is not there; left undone as soon as `stop` is true.
  void make_ready(const Segment& segment, const std::atomic<bool>& stop) const;
  bool is_ready() const { return m_ready; }
  std::string_view letters(const Entry& entry) const {
    return std::string_view(m_letters).substr(entry.begin, entry.size);
  }

 private:
  bool make(const Segment& segment, const std::atomic<bool>& stop) const;
  void add(std::string_view name, Entry entry) const;
  void add_thing(const Segment& segment, uint32_t doc) const;

  mutable std::mutex m_making;
  mutable std::atomic<bool> m_ready = false;  // true: what follows stays as it is
  mutable std::string m_letters;
  mutable std::vector<Entry> m_entries;
};

}  // namespace pitchblende::search
