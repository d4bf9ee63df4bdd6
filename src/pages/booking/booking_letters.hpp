// Letters about bookings: to who books, to who looks after the instrument. Posted in the transaction of what they tell.
#pragma once

#include <string>
#include <vector>

#include "pages/booking/desk.hpp"

namespace pitchblende::pages {

// `outside`: nothing was done to it, but the instrument is closed then from now on.
enum class Change : uint8_t { booked, moved, cancelled, confirmed, declined, outside };

// What one change of a booking sends and writes down: made before the transaction, run in it.
class BookingLetters {
 public:
  // Error: the store's. Whom to write to, and what everything is called, is looked up here, outside of the transaction.
  static Result<BookingLetters> prepare(const Site& site, const access::Actor& actor, const Instrument& instrument,
                                        int64_t booker);
  // Posts what that change asks for, and its line in the audit log.
  Result<void> post(store::Transaction& transaction, const booking::Held& held, Change change,
                    const booking::Zone& zone) const;
  // The same of bookings of one instrument and one person that changed together, all of one state: one letter to each.
  Result<void> post_all(store::Transaction& transaction, const std::vector<booking::Held>& all, Change change,
                        const booking::Zone& zone) const;
  // Whether who booked can be written to.
  bool reaches_booker() const { return !m_booker.empty() && m_site.settings().entry.outbox != nullptr; }

 private:
  // Somebody to write to, and how he is told of the others and of the instrument.
  struct Reader {
    access::Holder to;
    Language language = Language::english;
    std::string by;              // who did it
    std::string who;             // whose booking it is
    std::string who_booked_for;  // the same where another booked for him: without the address of his card
    std::string instrument;      // its name
    std::string place;           // where it is; may be empty
  };

  BookingLetters(const Site& site, const access::Actor& actor) : m_site(site), m_actor(actor) {}
  static Result<Reader> reader_of(const Site& site, const access::Actor& actor, Id instrument, int64_t booker,
                                  const access::Holder& to);
  Result<void> tell_booker(store::Transaction& transaction, const booking::Held& held, Change change,
                           const booking::Zone& zone) const;
  Result<void> record(store::Transaction& transaction, const booking::Held& held, Change change) const;
  mail::Letter letter_of_all(const Reader& reader, const std::vector<booking::Held>& all, std::string_view kind,
                             std::string_view word, const booking::Zone& zone) const;
  // The bookings as a file of a calendar.
  void attach(const Reader& reader, const std::vector<booking::Held>& all, mail::Letter& out) const;
  std::string page_of(const booking::Held& held, const Words& words) const;
  // `word`: of "booking.letters".
  mail::Letter letter(const Reader& reader, const booking::Held& held, std::string_view kind, std::string_view word,
                      const booking::Zone& zone) const;

  const Site& m_site;
  const access::Actor& m_actor;
  std::vector<Reader> m_booker;  // none: he has no account any more
  std::vector<Reader> m_looking_after;
};

}  // namespace pitchblende::pages
