// What booking holds on somebody: bookings, trainings, calendar addresses. Store and booking outlive it; any thread.
#pragma once

#include "access/holdings.hpp"
#include "booking/booking.hpp"

namespace pitchblende::booking {

access::Holding holding(store::Store& store, Booking& booking);

}  // namespace pitchblende::booking
