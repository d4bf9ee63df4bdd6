#include "booking/booking_rules.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "booking/errors.hpp"
#include "booking/opening.hpp"
#include "booking/terms_text.hpp"

namespace pitchblende::booking {

namespace {

constexpr std::array<std::string_view, 3> k_hows{"here", "elsewhere", "request"};
constexpr std::array<std::string_view, 4> k_states{"requested", "confirmed", "cancelled", "declined"};
constexpr std::array<std::string_view, 2> k_sorts{"use", "maintenance"};
constexpr int64_t k_year_minutes = 366 * 24 * 60;
constexpr int64_t k_longest_horizon = 5 * 366;
constexpr size_t k_most_hours = 100;
constexpr size_t k_most_closures = 1000;

template <typename E, size_t N>
std::optional<E> named(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) {
    return std::nullopt;
  }
  return static_cast<E>(found - names.begin());
}

Result<void> judge_number(std::string_view name, int64_t value, int64_t least, int64_t most) {
  if (value < least || value > most) {
    return fail(errors::terms_range, name, std::to_string(least), std::to_string(most));
  }
  return {};
}

Result<void> judge_hours(const Terms& terms) {
  if (terms.hours.size() > k_most_hours) {
    return fail(errors::terms_many, "hours", std::to_string(k_most_hours));
  }
  if (terms.closures.size() > k_most_closures) {
    return fail(errors::terms_many, "closed", std::to_string(k_most_closures));
  }
  std::vector<Hours> hours = terms.hours;
  std::ranges::sort(hours, {}, [](const Hours& h) { return std::pair(h.weekday, h.opens); });
  for (size_t i = 0; i < hours.size(); ++i) {
    const Hours& one = hours[i];
    const std::string day = "day" + std::to_string(one.weekday);
    if (one.weekday < 0 || one.weekday > 6 || one.opens < 0 || one.closes > 1440 || one.opens >= one.closes) {
      return fail(errors::terms_hours, day, minutes_text(one.opens), minutes_text(one.closes));
    }
    if (i > 0 && hours[i - 1].weekday == one.weekday && one.opens < hours[i - 1].closes) {
      return fail(errors::terms_overlap, day);
    }
  }
  for (const Closure& closure : terms.closures) {
    if (closure.last_day < closure.first_day) {
      return fail(errors::terms_closed, "closed", day_text(closure.first_day), day_text(closure.last_day));
    }
  }
  return {};
}

bool is_web_address(std::string_view text) {
  return (text.starts_with("https://") || text.starts_with("http://")) && text.size() <= 2000 &&
         std::ranges::none_of(text, [](unsigned char c) { return c <= ' ' || c == '"' || c == '<' || c == '>'; });
}

std::string shown(const Terms& terms, int64_t utc) {
  const Result<Zone> zone = Zone::named(terms.zone);
  return zone ? local_text(zone->local(utc)) : utc_text(utc);
}

}  // namespace

std::string_view name(How how) { return k_hows[static_cast<size_t>(how)]; }
std::optional<How> how(std::string_view name) { return named<How>(k_hows, name); }
std::string_view name(State state) { return k_states[static_cast<size_t>(state)]; }
std::string_view name(Sort sort) { return k_sorts[static_cast<size_t>(sort)]; }
std::optional<State> state(std::string_view name) { return named<State>(k_states, name); }

// Rule 1.
Result<void> judge_terms(const Terms& terms) {
  TRY(Zone::named(terms.zone));
  if (terms.how == How::elsewhere && !is_web_address(terms.address)) {
    return fail(errors::terms_address, "address");
  }
  if (!terms.calendar.empty() && !is_web_address(terms.calendar)) {
    return fail(errors::terms_address, "calendar");
  }
  TRY(judge_number("step", terms.step, 5, 24 * 60));
  for (const auto& [name, length] : {std::pair{"smallest", terms.smallest}, {"largest", terms.largest}}) {
    if (length < terms.step || length % terms.step != 0) {
      return fail(errors::terms_steps, name, std::to_string(terms.step));
    }
  }
  if (terms.largest < terms.smallest) {
    return fail(errors::terms_largest, "largest", std::to_string(terms.smallest));
  }
  TRY(judge_number("largest", terms.largest, 1, k_year_minutes));
  TRY(judge_number("horizon", terms.horizon, 1, k_longest_horizon));
  TRY(judge_number("notice", terms.notice, 0, k_year_minutes));
  return judge_hours(terms);
}

// Rules 2 to 7.
Result<void> judge_span(const Terms& terms, const Span& span, int64_t now, const By& by) {
  if (terms.how != How::here) {
    return fail(errors::not_here);
  }
  if (span.ends <= span.begins) {
    return fail(errors::ends_first, shown(terms, span.ends), shown(terms, span.begins));
  }
  const int64_t length = span.ends - span.begins;
  if (length < terms.smallest * k_minute) {
    return fail(errors::shorter, std::to_string(terms.smallest));
  }
  if (length > terms.largest * k_minute) {
    return fail(errors::longer, std::to_string(terms.largest));
  }
  if (span.begins < now) {
    return fail(errors::past, shown(terms, span.begins));
  }
  if (!by.looks_after && span.begins < now + terms.notice * k_minute) {
    return fail(errors::soon, shown(terms, span.begins), std::to_string(terms.notice));
  }
  if (span.begins > now + terms.horizon * k_day) {
    return fail(errors::horizon, shown(terms, span.begins), std::to_string(terms.horizon));
  }
  TRY_ASSIGN(const Zone zone, Zone::named(terms.zone));
  const std::vector<Open> open =
      open_spans(terms, zone, day_of(zone.local(span.begins)), day_of(zone.local(span.ends)));
  if (!is_open(open, span)) {
    return fail(errors::closed, shown(terms, span.begins), shown(terms, span.ends));
  }
  const int64_t step = terms.step * k_minute;
  if ((span.begins - stretch_at(open, span.begins)->begins) % step != 0 || length % step != 0) {
    return fail(errors::step, std::to_string(terms.step));
  }
  return {};
}

// Rule 22.
Result<void> judge_maintenance(const Terms& terms, const Span& span, std::string_view reason, int64_t now,
                               const By& by) {
  if (!by.looks_after) {
    return fail(errors::not_yours);
  }
  if (terms.how != How::here) {
    return fail(errors::not_here);
  }
  if (trim(reason).empty()) {
    return fail(errors::maintenance);
  }
  if (span.ends <= span.begins) {
    return fail(errors::ends_first, shown(terms, span.ends), shown(terms, span.begins));
  }
  if (span.ends <= now) {
    return fail(errors::past, shown(terms, span.ends));
  }
  if (span.ends - span.begins > k_year_minutes * k_minute || span.ends > now + k_longest_ahead) {
    return fail(errors::longer, std::to_string(k_year_minutes));
  }
  return {};
}

// Rule 8.
Result<void> judge_training(const Terms& terms, std::span<const Training> trainings, const Span& span, const By& by) {
  if (!terms.trained || by.looks_after) {
    return {};
  }
  TRY_ASSIGN(const Zone zone, Zone::named(terms.zone));
  const int64_t first = day_of(zone.local(span.begins));
  const int64_t last = day_of(zone.local(span.ends - 1));
  const bool trained = std::ranges::any_of(trainings, [&](const Training& training) {
    return training.account == by.account && training.instrument == terms.instrument && training.first_day <= first &&
           (!training.last_day || last <= *training.last_day);
  });
  if (!trained) {
    return fail(errors::training);
  }
  return {};
}

// Rules 9 to 11.
Result<void> judge_change(const Terms& terms, const Held& held, State to, int64_t now, const By& by) {
  const bool answers = to == State::declined || (to == State::confirmed && held.state == State::requested);
  if (!by.looks_after && (held.account != by.account || answers)) {
    return fail(errors::not_yours);
  }
  if (!holds_time(held.state) || (answers && held.state != State::requested)) {
    return fail(errors::state, std::string(name(held.state)), std::string(name(to)));
  }
  if (!by.looks_after && held.span.begins < now + terms.notice * k_minute) {
    return fail(errors::notice, std::to_string(terms.notice));
  }
  return {};
}

Result<void> judge_text(std::string_view text) {
  if (text.size() > k_longest_text) {
    return fail(errors::long_text, std::to_string(k_longest_text));
  }
  return {};
}

// Rule 1.
std::vector<Held> left_outside(const std::optional<Terms>& before, const Terms& after, std::vector<Held> held) {
  const auto is_inside = [](const Terms& terms, const Span& span) {
    const Result<Zone> zone = Zone::named(terms.zone);
    return terms.how == How::here && zone &&
           is_open(open_spans(terms, *zone, day_of(zone->local(span.begins)), day_of(zone->local(span.ends))), span);
  };
  std::erase_if(held, [&](const Held& each) {
    return each.sort != Sort::use || !holds_time(each.state) || !before || !is_inside(*before, each.span) ||
           is_inside(after, each.span);
  });
  return held;
}

// Rule 10.
Result<void> judge_reason(const Held& held, State to, std::string_view reason, const By& by) {
  const bool is_anothers = held.account != by.account && held.sort == Sort::use;
  const bool owed = to == State::declined || (to == State::cancelled && is_anothers);
  return owed && trim(reason).empty() ? Result<void>(fail(errors::reason)) : Result<void>();
}

// Rule 24.
std::vector<Span> weekly(const Zone& zone, const Span& first, size_t times) {
  std::vector<Span> out{first};
  const int64_t local = zone.local(first.begins);
  for (size_t week = 1; week < times; ++week) {
    const int64_t begins = zone.utc(local + static_cast<int64_t>(week) * 7 * k_day).first;
    out.push_back({begins, begins + first.ends - first.begins});
  }
  return out;
}

// Rule 12.
State first_state(const Terms& terms, const By& by) {
  return terms.confirmed && !by.looks_after ? State::requested : State::confirmed;
}

}  // namespace pitchblende::booking
