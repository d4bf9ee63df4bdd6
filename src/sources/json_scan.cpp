#include "sources/json_scan.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace pitchblende::sources {

namespace {

// The first quotation mark or backslash from `at` on.
size_t find_string_end(const char* data, size_t at, size_t limit) {
  constexpr uint64_t k_ones = 0x0101010101010101u;
  constexpr uint64_t k_highs = 0x8080808080808080u;
  for (; at + 8 <= limit; at += 8) {
    uint64_t word = 0;
    std::memcpy(&word, data + at, 8);
    const uint64_t quote = word ^ (k_ones * '"');
    const uint64_t slash = word ^ (k_ones * '\\');
    const uint64_t found = (((quote - k_ones) & ~quote) | ((slash - k_ones) & ~slash)) & k_highs;
    if (found != 0) {
      return at + static_cast<size_t>(std::countr_zero(found)) / 8;
    }
  }
  while (at < limit && data[at] != '"' && data[at] != '\\') {
    ++at;
  }
  return at;
}

constexpr std::array<bool, 256> k_structural = [] {
  std::array<bool, 256> table{};
  for (const char c : {'"', '{', '}', '[', ']', ':'}) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

}  // namespace

size_t ObjectScan::run(const char* data, size_t at, size_t limit) {
  while (at < limit) {
    if (m_in_string) {
      at = in_string(data, at, limit);
      continue;
    }
    const char c = data[at++];
    if (!k_structural[static_cast<unsigned char>(c)]) {
      continue;
    }
    if (structural(data, at, c)) {
      break;
    }
  }
  return at;
}

size_t ObjectScan::in_string(const char* data, size_t at, size_t limit) {
  if (m_escaped) {
    m_escaped = false;
    return at + 1;
  }
  at = find_string_end(data, at, limit);
  if (at == limit) {
    return at;
  }
  if (data[at] == '\\') {
    m_escaped = true;
  } else {
    m_in_string = false;
    m_key_end = at;
    m_key = m_depth == 1 ? Key::seen : Key::none;
  }
  return at + 1;
}

// True: stop here.
bool ObjectScan::structural(const char* data, size_t at, char c) {
  switch (c) {
    case '"':
      m_in_string = true;
      m_key_begin = at;
      return false;
    case ':':
      m_key = m_key == Key::seen ? Key::before_value : Key::none;
      return false;
    case '[':
      if (m_depth == 1 && m_key == Key::before_value && !m_page_member.empty() &&
          std::string_view(data + m_key_begin, m_key_end - m_key_begin) == m_page_member) {
        m_entered = true;
        return true;
      }
      [[fallthrough]];
    case '{':
      m_key = Key::none;
      m_deepest = std::max(m_deepest, ++m_depth);
      return false;
    default:
      m_key = Key::none;
      return --m_depth == 0;
  }
}

}  // namespace pitchblende::sources
