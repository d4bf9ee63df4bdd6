// Bookings as an iCalendar file: for a calendar that subscribes to it, and along with a letter. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "booking/booking_types.hpp"

namespace pitchblende::booking::calendar {

struct FeedEvent {
  Held held;
  std::string summary;        // what the calendar shows: the instrument, or that it is taken
  std::string location = {};  // where the instrument is
  std::string url = {};       // of the booking's page
};

// `stamp`: when it was made, UTC seconds. The same arguments give the same bytes.
std::string write_feed(const std::string& title, const std::vector<FeedEvent>& events, int64_t stamp);

// What a letter about a booking does with it in a calendar (RFC 5546): "PUBLISH", or "CANCEL" of what holds no time.
std::string_view method_of(State state);
// Bookings of one state, the same events as in the feed. `organizer`: the address that letters come from.
std::string write_notice(const std::vector<FeedEvent>& events, std::string_view organizer, int64_t stamp);

}  // namespace pitchblende::booking::calendar
