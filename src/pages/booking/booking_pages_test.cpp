// Finding a slot, days and weeks as pages: what visitors are shown of what is free.
#include "pages/booking/booking_pages_fixture.hpp"

namespace pitchblende::pages {
namespace {

using booking::Terms;

TEST_F(BookingPagesTest, SlotsTellFirstFreeTimesAndWhatIsLacking) {
  Terms cytometer = workdays("Cytomètre");
  cytometer.trained = cytometer.confirmed = true;
  set(cytometer);
  set(workdays("Microscope"));
  book(thing("Microscope"), "2026-03-02T08:00", "2026-03-02T10:00");
  const std::string all = body("/en/slots?minutes=60");
  const size_t first = all.find("Cytomètre zorg");
  const size_t second = all.find("Microscope zorg");
  ASSERT_NE(second, std::string::npos);
  EXPECT_LT(first, second) << "the earliest first";
  EXPECT_TRUE(has(all, "Monday 2 March 2026, 08:00 – 09:00")) << all;
  EXPECT_TRUE(has(all, "10:00 – 11:00"));
  EXPECT_TRUE(has(all, "Training needed"));
  EXPECT_TRUE(has(all, "Waits for a yes"));
  EXPECT_FALSE(has(all, "secret purpose"));
  const std::string one = body("/fr/slots?q=microscopie&minutes=60");
  EXPECT_FALSE(has(one, "Cytomètre zorg"));
  EXPECT_TRUE(has(one, "lundi 2 mars 2026, 10:00 – 11:00"));
  EXPECT_TRUE(has(body("/en/slots?q=nothingatall"), "Try fewer words"));
}

TEST_F(BookingPagesTest, WhatCannotBeAskedIsSaidAndStaysInTheForm) {
  for (const char* target :
       {"/en/slots?minutes=soon", "/en/slots?minutes=1", "/en/slots?days=99999", "/en/slots?from=2026-02-30"}) {
    const std::string page = body(target, 422);
    EXPECT_TRUE(has(page, "role=\"alert\"")) << target;
    EXPECT_TRUE(has(page, "<form class=\"ask\"")) << target;
  }
  EXPECT_TRUE(has(body("/fr/slots?q=%22%3E%3Cb%3E&from=demain", 422), "value=\"demain\""));
  EXPECT_FALSE(has(body("/fr/slots?q=%22%3E%3Cb%3E"), "<b>"));
}

TEST_F(BookingPagesTest, AWeekAndADayOfAnInstrument) {
  set(workdays("Microscope"));
  const Id microscope = thing("Microscope");
  book(microscope, "2026-03-03T08:00", "2026-03-03T10:00");
  const std::string here = "/en/equipment/" + microscope.text();
  const std::string week = body(here + "/week");
  EXPECT_TRUE(has(week, "Week of 2 March 2026"));
  EXPECT_TRUE(has(week, "<span aria-current=\"page\">When it is free</span>"));
  EXPECT_TRUE(has(week, "<span>08:00 – 10:00</span> <span>taken</span>"));
  EXPECT_TRUE(has(week, ">10:00 – 18:00<span class=\"hidden\"> – Book</span></a> <span>free</span>"));
  EXPECT_TRUE(has(week, here + "/week?from=2026-03-09"));
  EXPECT_TRUE(has(week, here + "/day?from=2026-03-03"));
  EXPECT_FALSE(has(week, "secret purpose"));
  EXPECT_FALSE(get(here + "/week").shared);
  const std::string day = body(here + "/day?from=2026-03-03");
  EXPECT_TRUE(has(day, "Tuesday 3 March 2026"));
  EXPECT_TRUE(has(day, ">10:00 – 18:00<span class=\"hidden\"> – Book</span></a> <span>free</span>"));
  EXPECT_TRUE(has(day, here + "/day?from=2026-03-04"));
  EXPECT_TRUE(has(day, here + "/week?from=2026-03-03"));
  EXPECT_TRUE(has(body(here + "/day?from=2026-03-07"), "closed"));
  body(here + "/week?from=tomorrow", 422);
  const std::string before = body(here + "/day?from=2026-03-01");
  EXPECT_TRUE(has(before, "past"));
  m_clock.set(m_clock.now() + std::chrono::hours(27));  // Tuesday, ten in the morning
  EXPECT_FALSE(has(body(here + "/day?from=2026-03-03"), "<span>08:00 – 10:00</span>"));
  EXPECT_EQ(get("/en/platform/" + microscope.text() + "/week").status, 301);
  EXPECT_EQ(get("/en/person/" + microscope.text() + "/day").status, 404);
  EXPECT_EQ(get("/en/equipment/0000000000/day").status, 404);
}

TEST_F(BookingPagesTest, TheDayOnWhichClocksChangeHasItsHours) {
  Terms always = workdays("Microscope");
  always.hours.clear();
  for (int weekday = 0; weekday < 7; ++weekday) {
    always.hours.push_back({weekday, 0, 1440});
  }
  set(always);
  const std::string here = "/en/equipment/" + thing("Microscope").text();
  EXPECT_TRUE(has(body(here + "/day?from=2026-03-29"), "viewBox=\"0 0 1380 40\""));
  EXPECT_TRUE(has(body(here + "/day?from=2026-10-25"), "viewBox=\"0 0 1500 40\""));
}

TEST_F(BookingPagesTest, APlatformShowsAllItsInstruments) {
  set(workdays("Microscope"));
  Terms cytometer = workdays("Cytomètre");
  cytometer.how = booking::How::elsewhere;
  cytometer.address = "https://booking.example.org/1";
  set(cytometer);
  Terms balance = workdays("Balance");
  balance.how = booking::How::request;
  balance.hours.clear();
  set(balance);
  book(thing("Microscope"), "2026-03-03T08:00", "2026-03-03T10:30");
  const std::string here = "/en/platform/" + thing("Plateforme d'essai").text();
  const std::string week = body(here + "/week");
  EXPECT_TRUE(has(week, "7.5 h free")) << week;
  EXPECT_TRUE(has(week, "10 h free"));
  EXPECT_TRUE(has(week, "on request"));
  EXPECT_TRUE(has(week, "Booked elsewhere")) << "without a calendar nothing is known of it";
  EXPECT_FALSE(has(week, "Étuve"));
  const std::string day = body(here + "/day?from=2026-03-03");
  EXPECT_TRUE(has(day, "<li class=\"free\">10:30 – 18:00</li>")) << day;
}

TEST_F(BookingPagesTest, CardsLeadToFreeTimes) {
  const std::string microscope = "/fr/equipment/" + thing("Microscope").text();
  EXPECT_FALSE(has(body(microscope), "/week")) << "nobody said when it is free";
  set(workdays("Microscope"));
  EXPECT_TRUE(has(body(microscope), "href=\"" + microscope + "/week\""));
  EXPECT_TRUE(has(body(microscope), "/fr/slots?q=microscopie"));
  EXPECT_TRUE(has(body("/fr/platform/" + thing("Plateforme d'essai").text()), "/day\""));
  EXPECT_FALSE(has(body("/fr/equipment/" + thing("Balance").text()), "/week"));
  EXPECT_TRUE(has(body("/fr/"), "href=\"/fr/slots\""));
}

}  // namespace
}  // namespace pitchblende::pages
