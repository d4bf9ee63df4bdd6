#include "pages/booking/series.hpp"

#include <algorithm>
#include <iterator>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "booking/booking_rules.hpp"
#include "booking/errors.hpp"
#include "pages/address.hpp"

namespace pitchblende::pages {

namespace {

using booking::Held;
using booking::Span;
using booking::Zone;

// Errors: BOOKING_TIMES, _TIMES_BOTH, _DAY.
Result<size_t> times_of(const Repeat& repeat, const Span& first, const Zone& zone) {
  int64_t times = number_in(trim(repeat.times));
  if (!trim(repeat.until).empty() && !trim(repeat.times).empty()) {
    return fail(booking::errors::times_both, beginning(repeat.times, 40), beginning(repeat.until, 40));
  }
  if (!trim(repeat.until).empty()) {
    const auto last = booking::read_day(trim(repeat.until));
    if (!last) {
      return fail(booking::errors::day, beginning(repeat.until, 40));
    }
    const int64_t days = *last - booking::day_of(zone.local(first.begins));
    times = days < 0 ? 0 : days / 7 + 1;
  }
  if (times < 2 || times > booking::k_most_times) {
    return fail(booking::errors::times, std::to_string(booking::k_most_times));
  }
  return static_cast<size_t>(times);
}

}  // namespace

Repeat repeat_in(const http::Form& form) {
  Repeat out{form.value("repeat") == "weekly", std::string(form.value("times")), std::string(form.value("last")),
             form.value("fit") == "some"};
  // Whoever says how often means it, ticked or not.
  out.weekly = out.weekly || !trim(out.times).empty() || !trim(out.until).empty();
  return out;
}

void put_repeat(const Repeat& repeat, View& body) {
  body["weekly"] = repeat.weekly;
  body["times"] = repeat.times;
  body["last"] = repeat.until;
  body["some"] = repeat.some;
}

bool Series::is_booked() const {
  return std::ranges::any_of(each, [](const Result<Held>& one) { return one.has_value(); });
}

Result<Series> book_series(const Site& site, const Instrument& instrument, const booking::Wanted& wanted,
                           const Repeat& repeat, const Zone& zone, const BookingLetters& letters) {
  TRY_ASSIGN(const size_t times, times_of(repeat, wanted.span, zone));
  Series out;
  std::vector<booking::Wanted> all;
  for (const Span& span : booking::weekly(zone, wanted.span, times)) {
    out.spans.push_back(span);
    all.push_back(wanted);
    all.back().span = span;
  }
  TRY_ASSIGN(out.each, site.settings().desk.booking->book_each(
                           all, repeat.some ? booking::Fit::some : booking::Fit::all, instrument.by,
                           [&](store::Transaction& transaction, const std::vector<Held>& made) {
                             return letters.post_all(transaction, made, Change::booked, zone);
                           }));
  return out;
}

namespace {

View week_view(const Span& span, const Zone& zone, std::string_view tone, const std::string& state,
               const Words& words) {
  View out = view({{"when", span_words(span, zone, words)}, {"state", state}});
  out["tone"] = tone;
  return out;
}

// The last that was made of it: his own, or by him for somebody.
const Held* made_of(const std::vector<Held>& held, const Span& span) {
  const Held* out = nullptr;
  for (const Held& each : held) {
    const bool is_better = out == nullptr || booking::holds_time(each.state) || !booking::holds_time(out->state);
    out = each.span == span && each.sort == booking::Sort::use && is_better ? &each : out;
  }
  return out;
}

}  // namespace

Views series_views(const Series& series, const Zone& zone, const Words& words) {
  Views out;
  for (size_t at = 0; at < series.each.size(); ++at) {
    const Error& error = series.each[at].error();
    const bool could = error.is(booking::errors::together);
    View row = week_view(series.spans[at], zone, could ? "good" : "plain",
                         words.get(could ? "booking.repeat.could" : "booking.repeat.not"), words);
    row["why"] = could ? std::string() : problem_words(error, words);
    out.push_back(std::move(row));
  }
  return out;
}

Result<Views> series_told(const Site& site, const Instrument& instrument, const booking::Terms& terms,
                          const std::vector<Span>& spans, const Zone& zone, const Words& words) {
  const booking::Booking& room = *site.settings().desk.booking;
  const Span whole{spans.front().begins, spans.back().ends};
  TRY_ASSIGN(std::vector<Held> mine, room.of_account(instrument.by.account, whole.begins));
  std::erase_if(mine, [&](const Held& held) { return held.instrument != instrument.id; });
  TRY_ASSIGN(const std::vector<Held> all, room.of_instrument(instrument.id, whole));
  std::ranges::copy_if(all, std::back_inserter(mine),
                       [&](const Held& held) { return held.made_by == instrument.by.account; });
  TRY_ASSIGN(const auto trainings, site.settings().desk.trainings->of(instrument.by.account));
  Views out;
  for (const Span& span : spans) {
    if (const Held* held = made_of(mine, span)) {
      View row = held_view(*held, instrument.label, zone, {}, words);
      out.push_back(std::move(row));
      continue;
    }
    const auto taken = std::ranges::find_if(all, [&](const Held& held) { return booking::overlap(held.span, span); });
    Result<void> can = booking::judge_span(terms, span, room.now(), instrument.by);
    can = can ? booking::judge_training(terms, trainings, span, instrument.by) : can;
    if (can && taken != all.end()) {
      can = fail(booking::errors::taken, booking::local_text(zone.local(taken->span.begins)),
                 booking::local_text(zone.local(taken->span.ends)));
    }
    View row = week_view(span, zone, "plain", words.get(can ? "booking.repeat.free" : "booking.repeat.not"), words);
    row["url"] = can ? book_address(instrument.address, span, zone) : std::string();
    row["why"] = can ? std::string() : problem_words(can.error(), words);
    out.push_back(std::move(row));
  }
  return out;
}

std::string series_address(const Instrument& instrument, const TypedTime& time, size_t times) {
  return instrument.address + "/book/series?from=" + http::percent_encoded(time.from) +
         "&minutes=" + http::percent_encoded(time.minutes) +
         (time.which.empty() ? "" : "&which=" + http::percent_encoded(time.which)) + "&times=" + std::to_string(times);
}

Result<std::vector<Span>> series_in(const http::Request& request, const Zone& zone) {
  TRY_ASSIGN(const Span first, span_of(typed_in(request), zone));
  TRY_ASSIGN(const size_t times, times_of({true, std::string(request.parameter("times")), {}, false}, first, zone));
  return booking::weekly(zone, first, times);
}

}  // namespace pitchblende::pages
