// When somebody's calendar says that something is taken: an iCalendar file as spans of UTC.
//
// Any bytes are read: what is wrong with an event is a notice with its line, the other events go in. Read + nothing
// else: no address in the file is ever opened. Bounded in bytes, events, spans and steps of repetitions. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "booking/booking_types.hpp"
#include "booking/local_time.hpp"

namespace pitchblende::booking::calendar {

struct Limits {
  size_t bytes = 4 << 20;
  size_t spans = 100'000;
  size_t spans_of_event = 5'000;
  int64_t steps = 1'000'000;
};

struct Notice {
  int64_t line = 0;
  std::string field;  // DTSTART, RRULE …
  Error why;
};

struct BusyTimes {
  std::vector<Span> busy;  // disjoint, in order
  int64_t read = 0;        // events and free/busy blocks
  int64_t accepted = 0;
  int64_t rejected = 0;
  std::vector<Notice> notices;  // the first thousand
};

// What touches the window. `home`: the clock of times without a zone and of whole days. Errors: BOOKING_CALENDAR,
// BOOKING_CALENDAR_SIZE.
Result<BusyTimes> read_busy_times(std::string_view text, const std::string& name, const Zone& home, const Span& window,
                                  const Limits& limits = {});

}  // namespace pitchblende::booking::calendar
