// Calendars of instruments that are booked elsewhere, read at their addresses from time to time.
//
// A Calendars borrows what it is made of; any thread. Who goes out and how far is the Fetch's to decide.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "booking/booking.hpp"

namespace pitchblende::booking {

class Calendars {
 public:
  // The text under an address.
  using Fetch = std::function<Result<std::string>(const std::string& address)>;

  Calendars(store::Store& store, Booking& booking, const Clock& clock, Fetch fetch)
      : m_store(store), m_booking(booking), m_clock(clock), m_fetch(std::move(fetch)) {}

  // Each instrument that is booked elsewhere and has an address. What cannot be read leaves what was read before; it is
  // kept why. The answer: how many were read. An error is the store's.
  Result<int64_t> read_all(const std::function<bool()>& is_stopped = {});
  // nullopt: never asked for.
  Result<std::optional<CalendarRead>> last(Id instrument) const;

 private:
  store::Store& m_store;
  Booking& m_booking;
  const Clock& m_clock;
  Fetch m_fetch;
};

}  // namespace pitchblende::booking
