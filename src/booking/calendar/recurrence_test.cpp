#include "booking/calendar/recurrence.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "booking/local_time.hpp"

namespace pitchblende::booking::calendar {
namespace {

std::string text_of(int64_t local) { return utc_text(local).substr(0, 15); }

// The first occurrences from `start`, with the time left out when it is always the same.
std::string expanded(std::string_view rule_text, std::string_view start, size_t count, std::string_view first = {}) {
  const std::optional<Rule> rule = read_rule(rule_text);
  if (!rule) {
    return "no rule";
  }
  int64_t budget = 1'000'000;
  std::string out;
  size_t seen = 0;
  const int64_t begin = read_stamp(start)->local;
  const int64_t from = first.empty() ? begin : read_stamp(first)->local;
  const bool done = expand(*rule, begin, from, begin + 60 * 366 * int64_t{86'400}, budget, [&](int64_t local) {
    if (local >= from) {
      out += (seen == 0 ? "" : ",") + text_of(local);
      ++seen;
    }
    return seen < count;
  });
  return done ? out : "too much";
}

std::string days_only(std::string text) {
  std::string out;
  std::istringstream parts(text);
  for (std::string one; std::getline(parts, one, ',');) {
    out += (out.empty() ? "" : " ") + one.substr(0, 8);
  }
  return out;
}

// Examples of RFC 5545, 3.8.5.3.
TEST(Recurrence, examples_of_the_standard) {
  EXPECT_EQ(days_only(expanded("FREQ=MONTHLY;COUNT=4;BYDAY=1FR", "19970905T090000", 9)),
            "19970905 19971003 19971107 19971205");
  EXPECT_EQ(days_only(expanded("FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU", "19970907T090000", 9)),
            "19970907 19970928 19971102 19971130 19980104 19980125");
  EXPECT_EQ(days_only(expanded("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "19970805T090000", 9)),
            "19970805 19970810 19970819 19970824");
  EXPECT_EQ(days_only(expanded("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "19970805T090000", 9)),
            "19970805 19970817 19970819 19970831");
  EXPECT_EQ(days_only(expanded("FREQ=YEARLY;BYDAY=20MO", "19970519T090000", 3)), "19970519 19980518 19990517");
  EXPECT_EQ(days_only(expanded("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "19970512T090000", 3)),
            "19970512 19980511 19990517");
  EXPECT_EQ(days_only(expanded("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "19980213T090000", 4)),
            "19980213 19980313 19981113 19990813");
  EXPECT_EQ(
      days_only(expanded("FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "19961105T090000", 3)),
      "19961105 20001107 20041102");
  EXPECT_EQ(days_only(expanded("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "19970929T090000", 4)),
            "19970929 19971030 19971127 19971230");
  EXPECT_EQ(days_only(expanded("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "20070115T090000", 9)),
            "20070115 20070130 20070215 20070315 20070330");
  EXPECT_EQ(expanded("FREQ=MINUTELY;INTERVAL=90;COUNT=3", "19970902T090000", 9),
            "19970902T090000,19970902T103000,19970902T120000");
  EXPECT_EQ(expanded("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000", "19970902T090000", 9),
            "19970902T090000,19970902T120000,19970902T150000");
}

// Rules made at random, expanded by another program (see the file's first line).
TEST(Recurrence, expands_as_another_program_does) {
  std::ifstream file(std::string(PB_SOURCE_DIR) + "/tests/fixtures/ical/rules.tsv");
  ASSERT_TRUE(file);
  size_t checked = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("#")) {
      continue;
    }
    const size_t first = line.find('\t');
    const size_t second = line.find('\t', first + 1);
    const std::string wanted = line.substr(second + 1);
    const auto count = static_cast<size_t>(std::ranges::count(wanted, ',')) + 1;
    EXPECT_EQ(expanded(line.substr(0, first), line.substr(first + 1, second - first - 1), count), wanted) << line;
    ++checked;
  }
  EXPECT_GE(checked, 399U);
}

// Periods long before the window are jumped over, and it makes no difference.
TEST(Recurrence, begun_late_is_the_same_as_begun_at_the_beginning) {
  for (const char* rule : {"FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "FREQ=MONTHLY;BYMONTHDAY=31",
                           "FREQ=MONTHLY;INTERVAL=5;BYDAY=-1SU", "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
                           "FREQ=HOURLY;INTERVAL=7", "FREQ=DAILY;BYHOUR=8,18"}) {
    const std::string all = expanded(rule, "20000229T080000", 100'000);
    const std::string late = expanded(rule, "20000229T080000", 5, "20310601T000000");
    EXPECT_NE(all.find(late), std::string::npos) << rule << " " << late;
    EXPECT_GE(late.substr(0, 4), "2031");
  }
}

TEST(Recurrence, what_is_no_rule_is_refused) {
  for (const char* rule :
       {"", "FREQ", "FREQ=SOMETIMES", "INTERVAL=2", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;BYMONTH=13", "FREQ=DAILY;BYMONTH=0", "FREQ=DAILY;BYDAY=XX", "FREQ=DAILY;BYDAY=0MO",
        "FREQ=DAILY;BYDAY=99MO", "FREQ=DAILY;UNTIL=tomorrow", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;NEW=1",
        "FREQ=DAILY;BYMONTHDAY=0", "FREQ=DAILY;BYHOUR=24", "FREQ=DAILY;BYHOUR=1,,2"}) {
    EXPECT_FALSE(read_rule(rule)) << rule;
  }
}

TEST(Recurrence, rules_without_end_or_occurrence_end) {
  EXPECT_EQ(expanded("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "20200101T000000", 5), "20200101T000000");
  EXPECT_EQ(expanded("FREQ=SECONDLY;COUNT=1000000000;BYMONTH=2;BYMONTHDAY=30", "20200101T000000", 5), "too much");
  EXPECT_EQ(expanded("FREQ=YEARLY;INTERVAL=1000000000", "20200101T000000", 5), "20200101T000000");
  EXPECT_EQ(expanded("FREQ=MONTHLY;INTERVAL=1000000000;COUNT=1000000000", "20200101T000000", 5), "20200101T000000");
}

TEST(Recurrence, durations) {
  EXPECT_EQ(read_duration("P1DT2H30M")->days, 1);
  EXPECT_EQ(read_duration("P1DT2H30M")->seconds, 9000);
  EXPECT_EQ(read_duration("P2W")->days, 14);
  EXPECT_EQ(read_duration("-PT15M")->seconds, -900);
  for (const char* text : {"", "P", "PT", "1D", "P1H", "PT1D", "P1", "PD", "P99999999999D", "P1Y"}) {
    const auto duration = read_duration(text);
    EXPECT_TRUE(!duration || (duration->days == 0 && duration->seconds == 0)) << text;
  }
}

}  // namespace
}  // namespace pitchblende::booking::calendar
