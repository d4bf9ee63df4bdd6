// Strings numbered from 0 in the order of their arrival, in one run of bytes: what a writer meets again and again.
//
// One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "search/bytes.hpp"

namespace pitchblende::search {

class StringTable {
 public:
  StringTable() { clear(); }

  // The string's number; it is size() - 1 when it was not there before.
  uint32_t number(std::string_view text) {
    if ((size() + 1) * 2 > m_slots.size()) {
      grow();
    }
    const auto hash = static_cast<uint32_t>(checksum(text));
    for (size_t at = hash & (m_slots.size() - 1);; at = (at + 1) & (m_slots.size() - 1)) {
      Slot& slot = m_slots[at];
      if (slot.number == k_free) {
        slot = {hash, size(), m_bytes.size()};
        m_bytes.append(text);
        m_starts.push_back(m_bytes.size());
        return slot.number;
      }
      if (slot.hash == hash && m_bytes.compare(slot.start, text.size(), text) == 0 &&
          m_starts[slot.number + 1] == slot.start + text.size()) {
        return slot.number;
      }
    }
  }

  uint32_t size() const { return static_cast<uint32_t>(m_starts.size()) - 1; }
  size_t bytes() const { return m_bytes.size() + m_starts.size() * 8 + m_slots.size() * sizeof(Slot); }
  std::string_view operator[](uint32_t number) const {
    return std::string_view(m_bytes).substr(m_starts[number], m_starts[number + 1] - m_starts[number]);
  }
  void clear() {
    m_bytes.clear();
    m_starts.assign(1, 0);
    m_slots.assign(1024, {});
  }

 private:
  static constexpr uint32_t k_free = 0xFFFFFFFF;
  struct Slot {
    uint32_t hash = 0;
    uint32_t number = k_free;
    uint64_t start = 0;
  };

  void grow() {
    std::vector<Slot> larger(m_slots.size() * 2);
    for (const Slot& slot : m_slots) {
      if (slot.number != k_free) {
        size_t at = slot.hash & (larger.size() - 1);
        while (larger[at].number != k_free) {
          at = (at + 1) & (larger.size() - 1);
        }
        larger[at] = slot;
      }
    }
    m_slots = std::move(larger);
  }

  std::string m_bytes;
  std::vector<uint64_t> m_starts;
  std::vector<Slot> m_slots;
};

}  // namespace pitchblende::search
