#include "booking/calendar/busy_times.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "booking/calendar/content_lines.hpp"
#include "booking/calendar/event.hpp"
#include "booking/errors.hpp"

namespace pitchblende::booking::calendar {

namespace {

constexpr size_t k_most_notices = 1000;

// The file read into events, then laid over the window.
class Reading {
 public:
  Reading(const Zone& home, const Span& window, const Limits& limits)
      : m_zones(home), m_window(window), m_limits(limits), m_budget(limits.steps) {}

  bool take(ContentLine& line) {
    if (line.name == "BEGIN") {
      begin(line);
    } else if (line.name == "END") {
      end();
    } else if (m_stack.size() == m_event_depth && m_event_depth != 0) {
      keep(line);
    } else if (!m_stack.empty() && m_stack.back() == "VTIMEZONE") {
      m_zones.define(line);
    }
    return true;
  }

  Result<BusyTimes> finish(const std::string& name) {
    if (!m_is_calendar) {
      return fail(errors::calendar, name, "BEGIN:VCALENDAR");
    }
    if (m_event_depth != 0) {
      ++m_out.read;
      reject({m_event.line, "END", Error(errors::event_cut)});
    }
    for (const Event& event : m_events) {
      if (event.recurrence_id) {
        m_replaced[event.uid].insert(*event.recurrence_id);
      }
    }
    for (const Event& event : m_events) {
      if (m_is_full) {
        note({event.line, "VEVENT", Error(errors::event_much)});
        break;
      }
      lay(event);
    }
    join();
    return std::move(m_out);
  }

 private:
  void begin(ContentLine& line) {
    std::ranges::transform(line.value, line.value.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    m_is_calendar = m_is_calendar || line.value == "VCALENDAR";
    const bool is_event = line.value == "VEVENT" || line.value == "VFREEBUSY";
    if (is_event && m_event_depth != 0) {
      // The one before never ended.
      ++m_out.read;
      reject({m_event.line, "END", Error(errors::event_cut)});
      m_stack.resize(m_event_depth - 1);
      m_event_depth = 0;
    }
    if (m_stack.size() < 64) {
      m_stack.push_back(line.value);
    }
    if (is_event && m_event_depth == 0) {
      m_event_depth = m_stack.size();
      m_event = {};
      m_lines.clear();
      m_event.line = line.number;
    }
  }

  void end() {
    if (m_stack.empty()) {
      return;
    }
    if (m_stack.size() == m_event_depth) {
      m_event_depth = 0;
      ++m_out.read;
      finish_event();
    }
    m_stack.pop_back();
  }

  void keep(const ContentLine& line) {
    if (is_read(line.name) && m_lines.size() < 10'000) {
      m_lines.push_back(line);
    }
  }

  void finish_event() {
    std::vector<Notice> notices;
    const bool whole = read_event(m_lines, m_zones, m_event, notices);
    for (Notice& notice : notices) {
      note(std::move(notice));
    }
    if (!whole) {
      ++m_out.rejected;
      return;
    }
    ++m_out.accepted;
    m_events.push_back(std::move(m_event));
  }

  void reject(Notice notice) {
    ++m_out.rejected;
    note(std::move(notice));
  }

  void note(Notice notice) {
    if (m_out.notices.size() < k_most_notices) {
      m_out.notices.push_back(std::move(notice));
    }
  }

  // false: there is no more room.
  bool add(const Span& span) {
    if (span.begins < span.ends && overlap(span, m_window)) {
      m_is_full = m_out.busy.size() >= m_limits.spans;
      if (m_is_full || m_spans_left == 0) {
        return false;
      }
      --m_spans_left;
      m_out.busy.push_back({std::max(span.begins, m_window.begins), std::min(span.ends, m_window.ends)});
    }
    return true;
  }

  void lay(const Event& event) {
    m_spans_left = m_limits.spans_of_event;
    if (event.is_free) {
      return;
    }
    for (const Span& span : event.periods) {
      add(span);
    }
    if (!event.start) {
      return;
    }
    const auto replaced = m_replaced.find(event.uid);
    const auto is_out = [&](int64_t utc) {
      return std::ranges::binary_search(event.exceptions, utc) ||
             (!event.recurrence_id && replaced != m_replaced.end() && replaced->second.contains(utc));
    };
    const auto lay_one = [&](int64_t local) {
      const int64_t begins = event.zone.utc(local).first;
      return is_out(begins) || add({begins, event.end_of(local)});
    };
    for (const int64_t local : event.more) {
      lay_one(local);
    }
    if (!event.rule) {
      lay_one(*event.start);
      return;
    }
    // A day more on both sides: no zone is farther from UTC.
    const int64_t first = m_window.begins - event.length() - k_day;
    bool has_room = true;
    const bool done = expand(*event.rule, *event.start, first, m_window.ends + k_day, m_budget, [&](int64_t local) {
      has_room = local < first || lay_one(local);
      return has_room;
    });
    if (!done || !has_room) {
      note({event.line, "RRULE", Error(errors::event_much)});
    }
  }

  void join() {
    std::vector<Span>& spans = m_out.busy;
    std::ranges::sort(spans, {}, &Span::begins);
    std::vector<Span> joined;
    for (const Span& span : spans) {
      if (!joined.empty() && span.begins <= joined.back().ends) {
        joined.back().ends = std::max(joined.back().ends, span.ends);
      } else {
        joined.push_back(span);
      }
    }
    spans = std::move(joined);
  }

  Zones m_zones;
  Span m_window;
  Limits m_limits;
  int64_t m_budget;
  bool m_is_calendar = false;
  bool m_is_full = false;
  size_t m_spans_left = 0;  // of the event that is laid
  std::vector<std::string> m_stack;
  size_t m_event_depth = 0;  // 0: in none
  Event m_event;
  std::vector<ContentLine> m_lines;
  std::vector<Event> m_events;
  std::map<std::string, std::set<int64_t>> m_replaced;  // by UID: occurrences that have an event of their own
  BusyTimes m_out;
};

}  // namespace

Result<BusyTimes> read_busy_times(std::string_view text, const std::string& name, const Zone& home, const Span& window,
                                  const Limits& limits) {
  if (text.size() > limits.bytes) {
    return fail(errors::calendar_size, std::to_string(limits.bytes));
  }
  Reading reading(home, window, limits);
  each_content_line(text, [&](ContentLine& line) { return reading.take(line); });
  return reading.finish(name);
}

}  // namespace pitchblende::booking::calendar
