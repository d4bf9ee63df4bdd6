#include "booking/booking_rules.hpp"

#include <functional>

#include "booking/booking_fixture.hpp"
#include "booking/opening.hpp"
#include "booking/terms_text.hpp"

namespace pitchblende::booking {
namespace {

constexpr Id k_one{7};
constexpr By k_camille{1, false};
constexpr By k_chief{9, true};

std::string judged(const Terms& terms, const Span& span, const By& by = k_camille) {
  return code_of(judge_span(terms, span, at("2026-03-02T07:00"), by));
}

TEST(BookingRules, rule_1_terms_make_sense) {
  EXPECT_EQ(code_of(judge_terms(workdays(k_one))), "");
  const std::vector<std::function<void(Terms&)>> wrong{
      [](Terms& t) { t.zone = "Mars/Olympus"; },
      [](Terms& t) { t.step = 0; },
      [](Terms& t) { t.step = -30; },
      [](Terms& t) { t.smallest = 45; },
      [](Terms& t) { t.largest = 0; },
      [](Terms& t) { t.horizon = 0; },
      [](Terms& t) { t.horizon = INT64_MAX; },
      [](Terms& t) { t.notice = -1; },
      [](Terms& t) {
        t.hours = {{0, 600, 600}};
      },
      [](Terms& t) {
        t.hours = {{7, 0, 600}};
      },
      [](Terms& t) {
        t.hours = {{0, 0, 600}, {0, 599, 700}};
      },
      [](Terms& t) {
        t.closures = {{20, 19}};
      },
      [](Terms& t) { t.how = How::elsewhere; },
      [](Terms& t) { t.how = How::elsewhere, t.address = "javascript:alert(1)"; },
      [](Terms& t) { t.calendar = "file:///etc/passwd"; },
  };
  for (size_t i = 0; i < wrong.size(); ++i) {
    Terms terms = workdays(k_one);
    wrong[i](terms);
    EXPECT_NE(code_of(judge_terms(terms)), "") << i;
  }
  Terms terms = workdays(k_one);
  terms.hours = {{2, 720, 480}};
  EXPECT_EQ(judge_terms(terms).error().args(), (std::vector<std::string>{"day2", "12:00", "08:00"})) << "its field";
}

TEST(BookingRules, rules_2_to_7_of_a_span) {
  Terms terms = workdays(k_one);
  terms.notice = 60;
  EXPECT_EQ(judged(terms, span("2026-03-02T09:00", "2026-03-02T10:30")), "");
  EXPECT_EQ(judged(terms, span("2026-03-02T10:00", "2026-03-02T09:00")), "BOOKING_ENDS_FIRST");
  EXPECT_EQ(judged(terms, span("2026-03-02T10:00", "2026-03-02T10:00")), "BOOKING_ENDS_FIRST");
  EXPECT_EQ(judged(terms, span("2026-03-02T10:00", "2026-03-02T10:10")), "BOOKING_SHORTER");
  EXPECT_EQ(judged(terms, span("2026-03-02T09:00", "2026-03-02T19:00")), "BOOKING_LONGER");
  EXPECT_EQ(judged(terms, span("2026-03-01T09:00", "2026-03-01T10:00")), "BOOKING_PAST");
  terms.notice = 121;
  EXPECT_EQ(judged(terms, span("2026-03-02T09:00", "2026-03-02T10:00")), "BOOKING_SOON");
  EXPECT_EQ(judged(terms, span("2026-03-02T09:00", "2026-03-02T10:00"), k_chief), "");
  EXPECT_EQ(judged(terms, span("2026-07-02T09:00", "2026-07-02T10:00")), "BOOKING_HORIZON");
  EXPECT_EQ(judged(terms, span("2026-03-03T07:30", "2026-03-03T09:00")), "BOOKING_CLOSED");
  EXPECT_EQ(judged(terms, span("2026-03-03T19:30", "2026-03-03T20:30")), "BOOKING_CLOSED");
  EXPECT_EQ(judged(terms, span("2026-03-07T10:00", "2026-03-07T11:00")), "BOOKING_CLOSED");  // a Saturday
  EXPECT_EQ(judged(terms, span("2026-03-03T09:10", "2026-03-03T10:10")), "BOOKING_STEP");
  EXPECT_EQ(judged(terms, span("2026-03-03T09:00", "2026-03-03T09:40")), "BOOKING_STEP");
  terms.closures = {{day("2026-03-03"), day("2026-03-04")}};
  EXPECT_EQ(judged(terms, span("2026-03-04T09:00", "2026-03-04T10:00")), "BOOKING_CLOSED");
  EXPECT_EQ(judged(terms, span("2026-03-05T09:00", "2026-03-05T10:00")), "");
  terms.how = How::request;
  EXPECT_EQ(judged(terms, span("2026-03-05T09:00", "2026-03-05T10:00")), "BOOKING_NOT_HERE");
}

TEST(BookingRules, nights_are_booked_whole_when_clocks_change) {
  Terms terms = round_the_clock(k_one);
  // 24 hours of the wall are 23 on the clock in March, 25 in October.
  EXPECT_EQ(span("2026-03-29T00:00", "2026-03-30T00:00").ends - at("2026-03-29T00:00"), 23 * 3600);
  terms.largest = 2 * 1440;
  EXPECT_EQ(judged(terms, span("2026-03-28T22:00", "2026-03-29T08:00")), "");
  terms.horizon = 300;
  EXPECT_EQ(judged(terms, span("2026-10-24T22:00", "2026-10-25T08:00")), "");
  const std::vector<Open> open = open_spans(terms, paris(), day("2026-03-28"), day("2026-03-30"));
  ASSERT_EQ(open.size(), 3U);
  EXPECT_EQ(open[1].ends - open[1].begins, 23 * 3600);
  terms.hours = {{6, 2 * 60, 3 * 60}};  // Sundays from 2 to 3
  EXPECT_TRUE(open_spans(terms, paris(), day("2026-03-29"), day("2026-03-29")).empty());
}

TEST(BookingRules, rule_1_hours_and_closures_are_read_as_people_write_them) {
  EXPECT_EQ(read_stretch(0, "08:00-12:30"), (Hours{0, 480, 750}));
  EXPECT_EQ(read_stretch(6, " 22:00 – 24:00 "), (Hours{6, 1320, 1440}));
  for (const char* wrong : {"", "8-12", "08:00", "08:00-", "08:0012:30", "08:00/12:30", "08:61-12:00", "25:00-26:00",
                            "08:00-12:30-13:00"}) {
    EXPECT_FALSE(read_stretch(0, wrong)) << wrong;
  }
  EXPECT_EQ(stretches_text({{0, 480, 750}, {1, 0, 60}, {0, 810, 1440}}, 0), "08:00-12:30, 13:30-24:00");
  EXPECT_EQ(read_closure("2026-08-01"), (Closure{day("2026-08-01"), day("2026-08-01")}));
  EXPECT_EQ(closure_text(read_closure("2026-08-01/2026-08-15").value()), "2026-08-01/2026-08-15");
  for (const char* wrong : {"", "2026-02-30", "2026-08-01/", "2026-08-01-2026-08-15", "2026-08-01/2026-13-01"}) {
    EXPECT_FALSE(read_closure(wrong)) << wrong;
  }
}

TEST(BookingRules, rule_8_training_covers_every_day) {
  Terms terms = round_the_clock(k_one);
  const Span night = span("2026-03-03T22:00", "2026-03-04T02:00");
  const auto judged_with = [&](std::vector<Training> trainings, const By& by = k_camille) {
    return code_of(judge_training(terms, trainings, night, by));
  };
  EXPECT_EQ(judged_with({}), "");
  terms.trained = true;
  EXPECT_EQ(judged_with({}), "BOOKING_TRAINING");
  EXPECT_EQ(judged_with({}, k_chief), "");
  EXPECT_EQ(judged_with({{1, k_one, day("2026-03-03"), std::nullopt}}), "");
  EXPECT_EQ(judged_with({{1, k_one, day("2026-03-03"), day("2026-03-04")}}), "");
  EXPECT_EQ(judged_with({{1, k_one, day("2026-03-03"), day("2026-03-03")}}), "BOOKING_TRAINING");
  EXPECT_EQ(judged_with({{1, k_one, day("2026-03-04"), std::nullopt}}), "BOOKING_TRAINING");
  EXPECT_EQ(judged_with({{2, k_one, day("2026-03-01"), std::nullopt}}), "BOOKING_TRAINING");
  EXPECT_EQ(judged_with({{1, Id(8), day("2026-03-01"), std::nullopt}}), "BOOKING_TRAINING");
}

TEST(BookingRules, rules_9_to_12_of_changes) {
  Terms terms = workdays(k_one);
  terms.notice = 60;
  terms.confirmed = true;
  Held held{5, k_one, 1, span("2026-03-03T09:00", "2026-03-03T10:00"), State::requested, {}, {}, 1};
  const auto judged_at = [&](State to, const By& by, std::string_view now = "2026-03-02T07:00") {
    return code_of(judge_change(terms, held, to, at(now), by));
  };
  EXPECT_EQ(judged_at(State::cancelled, k_camille), "");
  EXPECT_EQ(judged_at(State::cancelled, {2, false}), "BOOKING_NOT_YOURS");
  EXPECT_EQ(judged_at(State::confirmed, k_camille), "BOOKING_NOT_YOURS");
  EXPECT_EQ(judged_at(State::declined, k_camille), "BOOKING_NOT_YOURS");
  EXPECT_EQ(judged_at(State::confirmed, k_chief), "");
  EXPECT_EQ(judged_at(State::cancelled, k_camille, "2026-03-03T08:01"), "BOOKING_NOTICE");
  EXPECT_EQ(judged_at(State::cancelled, k_chief, "2026-03-03T08:01"), "");
  held.state = State::cancelled;
  EXPECT_EQ(judged_at(State::confirmed, k_chief), "BOOKING_STATE");
  held.state = State::confirmed;
  EXPECT_EQ(judged_at(State::declined, k_chief), "BOOKING_STATE");
  EXPECT_EQ(first_state(terms, k_camille), State::requested);
  EXPECT_EQ(first_state(terms, k_chief), State::confirmed);
}

TEST(BookingRules, rule_1_terms_tell_what_they_leave_outside) {
  const Terms before = workdays(k_one);
  Held inside{1, k_one, 1, span("2026-03-03T09:00", "2026-03-03T10:00"), State::confirmed, {}, {}, 1};
  Held late{2, k_one, 1, span("2026-03-03T18:30", "2026-03-03T19:30"), State::requested, {}, {}, 1};
  Held gone = late;
  gone.state = State::cancelled;
  Held kept = late;  // maintenance has no hours
  kept.sort = Sort::maintenance;
  Held outside_already = late;
  outside_already.span = span("2026-03-07T09:00", "2026-03-07T10:00");
  Terms after = before;
  for (Hours& hours : after.hours) {
    hours.closes = 18 * 60;
  }
  const auto left = left_outside(before, after, {inside, late, gone, kept, outside_already});
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left.front().id, 2);
  after = before;
  after.closures = {{day("2026-03-03"), day("2026-03-03")}};
  EXPECT_EQ(left_outside(before, after, {inside, late}).size(), 2U);
  EXPECT_TRUE(left_outside(before, before, {inside, late}).empty());
  EXPECT_TRUE(left_outside(std::nullopt, after, {inside}).empty());
  after = before;
  after.how = How::request;
  EXPECT_EQ(left_outside(before, after, {inside}).size(), 1U) << "it is not booked here any more";
}

TEST(BookingRules, rule_10_what_is_taken_from_somebody_has_a_reason) {
  const Held held{1, k_one, 1, span("2026-03-03T09:00", "2026-03-03T10:00"), State::requested, {}, {}, 1};
  EXPECT_EQ(code_of(judge_reason(held, State::declined, " \n", k_chief)), "BOOKING_REASON");
  EXPECT_EQ(code_of(judge_reason(held, State::declined, "the laser is broken", k_chief)), "");
  EXPECT_EQ(code_of(judge_reason(held, State::cancelled, "", k_chief)), "BOOKING_REASON");
  EXPECT_EQ(code_of(judge_reason(held, State::cancelled, "", k_camille)), "") << "his own";
  EXPECT_EQ(code_of(judge_reason(held, State::confirmed, "", k_chief)), "");
}

TEST(BookingRules, rule_22_maintenance_needs_a_reason_and_no_opening_hours) {
  const Terms terms = workdays(k_one);
  const int64_t now = at("2026-03-02T07:00");
  const auto judged_as = [&](const Span& when, std::string_view reason, const By& by) {
    return code_of(judge_maintenance(terms, when, reason, now, by));
  };
  const Span sunday = span("2026-03-08T03:05", "2026-03-09T09:17");
  EXPECT_EQ(judged_as(sunday, "new laser", k_chief), "");
  EXPECT_EQ(judged_as(span("2026-03-02T06:00", "2026-03-02T08:00"), "it broke an hour ago", k_chief), "");
  EXPECT_EQ(judged_as(sunday, " ", k_chief), "BOOKING_MAINTENANCE");
  EXPECT_EQ(judged_as(sunday, "new laser", k_camille), "BOOKING_NOT_YOURS");
  EXPECT_EQ(judged_as({sunday.ends, sunday.begins}, "new laser", k_chief), "BOOKING_ENDS_FIRST");
  EXPECT_EQ(judged_as(span("2026-03-01T06:00", "2026-03-01T08:00"), "new laser", k_chief), "BOOKING_PAST");
  EXPECT_EQ(judged_as({sunday.begins, sunday.begins + 367 * k_day}, "new laser", k_chief), "BOOKING_LONGER");
}

TEST(BookingRules, rule_24_each_week_has_the_hours_of_the_clock) {
  const auto weeks = weekly(paris(), span("2026-03-23T09:00", "2026-03-23T10:30"), 3);
  ASSERT_EQ(weeks.size(), 3U);
  EXPECT_EQ(weeks[1], span("2026-03-30T09:00", "2026-03-30T10:30")) << "clocks go forward in between";
  EXPECT_EQ(weeks[2], span("2026-04-06T09:00", "2026-04-06T10:30"));
  const auto odd = weekly(paris(), span("2026-03-22T02:30", "2026-03-22T03:30"), 2);
  EXPECT_EQ(odd[1], span("2026-03-29T03:30", "2026-03-29T04:30")) << "the hour that does not exist";
}

}  // namespace
}  // namespace pitchblende::booking
