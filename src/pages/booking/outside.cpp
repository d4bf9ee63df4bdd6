#include "pages/booking/outside.hpp"

#include <algorithm>

#include "booking/booking_rules.hpp"
#include "booking/errors.hpp"

namespace pitchblende::pages {

using booking::Held;

namespace {

std::map<int64_t, std::vector<Held>> by_booker(const std::vector<Held>& all) {
  std::map<int64_t, std::vector<Held>> out;
  for (const Held& held : all) {
    out[held.account].push_back(held);
  }
  return out;
}

}  // namespace

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
    if (!out.m_letters.contains(held.account)) {
      TRY_ASSIGN(BookingLetters letters, BookingLetters::prepare(site, actor, instrument, held.account));
      out.m_letters.emplace(held.account, std::move(letters));
    }
    out.m_views.push_back(held_view(held, instrument.label, out.m_zone, booker_of(people, held, words), words));
  }
  out.m_mark = hash128_hex(all);
  return out;
}

void Outside::put(View& body) const {
  body["outside"] = m_views;
  body["mark"] = m_mark;
}

Result<void> Outside::tell(store::Transaction& transaction, const std::vector<Held>& now_outside) const {
  for (const auto& [account, all] : by_booker(now_outside)) {
    const auto letters = m_letters.find(account);
    if (letters == m_letters.end()) {
      return fail(booking::errors::changed);
    }
    TRY(letters->second.post_all(transaction, all, Change::outside, m_zone));
  }
  return {};
}

Outside::Told Outside::told() const {
  const auto letters = std::ranges::count_if(m_letters, [](const auto& each) { return each.second.reaches_booker(); });
  return {m_held.size(), static_cast<size_t>(letters)};
}

Result<Outside::Told> Outside::cancel(const std::string& reason) const {
  Told out;
  for (const auto& [account, all] : by_booker(m_held)) {
    std::vector<booking::Seen> seen;
    for (const Held& held : all) {
      seen.push_back({held.id, held.revision});
    }
    const BookingLetters& letters = m_letters.at(account);
    TRY_ASSIGN(const auto done, m_site.settings().desk.booking->answer_each(
                                    seen, booking::State::cancelled, reason, m_instrument.by,
                                    [&](store::Transaction& transaction, const std::vector<Held>& now) {
                                      return letters.post_all(transaction, now, Change::cancelled, m_zone);
                                    }));
    const auto count =
        static_cast<size_t>(std::ranges::count_if(done, [](const auto& one) { return one.has_value(); }));
    out.bookings += count;
    out.letters += count > 0 && letters.reaches_booker() ? 1 : 0;
  }
  return out;
}

}  // namespace pitchblende::pages
