#include "base/text.hpp"

#include <unicode/utf8.h>

#include <bit>
#include <cstring>

namespace pitchblende {

namespace {

static_assert(std::endian::native == std::endian::little, "the word-wise scans read the first byte from the low end");

constexpr uint64_t k_ones = 0x0101010101010101u;
constexpr uint64_t k_highs = 0x8080808080808080u;

uint64_t load(const char* at) {
  uint64_t word = 0;
  std::memcpy(&word, at, sizeof(word));
  return word;
}

// The high bit of each byte that is a control character or not ASCII. A borrow can only flag bytes above one that is
// truly flagged, so the lowest flag is always right.
uint64_t flag_unusual(uint64_t word) { return ((word - k_ones * 0x20) | word) & k_highs; }

// The high bit of each byte that equals a space: exact, for all bytes.
uint64_t flag_spaces(uint64_t word) {
  const uint64_t x = word ^ (k_ones * 0x20);
  return ~(((x & ~k_highs) + ~k_highs) | x) & k_highs;
}

// The first byte from `at` on that is a control character or not ASCII.
size_t skip_usual(std::string_view text, size_t at) {
  const char* data = text.data();
  const size_t size = text.size();
  while (at + 32 <= size) {
    const uint64_t any = flag_unusual(load(data + at)) | flag_unusual(load(data + at + 8)) |
                         flag_unusual(load(data + at + 16)) | flag_unusual(load(data + at + 24));
    if (any != 0) {
      break;
    }
    at += 32;
  }
  for (; at + 8 <= size; at += 8) {
    const uint64_t flags = flag_unusual(load(data + at));
    if (flags != 0) {
      return at + static_cast<size_t>(std::countr_zero(flags)) / 8;
    }
  }
  while (at < size && static_cast<unsigned char>(data[at] - 0x20) < 0x60) {
    ++at;
  }
  return at;
}

size_t skip_ascii(std::string_view text, size_t at) {
  const char* data = text.data();
  for (; at + 8 <= text.size(); at += 8) {
    const uint64_t flags = load(data + at) & k_highs;
    if (flags != 0) {
      return at + static_cast<size_t>(std::countr_zero(flags)) / 8;
    }
  }
  while (at < text.size() && static_cast<unsigned char>(data[at]) < 0x80) {
    ++at;
  }
  return at;
}

// The code point at `at`, which moves behind it; negative for bytes that are not UTF-8 (the maximal wrong part is
// skipped).
UChar32 next_code_point(std::string_view text, size_t& at) {
  UChar32 code_point = 0;
  U8_NEXT(text.data(), at, text.size(), code_point);
  return code_point;
}

constexpr std::string_view k_replacement = "\xEF\xBF\xBD";

bool is_ascii_space(unsigned char byte) { return byte == ' ' || (byte >= 9 && byte <= 13); }

// Unicode's White_Space.
bool is_space(UChar32 c) {
  if (c < 0x80) {
    return c >= 0 && is_ascii_space(static_cast<unsigned char>(c));
  }
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
         c == 0x202F || c == 0x205F || c == 0x3000;
}

// How far from the start squeezing would change nothing. What stands there does not end in a space.
size_t squeezed_prefix(std::string_view text) {
  const char* data = text.data();
  const size_t size = text.size();
  bool after_space = true;  // a space at the very start is one too many
  size_t at = 0;
  while (at < size) {
    if (at + 8 <= size) {
      const uint64_t word = load(data + at);
      const uint64_t spaces = flag_spaces(word);
      const uint64_t doubled = spaces & ((spaces << 8) | (after_space ? 0x80 : 0));
      if ((flag_unusual(word) | doubled) == 0) {
        after_space = (spaces >> 63) != 0;
        at += 8;
        continue;
      }
    }
    size_t next = at;
    const UChar32 c = next_code_point(text, next);
    if (c < 0 || (is_space(c) && (c != ' ' || after_space))) {
      break;
    }
    after_space = c == ' ';
    at = next;
  }
  return after_space && at > 0 ? at - 1 : at;
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
  for (size_t at = skip_ascii(bytes, 0); at < bytes.size(); at = skip_ascii(bytes, at)) {
    if (next_code_point(bytes, at) < 0) {
      return false;
    }
  }
  return true;
}

std::string clean_utf8(std::string_view bytes) {
  std::string out;
  size_t written = 0;  // what stands before it in `bytes` is in `out`; 0 while nothing was wrong
  bool changed = false;
  for (size_t at = skip_usual(bytes, 0); at < bytes.size(); at = skip_usual(bytes, at)) {
    const size_t begin = at;
    const UChar32 c = next_code_point(bytes, at);
    if (c >= 0x80 || c == '\t' || c == '\n') {
      continue;
    }
    if (!changed) {
      out.reserve(bytes.size());
      changed = true;
    }
    out.append(bytes.substr(written, begin - written));
    if (c < 0) {
      out.append(k_replacement);
    }
    written = at;
  }
  if (!changed) {
    return std::string(bytes);
  }
  out.append(bytes.substr(written));
  return out;
}

std::string squeeze(std::string_view text) {
  const size_t prefix = squeezed_prefix(text);
  if (prefix == text.size()) {
    return std::string(text);
  }
  std::string out;
  out.reserve(text.size());
  out.append(text.substr(0, prefix));
  bool pending = false;  // a space is owed before the next word
  for (size_t at = prefix; at < text.size();) {
    size_t next = at;
    const UChar32 c = next_code_point(text, next);
    if (is_space(c)) {
      pending = true;
      at = next;
      continue;
    }
    if (pending && !out.empty()) {
      out.push_back(' ');
    }
    pending = false;
    if (c < 0) {
      out.append(k_replacement);
      at = next;
      continue;
    }
    const size_t run = squeezed_prefix(text.substr(at));
    out.append(text.substr(at, run));
    at += run;
  }
  return out;
}

std::string_view trim(std::string_view text) {
  size_t begin = 0;
  for (size_t next = 0; begin < text.size(); begin = next) {
    if (!is_space(next_code_point(text, next))) {
      break;
    }
  }
  text.remove_prefix(begin);
  while (!text.empty()) {
    size_t last = text.size() - 1;
    while (last > 0 && text.size() - last < 4 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) {
      --last;
    }
    size_t next = last;
    const UChar32 c = next_code_point(text, next);
    if (next != text.size() || !is_space(c)) {
      break;
    }
    text.remove_suffix(text.size() - last);
  }
  return text;
}

}  // namespace pitchblende
