// Sixteen bytes at a time: which of them are of some kind, as a mask with the first byte's bit lowest. Inside sources.
//
// Pure functions, any thread. Whoever loads a block sees to it that sixteen bytes may be read.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace pitchblende::sources {

// Behind the last byte of every buffer that blocks are loaded from.
inline constexpr size_t k_block_padding = 64;

#if defined(__SSE2__)
class Block {
 public:
  explicit Block(const char* at) : m_bytes(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))) {}
  uint32_t equal(char c) const { return mask(_mm_cmpeq_epi8(m_bytes, _mm_set1_epi8(c))); }
  // At most `c`, bytes taken as unsigned.
  uint32_t at_most(unsigned char c) const {
    return mask(_mm_cmpeq_epi8(_mm_min_epu8(m_bytes, _mm_set1_epi8(static_cast<char>(c))), m_bytes));
  }
  uint32_t high() const { return mask(m_bytes); }
  uint32_t equal(const Block& other) const { return mask(_mm_cmpeq_epi8(m_bytes, other.m_bytes)); }

 private:
  static uint32_t mask(__m128i bytes) { return static_cast<uint32_t>(_mm_movemask_epi8(bytes)); }
  __m128i m_bytes;
};
#else
class Block {
 public:
  explicit Block(const char* at) { std::memcpy(m_bytes, at, sizeof(m_bytes)); }
  uint32_t equal(char c) const {
    return mask([&](size_t i) { return m_bytes[i] == static_cast<unsigned char>(c); });
  }
  uint32_t at_most(unsigned char c) const {
    return mask([&](size_t i) { return m_bytes[i] <= c; });
  }
  uint32_t high() const {
    return mask([&](size_t i) { return m_bytes[i] >= 0x80; });
  }
  uint32_t equal(const Block& other) const {
    return mask([&](size_t i) { return m_bytes[i] == other.m_bytes[i]; });
  }

 private:
  template <typename Test>
  static uint32_t mask(const Test& test) {
    uint32_t out = 0;
    for (size_t i = 0; i < 16; ++i) {
      out |= static_cast<uint32_t>(test(i)) << i;
    }
    return out;
  }
  unsigned char m_bytes[16];
};
#endif

// The lowest `count` bits, for the last block of something.
inline uint32_t first_bits(size_t count) { return count >= 16 ? 0xFFFFu : (1u << count) - 1; }

// How often `c` stands in [begin, end).
inline int64_t count_bytes(const char* begin, const char* end, char c) {
  int64_t count = 0;
  for (; begin < end; begin += 16) {
    const uint32_t mask = Block(begin).equal(c) & first_bits(static_cast<size_t>(end - begin));
    count += std::popcount(mask);
  }
  return count;
}

}  // namespace pitchblende::sources
