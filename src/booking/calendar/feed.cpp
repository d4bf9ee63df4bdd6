#include "booking/calendar/feed.hpp"

#include "booking/calendar/content_lines.hpp"
#include "booking/local_time.hpp"

namespace pitchblende::booking::calendar {

std::string write_feed(const std::string& title, const std::vector<FeedEvent>& events, int64_t stamp) {
  std::string out;
  const auto line = [&](const std::string& text) { out += folded(text); };
  line("BEGIN:VCALENDAR");
  line("VERSION:2.0");
  line("PRODID:-//Pitchblende//Booking//EN");
  line("CALSCALE:GREGORIAN");
  line("X-WR-CALNAME:" + escaped(title));
  for (const FeedEvent& event : events) {
    const Held& held = event.held;
    line("BEGIN:VEVENT");
    line("UID:booking-" + std::to_string(held.id) + "@pitchblende");
    line("DTSTAMP:" + utc_text(stamp));
    line("SEQUENCE:" + std::to_string(held.revision));
    line("DTSTART:" + utc_text(held.span.begins));
    line("DTEND:" + utc_text(held.span.ends));
    line("SUMMARY:" + escaped(event.summary));
    if (!held.purpose.empty()) {
      line("DESCRIPTION:" + escaped(held.purpose));
    }
    const bool is_off = !holds_time(held.state);
    line(is_off ? "STATUS:CANCELLED" : held.state == State::requested ? "STATUS:TENTATIVE" : "STATUS:CONFIRMED");
    line("END:VEVENT");
  }
  line("END:VCALENDAR");
  return out;
}

}  // namespace pitchblende::booking::calendar
