// Two instruments turned out to be one: what is booked on the one is booked on the other. Inside the slice only.
#pragma once

#include <vector>

#include "booking/booking_store.hpp"

namespace pitchblende::booking::rows {

// All that anything here speaks of.
Result<std::vector<Id>> instruments(store::Connection& connection);
// Bookings, trainings and calendar addresses of the one go to the other, and its terms where that has none. A booking
// whose time is taken there stays where it is, in its booker's list, and goes when the time is free. False: nothing
// could go.
Result<bool> take_over(store::Transaction& transaction, Id from, Id to, const std::string& now);

}  // namespace pitchblende::booking::rows
