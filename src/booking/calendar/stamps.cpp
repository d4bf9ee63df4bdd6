// The values of RFC 5545: dates, times, durations, rules as text.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <string>

#include "booking/calendar/recurrence.hpp"
#include "booking/local_time.hpp"

namespace pitchblende::booking::calendar {

namespace {

constexpr std::array<std::string_view, 7> k_frequencies{"YEARLY", "MONTHLY",  "WEEKLY",  "DAILY",
                                                        "HOURLY", "MINUTELY", "SECONDLY"};
constexpr std::array<std::string_view, 7> k_weekdays{"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
constexpr int64_t k_longest_days = 40'000;
constexpr int64_t k_most = 1'000'000'000;

std::optional<int64_t> number(std::string_view text, int64_t least, int64_t most) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
  }
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) {
    return std::nullopt;
  }
  return value;
}

template <size_t N>
std::optional<int> named(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) {
    return std::nullopt;
  }
  return static_cast<int>(found - names.begin());
}

// "a,b,c"; false as soon as one is refused.
template <typename Take>
bool each_of(std::string_view text, Take&& take) {
  while (true) {
    const size_t comma = std::min(text.find(','), text.size());
    if (!take(text.substr(0, comma))) {
      return false;
    }
    if (comma == text.size()) {
      return true;
    }
    text.remove_prefix(comma + 1);
  }
}

// Numbers of ±least to ±most, or of 0 to most where `least` is 0.
bool read_list(std::string_view text, int least, int most, std::vector<int>& into) {
  const bool done = each_of(text, [&](std::string_view one) {
    const auto value = number(one, least == 0 ? 0 : -most, most);
    if (!value || (least != 0 && *value == 0)) {
      return false;
    }
    into.push_back(static_cast<int>(*value));
    return true;
  });
  std::ranges::sort(into);
  into.erase(std::unique(into.begin(), into.end()), into.end());
  return done;
}

bool read_days(std::string_view text, std::vector<ByDay>& into) {
  return each_of(text, [&](std::string_view one) {
    if (one.size() < 2) {
      return false;
    }
    const auto weekday = named(k_weekdays, one.substr(one.size() - 2));
    std::optional<int64_t> ordinal = 0;
    if (one.size() > 2) {
      ordinal = number(one.substr(0, one.size() - 2), -53, 53);
    }
    if (!weekday || !ordinal || (one.size() > 2 && *ordinal == 0)) {
      return false;
    }
    into.push_back({static_cast<int>(*ordinal), *weekday});
    return into.size() <= 400;
  });
}

bool read_until(std::string_view text, Rule& rule) {
  const auto stamp = read_stamp(text);
  if (stamp) {
    rule.until = stamp->local;
    rule.until_is_utc = stamp->utc;
    rule.until_is_day = stamp->day;
  }
  return stamp.has_value();
}

bool read_part(std::string_view name, std::string_view value, Rule& rule) {
  if (name == "UNTIL") {
    return read_until(value, rule);
  }
  if (name == "COUNT") {
    rule.count = number(value, 1, k_most);
    return rule.count.has_value();
  }
  if (name == "INTERVAL") {
    const auto interval = number(value, 1, k_most);
    rule.interval = interval.value_or(1);
    return interval.has_value();
  }
  if (name == "WKST") {
    const auto weekday = named(k_weekdays, value);
    rule.week_begins = weekday.value_or(0);
    return weekday.has_value();
  }
  if (name == "BYDAY") {
    return read_days(value, rule.days);
  }
  struct Part {
    std::string_view name;
    int least;
    int most;
    std::vector<int> Rule::*into;
  };
  constexpr std::array<Part, 8> k_parts{{{"BYMONTH", 0, 12, &Rule::months},
                                         {"BYMONTHDAY", 1, 31, &Rule::month_days},
                                         {"BYYEARDAY", 1, 366, &Rule::year_days},
                                         {"BYWEEKNO", 1, 53, &Rule::weeks},
                                         {"BYHOUR", 0, 23, &Rule::hours},
                                         {"BYMINUTE", 0, 59, &Rule::minutes},
                                         {"BYSECOND", 0, 59, &Rule::seconds},
                                         {"BYSETPOS", 1, 366, &Rule::positions}}};
  const auto part = std::ranges::find(k_parts, name, &Part::name);
  if (part == k_parts.end()) {
    return name.starts_with("X-");
  }
  return read_list(value, part->least, part->most, rule.*part->into);
}

}  // namespace

std::optional<Rule> read_rule(std::string_view text) {
  Rule rule;
  bool has_frequency = false;
  while (!text.empty()) {
    const size_t end = std::min(text.find(';'), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(text.size(), end + 1));
    const size_t equals = part.find('=');
    if (equals == std::string_view::npos) {
      return std::nullopt;
    }
    if (part.substr(0, equals) == "FREQ") {
      const auto frequency = named(k_frequencies, part.substr(equals + 1));
      if (!frequency || has_frequency) {
        return std::nullopt;
      }
      rule.frequency = static_cast<Frequency>(*frequency);
      has_frequency = true;
    } else if (!read_part(part.substr(0, equals), part.substr(equals + 1), rule)) {
      return std::nullopt;
    }
  }
  const bool month_zero = !rule.months.empty() && rule.months.front() == 0;
  if (!has_frequency || month_zero) {
    return std::nullopt;
  }
  return rule;
}

std::optional<Stamp> read_stamp(std::string_view text) {
  const bool utc = text.size() == 16 && (text.back() == 'Z' || text.back() == 'z');
  if (utc) {
    text.remove_suffix(1);
  }
  if (text.size() != 8 && text.size() != 15) {
    return std::nullopt;
  }
  std::string whole =
      std::string(text.substr(0, 4)) + "-" + std::string(text.substr(4, 2)) + "-" + std::string(text.substr(6, 2));
  if (text.size() == 8) {
    const auto day = read_day(whole);
    if (!day) {
      return std::nullopt;
    }
    return Stamp{*day * 86'400, false, true};
  }
  std::string seconds(text.substr(13, 2));
  if (seconds == "60") {  // a leap second
    seconds = "59";
  }
  whole += text.substr(8, 1) == "T" || text.substr(8, 1) == "t" ? "T" : "?";
  whole += std::string(text.substr(9, 2)) + ":" + std::string(text.substr(11, 2)) + ":" + seconds;
  const auto local = read_local(whole);
  if (!local) {
    return std::nullopt;
  }
  return Stamp{*local, utc, false};
}

std::optional<Duration> read_duration(std::string_view text) {
  const int64_t sign = text.starts_with('-') ? -1 : 1;
  if (text.starts_with('-') || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  if (!text.starts_with('P') || text.size() < 3) {
    return std::nullopt;
  }
  text.remove_prefix(1);
  Duration duration;
  bool in_time = false;
  while (!text.empty()) {
    if (text.front() == 'T' && !in_time) {
      in_time = true;
      text.remove_prefix(1);
      continue;
    }
    const size_t unit = text.find_first_not_of("0123456789");
    if (unit == std::string_view::npos || unit == 0 || unit > 8) {
      return std::nullopt;
    }
    const int64_t value = sign * number(text.substr(0, unit), 0, k_most).value_or(0);
    const char letter = text[unit];
    text.remove_prefix(unit + 1);
    if (!in_time && (letter == 'W' || letter == 'D')) {
      duration.days += value * (letter == 'W' ? 7 : 1);
    } else if (in_time && (letter == 'H' || letter == 'M' || letter == 'S')) {
      duration.seconds += value * (letter == 'H' ? 3600 : letter == 'M' ? 60 : 1);
    } else {
      return std::nullopt;
    }
  }
  if (std::abs(duration.days) > k_longest_days || std::abs(duration.seconds) > k_longest_days * 86'400) {
    return std::nullopt;
  }
  return duration;
}

}  // namespace pitchblende::booking::calendar
