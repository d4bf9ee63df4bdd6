#include "booking/calendar/busy_times.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "booking/booking_fixture.hpp"
#include "booking/calendar/feed.hpp"

namespace pitchblende::booking::calendar {
namespace {

const Span k_window = {at("2026-01-01T00:00"), at("2027-01-01T00:00")};

BusyTimes read(const std::string& inside) {
  return read_busy_times("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + inside + "END:VCALENDAR\r\n", "test.ics", paris(),
                         k_window)
      .value();
}
BusyTimes event(const std::string& lines) { return read("BEGIN:VEVENT\r\nUID:1\r\n" + lines + "END:VEVENT\r\n"); }

std::string shown(const BusyTimes& times) {
  std::string out;
  for (const Span& one : times.busy) {
    out += (out.empty() ? "" : " ") + utc_text(one.begins) + "/" + utc_text(one.ends);
  }
  return out;
}
std::string codes(const BusyTimes& times) {
  std::string out;
  for (const Notice& notice : times.notices) {
    out += (out.empty() ? "" : " ") + std::to_string(notice.line) + ":" + notice.field + ":" + notice.why.kind().code;
  }
  return out;
}

TEST(BusyTimes, clocks_of_every_kind) {
  EXPECT_EQ(shown(event("DTSTART:20260115T080000Z\r\nDTEND:20260115T090000Z\r\n")),
            "20260115T080000Z/20260115T090000Z");
  EXPECT_EQ(shown(event("DTSTART;TZID=America/New_York:20260115T080000\r\nDURATION:PT1H\r\n")),
            "20260115T130000Z/20260115T140000Z");
  EXPECT_EQ(shown(event("DTSTART:20260715T080000\r\nDTEND:20260715T090000\r\n")), "20260715T060000Z/20260715T070000Z");
  EXPECT_EQ(shown(event("DTSTART;VALUE=DATE:20260715\r\n")), "20260714T220000Z/20260715T220000Z");
  EXPECT_EQ(shown(event("DTSTART;VALUE=DATE:20260328\r\nDTEND;VALUE=DATE:20260330\r\n")),
            "20260327T230000Z/20260329T220000Z");
  EXPECT_EQ(shown(event("DTSTART;TZID=Romance Standard Time:20260115T080000\r\nDURATION:PT1H\r\n")),
            "20260115T070000Z/20260115T080000Z");
  EXPECT_EQ(shown(event("DTSTART;TZID=\"/example.org/2005/Europe/Athens\":20260115T080000\r\nDURATION:PT1H\r\n")),
            "20260115T060000Z/20260115T070000Z");
  const BusyTimes located = read(
      "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nX-LIC-LOCATION:Asia/Tokyo\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n"
      "DTSTART;TZID=Ours:20260115T080000\r\nDURATION:PT1H\r\nEND:VEVENT\r\n");
  EXPECT_EQ(shown(located), "20260114T230000Z/20260115T000000Z");
  const BusyTimes unknown = event("DTSTART;TZID=Atlantis:20260115T080000\r\nDURATION:PT1H\r\n");
  EXPECT_EQ(shown(unknown), "20260115T070000Z/20260115T080000Z");
  EXPECT_EQ(codes(unknown), "5:DTSTART:BOOKING_EVENT_ZONE");
}

TEST(BusyTimes, the_odd_hours_are_taken_as_calendars_take_them) {
  // The hour that does not exist lies after the gap; of the doubled one the first.
  EXPECT_EQ(shown(event("DTSTART;TZID=Europe/Paris:20260329T023000\r\nDURATION:PT1H\r\n")),
            "20260329T013000Z/20260329T023000Z");
  EXPECT_EQ(shown(event("DTSTART;TZID=Europe/Paris:20261025T023000\r\nDURATION:PT1H\r\n")),
            "20261025T003000Z/20261025T013000Z");
  // Every day at 9, whatever the clocks do, and the day after the gap too.
  EXPECT_EQ(shown(event("DTSTART;TZID=Europe/Paris:20260328T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3\r\n")),
            "20260328T080000Z/20260328T090000Z 20260329T070000Z/20260329T080000Z 20260330T070000Z/20260330T080000Z");
  EXPECT_EQ(shown(event("DTSTART;TZID=Europe/Paris:20260328T023000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3\r\n")),
            "20260328T013000Z/20260328T023000Z 20260329T013000Z/20260329T023000Z 20260330T003000Z/20260330T013000Z");
}

TEST(BusyTimes, repetitions_without_some_and_with_others) {
  const std::string weekly =
      "DTSTART;TZID=Europe/Paris:20260302T090000\r\nDTEND;TZID=Europe/Paris:20260302T100000\r\n"
      "RRULE:FREQ=WEEKLY;UNTIL=20260323T080000Z\r\n";
  EXPECT_EQ(event(weekly).busy.size(), 4U);
  EXPECT_EQ(shown(event(weekly + "EXDATE;TZID=Europe/Paris:20260309T090000,20260316T090000\r\n")),
            "20260302T080000Z/20260302T090000Z 20260323T080000Z/20260323T090000Z");
  EXPECT_EQ(event(weekly + "RDATE:20260401T080000Z\r\nRDATE;VALUE=PERIOD:20260501T080000Z/PT1H\r\n").busy.size(), 6U);
  const BusyTimes moved = read("BEGIN:VEVENT\r\nUID:a\r\n" + weekly +
                               "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:a\r\n"
                               "RECURRENCE-ID;TZID=Europe/Paris:20260309T090000\r\nDTSTART:20260309T120000Z\r\n"
                               "DTEND:20260309T130000Z\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:a\r\nSTATUS:CANCELLED\r\n"
                               "RECURRENCE-ID:20260316T080000Z\r\nDTSTART:20260316T080000Z\r\nEND:VEVENT\r\n");
  EXPECT_EQ(shown(moved),
            "20260302T080000Z/20260302T090000Z 20260309T120000Z/20260309T130000Z "
            "20260323T080000Z/20260323T090000Z");
  // Begun long ago.
  EXPECT_EQ(event("DTSTART;TZID=Europe/Paris:19990104T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY\r\n").busy.size(),
            52U);
}

TEST(BusyTimes, what_is_not_busy) {
  const std::string when = "DTSTART:20260115T080000Z\r\nDTEND:20260115T090000Z\r\n";
  EXPECT_EQ(shown(event(when + "TRANSP:TRANSPARENT\r\n")), "");
  EXPECT_EQ(shown(event(when + "STATUS:CANCELLED\r\n")), "");
  EXPECT_EQ(shown(event("DTSTART:20260115T080000Z\r\n")), "");  // a moment
  EXPECT_EQ(shown(event("DTSTART:20200115T080000Z\r\nDURATION:PT1H\r\n")), "");
  EXPECT_EQ(shown(read("BEGIN:VFREEBUSY\r\nFREEBUSY;FBTYPE=BUSY:20260115T080000Z/PT1H\r\n"
                       "FREEBUSY;FBTYPE=FREE:20260116T080000Z/PT1H\r\nEND:VFREEBUSY\r\n")),
            "20260115T080000Z/20260115T090000Z");
  EXPECT_EQ(shown(event(when + "BEGIN:VALARM\r\nDTSTART:20260201T080000Z\r\nDURATION:P9D\r\nEND:VALARM\r\n")),
            "20260115T080000Z/20260115T090000Z");
}

TEST(BusyTimes, folded_lines_and_lone_line_feeds) {
  EXPECT_EQ(shown(event("DTSTART;TZID=Europe\r\n /Paris:2026011\r\n\t5T080000\r\nDURATION:PT1H\r\n")),
            "20260115T070000Z/20260115T080000Z");
  EXPECT_EQ(read_busy_times("\xEF\xBB\xBF"
                            "begin:vcalendar\nbegin:vevent\ndtstart:20260115T080000Z\nduration:PT1H\nend:vevent\n"
                            "end:vcalendar",
                            "lf.ics", paris(), k_window)
                .value()
                .accepted,
            1);
}

TEST(BusyTimes, a_bad_event_is_told_with_its_line_and_the_others_go_in) {
  const std::string good = "BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20260116T080000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\n";
  const auto beside = [&](const std::string& lines) {
    BusyTimes times = read("BEGIN:VEVENT\r\n" + lines + "END:VEVENT\r\n" + good);
    EXPECT_EQ(times.read, times.accepted + times.rejected);
    EXPECT_NE(shown(times).find("20260116T080000Z/20260116T090000Z"), std::string::npos);
    return std::to_string(times.rejected) + " " + codes(times);
  };
  EXPECT_EQ(beside(""), "1 3:DTSTART:BOOKING_EVENT_NO_START");
  EXPECT_EQ(beside("DTSTART:soon\r\n"), "1 4:DTSTART:BOOKING_EVENT_TIME");
  EXPECT_EQ(beside("DTSTART:20260230T080000Z\r\n"), "1 4:DTSTART:BOOKING_EVENT_TIME");
  EXPECT_EQ(beside("DTSTART:20260115T080000Z\r\nDTEND:20260114T080000Z\r\n"), "1 3:DTEND:BOOKING_EVENT_ENDS");
  EXPECT_EQ(beside("DTSTART:20260115T080000Z\r\nDURATION:long\r\n"), "1 5:DURATION:BOOKING_EVENT_TIME");
  EXPECT_EQ(beside("DTSTART:20260115T080000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=NEVER\r\n"),
            "0 6:RRULE:BOOKING_EVENT_RULE");
  EXPECT_EQ(beside("DTSTART:20260115T080000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=SECONDLY\r\n").substr(0, 1), "0");
  // The end of the one before is missing.
  EXPECT_EQ(codes(read("BEGIN:VEVENT\r\nDTSTART:20260115T080000Z\r\n" + good)), "3:END:BOOKING_EVENT_CUT");
  EXPECT_EQ(codes(read("BEGIN:VEVENT\r\nDTSTART:20260115T080000Z\r\n")), "");
  EXPECT_EQ(code_of(read_busy_times("", "a", paris(), k_window)), "BOOKING_CALENDAR");
  EXPECT_EQ(code_of(read_busy_times("<html>", "a", paris(), k_window)), "BOOKING_CALENDAR");
  EXPECT_EQ(code_of(read_busy_times(std::string(9'000, ' '), "a", paris(), k_window, {8'000})),
            "BOOKING_CALENDAR_SIZE");
}

TEST(BusyTimes, the_work_is_bounded) {
  std::string many;
  for (int i = 0; i < 2'000; ++i) {
    many +=
        "BEGIN:VEVENT\r\nDTSTART:20260101T000000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=SECONDLY;INTERVAL=2\r\nEND:VEVENT\r\n";
  }
  const auto before = std::chrono::steady_clock::now();
  const BusyTimes times = read(many);
  EXPECT_LE(times.busy.size(), Limits().spans);
  EXPECT_NE(codes(times).find("BOOKING_EVENT_MUCH"), std::string::npos);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(10));
}

TEST(BusyTimes, hostile_files) {
  size_t files = 0;
  for (const char* folder : {"/../shared/data/hostile/ical", "/../shared/data/hostile/ical-js"}) {
    const std::string path = std::string(PB_SOURCE_DIR) + folder;
    if (!std::filesystem::exists(path)) {
      GTEST_SKIP() << "skipped, no ../shared/data";
    }
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
      if (!entry.is_regular_file()) {
        continue;
      }
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(file), {}};
      const auto before = std::chrono::steady_clock::now();
      const auto times = read_busy_times(text, entry.path().filename(), paris(), {0, at("2030-01-01T00:00")});
      EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(5)) << entry.path();
      if (times) {
        EXPECT_EQ(times->read, times->accepted + times->rejected) << entry.path();
      }
      ++files;
    }
  }
  EXPECT_GT(files, 30U);
}

TEST(Feed, is_read_back_as_it_was_written) {
  const Held held{12,
                  Id(7),
                  1,
                  span("2026-03-03T09:00", "2026-03-03T10:00"),
                  State::confirmed,
                  "Cellules ; « été »,\nligne 2\r\nEND:VEVENT",
                  {},
                  3};
  Held other = held;
  other.id = 13;
  other.span = span("2026-03-03T11:00", "2026-03-03T12:00");
  other.state = State::cancelled;
  const std::string text = write_feed(
      "Mes réservations",
      {{held, "Microscope à très long nom, qui ne tient pas sur une ligne de ce format ; non"}, {other, "b"}},
      at("2026-03-01T09:00"));
  EXPECT_EQ(shown(read_busy_times(text, "feed", paris(), k_window).value()), "20260303T080000Z/20260303T090000Z");
  EXPECT_NE(text.find("DESCRIPTION:Cellules \\; « été »\\,\\nligne 2\\nEND:VEVENT\r\n"), std::string::npos) << text;
  EXPECT_NE(text.find("STATUS:CANCELLED"), std::string::npos);
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = text.find("\r\n", begin);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - begin, 75U);
    begin = end + 2;
  }
}

}  // namespace
}  // namespace pitchblende::booking::calendar
