#include "booking/booking.hpp"

#include <algorithm>
#include <chrono>
#include <set>

#include "booking/booking_merges.hpp"
#include "booking/booking_rules.hpp"
#include "booking/booking_store.hpp"
#include "booking/errors.hpp"

namespace pitchblende::booking {

namespace {

using store::Connection;
using store::Transaction;

// What ended longer ago matters to nobody who looks for a slot or at this week.
constexpr int64_t k_remembered = 8 * k_day;
constexpr int64_t k_calendar_ahead = 400 * k_day;

Result<Terms> bookable(Connection& connection, Id instrument) {
  TRY_ASSIGN(std::optional<Terms> terms, rows::terms(connection, instrument));
  if (!terms) {
    return fail(errors::not_here);
  }
  return std::move(*terms);
}

Result<void> judge(Transaction& transaction, const Terms& terms, const Span& span, int64_t now, const By& by) {
  TRY(judge_span(terms, span, now, by));
  TRY_ASSIGN(const std::vector<Training> trainings, rows::trainings_of(transaction, by.account));
  return judge_training(terms, trainings, span, by);
}

Result<Held> stored(Connection& connection, int64_t booking) {
  TRY_ASSIGN(std::optional<Held> held, rows::held(connection, booking));
  if (!held) {
    return fail(errors::unknown);
  }
  return std::move(*held);
}

// Rule 13.
Result<Held> as_seen(Connection& connection, const Seen& seen) {
  TRY_ASSIGN(Held held, stored(connection, seen.booking));
  if (held.revision != seen.revision) {
    return fail(errors::changed);
  }
  return held;
}

Result<void> told(Transaction& transaction, const Held& held, const Also& also) {
  return also ? also(transaction, held) : Result<void>();
}

}  // namespace

Booking::Booking(store::Store& store, const Clock& clock) : m_store(store), m_clock(clock) {}

int64_t Booking::now() const {
  return std::chrono::duration_cast<std::chrono::seconds>(m_clock.now().time_since_epoch()).count();
}

Result<std::unique_ptr<Booking>> Booking::open(store::Store& store, const Clock& clock) {
  std::unique_ptr<Booking> booking(new Booking(store, clock));
  TRY_ASSIGN(booking->m_agenda, booking->filled());
  return booking;
}

Result<std::shared_ptr<Agenda>> Booking::filled() const {
  const int64_t after = now() - k_remembered;
  auto agenda = std::make_shared<Agenda>(day_of(now()));
  TRY(m_store.read([&](Connection& connection) -> Result<void> {
    TRY_ASSIGN(const std::vector<Terms> all, rows::all_terms(connection));
    TRY_ASSIGN(auto busy, rows::busy(connection, std::nullopt, after));
    auto at = busy.begin();
    for (const Terms& terms : all) {
      const bool is_busy = at != busy.end() && at->first == terms.instrument;
      agenda->put(terms, is_busy ? std::move((at++)->second) : Busy{});
    }
    return {};
  }));
  return agenda;
}

std::shared_ptr<Agenda> Booking::current() const {
  const std::lock_guard lock(m_current);
  return m_agenda;
}

std::shared_ptr<Agenda> Booking::agenda() const {
  std::shared_ptr<Agenda> known = current();
  if (known->is_of(day_of(now()))) {
    return known;
  }
  // No change may come between what is read and what stands: all changes wait for this lock.
  const std::lock_guard lock(m_refreshing);
  known = current();
  if (known->is_of(day_of(now()))) {
    return known;
  }
  if (auto renewed = filled()) {
    const std::lock_guard putting(m_current);
    m_agenda = *renewed;
    return m_agenda;
  }
  return known;  // what the store cannot say today is asked again by the next
}

Result<void> Booking::refresh(Id instrument, std::optional<Terms> terms) {
  const std::lock_guard lock(m_refreshing);
  const std::shared_ptr<Agenda> agenda = current();  // it changes under this lock alone
  const int64_t after = now() - k_remembered;
  return m_store.read([&](Connection& connection) -> Result<void> {
    TRY_ASSIGN(auto found, rows::busy(connection, instrument, after));
    Busy busy = found.empty() ? Busy{} : std::move(found.front().second);
    if (terms) {
      TRY_ASSIGN(const Terms latest, bookable(connection, instrument));
      agenda->put(latest, std::move(busy));
    } else {
      agenda->put_busy(instrument, std::move(busy));
    }
    return {};
  });
}

Result<std::optional<Terms>> Booking::terms(Id instrument) const {
  return m_store.read([&](Connection& connection) { return rows::terms(connection, instrument); });
}

Result<void> Booking::set_terms(const Terms& terms, const By& by, const AlsoOutside& also) {
  if (!by.looks_after) {
    return fail(errors::not_yours);
  }
  TRY(judge_terms(terms));
  const int64_t at = now();
  TRY(m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(const std::optional<Terms> before, rows::terms(transaction, terms.instrument));
    if ((before ? before->revision : 0) != terms.revision) {
      return fail(errors::changed);
    }
    TRY(rows::put_terms(transaction, terms));
    if (!also) {
      return {};
    }
    TRY_ASSIGN(std::vector<Held> ahead, rows::of_instrument(transaction, terms.instrument, {at, at + k_longest_ahead}));
    return also(transaction, left_outside(before, terms, std::move(ahead)));
  }));
  TRY(refresh(terms.instrument, terms));
  ++m_edition;
  return {};
}

Result<Held> Booking::book(Id instrument, const Span& span, const std::string& purpose, const By& by,
                           const Also& also) {
  return book({instrument, span, purpose}, by, also);
}

Result<Held> Booking::book(const Wanted& wanted, const By& by, const Also& also) {
  TRY_ASSIGN(Held held, m_store.write([&](Transaction& transaction) -> Result<Held> {
    TRY_ASSIGN(Held made, book_in(transaction, wanted, by));
    TRY(told(transaction, made, also));
    return made;
  }));
  TRY(refresh(wanted.instrument));
  return held;
}

// Nothing is written where it cannot be.
Result<Held> Booking::book_in(Transaction& transaction, const Wanted& wanted, const By& by) {
  const bool for_another = wanted.account != 0 && wanted.account != by.account;
  if (for_another && !by.looks_after) {
    return fail(errors::not_yours);
  }
  const int64_t at = now();
  TRY(judge_text(wanted.purpose));
  TRY_ASSIGN(const Terms terms, bookable(transaction, wanted.instrument));
  TRY(wanted.sort == Sort::use ? judge(transaction, terms, wanted.span, at, by)
                               : judge_maintenance(terms, wanted.span, wanted.purpose, at, by));
  Held made{0,
            wanted.instrument,
            for_another ? wanted.account : by.account,
            wanted.span,
            first_state(terms, by),
            wanted.purpose,
            {},
            1,
            wanted.sort,
            for_another ? by.account : 0};
  TRY_ASSIGN(made.id, rows::hold(transaction, terms, made, m_clock.now_text(), by.account));
  return made;
}

// Rule 24.
Result<std::vector<Result<Held>>> Booking::book_each(const std::vector<Wanted>& wanted, Fit fit, const By& by,
                                                     const AlsoMany& also) {
  std::vector<Result<Held>> out;
  const Result<void> done = m_store.write([&](Transaction& transaction) -> Result<void> {
    out.clear();
    std::vector<Held> made;
    for (const Wanted& each : wanted) {
      out.push_back(book_in(transaction, each, by));
      if (out.back()) {
        made.push_back(*out.back());
      } else if (out.back().error().kind().status >= 500) {
        return tl::unexpected(out.back().error());
      }
    }
    if (fit == Fit::all && made.size() < wanted.size()) {
      return fail(errors::together);
    }
    return also && !made.empty() ? also(transaction, made) : Result<void>();
  });
  if (!done && !done.error().is(errors::together)) {
    return tl::unexpected(done.error());
  }
  for (Result<Held>& each : out) {
    if (!done && each) {
      each = tl::unexpected(done.error());
    }
  }
  std::set<Id> changed;
  for (const Wanted& each : wanted) {
    changed.insert(each.instrument);
  }
  for (const Id instrument : changed) {
    TRY(refresh(instrument));
  }
  return out;
}

Result<Held> Booking::move(const Seen& seen, const Span& span, const By& by, const Also& also) {
  const int64_t at = now();
  TRY_ASSIGN(Held held, m_store.write([&](Transaction& transaction) -> Result<Held> {
    TRY_ASSIGN(Held before, as_seen(transaction, seen));
    TRY_ASSIGN(const Terms terms, bookable(transaction, before.instrument));
    TRY(judge_change(terms, before, before.state, at, by));
    // Trained is who will sit at it, not who moves it for him.
    TRY(before.sort == Sort::use ? judge(transaction, terms, span, at, {before.account, by.looks_after})
                                 : judge_maintenance(terms, span, before.purpose, at, by));
    TRY(rows::let_go(transaction, before));
    before.span = span;
    before.state = first_state(terms, by);
    TRY(rows::hold(transaction, terms, before, m_clock.now_text(), by.account));
    ++before.revision;
    TRY(told(transaction, before, also));
    return before;
  }));
  TRY(refresh(held.instrument));
  return held;
}

// Nothing is written where it cannot be.
Result<Held> Booking::answer_in(Transaction& transaction, const Seen& seen, State to, const std::string& reason,
                                const By& by) {
  TRY_ASSIGN(Held held, as_seen(transaction, seen));
  TRY_ASSIGN(const Terms terms, bookable(transaction, held.instrument));
  if (to == held.state) {
    return fail(errors::already, std::string(name(to)));
  }
  if (to == State::requested) {
    return fail(errors::state, std::string(name(held.state)), std::string(name(to)));
  }
  TRY(judge_change(terms, held, to, now(), by));
  TRY(judge_reason(held, to, reason, by));
  held.reason = reason;
  TRY(rows::set_state(transaction, held, to, m_clock.now_text(), by.account));
  held.state = to;
  ++held.revision;
  return held;
}

Result<Held> Booking::answer(const Seen& seen, State to, const std::string& reason, const By& by, const Also& also) {
  TRY(judge_text(reason));
  TRY_ASSIGN(Held held, m_store.write([&](Transaction& transaction) -> Result<Held> {
    TRY_ASSIGN(Held answered, answer_in(transaction, seen, to, reason, by));
    TRY(told(transaction, answered, also));
    return answered;
  }));
  TRY(refresh(held.instrument));
  return held;
}

Result<std::vector<Result<Held>>> Booking::answer_each(const std::vector<Seen>& seen, State to,
                                                       const std::string& reason, const By& by, const AlsoMany& also) {
  TRY(judge_text(reason));
  std::vector<Result<Held>> out;
  std::vector<Held> answered;
  TRY(m_store.write([&](Transaction& transaction) -> Result<void> {
    out.clear();
    answered.clear();
    for (const Seen& each : seen) {
      out.push_back(answer_in(transaction, each, to, reason, by));
      if (out.back()) {
        answered.push_back(*out.back());
      } else if (out.back().error().kind().status >= 500) {
        return tl::unexpected(out.back().error());
      }
    }
    return also && !answered.empty() ? also(transaction, answered) : Result<void>();
  }));
  std::set<Id> changed;
  for (const Held& each : answered) {
    changed.insert(each.instrument);
  }
  for (const Id instrument : changed) {
    TRY(refresh(instrument));
  }
  return out;
}

Result<Held> Booking::held(int64_t booking) const {
  return m_store.read([&](Connection& connection) { return stored(connection, booking); });
}

Result<std::vector<Held>> Booking::of_instrument(Id instrument, const Span& span) const {
  return m_store.read([&](Connection& connection) { return rows::of_instrument(connection, instrument, span); });
}

Result<std::vector<Held>> Booking::of_account(int64_t account, int64_t after) const {
  return m_store.read([&](Connection& connection) { return rows::of_account(connection, account, after); });
}

Result<std::vector<Held>> Booking::requested() const {
  return m_store.read([&](Connection& connection) { return rows::requested(connection, now()); });
}

Result<calendar::BusyTimes> Booking::read_calendar(Id instrument, std::string_view text, const std::string& name) {
  TRY_ASSIGN(const std::optional<Terms> found, terms(instrument));
  if (!found || found->how != How::elsewhere) {
    return fail(errors::not_here);
  }
  TRY_ASSIGN(const Zone zone, Zone::named(found->zone));
  const int64_t at = now();
  TRY_ASSIGN(calendar::BusyTimes read,
             calendar::read_busy_times(text, name, zone, {at - k_remembered, at + k_calendar_ahead}));
  TRY(m_store.write([&](Transaction& transaction) -> Result<void> {
    return rows::put_busy_elsewhere(transaction, instrument, read.busy);
  }));
  TRY(refresh(instrument));
  return read;
}

Result<int64_t> Booking::follow_merges(const std::function<Result<Id>(Id)>& leads_to) {
  TRY_ASSIGN(const std::vector<Id> all,
             m_store.read([](Connection& connection) { return rows::instruments(connection); }));
  int64_t gone = 0;
  for (const Id from : all) {
    TRY_ASSIGN(const Id to, leads_to(from));
    if (to != from) {
      TRY_ASSIGN(const bool went, m_store.write([&](Transaction& transaction) {
        return rows::take_over(transaction, from, to, m_clock.now_text());
      }));
      gone += went ? 1 : 0;
    }
  }
  if (gone > 0) {
    const std::lock_guard lock(m_refreshing);
    TRY_ASSIGN(std::shared_ptr<Agenda> renewed, filled());
    const std::lock_guard putting(m_current);
    m_agenda = std::move(renewed);
    ++m_edition;
  }
  return gone;
}

Result<std::vector<Slot>> Booking::find_slots(const Wish& wish, int64_t account) const {
  if (wish.window.ends <= wish.window.begins) {
    return fail(errors::ends_first, utc_text(wish.window.ends), utc_text(wish.window.begins));
  }
  Query query{wish.instruments, wish.length, wish.window, now(), wish.limit, account, {}};
  if (account != 0) {
    TRY_ASSIGN(query.trainings,
               m_store.read([&](Connection& connection) { return rows::trainings_of(connection, account); }));
  }
  return agenda()->find(query);
}

std::vector<Week> Booking::weeks(const std::vector<Id>& instruments, const Span& span) const {
  return agenda()->weeks(instruments, span);
}

}  // namespace pitchblende::booking
