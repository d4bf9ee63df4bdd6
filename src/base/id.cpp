#include "base/id.hpp"

#include <sodium/crypto_generichash.h>

#include <array>

namespace pitchblende {

namespace {

constexpr std::string_view k_digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

int digit(char c) {
  if (c >= 'a' && c <= 'z') {
    c = static_cast<char>(c - 'a' + 'A');
  }
  if (c == 'I' || c == 'L') {
    c = '1';
  } else if (c == 'O') {
    c = '0';
  }
  const size_t at = k_digits.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

template <size_t Size>
std::array<unsigned char, Size> blake2b(std::string_view bytes, std::string_view key = {}) {
  std::array<unsigned char, Size> out{};
  crypto_generichash(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                     reinterpret_cast<const unsigned char*>(key.data()), key.size());
  return out;
}

template <size_t Size>
std::string hex(const std::array<unsigned char, Size>& bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(Size * 2);
  for (const unsigned char byte : bytes) {
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

}  // namespace

std::optional<Id> Id::parse(std::string_view text) {
  if (text.size() != 10) {
    return std::nullopt;
  }
  uint64_t bits = 0;
  for (const char c : text) {
    const int value = digit(c);
    if (value < 0) {
      return std::nullopt;
    }
    bits = bits << 5 | static_cast<uint64_t>(value);
  }
  return Id(bits);
}

std::string Id::text() const {
  std::string out(10, '0');
  for (int i = 0; i < 10; ++i) {
    out[static_cast<size_t>(i)] = k_digits[(m_bits >> (45 - 5 * i)) & 31];
  }
  return out;
}

uint64_t hash64(std::string_view bytes) {
  const auto out = blake2b<32>(bytes);
  uint64_t value = 0;
  for (size_t i = 0; i < 8; ++i) {
    value = value << 8 | out[i];
  }
  return value;
}

std::string hash128_hex(std::string_view bytes) { return hex(blake2b<16>(bytes)); }

std::string hash256_hex(std::string_view bytes, std::string_view key) { return hex(blake2b<32>(bytes, key)); }

}  // namespace pitchblende
