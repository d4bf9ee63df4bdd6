// A group's events as an iCalendar file (RFC 5545). Pure, any thread.
#pragma once

#include <string>
#include <vector>

#include "groups/groups_types.hpp"

namespace pitchblende::groups {

struct CalendarEvent {
  Event event;
  std::string title;    // in the reader's language
  std::string text;     // plain
  std::string address;  // of its page
  // Of an event that a file tells of, in days: what identifies it, its first day and the day after its last.
  std::string uid = {};
  std::string first_day = {};
  std::string day_after = {};
};

// What goes along with a letter to one who comes: the same event as in the calendar. RFC 5546: "PUBLISH", or "CANCEL"
// of what is cancelled.
std::string notice_text(const CalendarEvent& event, const std::string& host, int64_t changed);
std::string_view method_of(const Event& event);

// `changed`: seconds of UTC of this answer. `host`: what identifiers end with.
std::string calendar_text(const std::string& name, const std::vector<CalendarEvent>& events, const std::string& host,
                          int64_t changed);

}  // namespace pitchblende::groups
