// What may be booked, moved, cancelled and confirmed: docs/rules/booking.md. Pure; any thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "booking/booking_types.hpp"
#include "booking/local_time.hpp"

namespace pitchblende::booking {

inline constexpr size_t k_longest_text = 2000;  // bytes of a purpose or a reason

// Whether terms make sense. Error: BOOKING_TERMS with field and reason; BOOKING_ZONE.
Result<void> judge_terms(const Terms& terms);
// Whether such a booking may stand on these terms: everything but who and what others hold. Errors: BOOKING_NOT_HERE,
// _ENDS_FIRST, _SHORTER, _LONGER, _PAST, _HORIZON, _CLOSED, _STEP.
Result<void> judge_span(const Terms& terms, const Span& span, int64_t now, const By& by);
// Whether an instrument may be kept for maintenance then. Errors: BOOKING_NOT_YOURS, _NOT_HERE, _MAINTENANCE (no
// reason), _ENDS_FIRST, _PAST, _LONGER.
Result<void> judge_maintenance(const Terms& terms, const Span& span, std::string_view reason, int64_t now,
                               const By& by);
// Whether he was trained for all of it. Error: BOOKING_TRAINING.
Result<void> judge_training(const Terms& terms, std::span<const Training> trainings, const Span& span, const By& by);
// Whether this booking may still be moved or cancelled by him. Errors: BOOKING_NOT_YOURS, _NOTICE, _STATE.
Result<void> judge_change(const Terms& terms, const Held& held, State to, int64_t now, const By& by);
// Whether who booked is told why what he booked is taken from him. Error: BOOKING_REASON.
Result<void> judge_reason(const Held& held, State to, std::string_view reason, const By& by);
Result<void> judge_text(std::string_view text);

// Of these bookings those that may stand on the terms before and would not on the new ones: closed then, or not booked
// here any more.
std::vector<Held> left_outside(const std::optional<Terms>& before, const Terms& after, std::vector<Held> held);

inline constexpr int64_t k_most_times = 52;  // a booking repeated each week
// The first and the same hours of the clock in the weeks after it, each as long; a missing hour is passed to the time
// after the gap, of a doubled one the first is meant.
std::vector<Span> weekly(const Zone& zone, const Span& first, size_t times);

// A new booking's state, or a moved one's.
State first_state(const Terms& terms, const By& by);

}  // namespace pitchblende::booking
