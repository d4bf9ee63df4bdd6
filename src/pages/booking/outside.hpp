// Bookings that new terms leave outside the opening hours: shown before the terms are stored, told or given up with
// them. Rule 1 of docs/rules/booking.md. Functions of an immutable site; any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pages/booking/booking_letters.hpp"

namespace pitchblende::pages {

class Outside {
 public:
  // None where the terms are not those that stand: another stored some meanwhile.
  static Result<Outside> of(const Site& site, const access::Actor& actor, const Instrument& instrument,
                            const booking::Terms& terms, const Words& words);

  // So many bookings, of which so many letters tell.
  struct Told {
    size_t bookings = 0;
    size_t letters = 0;
  };

  bool empty() const { return m_held.empty(); }
  // Says which they are: what a form sends back that showed them.
  const std::string& mark() const { return m_mark; }
  // outside [bookings], mark: for the form that asks whether the terms are to be stored all the same.
  void put(View& body) const;
  // Posts what tells their owners, in the transaction that stores the terms. Error: BOOKING_CHANGED: there are others.
  Result<void> tell(store::Transaction& transaction, const std::vector<booking::Held>& now_outside) const;
  // After the terms are stored; what somebody moved or gave back meanwhile is passed over.
  Result<Told> cancel(const std::string& reason) const;
  // As tell() tells them.
  Told told() const;

 private:
  Outside(const Site& site, const Instrument& instrument, booking::Zone zone)
      : m_site(site), m_instrument(instrument), m_zone(std::move(zone)) {}

  const Site& m_site;
  const Instrument& m_instrument;
  booking::Zone m_zone;
  std::vector<booking::Held> m_held;
  std::map<int64_t, BookingLetters> m_letters;  // by who booked: a letter to each
  std::string m_mark;
  Views m_views;
};

}  // namespace pitchblende::pages
