// At a terminal: on what terms instruments are booked, and when those of elsewhere are busy.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <sstream>

#include "cli/cli.hpp"
#include "cli/cli_fixture.hpp"
#include "cli/commands.hpp"
#include "cli/workplace.hpp"

namespace pitchblende::cli {
namespace {

namespace json = boost::json;

class CliBookingTest : public CliFixture {
 protected:
  void SetUp() override {
    ASSERT_EQ(run({"init"}).exit, 0);
    const std::string columns = "Identifiant;Nom;Numéro de série\n";
    const std::string table = folder.write("equipment.csv", columns + "E1;Cytomètre;S-1\nE2;Microscope;S-2\n");
    ASSERT_EQ(run({"import", "equipment", table, "--as", "lab"}).exit, 0);
  }

  Said bookable(const std::string& text, std::vector<std::string> options = {}) const {
    options.insert(options.end(), {"bookable", folder.write("bookable.json", text)});
    return run(options);
  }
  Said calendar(const std::string& events) const {
    return run({"--json", "calendar", "serial:S-2",
                folder.write("busy.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + events + "END:VCALENDAR\r\n")});
  }
  // What the folder holds of an instrument.
  template <typename Look>
  void look_at(const std::string& serial, Look&& look) const {
    const auto place = Workplace::for_writing(folder.path("data"));
    ASSERT_TRUE(place) << place.error().message();
    const auto id = registry::Registry(*(*place)->store).find("serial:" + serial);
    ASSERT_TRUE(id && *id);
    look(*(*place)->booking, **id);
  }
};

const std::string k_cytometer =
    R"({"instrument":"serial:S-1","how":"here","hours":{"monday":["08:00-12:00","13:00-24:00"]},"closed":["2026-08-01/2026-08-15"],)"
    R"("step":15,"smallest":30,"largest":240,"notice":60,"horizon":30,"trained":true,)"
    R"("bookings":[{"weekday":"monday","from":"09:00","to":"11:00","purpose":"invented"}]})";

TEST_F(CliBookingTest, TermsAndBookingsAreRead) {
  const Said done = bookable("[" + k_cytometer + "]");
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_EQ(done.out, "1 instruments bookable, 0 rejected\n");
  EXPECT_EQ(bookable("[" + k_cytometer + "]", {"--lang", "fr"}).out, "1 appareils réservables, 0 refusés\n");
  look_at("S-1", [](const booking::Booking& booking, Id id) {
    const auto terms = booking.terms(id);
    ASSERT_TRUE(terms && *terms);
    EXPECT_EQ((*terms)->step, 15);
    EXPECT_EQ((*terms)->largest, 240);
    EXPECT_TRUE((*terms)->trained);
    EXPECT_EQ((*terms)->hours, (std::vector<booking::Hours>{{0, 480, 720}, {0, 780, 1440}}));
    EXPECT_EQ((*terms)->closures.size(), 1u);
    const auto held = booking.of_instrument(id, {booking.now(), booking.now() + 8 * booking::k_day});
    ASSERT_TRUE(held);
    EXPECT_EQ(held->size(), 1u) << "said twice, it stands once";
  });
}

TEST_F(CliBookingTest, EachMistakeIsSaidAndTheRestGoesIn) {
  const Said done = bookable(
      R"([{"instrument":"serial:S-2","how":"perhaps"}, {"instrument":"serial:none","how":"here"}, 7,)" + k_cytometer +
          R"(, {"instrument":"serial:S-2","how":"here","colour":"blue"},)"
          R"({"instrument":"serial:S-2","hours":{"monday":["8-12"]}}, {"instrument":"serial:S-2","closed":["2026-02-30"]},)"
          R"({"instrument":"serial:S-2","hours":{"monday":["12:00-08:00"]}}])",
      {"--json"});
  EXPECT_EQ(done.exit, static_cast<int>(Exit::rejected));
  const json::value said = json::parse(done.out);
  EXPECT_EQ(said.at("read"), 8);
  EXPECT_EQ(said.at("accepted"), 1);
  EXPECT_EQ(said.at("rejected"), 7);
  for (const char* wanted :
       {"record 1: how:", "record 2: ", "record 3: instrument: “7”", "record 5: colour: “\"blue\"”",
        "record 6: hours: “\"8-12\"”", "record 7: closed: “\"2026-02-30\"”",
        "record 8: day0: it closes (08:00) before it opens (12:00)"}) {
    EXPECT_NE(done.err.find(wanted), std::string::npos) << wanted << " in:\n" << done.err;
  }
  EXPECT_EQ(done.err.find("record 4"), std::string::npos) << done.err;
}

TEST_F(CliBookingTest, WhatIsNoListIsRefused) {
  EXPECT_EQ(bookable("{}").exit, 1);
  EXPECT_NE(bookable("[{").err.find("bookable.json"), std::string::npos);
  EXPECT_EQ(run({"bookable", folder.path("none.json")}).exit, 1);
}

TEST_F(CliBookingTest, ACalendarOfElsewhereIsRead) {
  const std::string event =
      "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20990302T090000Z\r\nDTEND:20990302T100000Z\r\nEND:VEVENT\r\n";
  EXPECT_NE(calendar(event).err.find("not booked"), std::string::npos) << "nobody said that it is booked elsewhere";
  ASSERT_EQ(
      bookable(R"([{"instrument":"serial:S-2","how":"elsewhere","address":"https://booking.example.org/2"}])").exit, 0);
  const Said read = calendar(event + "BEGIN:VEVENT\r\nUID:2\r\nDTSTART:soon\r\nEND:VEVENT\r\n" +
                             "BEGIN:VEVENT\r\nUID:3\r\nDTSTART:20200101T090000Z\r\nDTEND:20200101T100000Z\r\n"
                             "RRULE:FREQ=DAILY\r\nEND:VEVENT\r\n");
  EXPECT_EQ(read.exit, static_cast<int>(Exit::rejected));
  const json::value said = json::parse(read.out);
  EXPECT_EQ(said.at("read"), 3);
  EXPECT_EQ(said.at("accepted"), 2);
  EXPECT_EQ(said.at("rejected"), 1);
  EXPECT_GE(said.at("busy").as_int64(), 400);
  EXPECT_NE(read.err.find("busy.ics: line 10: DTSTART: “soon” is no date or time"), std::string::npos) << read.err;
  look_at("S-2", [](const booking::Booking& booking, Id id) {
    const auto weeks = booking.weeks({id}, {booking.now(), booking.now() + 7 * booking::k_day});
    ASSERT_EQ(weeks.size(), 1u);
    EXPECT_TRUE(weeks.front().is_known);
    EXPECT_GE(weeks.front().busy.size(), 6u);
  });
  const Said none = run({"calendar", "serial:S-2", folder.write("busy.ics", "hello")});
  EXPECT_EQ(none.exit, 1);
  look_at("S-2", [](const booking::Booking& booking, Id id) {
    EXPECT_FALSE(booking.weeks({id}, {booking.now(), booking.now() + 7 * booking::k_day}).front().busy.empty())
        << "what was read before stays";
  });
}

}  // namespace
}  // namespace pitchblende::cli
