// When an instrument is open, in UTC: its weekly hours and closures laid over days, clocks changing or not.
//
// Pure but for the zone's table; any thread.
#pragma once

#include <vector>

#include "booking/booking_types.hpp"
#include "booking/local_time.hpp"

namespace pitchblende::booking {

// One stretch of one day. Bookings begin at a whole number of steps after `begins`. One that ends where the next begins
// (midnight of an instrument that never closes) is gone on with.
using Open = Span;

// Days first_day to last_day, both in; in order, disjoint. Hours that vanish with a missing hour are left out.
std::vector<Open> open_spans(const Terms& terms, const Zone& zone, int64_t first_day, int64_t last_day);
// Whether all of the span lies in stretches that touch.
bool is_open(const std::vector<Open>& open, const Span& span);
// The stretch in which that moment lies; null: closed.
const Open* stretch_at(const std::vector<Open>& open, int64_t moment);

}  // namespace pitchblende::booking
