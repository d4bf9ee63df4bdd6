#include "booking/booking_store.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "booking/errors.hpp"
#include "booking/local_time.hpp"
#include "net/errors.hpp"
#include "store/numbering.hpp"

namespace pitchblende::booking::rows {

namespace {

using store::Connection;
using store::Row;
using store::Transaction;

using store::id_at;
using store::number;

constexpr std::string_view k_held_columns =
    "SELECT id, instrument, account, begins, ends, state, purpose, reason, revision, sort, made_by FROM booking ";

Held held_of(const Row& row) {
  Held held;
  held.id = row.integer(0);
  held.instrument = id_at(row, 1);
  held.account = row.integer(2);
  held.span = {row.integer(3), row.integer(4)};
  held.state = state(row.text(5)).value_or(State::cancelled);
  held.purpose = row.text(6);
  held.reason = row.text(7);
  held.revision = row.integer(8);
  held.sort = row.text(9) == name(Sort::use) ? Sort::use : Sort::maintenance;
  held.made_by = row.integer(10);
  return held;
}

// Makes the row by which an instrument's chain begins, or locks it: on PostgreSQL, others who change the same
// instrument from another process wait here.
Result<void> lock_chain(Transaction& transaction, Id instrument) {
  TRY_ASSIGN(const int64_t locked,
             transaction.execute("UPDATE booking SET revision = revision WHERE instrument = ? AND held_until = 0",
                                 {number(instrument)}));
  if (locked == 1) {
    return {};
  }
  TRY(
      transaction.execute("INSERT INTO booking (id, instrument, account, begins, ends, state, purpose, reason, "
                          "revision, made, changed, changed_by, held_until) "
                          "SELECT coalesce(max(id), 0) + 1, ?, 0, 0, 0, 'origin', '', '', 1, '', '', 0, 0 FROM booking",
                          {number(instrument)}));
  return {};
}

struct Neighbours {
  int64_t before = 0;              // where the one before ends
  std::optional<int64_t> after;    // the booking that follows it today
  std::optional<Span> in_the_way;  // what overlaps
};

Result<Neighbours> neighbours(Transaction& transaction, Id instrument, const Span& span) {
  Neighbours found;
  TRY(transaction.query(
      "SELECT held_until FROM booking WHERE instrument = ? AND held_until <= ? ORDER BY held_until DESC LIMIT 1",
      {number(instrument), span.begins}, [&](const Row& row) { found.before = row.integer(0); }));
  TRY(transaction.query("SELECT id, begins, ends FROM booking WHERE instrument = ? AND follows = ?",
                        {number(instrument), found.before}, [&](const Row& row) {
                          const Span next{row.integer(1), row.integer(2)};
                          if (overlap(next, span)) {
                            found.in_the_way = next;
                          } else {
                            found.after = row.integer(0);
                          }
                        }));
  return found;
}

Result<void> insert(Transaction& transaction, const Held& held, int64_t id, int64_t before, const std::string& now,
                    int64_t by) {
  TRY(transaction.execute(
      "INSERT INTO booking (id, instrument, account, begins, ends, state, purpose, reason, revision, made, changed, "
      "changed_by, held_until, follows, sort, made_by) VALUES (?, ?, ?, ?, ?, ?, ?, '', 1, ?, ?, ?, ?, ?, ?, ?)",
      {id, number(held.instrument), held.account, held.span.begins, held.span.ends, name(held.state), held.purpose, now,
       now, by, held.span.ends, before, name(held.sort), held.made_by}));
  return {};
}

Terms terms_of(const Row& row) {
  Terms terms;
  terms.instrument = id_at(row, 0);
  terms.how = how(row.text(1)).value_or(How::request);
  terms.zone = row.text(2);
  terms.address = row.text(3);
  terms.calendar = row.text(4);
  terms.step = row.integer(5);
  terms.smallest = row.integer(6);
  terms.largest = row.integer(7);
  terms.horizon = row.integer(8);
  terms.notice = row.integer(9);
  terms.trained = row.integer(10) != 0;
  terms.confirmed = row.integer(11) != 0;
  terms.revision = row.integer(12);
  return terms;
}

// Of one instrument, or of all in the order of their ids. An OR in SQL instead would read every row for one.
Result<void> query_some(Connection& connection, const std::string& select, const std::string& order,
                        std::optional<Id> only, const store::OnRow& on_row) {
  if (only) {
    return connection.query(select + " WHERE instrument = ?" + order, {number(*only)}, on_row);
  }
  return connection.query(select + order, {}, on_row);
}

Result<std::vector<Terms>> read_terms(Connection& connection, std::optional<Id> only) {
  std::vector<Terms> all;
  TRY(query_some(connection,
                 "SELECT instrument, how, zone, address, calendar, step, smallest, largest, horizon, notice, trained, "
                 "confirmed, revision FROM bookable",
                 " ORDER BY instrument", only, [&](const Row& row) { all.push_back(terms_of(row)); }));
  size_t at = 0;
  const auto of = [&](const Row& row) -> Terms& {
    while (all[at].instrument != id_at(row, 0)) {
      ++at;
    }
    return all[at];
  };
  TRY(query_some(connection, "SELECT instrument, weekday, opens, closes FROM bookable_hours",
                 " ORDER BY instrument, weekday, opens", only, [&](const Row& row) {
                   of(row).hours.push_back({static_cast<int>(row.integer(1)), static_cast<int>(row.integer(2)),
                                            static_cast<int>(row.integer(3))});
                 }));
  at = 0;
  TRY(query_some(connection, "SELECT instrument, first_day, last_day FROM bookable_closure",
                 " ORDER BY instrument, first_day", only, [&](const Row& row) {
                   of(row).closures.push_back({read_day(row.text(1)).value_or(0), read_day(row.text(2)).value_or(0)});
                 }));
  return all;
}

}  // namespace

Result<std::optional<Terms>> terms(Connection& connection, Id instrument) {
  TRY_ASSIGN(std::vector<Terms> found, read_terms(connection, instrument));
  if (found.empty()) {
    return std::nullopt;
  }
  return std::move(found.front());
}

Result<std::vector<Terms>> all_terms(Connection& connection) { return read_terms(connection, std::nullopt); }

Result<void> put_terms(Transaction& transaction, const Terms& terms) {
  const int64_t instrument = number(terms.instrument);
  TRY(transaction.execute(
      "INSERT INTO bookable (instrument, how, zone, address, calendar, step, smallest, largest, horizon, notice, "
      "trained, confirmed, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (instrument) DO UPDATE "
      "SET how = excluded.how, zone = excluded.zone, address = excluded.address, calendar = excluded.calendar, "
      "step = excluded.step, smallest = excluded.smallest, largest = excluded.largest, horizon = excluded.horizon, "
      "notice = excluded.notice, trained = excluded.trained, confirmed = excluded.confirmed, "
      "revision = bookable.revision + 1",
      {instrument, name(terms.how), terms.zone, terms.address, terms.calendar, terms.step, terms.smallest,
       terms.largest, terms.horizon, terms.notice, int64_t{terms.trained}, int64_t{terms.confirmed}}));
  TRY(transaction.execute("DELETE FROM bookable_hours WHERE instrument = ?", {instrument}));
  TRY(transaction.execute("DELETE FROM bookable_closure WHERE instrument = ?", {instrument}));
  for (const Hours& one : terms.hours) {
    TRY(transaction.execute("INSERT INTO bookable_hours (instrument, weekday, opens, closes) VALUES (?, ?, ?, ?)",
                            {instrument, int64_t{one.weekday}, int64_t{one.opens}, int64_t{one.closes}}));
  }
  for (const Closure& one : terms.closures) {
    TRY(transaction.execute("INSERT INTO bookable_closure (instrument, first_day, last_day) VALUES (?, ?, ?)",
                            {instrument, day_text(one.first_day), day_text(one.last_day)}));
  }
  return lock_chain(transaction, terms.instrument);
}

Result<int64_t> hold(Transaction& transaction, const Terms& terms, const Held& held, const std::string& now,
                     int64_t by) {
  TRY(lock_chain(transaction, held.instrument));
  TRY_ASSIGN(const Neighbours found, neighbours(transaction, held.instrument, held.span));
  if (found.in_the_way) {
    TRY_ASSIGN(const Zone zone, Zone::named(terms.zone));
    return fail(errors::taken, local_text(zone.local(found.in_the_way->begins)),
                local_text(zone.local(found.in_the_way->ends)));
  }
  if (found.after) {
    TRY(transaction.execute("UPDATE booking SET follows = ? WHERE id = ?", {held.span.ends, *found.after}));
  }
  if (held.id != 0) {
    TRY(transaction.execute(
        "UPDATE booking SET begins = ?, ends = ?, state = ?, held_until = ?, follows = ?, "
        "revision = revision + 1, changed = ?, changed_by = ? WHERE id = ?",
        {held.span.begins, held.span.ends, name(held.state), held.span.ends, found.before, now, by, held.id}));
    return held.id;
  }
  int64_t id = 0;
  TRY(transaction.query("SELECT coalesce(max(id), 0) + 1 FROM booking", {},
                        [&](const Row& row) { id = row.integer(0); }));
  TRY(insert(transaction, held, id, found.before, now, by));
  return id;
}

Result<bool> is_free(Transaction& transaction, Id instrument, const Span& span) {
  TRY_ASSIGN(const Neighbours found, neighbours(transaction, instrument, span));
  return !found.in_the_way;
}

Result<void> let_go(Transaction& transaction, const Held& held) {
  TRY(lock_chain(transaction, held.instrument));
  int64_t before = 0;
  TRY(transaction.query("SELECT follows FROM booking WHERE id = ?", {held.id},
                        [&](const Row& row) { before = row.integer(0); }));
  TRY(transaction.execute("UPDATE booking SET held_until = NULL, follows = NULL, state = 'cancelled' WHERE id = ?",
                          {held.id}));
  TRY(transaction.execute("UPDATE booking SET follows = ? WHERE instrument = ? AND follows = ?",
                          {before, number(held.instrument), held.span.ends}));
  return {};
}

Result<void> set_state(Transaction& transaction, const Held& held, State to, const std::string& now, int64_t by) {
  if (!holds_time(to)) {
    TRY(let_go(transaction, held));
  }
  TRY(
      transaction.execute("UPDATE booking SET state = ?, reason = ?, revision = revision + 1, changed = ?, "
                          "changed_by = ? WHERE id = ?",
                          {name(to), held.reason, now, by, held.id}));
  return {};
}

Result<std::optional<Held>> held(Connection& connection, int64_t booking) {
  std::optional<Held> found;
  TRY(connection.query(std::string(k_held_columns) + "WHERE id = ? AND state <> 'origin'", {booking},
                       [&](const Row& row) { found = held_of(row); }));
  return found;
}

Result<std::vector<Held>> of_instrument(Connection& connection, Id instrument, const Span& span) {
  std::vector<Held> found;
  TRY(connection.query(
      std::string(k_held_columns) + "WHERE instrument = ? AND held_until > ? AND begins < ? AND state <> 'origin' "
                                    "ORDER BY held_until",
      {number(instrument), span.begins, span.ends}, [&](const Row& row) { found.push_back(held_of(row)); }));
  return found;
}

Result<std::vector<Held>> of_account(Connection& connection, int64_t account, int64_t after) {
  std::vector<Held> found;
  TRY(connection.query(std::string(k_held_columns) +
                           "WHERE account = ? AND ends > ? AND state <> 'origin' AND sort = 'use' ORDER BY begins, id",
                       {account, after}, [&](const Row& row) { found.push_back(held_of(row)); }));
  return found;
}

Result<std::vector<Held>> requested(Connection& connection, int64_t after) {
  std::vector<Held> found;
  TRY(connection.query(
      std::string(k_held_columns) + "WHERE state = 'requested' AND begins > ? ORDER BY begins, id LIMIT 1000", {after},
      [&](const Row& row) { found.push_back(held_of(row)); }));
  return found;
}

Result<std::vector<std::pair<Id, Busy>>> busy(Connection& connection, std::optional<Id> instrument, int64_t after) {
  std::vector<std::pair<Id, Busy>> found;
  const auto keep = [&](const Row& row) {
    if (found.empty() || found.back().first != id_at(row, 0)) {
      found.emplace_back(id_at(row, 0), Busy{});
    }
    found.back().second.spans.push_back({row.integer(1), row.integer(2)});
    if (row.integer(3) == 1) {
      found.back().second.calendar = Calendar::read;
    }
  };
  if (instrument) {
    TRY(
        connection.query("SELECT instrument, begins, ends, 0 FROM booking WHERE instrument = ? AND held_until > ? "
                         "UNION ALL SELECT instrument, begins, ends, 1 FROM busy_elsewhere WHERE instrument = ? AND "
                         "ends > ? ORDER BY 1, 2",
                         {number(*instrument), after, number(*instrument), after}, keep));
  } else {
    TRY(
        connection.query("SELECT instrument, begins, ends, 0 FROM booking WHERE held_until > ? UNION ALL "
                         "SELECT instrument, begins, ends, 1 FROM busy_elsewhere WHERE ends > ? ORDER BY 1, 2",
                         {after, after}, keep));
  }
  return found;
}

Result<void> put_busy_elsewhere(Transaction& transaction, Id instrument, const std::vector<Span>& spans) {
  TRY(transaction.execute("DELETE FROM busy_elsewhere WHERE instrument = ?", {number(instrument)}));
  store::Rows rows{{"instrument", store::ColumnType::integer},
                   {"begins", store::ColumnType::integer},
                   {"ends", store::ColumnType::integer}};
  for (const Span& span : spans) {
    rows.add(number(instrument)).add(span.begins).add(span.ends);
  }
  TRY(
      transaction.bulk("INSERT INTO busy_elsewhere (instrument, begins, ends) SELECT instrument, begins, ends "
                       "FROM {rows}",
                       rows));
  return {};
}

namespace {

// `where`: instrument = ?, account = ?.
Result<std::vector<Training>> read_trainings(Connection& connection, const std::string& where, int64_t value) {
  std::vector<Training> found;
  TRY(connection.query(
      "SELECT account, instrument, since, until FROM training WHERE " + where + " ORDER BY instrument, account, since",
      {value}, [&](const Row& row) {
        Training one{row.integer(0), id_at(row, 1), read_day(row.text(2)).value_or(0), std::nullopt};
        if (!row.text(3).empty()) {
          one.last_day = read_day(row.text(3));
        }
        found.push_back(one);
      }));
  return found;
}

// Why a calendar was not read: the code, and what it names, a line each.
std::string written(const Error& error) {
  std::string out = error.kind().code;
  for (const std::string& arg : error.args()) {
    out += "\n" + squeeze(arg);
  }
  return out;
}

constexpr std::array k_why_unread{
    &net::errors::fetch,        &net::errors::fetch_address, &net::errors::fetch_size,
    &net::errors::fetch_name,   &net::errors::fetch_away,    &net::errors::fetch_slow,
    &net::errors::fetch_status, &net::errors::fetch_around,  &net::errors::fetch_certificate,
    &errors::calendar,          &errors::calendar_size,      &errors::zone};

std::optional<Error> problem_in(std::string_view text) {
  if (text.empty()) {
    return std::nullopt;
  }
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  const auto kind = std::find_if(k_why_unread.begin(), k_why_unread.end(),
                                 [&](const ErrorKind* each) { return lines.front() == each->code; });
  if (kind == k_why_unread.end()) {
    return Error(errors::calendar_unread);  // a code of another version
  }
  lines.resize(3);
  return Error(**kind, lines[1], lines[2]);
}

}  // namespace

Result<void> put_calendar_read(Transaction& transaction, Id instrument, const CalendarRead& read) {
  TRY(transaction.execute(
      "INSERT INTO calendar_read (instrument, at, events, problem) VALUES (?, ?, ?, ?) ON CONFLICT (instrument) DO "
      "UPDATE SET at = excluded.at, events = excluded.events, problem = excluded.problem",
      {number(instrument), read.at, read.events, read.problem ? written(*read.problem) : std::string()}));
  return {};
}

Result<std::optional<CalendarRead>> calendar_read(Connection& connection, Id instrument) {
  std::optional<CalendarRead> found;
  TRY(connection.query("SELECT at, events, problem FROM calendar_read WHERE instrument = ?", {number(instrument)},
                       [&](const Row& row) {
                         found = CalendarRead{std::string(row.text(0)), row.integer(1), problem_in(row.text(2))};
                       }));
  return found;
}

Result<std::vector<Training>> trainings_on(Connection& connection, Id instrument) {
  return read_trainings(connection, "instrument = ?", number(instrument));
}

Result<std::vector<Training>> trainings_of(Connection& connection, int64_t account) {
  return read_trainings(connection, "account = ?", account);
}

Result<void> put_training(Transaction& transaction, const Training& training, const std::string& now, int64_t by) {
  TRY(transaction.execute(
      "INSERT INTO training (account, instrument, since, until, granted_by, granted) VALUES (?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (account, instrument, since) DO UPDATE SET until = excluded.until, granted_by = "
      "excluded.granted_by, granted = excluded.granted",
      {training.account, number(training.instrument), day_text(training.first_day),
       training.last_day ? day_text(*training.last_day) : std::string(), by, now}));
  return {};
}

Result<bool> end_training(Transaction& transaction, const Training& training, int64_t last_day) {
  // One that would end before it began is as if it had never been.
  if (last_day < training.first_day) {
    TRY_ASSIGN(const int64_t gone,
               transaction.execute("DELETE FROM training WHERE account = ? AND instrument = ? AND since = ?",
                                   {training.account, number(training.instrument), day_text(training.first_day)}));
    return gone > 0;
  }
  TRY_ASSIGN(const int64_t changed,
             transaction.execute(
                 "UPDATE training SET until = ? WHERE account = ? AND instrument = ? AND since = ?",
                 {day_text(last_day), training.account, number(training.instrument), day_text(training.first_day)}));
  return changed > 0;
}

}  // namespace pitchblende::booking::rows
