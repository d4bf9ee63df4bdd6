// Offsets of tags in rising order: a vector that is written past its end before it is said how far. Inside sources. One
// thread.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>

namespace pitchblende::sources {

class TagList {
 public:
  size_t size() const { return m_size; }
  const uint32_t* data() const { return m_data.get(); }
  uint32_t operator[](size_t at) const { return m_data[at]; }
  // Where the first one at or behind `offset` stands.
  size_t lower_bound(size_t from, size_t offset) const {
    const uint32_t* begin = m_data.get();
    return static_cast<size_t>(std::lower_bound(begin + from, begin + m_size, offset) - begin);
  }

  // For `bits` (64 of them, the lowest at `offset`) the offset of each that is set.
  void add(uint32_t offset, uint64_t bits) {
    if (m_size + 64 > m_room) [[unlikely]] {
      grow();
    }
    uint32_t* out = m_data.get() + m_size;
    const int count = std::popcount(bits);
    // Four at once without asking: most blocks have no more, and what is too much is overwritten.
    for (int i = 0; i < 4; ++i, bits &= bits - 1) {
      out[i] = offset + static_cast<uint32_t>(std::countr_zero(bits));
    }
    for (int i = 4; i < count; ++i, bits &= bits - 1) {
      out[i] = offset + static_cast<uint32_t>(std::countr_zero(bits));
    }
    m_size += static_cast<size_t>(count);
  }
  void shorten(size_t size) { m_size = std::min(m_size, size); }
  void erase(size_t begin, size_t end) {
    if (begin < end) {
      std::memmove(m_data.get() + begin, m_data.get() + end, (m_size - end) * sizeof(uint32_t));
      m_size -= end - begin;
    }
  }
  void shift_down(size_t distance) {
    for (size_t at = 0; at < m_size; ++at) {
      m_data[at] -= static_cast<uint32_t>(distance);
    }
  }

 private:
  void grow() {
    const size_t room = std::max<size_t>(4096, m_room * 2);
    auto grown = std::make_unique_for_overwrite<uint32_t[]>(room);
    if (m_size > 0) {
      std::memcpy(grown.get(), m_data.get(), m_size * sizeof(uint32_t));
    }
    m_data = std::move(grown);
    m_room = room;
  }

  std::unique_ptr<uint32_t[]> m_data;
  size_t m_size = 0;
  size_t m_room = 0;
};

}  // namespace pitchblende::sources
