#include "booking/calendar/event.hpp"

#include <algorithm>
#include <array>

#include "booking/errors.hpp"

namespace pitchblende::booking::calendar {

namespace {

constexpr size_t k_most_dates = 20'000;
constexpr int64_t k_longest_event = 10 * 366 * k_day;

struct Timed {
  Stamp stamp;
  Zone zone;
  int64_t utc() const { return zone.utc(stamp.local).first; }
};

// Reads one event's lines; first those on which others depend.
class EventReading {
 public:
  EventReading(Zones& zones, Event& event, std::vector<Notice>& notices)
      : m_zones(zones), m_event(event), m_notices(notices) {}

  bool read(const std::vector<ContentLine>& lines) {
    for (const ContentLine& line : lines) {
      if (line.name == "DTSTART" && !m_event.start && !read_start(line)) {
        return false;
      }
    }
    for (const ContentLine& line : lines) {
      read_other(line);
    }
    std::ranges::sort(m_event.exceptions);
    return m_ok && finish();
  }

 private:
  void note(const ContentLine& line, const ErrorKind& kind) {
    m_notices.push_back({line.number, line.name, Error(kind, line.value.substr(0, 80))});
  }

  const Zone& zone_of(const ContentLine& line, const Stamp& stamp) {
    static const Zone k_utc = Zone::named("UTC").value();
    if (stamp.utc) {
      return k_utc;
    }
    if (stamp.day || line.zone.empty()) {
      return m_zones.home();
    }
    m_found = m_zones.find(line.zone);
    if (!m_found) {
      m_notices.push_back(
          {line.number, line.name, Error(errors::event_zone, line.zone.substr(0, 80), m_zones.home().name())});
      return m_zones.home();
    }
    return *m_found;
  }

  std::optional<Timed> timed(const ContentLine& line, std::string_view value) {
    const std::optional<Stamp> stamp = read_stamp(value);
    if (!stamp) {
      return std::nullopt;
    }
    return Timed{*stamp, zone_of(line, *stamp)};
  }

  bool read_start(const ContentLine& line) {
    const std::optional<Timed> start = timed(line, line.value);
    if (!start) {
      note(line, errors::event_time);
      return false;
    }
    m_event.start = start->stamp.local;
    m_event.is_day = start->stamp.day;
    m_event.zone = start->zone;
    return true;
  }

  void read_other(const ContentLine& line) {
    if (line.name == "DTEND") {
      m_end = timed(line, line.value);
      if (!m_end) {
        note(line, errors::event_time);
        m_ok = false;
      }
    } else if (line.name == "DURATION") {
      m_duration = read_duration(line.value);
      if (!m_duration) {
        note(line, errors::event_time);
        m_ok = false;
      }
    } else if (line.name == "RRULE") {
      read_rule_line(line);
    } else if (line.name == "RECURRENCE-ID") {
      if (const auto id = timed(line, line.value)) {
        m_event.recurrence_id = id->utc();
      } else {
        note(line, errors::event_time);
      }
    } else if (line.name == "EXDATE" || line.name == "RDATE" || line.name == "FREEBUSY") {
      read_list(line);
    } else if (line.name == "UID") {
      m_event.uid = line.value.substr(0, 1000);
    } else if (line.name == "TRANSP") {
      m_event.is_free = m_event.is_free || line.value == "TRANSPARENT";
    } else if (line.name == "STATUS") {
      m_event.is_free = m_event.is_free || line.value == "CANCELLED";
    }
  }

  void read_rule_line(const ContentLine& line) {
    std::optional<Rule> rule = read_rule(line.value);
    if (!rule) {
      note(line, errors::event_rule);
      return;
    }
    if (rule->until && rule->until_is_utc) {
      rule->until = m_event.zone.local(*rule->until);
    } else if (rule->until && rule->until_is_day) {
      rule->until = *rule->until + k_day - 1;
    }
    m_event.rule = std::move(rule);
  }

  void read_list(const ContentLine& line) {
    if (line.is_free) {
      return;
    }
    std::string_view rest = line.value;
    while (!rest.empty() && m_event.more.size() + m_event.exceptions.size() + m_event.periods.size() < k_most_dates) {
      const size_t comma = std::min(rest.find(','), rest.size());
      const std::string_view one = rest.substr(0, comma);
      rest.remove_prefix(std::min(rest.size(), comma + 1));
      if (one.find('/') != std::string_view::npos) {
        read_period(line, one);
      } else if (const auto time = timed(line, one); time && line.name == "EXDATE") {
        m_event.exceptions.push_back(time->utc());
      } else if (time) {
        m_event.more.push_back(m_event.zone.local(time->utc()));
      } else {
        note(line, errors::event_time);
      }
    }
  }

  void read_period(const ContentLine& line, std::string_view text) {
    const size_t slash = text.find('/');
    const auto begin = timed(line, text.substr(0, slash));
    const std::string_view rest = text.substr(slash + 1);
    std::optional<int64_t> end;
    if (const auto duration = read_duration(rest); begin && duration) {
      end = begin->zone.utc(begin->stamp.local + duration->days * k_day).first + duration->seconds;
    } else if (const auto time = timed(line, rest)) {
      end = time->utc();
    }
    if (!begin || !end || *end < begin->utc()) {
      note(line, errors::event_time);
      return;
    }
    m_event.periods.push_back({begin->utc(), *end});
  }

  bool finish() {
    if (!m_event.start) {
      if (m_event.periods.empty()) {
        m_notices.push_back({m_event.line, "DTSTART", Error(errors::event_no_start)});
      }
      return !m_event.periods.empty();
    }
    if (m_duration) {
      m_event.duration = *m_duration;
    } else if (m_end) {
      set_end(*m_end);
    } else if (m_event.is_day) {
      m_event.duration = {1, 0};
    }
    if (m_event.length() < 0 || m_event.length() > k_longest_event) {
      m_notices.push_back({m_event.line, "DTEND", Error(errors::event_ends)});
      return false;
    }
    return true;
  }

  // Days of the clock and the rest exactly: an event of two hours lasts two hours also in the night when clocks change.
  void set_end(const Timed& end) {
    if (m_event.is_day && end.stamp.day) {
      m_event.duration = {(end.stamp.local - *m_event.start) / k_day, 0};
      return;
    }
    const int64_t begins = m_event.zone.utc(*m_event.start).first;
    const int64_t length = end.utc() - begins;
    if (length < k_day) {
      m_event.duration = {0, length};
      return;
    }
    const int64_t days = (m_event.zone.local(end.utc()) - *m_event.start) / k_day;
    m_event.duration = {days, end.utc() - m_event.zone.utc(*m_event.start + days * k_day).first};
  }

  Zones& m_zones;
  Event& m_event;
  std::vector<Notice>& m_notices;
  std::optional<Zone> m_found;
  std::optional<Timed> m_end;
  std::optional<Duration> m_duration;
  bool m_ok = true;
};

}  // namespace

bool is_read(const std::string& name) {
  constexpr std::array<std::string_view, 11> k_names{"DTSTART", "DTEND",  "DURATION", "RRULE",
                                                     "RDATE",   "EXDATE", "UID",      "RECURRENCE-ID",
                                                     "TRANSP",  "STATUS", "FREEBUSY"};
  return std::ranges::find(k_names, name) != k_names.end();
}

bool read_event(const std::vector<ContentLine>& lines, Zones& zones, Event& event, std::vector<Notice>& notices) {
  return EventReading(zones, event, notices).read(lines);
}

}  // namespace pitchblende::booking::calendar
