#include "pages/booking/outside.hpp"

#include "booking/booking_rules.hpp"
#include "booking/errors.hpp"

namespace pitchblende::pages {

using booking::Held;

Result<Outside> Outside::of(const Site& site, const access::Actor& actor, const Instrument& instrument,
                            const booking::Terms& terms, const Words& words) {
  booking::Booking& booking = *site.settings().desk.booking;
  TRY_ASSIGN(booking::Zone zone, booking::Zone::named(terms.zone));
  Outside out(site, instrument, std::move(zone));
  TRY_ASSIGN(const auto before, booking.terms(instrument.id));
  if (!before || before->revision != terms.revision) {
    return out;
  }
  const int64_t now = booking.now();
  TRY_ASSIGN(std::vector<Held> ahead, booking.of_instrument(instrument.id, {now, now + booking::k_longest_ahead}));
  out.m_held = booking::left_outside(before, terms, std::move(ahead));
  std::vector<int64_t> accounts;
  for (const Held& held : out.m_held) {
    accounts.push_back(held.account);
  }
  TRY_ASSIGN(const People people, People::with_accounts(site, accounts, actor.viewer, words));
  std::string all;
  for (const Held& held : out.m_held) {
    all += std::to_string(held.id) + "." + std::to_string(held.revision) + " ";
    TRY_ASSIGN(BookingLetters letters, BookingLetters::prepare(site, actor, instrument, held.account));
    out.m_letters.emplace(held.id, std::move(letters));
    out.m_views.push_back(held_view(held, instrument.label, out.m_zone, booker_of(people, held.account, words), words));
  }
  out.m_mark = hash128_hex(all);
  return out;
}

void Outside::put(View& body) const {
  body["outside"] = m_views;
  body["mark"] = m_mark;
}

Result<void> Outside::tell(store::Transaction& transaction, const std::vector<Held>& now_outside) const {
  for (const Held& held : now_outside) {
    const auto letters = m_letters.find(held.id);
    if (letters == m_letters.end()) {
      return fail(booking::errors::changed);
    }
    TRY(letters->second.post(transaction, held, Change::outside, m_zone));
  }
  return {};
}

Result<size_t> Outside::cancel(const std::string& reason) const {
  size_t count = 0;
  for (const Held& held : m_held) {
    const auto done = m_site.settings().desk.booking->answer(
        {held.id, held.revision}, booking::State::cancelled, reason, m_instrument.by,
        [&](store::Transaction& transaction, const Held& now) {
          return m_letters.at(held.id).post(transaction, now, Change::cancelled, m_zone);
        });
    if (!done && done.error().kind().status >= 500) {
      return tl::unexpected(done.error());
    }
    count += done ? 1 : 0;
  }
  return count;
}

}  // namespace pitchblende::pages
