#include "registry/check_digits.hpp"

#include <cstdint>

namespace pitchblende::registry {

namespace {

int digit(char c) { return c == 'X' || c == 'x' ? 10 : c - '0'; }

// Crockford's letters, lower case; -1: not one of them.
int base32(char c) {
  constexpr std::string_view k_letters = "0123456789abcdefghjkmnpqrstvwxyz";
  const size_t at = k_letters.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

bool check_mod_11_2(std::string_view text) {
  int total = 0;
  for (const char c : text.substr(0, text.size() - 1)) {
    total = (total + digit(c)) * 2 % 11;
  }
  return (12 - total) % 11 == digit(text.back());
}

bool check_mod_97_10(std::string_view ror) {
  uint64_t number = 0;
  for (const char c : ror.substr(0, ror.size() - 2)) {
    const int value = base32(c);
    if (value < 0) {
      return false;
    }
    number = number * 32 + static_cast<uint64_t>(value);
  }
  const int check = digit(ror[ror.size() - 2]) * 10 + digit(ror.back());
  return 98 - static_cast<int>(number * 100 % 97) == check;
}

bool check_luhn(std::string_view digits) {
  int total = 0;
  bool doubled = false;
  for (size_t i = digits.size(); i-- > 0; doubled = !doubled) {
    const int value = digit(digits[i]) * (doubled ? 2 : 1);
    total += value > 9 ? value - 9 : value;
  }
  return total % 10 == 0;
}

bool check_siret(std::string_view digits) {
  if (check_luhn(digits)) {
    return true;
  }
  int total = 0;
  for (const char c : digits) {
    total += digit(c);
  }
  return digits.starts_with("356000000") && total % 5 == 0;
}

bool check_mod_11(std::string_view text) {
  int total = 0;
  auto weight = static_cast<int>(text.size());
  for (const char c : text) {
    total += digit(c) * weight--;
  }
  return total % 11 == 0;
}

bool check_mod_10(std::string_view digits) {
  int total = 0;
  int weight = 1;
  for (const char c : digits) {
    total += digit(c) * weight;
    weight = 4 - weight;
  }
  return total % 10 == 0;
}

}  // namespace pitchblende::registry
