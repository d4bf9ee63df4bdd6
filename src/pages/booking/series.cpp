#include "pages/booking/series.hpp"

#include <algorithm>

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

// Error: BOOKING_TIMES, BOOKING_DAY.
Result<size_t> times_of(const Repeat& repeat, const Span& first, const Zone& zone) {
  int64_t times = number_in(trim(repeat.times));
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
  return {form.value("repeat") == "weekly", std::string(form.value("times")), std::string(form.value("last")),
          form.value("fit") == "some"};
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
                             return letters.post_series(transaction, made, zone);
                           }));
  return out;
}

Views series_views(const Series& series, const Zone& zone, const Words& words) {
  Views out;
  for (size_t at = 0; at < series.each.size(); ++at) {
    const Result<Held>& one = series.each[at];
    View row = view({{"when", span_words(series.spans[at], zone, words)},
                     {"url", one ? below(words, "/bookings/" + std::to_string(one->id)) : std::string()},
                     {"why", one ? std::string() : problem_words(one.error(), words)},
                     {"state", one ? words.get("booking.states." + std::string(booking::name(one->state)))
                                   : words.get("booking.repeat.not")}});
    row["tone"] = !one ? "plain" : one->state == booking::State::confirmed ? "good" : "warn";
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace pitchblende::pages
