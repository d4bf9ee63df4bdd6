// Values of texts: what staff say on pages of the site. No thread contract.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace pitchblende::texts {

// Rule 1: what may be written, in the order of the site.
inline constexpr std::array<std::string_view, 5> k_names{"home", "about", "contacts", "legal", "accessibility"};

// One version of a text, in Markdown. A language that is empty shows what the program comes with.
struct Text {
  std::string name;
  int64_t revision = 0;  // 0: nobody has written it yet
  std::string french;
  std::string english;
  std::string changed;  // a time
  int64_t account = 0;  // who wrote it
};

}  // namespace pitchblende::texts
