#include "booking/calendar/feed.hpp"

#include "booking/calendar/content_lines.hpp"
#include "booking/local_time.hpp"

namespace pitchblende::booking::calendar {

namespace {

class Lines {
 public:
  explicit Lines(std::string_view method) {
    add("BEGIN:VCALENDAR");
    add("VERSION:2.0");
    add("PRODID:-//Pitchblende//Booking//EN");
    add("CALSCALE:GREGORIAN");
    if (!method.empty()) {
      add("METHOD:" + std::string(method));
    }
  }
  void add(const std::string& line) { m_text += folded(line); }
  void add_text(std::string_view name, const std::string& value) {
    if (!value.empty()) {
      add(std::string(name) + ":" + escaped(value));
    }
  }
  void add_event(const FeedEvent& event, std::string_view organizer, int64_t stamp) {
    const Held& held = event.held;
    add("BEGIN:VEVENT");
    add("UID:booking-" + std::to_string(held.id) + "@pitchblende");
    add("DTSTAMP:" + utc_text(stamp));
    add("SEQUENCE:" + std::to_string(held.revision));
    add("DTSTART:" + utc_text(held.span.begins));
    add("DTEND:" + utc_text(held.span.ends));
    add("SUMMARY:" + escaped(event.summary));
    add_text("DESCRIPTION", held.purpose);
    add_text("LOCATION", event.location);
    if (!event.url.empty()) {
      add("URL:" + event.url);
    }
    if (!organizer.empty()) {
      add("ORGANIZER:mailto:" + std::string(organizer));
    }
    const bool is_off = !holds_time(held.state);
    add(is_off ? "STATUS:CANCELLED" : held.state == State::requested ? "STATUS:TENTATIVE" : "STATUS:CONFIRMED");
    add("END:VEVENT");
  }
  std::string end() {
    add("END:VCALENDAR");
    return std::move(m_text);
  }

 private:
  std::string m_text;
};

}  // namespace

std::string write_feed(const std::string& title, const std::vector<FeedEvent>& events, int64_t stamp) {
  Lines lines({});
  lines.add("X-WR-CALNAME:" + escaped(title));
  for (const FeedEvent& event : events) {
    lines.add_event(event, {}, stamp);
  }
  return lines.end();
}

std::string_view method_of(State state) { return holds_time(state) ? "PUBLISH" : "CANCEL"; }

std::string write_notice(const std::vector<FeedEvent>& events, std::string_view organizer, int64_t stamp) {
  Lines lines(method_of(events.front().held.state));
  for (const FeedEvent& event : events) {
    lines.add_event(event, organizer, stamp);
  }
  return lines.end();
}

}  // namespace pitchblende::booking::calendar
