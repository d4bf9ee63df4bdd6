// Opening and busy times as views: days of one instrument, a week or a day of many. Pure; any thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "booking/agenda.hpp"
#include "booking/local_time.hpp"
#include "pages/blocks.hpp"

namespace pitchblende::pages {

struct NamedInstrument {
  Id id;
  std::string label;
};

// Days on a clock, each with where it begins and ends in UTC: 23 and 25 hours long when clocks change.
struct Days {
  Days(booking::Zone clock, int64_t first, int64_t count, int64_t now);

  booking::Zone zone;
  int64_t now = 0;  // what has ended is past
  int64_t first_day = 0;
  std::vector<booking::Span> spans;
};

// "Monday 2 March 2026"
std::string day_words(int64_t day, const Words& words);
// "09:00 – 11:00" on that clock; "24:00" for the end of a day.
std::string time_words(const booking::Span& span, const booking::Zone& zone);

// Where a free time is booked; by whom one is taken. Empty: nowhere, nobody says.
using PartAddress = std::function<std::string(const booking::Span& span)>;
// Of one instrument: each day with its parts, what is closed by night left out where the day has more to say.
Views days_of(const booking::Week& week, const Days& days, const std::string& address, const PartAddress& book,
              const PartAddress& taken_by, const Words& words);
// Of many, by row: how long each is free each day.
Views week_rows(const std::vector<NamedInstrument>& instruments, const std::vector<booking::Week>& weeks,
                const Days& days, const Words& words);
// Of many, by row: from when to when each is free on the first day.
Views day_rows(const std::vector<NamedInstrument>& instruments, const std::vector<booking::Week>& weeks,
               const Days& days, const Words& words);
// The days' names; with an address, each leads to it as a day.
Views day_heads(const Days& days, const std::string& address, const Words& words);

}  // namespace pitchblende::pages
