#include "booking/booking_merges.hpp"

#include "booking/errors.hpp"
#include "store/numbering.hpp"

namespace pitchblende::booking::rows {

namespace {

using store::Connection;
using store::id_at;
using store::number;
using store::Row;
using store::Transaction;

// Its terms with all that hangs on them.
Result<void> take_terms(Transaction& db, int64_t from, int64_t to) {
  TRY(
      db.execute("INSERT INTO bookable (instrument, how, zone, address, calendar, step, smallest, largest, horizon, "
                 "notice, trained, confirmed, revision) SELECT ?, how, zone, address, calendar, step, smallest, "
                 "largest, horizon, notice, trained, confirmed, revision FROM bookable WHERE instrument = ?",
                 {to, from}));
  for (const std::string_view table : {"bookable_hours", "bookable_closure", "busy_elsewhere", "calendar_read"}) {
    TRY(db.execute("UPDATE " + std::string(table) + " SET instrument = ? WHERE instrument = ?", {to, from}));
  }
  return {};
}

Result<void> drop_terms(Transaction& db, int64_t from) {
  TRY(db.execute("DELETE FROM booking WHERE instrument = ? AND state = 'origin'", {from}));
  for (const std::string_view table :
       {"bookable_hours", "bookable_closure", "busy_elsewhere", "calendar_read", "bookable"}) {
    TRY(db.execute("DELETE FROM " + std::string(table) + " WHERE instrument = ?", {from}));
  }
  return {};
}

// Who was trained on the one was trained on the other: it is the same. The answer: how many.
Result<int64_t> take_trainings(Transaction& db, int64_t from, int64_t to) {
  TRY(
      db.execute("INSERT INTO training (account, instrument, since, until, granted_by, granted) SELECT account, ?, "
                 "since, until, granted_by, granted FROM training WHERE instrument = ? ON CONFLICT (account, "
                 "instrument, since) DO NOTHING",
                 {to, from}));
  return db.execute("DELETE FROM training WHERE instrument = ?", {from});
}

}  // namespace

Result<std::vector<Id>> instruments(Connection& connection) {
  std::vector<Id> out;
  TRY(
      connection.query("SELECT instrument FROM bookable UNION SELECT instrument FROM booking UNION SELECT instrument "
                       "FROM calendar_feed WHERE instrument <> 0 ORDER BY 1",
                       {}, [&](const Row& row) { out.push_back(id_at(row, 0)); }));
  return out;
}

Result<bool> take_over(Transaction& db, Id from, Id to, const std::string& now) {
  TRY_ASSIGN(const std::optional<Terms> own, terms(db, from));
  TRY_ASSIGN(std::optional<Terms> there, terms(db, to));
  int64_t gone = 0;
  if (own && !there) {
    TRY(take_terms(db, number(from), number(to)));
    there = own;
  }
  if (own) {
    TRY_ASSIGN(gone, take_trainings(db, number(from), number(to)));
  }
  TRY_ASSIGN(const int64_t addresses,
             db.execute("UPDATE calendar_feed SET instrument = ? WHERE instrument = ?", {number(to), number(from)}));
  TRY_ASSIGN(const int64_t over,
             db.execute("UPDATE booking SET instrument = ? WHERE instrument = ? AND held_until IS NULL",
                        {number(to), number(from)}));
  std::vector<int64_t> holding;
  TRY(db.query("SELECT id FROM booking WHERE instrument = ? AND state <> 'origin' ORDER BY begins", {number(from)},
               [&](const Row& row) { holding.push_back(row.integer(0)); }));
  auto left = static_cast<int64_t>(holding.size());
  for (const int64_t id : holding) {
    TRY_ASSIGN(std::optional<Held> held, rows::held(db, id));
    TRY_ASSIGN(const bool free, is_free(db, to, held->span));
    if (free) {
      TRY(let_go(db, *held));
      TRY(db.execute("UPDATE booking SET instrument = ? WHERE id = ?", {number(to), id}));
      held->instrument = to;
      TRY(hold(db, there.value_or(Terms{}), *held, now, 0));
      --left;
    }
  }
  if (left == 0) {
    TRY(drop_terms(db, number(from)));
  }
  return left == 0 || gone + addresses + over > 0 || left < static_cast<int64_t>(holding.size());
}

}  // namespace pitchblende::booking::rows
