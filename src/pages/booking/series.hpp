// A booking repeated each week: what the form says of it, what came of each time. Rule 24 of docs/rules/booking.md.
// Functions of an immutable site; any thread.
#pragma once

#include <string>
#include <vector>

#include "pages/booking/booking_letters.hpp"

namespace pitchblende::pages {

// As the form sends it.
struct Repeat {
  bool weekly = false;
  std::string times;  // how often in all, or
  std::string until;  // up to which day
  bool some = false;  // those that fit, if not all do
};
Repeat repeat_in(const http::Form& form);
void put_repeat(const Repeat& repeat, View& body);

// What came of each time, in order.
struct Series {
  std::vector<booking::Span> spans;  // where each would be; begins 0: its hour does not exist
  std::vector<Result<booking::Held>> each;
  bool is_booked() const;  // at least one
};
// The first is `wanted`. Errors: BOOKING_TIMES, _TIMES_BOTH, those of Booking::book() of the first where none can be
// booked at all are told in `each`.
Result<Series> book_series(const Site& site, const Instrument& instrument, const booking::Wanted& wanted,
                           const Repeat& repeat, const booking::Zone& zone, const BookingLetters& letters);
// What each time of a series that could not be booked lacks: times [{when, state, tone, why}].
Views series_views(const Series& series, const booking::Zone& zone, const Words& words);

// Where a series is told: by its times alone, so that the page says how each of them stands when it is looked at.
std::string series_address(const Instrument& instrument, const TypedTime& time, size_t times);
// The times of such an address. Errors: those of span_of(), BOOKING_TIMES.
Result<std::vector<booking::Span>> series_in(const http::Request& request, const booking::Zone& zone);
// times [{when, url, state, tone, why}]: what he booked, for himself or another, and why the others are not booked.
Result<Views> series_told(const Site& site, const Instrument& instrument, const booking::Terms& terms,
                          const std::vector<booking::Span>& spans, const booking::Zone& zone, const Words& words);

}  // namespace pitchblende::pages
