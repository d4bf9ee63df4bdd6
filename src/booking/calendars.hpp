// Calendars of instruments that are booked elsewhere, read at their addresses from time to time.
//
// A Calendars borrows what it is made of; any thread. Who goes out and how far is the Fetch's to decide.
#pragma once

#include <functional>
#include <mutex>
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
  // That instrument's, now. Errors: BOOKING_NOT_HERE (it is booked elsewhere, or says no address),
  // BOOKING_CALENDAR_BUSY (one at a time goes out for somebody who waits), Fetch's, read_calendar's. It is kept as
  // above.
  Result<calendar::BusyTimes> read(Id instrument);
  // A file that somebody brought in its place. Errors: read_calendar's.
  Result<calendar::BusyTimes> take(Id instrument, std::string_view text, const std::string& name);
  // nullopt: never read.
  Result<std::optional<CalendarRead>> last(Id instrument) const;

 private:
  Result<calendar::BusyTimes> read_at(const Terms& terms);
  Result<void> keep(Id instrument, const Result<calendar::BusyTimes>& read);

  store::Store& m_store;
  Booking& m_booking;
  const Clock& m_clock;
  Fetch m_fetch;
  std::mutex m_waiting;  // somebody waits for what is read
};

}  // namespace pitchblende::booking
