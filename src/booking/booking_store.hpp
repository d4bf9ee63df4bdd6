// Booking's tables. The chain that makes an overlap impossible is told in db/migrations, at the table booking.
//
// Functions of a connection or transaction, on its thread. Inside the slice only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "booking/booking_types.hpp"
#include "store/store.hpp"

namespace pitchblende::booking::rows {

// nullopt: not bookable.
Result<std::optional<Terms>> terms(store::Connection& connection, Id instrument);
Result<std::vector<Terms>> all_terms(store::Connection& connection);
// Revision one higher; the first one opens the instrument's chain.
Result<void> put_terms(store::Transaction& transaction, const Terms& terms);

// Takes its time in the chain and stores it; a new one has the id 0. Error: BOOKING_TAKEN with the local times of what
// stands there. The answer: its id.
Result<int64_t> hold(store::Transaction& transaction, const Terms& terms, const Held& held, const std::string& now,
                     int64_t by);
// Gives its time up (a cancelled or declined state) or keeps it (confirmed).
Result<void> set_state(store::Transaction& transaction, const Held& held, State to, const std::string& now, int64_t by);
// What moves is out of the chain until it is held again, in the same transaction.
Result<void> let_go(store::Transaction& transaction, const Held& held);

// Nothing that holds its time touches the span.
Result<bool> is_free(store::Transaction& transaction, Id instrument, const Span& span);

Result<std::optional<Held>> held(store::Connection& connection, int64_t booking);
// Those that hold their time and touch the span, by begin.
Result<std::vector<Held>> of_instrument(store::Connection& connection, Id instrument, const Span& span);
// All of his that end after, by begin, also those that hold nothing any more.
Result<std::vector<Held>> of_account(store::Connection& connection, int64_t account, int64_t after);
// What waits for a yes and begins after, by begin; at most a thousand.
Result<std::vector<Held>> requested(store::Connection& connection, int64_t after);
// All that ends after, elsewhere too; by instrument, those of an instrument by begin.
Result<std::vector<std::pair<Id, Busy>>> busy(store::Connection& connection, std::optional<Id> instrument,
                                              int64_t after);
Result<void> put_busy_elsewhere(store::Transaction& transaction, Id instrument, const std::vector<Span>& spans);

Result<void> put_calendar_read(store::Transaction& transaction, Id instrument, const CalendarRead& read);
Result<std::optional<CalendarRead>> calendar_read(store::Connection& connection, Id instrument);

Result<std::vector<Training>> trainings_on(store::Connection& connection, Id instrument);
Result<std::vector<Training>> trainings_of(store::Connection& connection, int64_t account);
Result<void> put_training(store::Transaction& transaction, const Training& training, const std::string& now,
                          int64_t by);
// The answer: whether there was one.
Result<bool> end_training(store::Transaction& transaction, const Training& training, int64_t last_day);

}  // namespace pitchblende::booking::rows
