#include "booking/calendar/recurrence.hpp"

#include <algorithm>
#include <array>

#include "booking/local_time.hpp"

namespace pitchblende::booking::calendar {

namespace {

bool has(const std::vector<int>& list, int64_t value) {
  return std::ranges::binary_search(list, static_cast<int>(value));
}
bool has_either(const std::vector<int>& list, int64_t from_front, int64_t from_back) {
  return has(list, from_front) || has(list, from_back);
}

int64_t month_begin(int64_t year, int64_t month_from_zero) {
  const int64_t years = month_from_zero >= 0 ? month_from_zero / 12 : (month_from_zero - 11) / 12;
  return day_number(year + years, static_cast<int>(month_from_zero - years * 12) + 1, 1);
}

int64_t week_begin(int64_t day, int week_begins) { return day - (weekday_of(day) - week_begins + 7) % 7; }

// The first day of week 1: the first week with four days in the year.
int64_t first_week(int64_t year, int week_begins) { return week_begin(day_number(year, 1, 4), week_begins); }

struct Week {
  int64_t from_front;  // 1…
  int64_t from_back;   // -1…
};
Week week_of(int64_t day, int64_t year, int week_begins) {
  int64_t begin = first_week(year, week_begins);
  int64_t next = first_week(year + 1, week_begins);
  if (day < begin) {
    next = begin;
    begin = first_week(year - 1, week_begins);
  } else if (day >= next) {
    begin = next;
    next = first_week(year + 2, week_begins);
  }
  const int64_t week = (day - begin) / 7;
  return {week + 1, week - (next - begin) / 7};
}

// One rule at work from one start.
class Expansion {
 public:
  Expansion(const Rule& rule, int64_t start) : m_rule(rule), m_start(start), m_start_day(day_of(start)) {
    const Date date = date_of(m_start_day);
    m_start_year = date.year;
    m_start_month = date.month;
    m_second_of_day = start - m_start_day * 86'400;
    if (m_rule.days.empty() && m_rule.month_days.empty() && m_rule.year_days.empty()) {
      set_day(date);
    }
    const auto unless = [](std::vector<int>& list, int64_t value) {
      if (list.empty()) {
        list.push_back(static_cast<int>(value));
      }
    };
    if (m_rule.frequency <= Frequency::daily) {
      unless(m_rule.hours, m_second_of_day / 3600);
    }
    if (m_rule.frequency <= Frequency::hourly) {
      unless(m_rule.minutes, m_second_of_day / 60 % 60);
    }
    if (m_rule.frequency <= Frequency::minutely) {
      unless(m_rule.seconds, m_second_of_day % 60);
    }
  }

  // The first period that can matter: the start's, or one a little before `first` when nothing is counted.
  int64_t first_period(int64_t first) const {
    if (m_rule.count || first <= m_start) {
      return 0;
    }
    constexpr std::array<int64_t, 7> k_longest{366 * 86'400, 31 * 86'400, 7 * 86'400, 86'400, 3600, 60, 1};
    const int64_t length = k_longest[static_cast<size_t>(m_rule.frequency)];
    return std::max<int64_t>(0, (first - m_start) / length / m_rule.interval - 1);
  }

  // The occurrences of the n-th period, in order. Its begin, for knowing when to stop.
  int64_t period(int64_t n, int64_t& budget, std::vector<int64_t>& into) const {
    into.clear();
    if (is_far(n * m_rule.interval)) {
      return INT64_MAX;
    }
    if (m_rule.frequency > Frequency::daily) {
      return short_period(n, budget, into);
    }
    const auto [begin, end] = days_of(n);
    for (int64_t day = begin; day < end && budget > 0; ++day) {
      --budget;
      if (passes(day)) {
        add_times(day * 86'400, budget, into);
      }
    }
    pick(into);
    return begin * 86'400;
  }

 private:
  // Beyond the years that a date can be written in.
  bool is_far(int64_t step) const {
    constexpr std::array<int64_t, 7> k_ten_thousand_years{10'000,     120'000,       522'000,        3'653'000,
                                                          87'660'000, 5'260'000'000, 315'600'000'000};
    return step > k_ten_thousand_years[static_cast<size_t>(m_rule.frequency)];
  }

  void set_day(const Date& date) {
    switch (m_rule.frequency) {
      case Frequency::yearly:
        if (!m_rule.weeks.empty()) {
          m_rule.days.push_back({0, weekday_of(m_start_day)});
          break;
        }
        if (m_rule.months.empty()) {
          m_rule.months.push_back(date.month);
        }
        [[fallthrough]];
      case Frequency::monthly:
        m_rule.month_days.push_back(date.day);
        break;
      case Frequency::weekly:
        m_rule.days.push_back({0, weekday_of(m_start_day)});
        break;
      default:
        break;
    }
  }

  std::pair<int64_t, int64_t> days_of(int64_t n) const {
    const int64_t step = n * m_rule.interval;
    switch (m_rule.frequency) {
      case Frequency::yearly:
        return {day_number(m_start_year + step, 1, 1), day_number(m_start_year + step + 1, 1, 1)};
      case Frequency::monthly:
        return {month_begin(m_start_year, m_start_month - 1 + step), month_begin(m_start_year, m_start_month + step)};
      case Frequency::weekly: {
        const int64_t begin = week_begin(m_start_day, m_rule.week_begins) + 7 * step;
        return {begin, begin + 7};
      }
      default:
        return {m_start_day + step, m_start_day + step + 1};
    }
  }

  bool passes(int64_t day) const {
    const Date date = date_of(day);
    if (!m_rule.months.empty() && !has(m_rule.months, date.month)) {
      return false;
    }
    if (!m_rule.month_days.empty()) {
      const int64_t next = month_begin(date.year, date.month);
      if (!has_either(m_rule.month_days, date.day, day - next)) {
        return false;
      }
    }
    if (!m_rule.year_days.empty()) {
      const int64_t front = day - day_number(date.year, 1, 1) + 1;
      if (!has_either(m_rule.year_days, front, day - day_number(date.year + 1, 1, 1))) {
        return false;
      }
    }
    if (!m_rule.weeks.empty()) {
      const Week week = week_of(day, date.year, m_rule.week_begins);
      if (!has_either(m_rule.weeks, week.from_front, week.from_back)) {
        return false;
      }
    }
    return m_rule.days.empty() || std::ranges::any_of(m_rule.days, [&](const ByDay& by) { return is(by, day, date); });
  }

  bool is(const ByDay& by, int64_t day, const Date& date) const {
    if (by.weekday != weekday_of(day)) {
      return false;
    }
    const bool in_month =
        m_rule.frequency == Frequency::monthly || (m_rule.frequency == Frequency::yearly && !m_rule.months.empty());
    if (by.ordinal == 0 || (!in_month && m_rule.frequency != Frequency::yearly)) {
      return true;
    }
    const int64_t begin = in_month ? day - date.day + 1 : day_number(date.year, 1, 1);
    const int64_t next = in_month ? month_begin(date.year, date.month) : day_number(date.year + 1, 1, 1);
    return by.ordinal > 0 ? (day - begin) / 7 + 1 == by.ordinal : (next - 1 - day) / 7 + 1 == -by.ordinal;
  }

  void add_times(int64_t midnight, int64_t& budget, std::vector<int64_t>& into) const {
    for (const int hour : m_rule.hours) {
      for (const int minute : m_rule.minutes) {
        for (const int second : m_rule.seconds) {
          if (--budget <= 0) {
            return;
          }
          into.push_back(midnight + hour * 3600 + minute * 60 + second);
        }
      }
    }
  }

  int64_t short_period(int64_t n, int64_t& budget, std::vector<int64_t>& into) const {
    const int64_t unit = m_rule.frequency == Frequency::hourly     ? 3600
                         : m_rule.frequency == Frequency::minutely ? 60
                                                                   : 1;
    const int64_t begin = (day_of(m_start) * 86'400 + m_second_of_day / unit * unit) + n * m_rule.interval * unit;
    --budget;
    const int64_t day = day_of(begin);
    const int64_t second = begin - day * 86'400;
    const auto lets = [](const std::vector<int>& list, int64_t value) { return list.empty() || has(list, value); };
    if (!passes(day) || !lets(m_rule.hours, second / 3600)) {
      return begin;
    }
    if (unit == 1) {
      if (lets(m_rule.minutes, second / 60 % 60) && lets(m_rule.seconds, second % 60)) {
        into.push_back(begin);
      }
    } else if (unit == 60) {
      if (lets(m_rule.minutes, second / 60 % 60)) {
        for (const int one : m_rule.seconds) {
          into.push_back(begin + one);
        }
      }
    } else {
      for (const int minute : m_rule.minutes) {
        for (const int one : m_rule.seconds) {
          into.push_back(begin + minute * 60 + one);
        }
      }
    }
    budget -= static_cast<int64_t>(into.size());
    pick(into);
    return begin;
  }

  void pick(std::vector<int64_t>& set) const {
    if (m_rule.positions.empty()) {
      return;
    }
    std::vector<int64_t> picked;
    const auto size = static_cast<int64_t>(set.size());
    for (const int position : m_rule.positions) {
      const int64_t at = position > 0 ? position - 1 : size + position;
      if (at >= 0 && at < size) {
        picked.push_back(set[static_cast<size_t>(at)]);
      }
    }
    std::ranges::sort(picked);
    picked.erase(std::unique(picked.begin(), picked.end()), picked.end());
    set = std::move(picked);
  }

  Rule m_rule;
  int64_t m_start;
  int64_t m_start_day;
  int64_t m_start_year = 0;
  int m_start_month = 0;
  int64_t m_second_of_day = 0;
};

}  // namespace

bool expand(const Rule& rule, int64_t start, int64_t first, int64_t last, int64_t& budget,
            const std::function<bool(int64_t)>& visit) {
  if (rule.until) {
    last = std::min(last, *rule.until);
  }
  // The beginning is an occurrence, whatever the rule says.
  int64_t left = rule.count.value_or(INT64_MAX) - 1;
  if (start <= last && !visit(start)) {
    return true;
  }
  const Expansion expansion(rule, start);
  std::vector<int64_t> times;
  for (int64_t n = expansion.first_period(first); left > 0; ++n) {
    const int64_t begin = expansion.period(n, budget, times);
    if (budget <= 0) {
      return false;
    }
    for (const int64_t time : times) {
      if (time <= start || left == 0) {
        continue;
      }
      if (time > last) {
        return true;
      }
      --left;
      if (!visit(time)) {
        return true;
      }
    }
    if (begin > last) {
      return true;
    }
  }
  return true;
}

}  // namespace pitchblende::booking::calendar
