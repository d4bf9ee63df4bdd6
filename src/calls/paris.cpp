#include "calls/paris.hpp"

#include <date/tz.h>

#include <cstdio>

namespace pitchblende::calls {

namespace {

// Exactly that many digits; -1: none.
int digits(std::string_view text, size_t at, size_t count) {
  int value = 0;
  for (const char c : text.substr(std::min(at, text.size()), count)) {
    value = c >= '0' && c <= '9' && value >= 0 ? value * 10 + (c - '0') : -1;
  }
  return at + count <= text.size() ? value : -1;
}

const date::time_zone& paris() {
  static const date::time_zone* const k_zone = date::locate_zone("Europe/Paris");
  return *k_zone;
}

std::optional<date::local_days> day_of(std::string_view text) {
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || year < 1 || month < 1 || day < 1) {
    return std::nullopt;
  }
  const date::year_month_day whole{date::year(year), date::month(static_cast<unsigned>(month)),
                                   date::day(static_cast<unsigned>(day))};
  return whole.ok() ? std::optional(date::local_days(whole)) : std::nullopt;
}

}  // namespace

bool is_day(std::string_view text) { return day_of(text).has_value(); }

namespace {

std::optional<date::local_seconds> minute_of(std::string_view text) {
  const auto day = day_of(text.substr(0, 10));
  const int hour = digits(text, 11, 2);
  const int minute = digits(text, 14, 2);
  const bool formed = text.size() == 16 && (text[10] == 'T' || text[10] == ' ') && text[13] == ':';
  if (!day || !formed || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
    return std::nullopt;
  }
  return *day + std::chrono::hours(hour) + std::chrono::minutes(minute);
}

}  // namespace

std::optional<int64_t> read_paris(std::string_view text, Twice twice) {
  const auto local = minute_of(text);
  if (!local) {
    return std::nullopt;
  }
  const date::local_info info = paris().get_info(*local);
  const bool later = info.result == date::local_info::ambiguous && twice == Twice::second;
  return local->time_since_epoch().count() - (later ? info.second : info.first).offset.count();
}

std::optional<int64_t> read_utc(std::string_view text) {
  const auto minute = minute_of(text.substr(0, 16));
  const int second = digits(text, 17, 2);
  if (!minute || text.size() != 20 || text[16] != ':' || text[19] != 'Z' || second < 0 || second > 59) {
    return std::nullopt;
  }
  return minute->time_since_epoch().count() + second;
}

std::string paris_text_to_the_second(int64_t utc) {
  const date::sys_seconds at{std::chrono::seconds(utc)};
  const date::local_seconds local{at.time_since_epoch() + paris().get_info(at).offset};
  const auto day = date::floor<date::days>(local);
  const date::year_month_day whole(day);
  const date::hh_mm_ss<std::chrono::seconds> clock(local - day);
  char out[64];
  return {out, static_cast<size_t>(
                   std::snprintf(out, sizeof(out), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(whole.year()),
                                 static_cast<unsigned>(whole.month()), static_cast<unsigned>(whole.day()),
                                 static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                                 static_cast<int>(clock.seconds().count())))};
}

std::string paris_text(int64_t utc) { return paris_text_to_the_second(utc).substr(0, 16); }

}  // namespace pitchblende::calls
