// Instruments booked, moved, given back; trainings; calendars of elsewhere; slots. Front door of booking.
//
// A Booking reads and writes the store that it borrows, and keeps an Agenda of what is free; any thread. Who may look
// after an instrument is the policy's to say: it comes as a By. The rules have numbers in docs/rules/booking.md.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "booking/agenda.hpp"
#include "booking/booking_types.hpp"
#include "booking/calendar/busy_times.hpp"
#include "store/store.hpp"

namespace pitchblende::booking {

// The booking that somebody looks at: changed only if it is as he saw it.
struct Seen {
  int64_t booking = 0;
  int64_t revision = 0;
};
// What belongs into the transaction of a change: letters, the audit log.
using Also = std::function<Result<void>(store::Transaction&, const Held&)>;
using AlsoMany = std::function<Result<void>(store::Transaction&, const std::vector<Held>&)>;
enum class Fit : uint8_t { all, some };
struct Wish {
  std::vector<Id> instruments;  // that can do it
  int64_t length = 0;           // seconds
  Span window;
  size_t limit = 10;
};

class Booking {
 public:
  // Fills the agenda. The store and the clock outlive it.
  static Result<std::unique_ptr<Booking>> open(store::Store& store, const Clock& clock);

  // nullopt: nobody said on what terms.
  Result<std::optional<Terms>> terms(Id instrument) const;
  // Errors: BOOKING_NOT_YOURS, BOOKING_TERMS, BOOKING_ZONE; BOOKING_CHANGED: `terms.revision` is not the stored one.
  // What is booked already stays: `also` hears of what the new terms leave outside.
  using AlsoOutside = std::function<Result<void>(store::Transaction&, const std::vector<Held>& outside)>;
  Result<void> set_terms(const Terms& terms, const By& by, const AlsoOutside& also = {});

  // Errors: those of booking_rules.hpp, BOOKING_TAKEN.
  Result<Held> book(Id instrument, const Span& span, const std::string& purpose, const By& by, const Also& also = {});
  // For another, or for maintenance: by who looks after the instrument. Errors: the same, those of judge_maintenance.
  Result<Held> book(const Wanted& wanted, const By& by, const Also& also = {});
  // Many in one transaction, each with what came of it. With Fit::all one that cannot be leaves none: those that could
  // have been have the error BOOKING_TOGETHER. `also` hears of those that are made, if any.
  Result<std::vector<Result<Held>>> book_each(const std::vector<Wanted>& wanted, Fit fit, const By& by,
                                              const AlsoMany& also = {});
  // The same, and BOOKING_UNKNOWN, BOOKING_CHANGED. When it cannot be, the booking stays where it was.
  Result<Held> move(const Seen& seen, const Span& span, const By& by, const Also& also = {});
  // To cancelled, declined or confirmed. Errors: BOOKING_UNKNOWN, _CHANGED, _NOT_YOURS, _NOTICE, _STATE, _REASON (a
  // refusal, or what another takes away, without one).
  Result<Held> answer(const Seen& seen, State to, const std::string& reason, const By& by, const Also& also = {});
  // Many in one transaction, each with what came of it; `also` hears of those that were answered, if any.
  Result<std::vector<Result<Held>>> answer_each(const std::vector<Seen>& seen, State to, const std::string& reason,
                                                const By& by, const AlsoMany& also = {});

  // Error: BOOKING_UNKNOWN.
  Result<Held> held(int64_t booking) const;
  // Those that hold their time and touch the span, by begin.
  Result<std::vector<Held>> of_instrument(Id instrument, const Span& span) const;
  // His that end after that moment, also those that hold nothing any more; no maintenance.
  Result<std::vector<Held>> of_account(int64_t account, int64_t after) const;
  // All that wait for a yes and have not begun, by begin; at most the first thousand.
  Result<std::vector<Held>> requested() const;

  // The iCalendar text of an instrument that is booked elsewhere in the place of what was read before. Errors:
  // BOOKING_NOT_HERE (it is not booked elsewhere), BOOKING_CALENDAR, BOOKING_CALENDAR_SIZE: what was there stays.
  Result<calendar::BusyTimes> read_calendar(Id instrument, std::string_view text, const std::string& name);

  // The first free times, with what he still lacks. `account` 0: a visitor.
  Result<std::vector<Slot>> find_slots(const Wish& wish, int64_t account) const;
  // Opening and busy times of many instruments.
  std::vector<Week> weeks(const std::vector<Id>& instruments, const Span& span) const;
  // Instruments that lead to another id now (`leads_to`: where to), because they were found to be one thing: what is
  // here goes along. Two bookings of the same time both stand, the one where it was. The answer: how many instruments
  // went.
  Result<int64_t> follow_merges(const std::function<Result<Id>(Id)>& leads_to);
  int64_t now() const;
  // Higher after each change of terms: what pages kept of them is out of date.
  uint64_t edition() const { return m_edition; }

 private:
  Booking(store::Store& store, const Clock& clock);
  Result<Held> book_in(store::Transaction& transaction, const Wanted& wanted, const By& by);
  Result<Held> answer_in(store::Transaction& transaction, const Seen& seen, State to, const std::string& reason,
                         const By& by);
  // Reads an instrument's busy times again; whoever comes last has read last.
  Result<void> refresh(Id instrument, std::optional<Terms> terms = std::nullopt);
  Result<std::shared_ptr<Agenda>> filled() const;
  std::shared_ptr<Agenda> current() const;
  std::shared_ptr<Agenda> agenda() const;  // of today

  store::Store& m_store;
  const Clock& m_clock;
  mutable std::mutex m_refreshing;
  std::atomic<uint64_t> m_edition = 0;
  mutable std::mutex m_current;
  mutable std::shared_ptr<Agenda> m_agenda;  // made anew as days pass
};

}  // namespace pitchblende::booking
