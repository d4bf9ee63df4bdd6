#include "booking/holding.hpp"

#include "booking/booking_rules.hpp"

namespace pitchblende::booking {

namespace {

using access::Fate;
using access::Term;

Result<std::vector<access::Held>> told(store::Store& store, const access::Subject& subject) {
  std::vector<access::Held> out;
  TRY_ASSIGN(
      access::Held bookings,
      access::held(store, "bookings", {"number", "@instrument", "begins", "ends", "state", "purpose", "reason", "made"},
                   "SELECT id, instrument, begins, ends, state, purpose, reason, made FROM booking "
                   "WHERE account = ? AND state <> 'origin' ORDER BY id",
                   {subject.account}));
  TRY_ASSIGN(access::Held trainings,
             access::held(store, "trainings", {"@instrument", "since", "until", "granted"},
                          "SELECT instrument, since, until, granted FROM training WHERE account = ? ORDER BY since",
                          {subject.account}));
  TRY_ASSIGN(
      access::Held feeds,
      access::held(store, "calendar_addresses", {"@instrument", "made"},
                   "SELECT instrument, made FROM calendar_feed WHERE account = ? ORDER BY id", {subject.account}));
  out.push_back(std::move(bookings));
  out.push_back(std::move(trainings));
  out.push_back(std::move(feeds));
  return out;
}

// That a time was taken is the instrument's history; what was written of it is his.
Result<void> forget(store::Transaction& db, const access::Subject& subject) {
  if (subject.account == 0) {
    return {};
  }
  TRY(db.execute("UPDATE booking SET purpose = '', reason = '' WHERE account = ? AND state <> 'origin'",
                 {subject.account}));
  TRY(db.execute("DELETE FROM training WHERE account = ?", {subject.account}));
  TRY(db.execute("DELETE FROM calendar_feed WHERE account = ?", {subject.account}));
  return {};
}

Result<void> give_back(Booking& booking, const access::Subject& subject) {
  if (subject.account == 0) {
    return {};
  }
  TRY_ASSIGN(const std::vector<Held> all, booking.of_account(subject.account, booking.now()));
  for (const Held& held : all) {
    if (holds_time(held.state) && held.span.begins > booking.now()) {
      TRY(booking.answer({held.id, held.revision}, State::cancelled, {}, {subject.account, true}));
    }
  }
  return {};
}

}  // namespace

access::Holding holding(store::Store& store, Booking& booking) {
  return {"booking",
          [&store](const access::Subject& subject) { return told(store, subject); },
          forget,
          [&booking](const access::Subject& subject) { return give_back(booking, subject); },
          {{"booking", {"purpose", "reason"}, Term::erasure, Fate::emptied},
           {"booking", {"account", "changed_by", "made_by"}, Term::for_good, Fate::number},
           {"training", {"account"}},
           {"training", {"granted_by"}, Term::erasure, Fate::number},
           {"calendar_feed", {"account"}}}};
}

}  // namespace pitchblende::booking
