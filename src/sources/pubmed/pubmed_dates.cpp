#include "sources/pubmed/pubmed_dates.hpp"

#include <array>
#include <charconv>
#include <vector>

namespace pitchblende::sources::pubmed {

namespace {

constexpr std::array<std::string_view, 12> k_months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};

int number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && value >= 0 ? value : 0;
}

// 1 to 12; 0: none.
int month_of(std::string_view text) {
  if (!text.empty() && text[0] >= '0' && text[0] <= '9') {
    const int value = number(text);
    return value <= 12 ? value : 0;
  }
  if (text.size() < 3) {
    return 0;
  }
  for (size_t month = 0; month < k_months.size(); ++month) {
    bool same = true;
    for (size_t i = 0; i < 3; ++i) {
      same = same && (text[i] | 0x20) == k_months[month][i];
    }
    if (same) {
      return static_cast<int>(month) + 1;
    }
  }
  return 0;
}

int days_in(int year, int month) {
  constexpr std::array<int, 12> k_days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return k_days[static_cast<size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

bool is_year(int year) { return year >= 1000 && year <= 2999; }

void append_two_digits(std::string& out, int value) {
  out += '-';
  out += static_cast<char>('0' + value / 10);
  out += static_cast<char>('0' + value % 10);
}

std::string joined(int year, int month, int day) {
  std::string out;
  if (!is_year(year)) {
    return out;
  }
  out = std::to_string(year);
  if (month != 0) {
    append_two_digits(out, month);
    if (day != 0) {
      append_two_digits(out, day);
    }
  }
  return out;
}

bool is_word_byte(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (size_t at = 0; at < text.size() && out.size() < 16;) {
    size_t end = at;
    while (end < text.size() && is_word_byte(text[end])) {
      ++end;
    }
    if (end > at) {
      out.push_back(text.substr(at, end - at));
    }
    at = end + 1;
  }
  return out;
}

}  // namespace

DateText date_text(const DateParts& parts) {
  const int year = number(parts.year);
  if (parts.year.size() != 4 || !is_year(year)) {
    return {{}, parts.year.empty() && parts.month.empty() && parts.day.empty()};
  }
  const int month = month_of(parts.month);
  const int day = number(parts.day);
  const bool day_fits = month != 0 && day >= 1 && day <= days_in(year, month);
  return {joined(year, month, day_fits ? day : 0),
          (month != 0 || parts.month.empty()) && (day_fits || parts.day.empty())};
}

DateSpan date_span(std::string_view printed) {
  struct Point {
    int year = 0;
    int month = 0;
    int day = 0;
  };
  std::vector<Point> points;
  for (const std::string_view word : words_of(printed)) {
    const bool digits = word[0] >= '0' && word[0] <= '9';
    const int value = digits ? number(word) : 0;
    if (digits && word.size() == 4 && is_year(value)) {
      // A year behind what has none yet ("Winter 1992", "Dec 1998") or a new point.
      if (points.empty() || points.back().year != 0) {
        points.push_back({value, 0, 0});
      } else {
        points.back().year = value;
      }
    } else if (digits && value >= 1 && value <= 31 && word.size() <= 2 && !points.empty() && points.back().month != 0) {
      if (points.back().day != 0) {
        points.push_back({points.back().year, points.back().month, 0});
      }
      points.back().day = value;
    } else if (const int month = digits ? 0 : month_of(word); month != 0) {
      if (points.empty() || points.back().month != 0) {
        points.push_back({points.empty() ? 0 : points.back().year, 0, 0});
      }
      points.back().month = month;
    }
  }
  if (points.empty()) {
    return {};
  }
  const Point& first = points.front();
  const Point& last = points.back();
  const auto text = [](const Point& point) {
    const bool real = point.month != 0 && point.day <= days_in(point.year, point.month);
    return joined(point.year, point.month, real ? point.day : 0);
  };
  DateSpan span{text(first), text(last)};
  if (span.from == span.to) {
    span.to.clear();
  }
  return span;
}

}  // namespace pitchblende::sources::pubmed
