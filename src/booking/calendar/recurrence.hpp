// Repetitions of RFC 5545 (RRULE), expanded on clocks without a zone: who asks turns each occurrence into UTC.
//
// A period of the rule at a time (a year, a month, a week, a day, an hour …): all its days, those that every BY part
// lets through, their times, BYSETPOS. Bounded by a budget of steps. Pure; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace pitchblende::booking::calendar {

enum class Frequency : uint8_t { yearly, monthly, weekly, daily, hourly, minutely, secondly };

struct ByDay {
  int ordinal = 0;  // 0: each
  int weekday = 0;  // 0: Monday
};

struct Rule {
  Frequency frequency = Frequency::daily;
  int64_t interval = 1;
  std::optional<int64_t> count;
  std::optional<int64_t> until;  // local seconds; the last moment
  bool until_is_utc = false;     // `until` is to be turned into local seconds first
  bool until_is_day = false;     // a date: all of that day
  int week_begins = 0;           // 0: Monday
  std::vector<int> months, month_days, year_days, weeks, hours, minutes, seconds, positions;
  std::vector<ByDay> days;
};

// nullopt: not a rule of RFC 5545.
std::optional<Rule> read_rule(std::string_view text);

// Calls visit(local) for `start` and each occurrence after it up to `last`, in order; those before `first` may be left
// out. Ends when visit says false. Takes from `budget` a step for each day and time looked at; false: it is used up.
bool expand(const Rule& rule, int64_t start, int64_t first, int64_t last, int64_t& budget,
            const std::function<bool(int64_t)>& visit);

// "20260329T013000", "…Z", "20260329". nullopt: none of these.
struct Stamp {
  int64_t local = 0;
  bool utc = false;
  bool day = false;
};
std::optional<Stamp> read_stamp(std::string_view text);
// "P1DT2H", "-PT15M" in seconds.
struct Duration {
  int64_t days = 0;     // nominal: weeks and days
  int64_t seconds = 0;  // exact
};
std::optional<Duration> read_duration(std::string_view text);

}  // namespace pitchblende::booking::calendar
