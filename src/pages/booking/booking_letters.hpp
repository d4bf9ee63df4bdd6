// Letters about bookings: to who books, to who looks after the instrument. Posted in the transaction of what they tell.
#pragma once

#include <string>
#include <vector>

#include "pages/booking/desk.hpp"

namespace pitchblende::pages {

enum class Change : uint8_t { booked, moved, cancelled, confirmed, declined };

// What one change of a booking sends and writes down: made before the transaction, run in it.
class BookingLetters {
 public:
  // Error: the store's. Whom to write to is looked up here, outside of the transaction.
  static Result<BookingLetters> prepare(const Site& site, const access::Actor& actor, const Instrument& instrument,
                                        int64_t booker);
  // Posts what that change asks for, and its line in the audit log.
  Result<void> post(store::Transaction& transaction, const booking::Held& held, Change change,
                    const booking::Zone& zone) const;

 private:
  BookingLetters(const Site& site, const access::Actor& actor, const Instrument& instrument)
      : m_site(site), m_actor(actor), m_instrument(instrument) {}
  Result<void> write(store::Transaction& transaction, const access::Holder& to, const booking::Held& held,
                     std::string_view kind, const booking::Zone& zone) const;

  const Site& m_site;
  const access::Actor& m_actor;
  const Instrument& m_instrument;
  std::vector<access::Holder> m_booker;  // none: he has no account any more
  std::vector<access::Holder> m_looking_after;
};

}  // namespace pitchblende::pages
