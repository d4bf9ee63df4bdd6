// Bookings as an iCalendar file, for a calendar that subscribes to it. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "booking/booking_types.hpp"

namespace pitchblende::booking::calendar {

struct FeedEvent {
  Held held;
  std::string summary;  // what the calendar shows: the instrument, or that it is taken
};

// `stamp`: when it was made, UTC seconds. The same arguments give the same bytes.
std::string write_feed(const std::string& title, const std::vector<FeedEvent>& events, int64_t stamp);

}  // namespace pitchblende::booking::calendar
