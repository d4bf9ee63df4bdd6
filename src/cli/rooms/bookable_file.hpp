// The file that `bookable` reads: on what terms instruments are booked, and what is booked already. JSON, a list:
//
//   {"instrument": an id or reference, "how": "here" | "elsewhere" | "request",
//    "hours": {"monday": ["08:00-12:00", "13:00-19:00"], …}, "closed": ["2026-08-01/2026-08-15"],
//    "step": 30, "smallest": 30, "largest": 480, "notice": 0 (minutes), "horizon": 90 (days),
//    "trained": false, "confirmed": false, "zone": "Europe/Paris", "address": "https://…", "calendar": "https://…",
//    "bookings": [{"weekday": "tuesday", "weeks": 0, "from": "09:00", "to": "11:00", "purpose": "…"}]}
//
// What is absent is as booking_types.hpp has it. A booking is on the first such weekday after today, and so many weeks
// later. Pure, any thread.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "booking/booking_types.hpp"

namespace pitchblende::cli {

struct Reserved {
  int weekday = 0;
  int64_t weeks = 0;
  int from = 0;  // minutes after local midnight
  int to = 0;
  std::string purpose;
};
struct Bookable {
  std::string instrument;
  booking::Terms terms;  // without its instrument's id
  std::vector<Reserved> bookings;
};

// Error: CLI_BOOKABLE with field and reason.
Result<Bookable> read_bookable(const boost::json::value& value);

}  // namespace pitchblende::cli
