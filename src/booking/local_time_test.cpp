#include "booking/local_time.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "booking/booking_fixture.hpp"

namespace pitchblende::booking {
namespace {

TEST(LocalTime, an_ordinary_hour_is_one_moment) {
  EXPECT_EQ(utc_text(typed_time(paris(), "2026-01-15T09:30", Which::unsaid).value()), "20260115T083000Z");
  EXPECT_EQ(utc_text(typed_time(paris(), "2026-07-15 09:30", Which::unsaid).value()), "20260715T073000Z");
}

// Rule 15.
TEST(LocalTime, the_hour_that_does_not_exist_is_refused) {
  const auto done = typed_time(paris(), "2026-03-29T02:30", Which::unsaid);
  EXPECT_EQ(code_of(done), "BOOKING_NO_SUCH_HOUR");
  EXPECT_NE(done.error().message().find("2026-03-29T02:30"), std::string::npos);
  EXPECT_EQ(code_of(typed_time(paris(), "2026-03-29T02:00", Which::first)), "BOOKING_NO_SUCH_HOUR");
  EXPECT_EQ(utc_text(typed_time(paris(), "2026-03-29T03:00", Which::unsaid).value()), "20260329T010000Z");
  EXPECT_EQ(utc_text(paris().utc(read_local("2026-03-29T02:30").value()).first), "20260329T013000Z");
}

// Rule 15.
TEST(LocalTime, the_doubled_hour_is_asked_about) {
  EXPECT_EQ(code_of(typed_time(paris(), "2026-10-25T02:30", Which::unsaid)), "BOOKING_DOUBLED_HOUR");
  EXPECT_EQ(utc_text(typed_time(paris(), "2026-10-25T02:30", Which::first).value()), "20261025T003000Z");
  EXPECT_EQ(utc_text(typed_time(paris(), "2026-10-25T02:30", Which::second).value()), "20261025T013000Z");
  EXPECT_EQ(utc_text(typed_time(paris(), "2026-10-25T03:00", Which::unsaid).value()), "20261025T020000Z");
}

TEST(LocalTime, what_is_no_time_is_refused) {
  for (const char* text :
       {"", "2026-13-01T00:00", "2026-02-30T00:00", "2026-02-03T24:00", "2026-02-03T10:60", "2026-02-03",
        "2026-02-03T10:00:61", "2026-02-03T10:00Z", "20260203T1000", "2026-02-03x10:00", "é"}) {
    EXPECT_EQ(code_of(typed_time(paris(), text, Which::unsaid)), "BOOKING_TIME") << text;
  }
  EXPECT_EQ(code_of(Zone::named("Europe/Atlantis")), "BOOKING_ZONE");
  EXPECT_EQ(code_of(Zone::named("")), "BOOKING_ZONE");
}

RC_GTEST_PROP(LocalTimeProperty, every_moment_comes_back, ()) {
  const int64_t utc = *rc::gen::inRange<int64_t>(0, 4'000'000'000);
  const Meant meant = paris().utc(paris().local(utc));
  RC_ASSERT(meant.odd != Odd::missing);
  RC_ASSERT(meant.first == utc || meant.second == utc);
  RC_ASSERT(read_local(local_text(utc)).value() == utc - utc % 60);
}

}  // namespace
}  // namespace pitchblende::booking
