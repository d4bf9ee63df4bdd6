// One event of a calendar, its lines read: when it begins, how long it is, how it repeats. And the zones that lines
// name.
//
// Any thread; a Zones by one at a time. Inside calendar only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "booking/calendar/busy_times.hpp"
#include "booking/calendar/content_lines.hpp"
#include "booking/calendar/recurrence.hpp"

namespace pitchblende::booking::calendar {

// TZIDs as zones: IANA names, those of Windows, paths that end in one, X-LIC-LOCATION of a VTIMEZONE of the file. The
// rules inside a VTIMEZONE are not read.
class Zones {
 public:
  explicit Zones(Zone home) : m_home(std::move(home)) {}
  const Zone& home() const { return m_home; }
  // A line of a VTIMEZONE.
  void define(const ContentLine& line);
  // nullopt: not known.
  std::optional<Zone> find(const std::string& name);

 private:
  Zone m_home;
  std::string m_defined;  // the TZID of the VTIMEZONE that is read
  std::map<std::string, std::string> m_locations;
  std::map<std::string, std::optional<Zone>> m_found;
};

struct Event {
  explicit Event(Zone zone_) : zone(std::move(zone_)) {}
  Event() : Event(Zone::named("UTC").value()) {}

  int64_t line = 0;
  std::string uid;
  Zone zone;
  std::optional<int64_t> start;  // on the clock of `zone`
  bool is_day = false;
  bool is_free = false;  // transparent or cancelled
  Duration duration;     // days on the clock, seconds exactly
  std::optional<Rule> rule;
  std::vector<int64_t> more;             // RDATE, on the clock of `zone`
  std::vector<int64_t> exceptions;       // EXDATE, UTC, sorted
  std::optional<int64_t> recurrence_id;  // UTC
  std::vector<Span> periods;             // FREEBUSY, RDATE;VALUE=PERIOD

  int64_t end_of(int64_t local) const { return zone.utc(local + duration.days * k_day).first + duration.seconds; }
  int64_t length() const { return duration.days * k_day + duration.seconds; }
};

// Whether a line of that name is looked at.
bool is_read(const std::string& name);
// false: it cannot be said when it is; the last notice says why.
bool read_event(const std::vector<ContentLine>& lines, Zones& zones, Event& event, std::vector<Notice>& notices);

}  // namespace pitchblende::booking::calendar
