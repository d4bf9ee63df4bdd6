// Clocks on the wall: local times to UTC and back, with the hour that is missing and the hour that comes twice.
//
// Any thread. A local time is counted in seconds as if its clock were UTC's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pitchblende::booking {

enum class Odd : uint8_t { no, missing, doubled };
struct Meant {
  Odd odd = Odd::no;
  int64_t first = 0;   // UTC; missing: with the offset before the gap, so that it lies after it
  int64_t second = 0;  // doubled: the later one; else as first
};

// Which of the two hours is meant when it comes twice.
enum class Which : uint8_t { unsaid, first, second };

class Zone {
 public:
  // An IANA name. Error: BOOKING_ZONE.
  static Result<Zone> named(std::string_view name);

  Meant utc(int64_t local) const;
  int64_t local(int64_t utc) const;
  const std::string& name() const { return m_name; }

 private:
  Zone(const void* zone, std::string name) : m_zone(zone), m_name(std::move(name)) {}
  const void* m_zone;  // the library's, for ever
  std::string m_name;
};

// "2026-11-24T09:30" (a space for the T, seconds allowed) as local seconds; nullopt: not that, or no such day.
std::optional<int64_t> read_local(std::string_view text);
// "2026-11-24" as a day since 1970.
std::optional<int64_t> read_day(std::string_view text);
std::string local_text(int64_t local);  // 2026-11-24T09:30
std::string day_text(int64_t day);      // 2026-11-24
std::string utc_text(int64_t utc);      // 20261124T083000Z, as iCalendar has it
// The day's number since 1970 of a date in the Gregorian calendar.
int64_t day_number(int64_t year, int month, int day);
struct Date {
  int64_t year = 0;
  int month = 0;
  int day = 0;
};
Date date_of(int64_t day);
inline int weekday_of(int64_t day) { return static_cast<int>(((day + 3) % 7 + 7) % 7); }  // 0: Monday
inline int64_t day_of(int64_t seconds) { return (seconds - (((seconds % 86'400) + 86'400) % 86'400)) / 86'400; }

// What somebody typed, as UTC. Errors: BOOKING_TIME, BOOKING_NO_SUCH_HOUR, BOOKING_DOUBLED_HOUR (unless said which).
Result<int64_t> typed_time(const Zone& zone, std::string_view text, Which which);

}  // namespace pitchblende::booking
