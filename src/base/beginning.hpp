// Text that is shown shorter than it is. Pure, any thread.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace pitchblende {

// Its first bytes, as many as that at most: never half a letter.
inline std::string beginning(std::string_view text, size_t bytes) {
  size_t end = std::min(text.size(), bytes);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return std::string(text.substr(0, end));
}

// Letters as people count them (code points): what stands in bytes is no measure for who types.
inline size_t count_letters(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace pitchblende
