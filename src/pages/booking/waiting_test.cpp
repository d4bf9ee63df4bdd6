// What waits for a yes, answered from its list. docs/rules/booking.md, rule 25.
#include "pages/booking/desk_fixture.hpp"

namespace pitchblende::pages {
namespace {

using booking::State;
using testing::HasSubstr;
using testing::Not;

class WaitingTest : public DeskTest {
 protected:
  void SetUp() override {
    DeskTest::SetUp();
    auto terms = booking->terms(thing("Microscope")).value().value();
    terms.confirmed = true;
    set(terms);
    ASSERT_EQ(book_form("from=2026-03-03T09%3A00&minutes=60&times=3&purpose=cells", m_camille).status, 303);
    ASSERT_EQ(book_form("from=2026-03-04T09%3A00&minutes=60", m_noa).status, 303);
    m_known = letters().size();
  }
  http::Answer answer(const std::string& fields, const std::string& who) {
    return send(who == m_manager ? k_list : "/en/bookings", k_list, fields, who);
  }
  State state(int64_t number) { return booking->held(number).value().state; }
  // Those that were posted since.
  std::vector<std::string> posted() {
    std::vector<std::string> all = letters();
    all.resize(all.size() - m_known);
    return all;
  }

  const std::string k_list = "/en/bookings/waiting";
  size_t m_known = 0;
};

TEST_F(WaitingTest, ASeriesIsConfirmedInOneStepWithOneLetter) {
  const std::string list = body(k_list, 200, m_manager);
  EXPECT_THAT(list, HasSubstr("Each Tuesday, 09:00 – 10:00: 3 times, 3 March 2026 – 17 March 2026"));
  EXPECT_THAT(list, HasSubstr("name=\"booking\" value=\"2.1\" checked"));
  EXPECT_THAT(list, HasSubstr("type=\"hidden\" name=\"booking\" value=\"5.1\"")) << "one alone";
  const http::Answer done = answer("booking=2.1&booking=3.1&booking=4.1&do=confirm&reason=", m_manager);
  EXPECT_EQ(location(done), k_list + "?done=confirmed&n=3&left=0");
  for (const int64_t number : {2, 3, 4}) {
    EXPECT_EQ(state(number), State::confirmed) << number;
  }
  EXPECT_EQ(state(5), State::requested);
  EXPECT_THAT(posted(), testing::ElementsAre("booking_confirmed camille@example.org"));
  const mail::Letter told = letter("booking_confirmed");
  EXPECT_THAT(mail::letter_text(told), HasSubstr("mardi 17 mars 2026"));
  EXPECT_THAT(told.attachments.front().text, HasSubstr("SEQUENCE:2\r\n"));
  const std::string after = body(location(done), 200, m_manager);
  EXPECT_THAT(after, HasSubstr("3 bookings are confirmed"));
  EXPECT_THAT(after, Not(HasSubstr("cells")));
  EXPECT_EQ(access.audit().entries(0, 1).value().front().deed.verb, "confirm_booking");
}

TEST_F(WaitingTest, SomeAreRefusedWithAReasonThatStaysInTheForm) {
  const http::Answer silent = answer("booking=2.1&booking=4.1&of=2&do=decline&reason=+", m_manager);
  EXPECT_EQ(silent.status, 422);
  EXPECT_THAT(silent.body, HasSubstr("Say why"));
  EXPECT_THAT(silent.body, HasSubstr("value=\"3.1\">")) << "as it was left out";
  EXPECT_EQ(state(2), State::requested);
  EXPECT_THAT(answer("do=confirm&of=2&reason=kept", m_manager).body, HasSubstr("Choose at least one"));
  const http::Answer done = answer("booking=2.1&booking=4.1&of=2&do=decline&reason=laser+broken", m_manager);
  EXPECT_EQ(location(done), k_list + "?done=declined&n=2&left=0");
  EXPECT_EQ(state(2), State::declined);
  EXPECT_EQ(state(3), State::requested);
  EXPECT_EQ(booking->held(4).value().reason, "laser broken");
  EXPECT_THAT(mail::letter_text(letter("booking_declined")), HasSubstr("laser broken"));
}

TEST_F(WaitingTest, WhatChangedMeanwhileIsLeftAndSaid) {
  ASSERT_EQ(
      send("/en/bookings/3", "/en/bookings/3/move", "revision=1&from=2026-03-11T11%3A00&minutes=60", m_camille).status,
      303);
  const http::Answer done = answer("booking=2.1&booking=3.1&do=confirm", m_manager);
  EXPECT_EQ(location(done), k_list + "?done=confirmed&n=1&left=1");
  EXPECT_EQ(state(3), State::requested);
  EXPECT_THAT(body(location(done), 200, m_manager), HasSubstr("1 had been changed meanwhile"));
  const http::Answer late = answer("booking=3.1&of=3&do=confirm", m_manager);
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("Somebody changed this"));
}

TEST_F(WaitingTest, NobodyElseAnswers) {
  EXPECT_EQ(answer("booking=2.1&do=confirm", m_camille).status, 403) << "her own";
  give("lou@example.org", access::Role::platform_manager, thing("Étuve"));
  const std::string lou = session("lou@example.org");
  EXPECT_EQ(answer("booking=2.1&do=confirm", lou).status, 404) << "another instrument's";
  EXPECT_EQ(answer("booking=99.1&do=confirm", m_manager).status, 404);
  EXPECT_EQ(answer("booking=2.1&booking=99.1&do=confirm", m_manager).status, 404) << "all or none";
  http::Request forged;
  ASSERT_TRUE(http::read_target(k_list, forged));
  forged.method = http::Method::post;
  forged.headers = {{"cookie", "pb_session=" + m_manager}, {"content-type", "application/x-www-form-urlencoded"}};
  forged.body = "booking=2.1&do=confirm&form_token=" + std::string(64, '0');
  EXPECT_EQ(pages->answer(router, forged).status, 403);
  EXPECT_EQ(state(2), State::requested);
}

}  // namespace
}  // namespace pitchblende::pages
