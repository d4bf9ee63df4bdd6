#include "booking/calendars.hpp"

#include "booking/booking_store.hpp"

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
    CalendarRead said{m_clock.now_text(), 0, {}};
    const Result<std::string> text = m_fetch(terms.calendar);
    if (!text) {
      said.problem = text.error().message();
    } else if (const auto read = m_booking.read_calendar(terms.instrument, *text, terms.calendar)) {
      said.events = read->accepted;
      ++count;
    } else {
      said.problem = read.error().message();
    }
    TRY(m_store.write(
        [&](Transaction& transaction) { return rows::put_calendar_read(transaction, terms.instrument, said); }));
  }
  return count;
}

Result<std::optional<CalendarRead>> Calendars::last(Id instrument) const {
  return m_store.read([&](Connection& connection) { return rows::calendar_read(connection, instrument); });
}

}  // namespace pitchblende::booking
