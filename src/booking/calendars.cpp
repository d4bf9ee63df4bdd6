#include "booking/calendars.hpp"

#include "booking/booking_store.hpp"
#include "booking/errors.hpp"

namespace pitchblende::booking {

using store::Connection;
using store::Transaction;

Result<int64_t> Calendars::read_all(const std::function<bool()>& is_stopped) {
  TRY_ASSIGN(const std::vector<Terms> all,
             m_store.read([](Connection& connection) { return rows::all_terms(connection); }));
  int64_t count = 0;
  for (const Terms& terms : all) {
    if (terms.how != How::elsewhere || terms.calendar.empty()) {
      continue;
    }
    if (is_stopped && is_stopped()) {
      break;
    }
    const auto read = read_at(terms);
    count += read ? 1 : 0;
    TRY(keep(terms.instrument, read));
  }
  return count;
}

Result<calendar::BusyTimes> Calendars::read_at(const Terms& terms) {
  TRY_ASSIGN(const std::string text, m_fetch(terms.calendar));
  return m_booking.read_calendar(terms.instrument, text, terms.calendar);
}

Result<void> Calendars::keep(Id instrument, const Result<calendar::BusyTimes>& read) {
  CalendarRead said{m_clock.now_text(), read ? read->accepted : 0};
  if (!read) {
    said.problem = read.error();
  }
  return m_store.write(
      [&](Transaction& transaction) { return rows::put_calendar_read(transaction, instrument, said); });
}

Result<calendar::BusyTimes> Calendars::read(Id instrument) {
  const std::unique_lock lock(m_waiting, std::try_to_lock);
  if (!lock) {
    return fail(errors::calendar_busy);
  }
  TRY_ASSIGN(const std::optional<Terms> terms, m_booking.terms(instrument));
  if (!terms || terms->how != How::elsewhere || terms->calendar.empty()) {
    return fail(errors::not_here);
  }
  auto read = read_at(*terms);
  TRY(keep(instrument, read));
  return read;
}

Result<calendar::BusyTimes> Calendars::take(Id instrument, std::string_view text, const std::string& name) {
  auto read = m_booking.read_calendar(instrument, text, name);
  if (read) {
    TRY(keep(instrument, read));
  }
  return read;
}

Result<std::optional<CalendarRead>> Calendars::last(Id instrument) const {
  return m_store.read([&](Connection& connection) { return rows::calendar_read(connection, instrument); });
}

}  // namespace pitchblende::booking
