// Ids for ever: 50 bits, written as ten Crockford base-32 characters (0-9 A-Z without I L O U), and BLAKE2b hashes.
//
// Pure functions, any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace pitchblende {

class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(uint64_t bits) : m_bits(bits & k_mask) {}
  // Reads ten characters, upper or lower case; I and L are read as 1, O as 0 (Crockford). nullopt: not an id.
  static std::optional<Id> parse(std::string_view text);
  std::string text() const;
  constexpr uint64_t bits() const { return m_bits; }
  constexpr auto operator<=>(const Id&) const = default;
  // The next one, for collisions: counts up and wraps round.
  constexpr Id next() const { return Id(m_bits + 1); }

  static constexpr uint64_t k_mask = (uint64_t{1} << 50) - 1;

 private:
  uint64_t m_bits = 0;
};

// The first 64 bits (big-endian) of BLAKE2b-256 of the bytes; 0-seeded, the same on every machine.
uint64_t hash64(std::string_view bytes);
// BLAKE2b-128 of the bytes, 32 lower-case hex digits.
std::string hash128_hex(std::string_view bytes);
// BLAKE2b-256, 64 hex digits; `key` (up to 64 bytes) makes it a keyed hash.
std::string hash256_hex(std::string_view bytes, std::string_view key = {});

}  // namespace pitchblende

template <>
struct std::hash<pitchblende::Id> {
  size_t operator()(pitchblende::Id id) const noexcept { return id.bits() * 0x9E3779B97F4A7C15u; }
};
