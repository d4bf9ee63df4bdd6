#include "booking/local_time.hpp"

#include <date/tz.h>

#include <charconv>
#include <cstdio>

#include "booking/errors.hpp"

namespace pitchblende::booking {

namespace {

const date::time_zone& zone_of(const void* zone) { return *static_cast<const date::time_zone*>(zone); }

// Exactly that many digits.
std::optional<int> digits(std::string_view text, size_t at, size_t count) {
  if (at + count > text.size()) {
    return std::nullopt;
  }
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

Result<Zone> Zone::named(std::string_view name) {
  try {
    return Zone(date::locate_zone(std::string(name)), std::string(name));
  } catch (const std::runtime_error&) {
    return fail(errors::zone, std::string(name));
  }
}

Meant Zone::utc(int64_t local) const {
  const date::local_info info = zone_of(m_zone).get_info(date::local_seconds(std::chrono::seconds(local)));
  const int64_t first = local - info.first.offset.count();
  switch (info.result) {
    case date::local_info::nonexistent:
      return {Odd::missing, first, first};
    case date::local_info::ambiguous:
      return {Odd::doubled, first, local - info.second.offset.count()};
    default:
      return {Odd::no, first, first};
  }
}

int64_t Zone::local(int64_t utc) const {
  return utc + zone_of(m_zone).get_info(date::sys_seconds(std::chrono::seconds(utc))).offset.count();
}

std::optional<int64_t> read_day(std::string_view text) {
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  const auto day = digits(text, 8, 2);
  if (text.size() != 10 || !year || !month || !day || text[4] != '-' || text[7] != '-') {
    return std::nullopt;
  }
  const date::year_month_day whole{date::year(*year), date::month(static_cast<unsigned>(*month)),
                                   date::day(static_cast<unsigned>(*day))};
  if (!whole.ok()) {
    return std::nullopt;
  }
  return date::sys_days(whole).time_since_epoch().count();
}

std::optional<int64_t> read_local(std::string_view text) {
  const auto day = read_day(text.substr(0, 10));
  const auto hour = digits(text, 11, 2);
  const auto minute = digits(text, 14, 2);
  if (!day || !hour || !minute || *hour > 23 || *minute > 59 || (text[10] != 'T' && text[10] != ' ') ||
      text[13] != ':') {
    return std::nullopt;
  }
  int second = 0;
  if (text.size() == 19 && text[16] == ':') {
    second = digits(text, 17, 2).value_or(60);
  }
  if ((text.size() != 16 && text.size() != 19) || second > 59) {
    return std::nullopt;
  }
  return *day * 86'400 + *hour * 3600 + *minute * 60 + second;
}

int64_t day_number(int64_t year, int month, int day) {
  return date::sys_days(date::year_month_day{date::year(static_cast<int>(year)),
                                             date::month(static_cast<unsigned>(month)),
                                             date::day(static_cast<unsigned>(day))})
      .time_since_epoch()
      .count();
}

Date date_of(int64_t day) {
  const date::year_month_day whole{date::sys_days(date::days(static_cast<int>(day)))};
  return {static_cast<int>(whole.year()), static_cast<int>(static_cast<unsigned>(whole.month())),
          static_cast<int>(static_cast<unsigned>(whole.day()))};
}

std::string day_text(int64_t day) {
  const Date date = date_of(day);
  char out[40];
  return {out, static_cast<size_t>(std::snprintf(out, sizeof(out), "%04d-%02d-%02d", static_cast<int>(date.year),
                                                 date.month, date.day))};
}

std::string local_text(int64_t local) {
  const int64_t day = day_of(local);
  const auto second = static_cast<int>(local - day * 86'400);
  char out[40];
  return day_text(day) + std::string(out, static_cast<size_t>(std::snprintf(out, sizeof(out), "T%02d:%02d",
                                                                            second / 3600, second / 60 % 60)));
}

std::string utc_text(int64_t utc) {
  const int64_t day = day_of(utc);
  const auto second = static_cast<int>(utc - day * 86'400);
  const Date date = date_of(day);
  char out[64];
  return {out,
          static_cast<size_t>(std::snprintf(out, sizeof(out), "%04d%02d%02dT%02d%02d%02dZ", static_cast<int>(date.year),
                                            date.month, date.day, second / 3600, second / 60 % 60, second % 60))};
}

Result<int64_t> typed_time(const Zone& zone, std::string_view text, Which which) {
  const std::optional<int64_t> local = read_local(text);
  if (!local) {
    return fail(errors::time, std::string(text.substr(0, 40)));
  }
  const Meant meant = zone.utc(*local);
  if (meant.odd == Odd::missing) {
    return fail(errors::no_such_hour, local_text(*local), zone.name());
  }
  if (meant.odd == Odd::doubled && which == Which::unsaid) {
    return fail(errors::doubled_hour, local_text(*local), zone.name());
  }
  return which == Which::second ? meant.second : meant.first;
}

}  // namespace pitchblende::booking
