// iCalendar as lines of content: unfolded, with name, parameters and value. Bounded by the text given.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace pitchblende::booking::calendar {

struct ContentLine {
  int64_t number = 0;    // where it begins in the file, from 1
  std::string name;      // in upper case
  std::string zone;      // its TZID, empty: none
  bool is_free = false;  // its FBTYPE is FREE
  std::string value;     // as it stands
};

// Lines in order; what has no colon is left out. Ends when visit says false.
void each_content_line(std::string_view text, const std::function<bool(ContentLine&)>& visit);

// "a\, b" and "\n" for what they stand for.
std::string escaped(std::string_view text);
// Folded at 75 bytes between characters, with its line end.
std::string folded(std::string_view line);

}  // namespace pitchblende::booking::calendar
