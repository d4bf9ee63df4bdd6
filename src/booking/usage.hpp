// For how long instruments were taken: sums over bookings, for figures. A door of booking; any thread.
#pragma once

#include <unordered_map>

#include "booking/booking_types.hpp"
#include "store/store.hpp"

namespace pitchblende::booking {

// Seconds of the span that bookings hold, by instrument; one that is booked here and was never taken has 0.
Result<std::unordered_map<Id, int64_t>> seconds_taken(store::Store& store, const Span& span);

// The year on the clock of home.
Result<Span> year_span(int64_t year);

}  // namespace pitchblende::booking
