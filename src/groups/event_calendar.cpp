#include "groups/event_calendar.hpp"

#include <ctime>

namespace pitchblende::groups {

namespace {

// RFC 5545, 3.3.11.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == ',' || c == ';' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    }
  }
  return out;
}

// 3.1: at most 75 bytes a line, never within a letter.
void add_line(std::string& out, std::string_view name, std::string_view value) {
  constexpr size_t k_longest = 75;
  std::string line(name);
  line += ':';
  line += value;
  size_t at = 0;
  size_t room = k_longest;
  while (line.size() - at > room) {
    size_t end = at + room;
    while (end > at && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) {
      --end;
    }
    out.append(line, at, end - at).append("\r\n ");
    at = end;
    room = k_longest - 1;
  }
  out.append(line, at).append("\r\n");
}

std::string utc(int64_t seconds) {
  const std::time_t time = seconds;
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[20];
  return {text, std::strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &parts)};
}

// "2026-03-02" → "20260302"
std::string compact(std::string day) {
  std::erase(day, '-');
  return day;
}

void add_times(std::string& out, const CalendarEvent& each) {
  if (each.first_day.empty()) {
    add_line(out, "DTSTART", utc(each.event.begins));
    add_line(out, "DTEND", utc(each.event.ends));
  } else {
    add_line(out, "DTSTART;VALUE=DATE", compact(each.first_day));
    add_line(out, "DTEND;VALUE=DATE", compact(each.day_after));
  }
}

// An online address is a place where there is no other, and RFC 7986's conference for calendars that know it.
void add_where(std::string& out, const Event& event) {
  const std::string& place = event.place.empty() ? event.online : event.place;
  if (!place.empty()) {
    add_line(out, "LOCATION", escaped(place));
  }
  if (!event.online.empty()) {
    std::string address = event.online;
    std::erase_if(address, [](char c) { return static_cast<unsigned char>(c) <= 0x20; });
    add_line(out, "CONFERENCE;VALUE=URI;FEATURE=VIDEO", address);
  }
}

void add_event(std::string& out, const CalendarEvent& each, const std::string& host, int64_t changed) {
  add_line(out, "BEGIN", "VEVENT");
  const std::string uid = each.uid.empty() ? "group-event-" + std::to_string(each.event.id) : each.uid;
  add_line(out, "UID", uid + "@" + escaped(host));
  add_line(out, "DTSTAMP", utc(changed));
  add_line(out, "SEQUENCE", std::to_string(each.event.revision));
  add_times(out, each);
  add_line(out, "SUMMARY", escaped(each.title));
  if (!each.text.empty()) {
    add_line(out, "DESCRIPTION", escaped(each.text));
  }
  add_where(out, each.event);
  if (!each.address.empty()) {
    add_line(out, "URL", each.address);
  }
  add_line(out, "STATUS", each.event.is_cancelled ? "CANCELLED" : "CONFIRMED");
  add_line(out, "END", "VEVENT");
}

std::string beginning_of_calendar() {
  std::string out = "BEGIN:VCALENDAR\r\n";
  add_line(out, "VERSION", "2.0");
  add_line(out, "PRODID", "-//Pitchblende//groups//EN");
  return out;
}

}  // namespace

std::string calendar_text(const std::string& name, const std::vector<CalendarEvent>& events, const std::string& host,
                          int64_t changed) {
  std::string out = beginning_of_calendar();
  add_line(out, "X-WR-CALNAME", escaped(name));
  for (const CalendarEvent& each : events) {
    add_event(out, each, host, changed);
  }
  return out + "END:VCALENDAR\r\n";
}

std::string_view method_of(const Event& event) { return event.is_cancelled ? "CANCEL" : "PUBLISH"; }

std::string notice_text(const CalendarEvent& event, const std::string& host, int64_t changed) {
  std::string out = beginning_of_calendar();
  add_line(out, "METHOD", method_of(event.event));
  add_event(out, event, host, changed);
  return out + "END:VCALENDAR\r\n";
}

}  // namespace pitchblende::groups
