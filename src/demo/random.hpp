// Numbers that look random and are the same on every machine and with every library. Owner: demo. A value, one thread.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pitchblende::demo {

// SplitMix64 (Steele, Lea and Flood, 2014).
class Random {
 public:
  Random(uint64_t seed, uint64_t stream) : m_state(seed * 0xD1342543DE82EF95u + stream * 0x9E3779B97F4A7C15u + 1) {}

  uint64_t next() {
    uint64_t z = m_state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  // 0 … count - 1; count > 0.
  size_t below(size_t count) { return static_cast<size_t>((next() >> 32) * count >> 32); }
  int between(int low, int high) { return low + static_cast<int>(below(static_cast<size_t>(high - low) + 1)); }
  bool chance(int percent) { return between(1, 100) <= percent; }
  template <typename List>
  const auto& pick(const List& list) {
    return list[below(list.size())];
  }

 private:
  uint64_t m_state;
};

}  // namespace pitchblende::demo
