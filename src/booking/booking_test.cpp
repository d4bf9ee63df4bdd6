#include "booking/booking.hpp"

#include "booking/booking_fixture.hpp"
#include "booking/usage.hpp"

namespace pitchblende::booking {
namespace {

INSTANTIATE_TEST_SUITE_P(Stores, BookingTest, testing::Values(store::Dialect::sqlite, store::Dialect::postgresql),
                         [](const auto& each) {
                           return each.param == store::Dialect::sqlite ? "sqlite" : "postgresql";
                         });

TEST_P(BookingTest, terms_come_back_as_they_were_given) {
  Terms terms = workdays(k_microscope);
  terms.trained = true;
  terms.closures = {{day("2026-08-01"), day("2026-08-15")}};
  set(terms);
  set(round_the_clock(Id(3)));
  const Terms back = booking().terms(k_microscope).value().value();
  EXPECT_EQ(back.hours, terms.hours);
  EXPECT_EQ(back.closures, terms.closures);
  EXPECT_TRUE(back.trained);
  EXPECT_EQ(back.revision, 1);
  EXPECT_FALSE(booking().terms(Id(4)).value());
  EXPECT_EQ(code_of(booking().set_terms(terms, k_chief)), "BOOKING_CHANGED");
  EXPECT_EQ(code_of(booking().set_terms(back, k_camille)), "BOOKING_NOT_YOURS");
  set(back);
}

TEST_P(BookingTest, rule_14_the_second_is_told_who_came_first_is_there) {
  set(workdays(k_microscope));
  const Span morning = span("2026-03-03T09:00", "2026-03-03T12:00");
  const Held held = booking().book(k_microscope, morning, "cells", k_camille).value();
  EXPECT_EQ(held.state, State::confirmed);
  const auto second = booking().book(k_microscope, span("2026-03-03T11:00", "2026-03-03T13:00"), "", k_dominique);
  EXPECT_EQ(code_of(second), "BOOKING_TAKEN");
  EXPECT_NE(second.error().message().find("2026-03-03T09:00"), std::string::npos);
  for (const Span& wrong :
       {morning, span("2026-03-03T08:00", "2026-03-03T13:00"), span("2026-03-03T10:00", "2026-03-03T11:00"),
        span("2026-03-03T08:00", "2026-03-03T09:30")}) {
    EXPECT_EQ(code_of(booking().book(k_microscope, wrong, "", k_dominique)), "BOOKING_TAKEN");
  }
  EXPECT_TRUE(booking().book(k_microscope, span("2026-03-03T12:00", "2026-03-03T13:00"), "", k_dominique));
  EXPECT_TRUE(booking().book(k_microscope, span("2026-03-03T08:00", "2026-03-03T09:00"), "", k_dominique));
  EXPECT_EQ(booking().of_instrument(k_microscope, morning).value().size(), 1U);
  EXPECT_EQ(booking().of_account(2, 0).value().size(), 2U);
  EXPECT_EQ(booking().held(held.id).value().purpose, "cells");
}

TEST_P(BookingTest, moved_it_leaves_its_place_to_others) {
  set(workdays(k_microscope));
  const Held first = booking().book(k_microscope, span("2026-03-03T09:00", "2026-03-03T10:00"), "", k_camille).value();
  const Held other =
      booking().book(k_microscope, span("2026-03-03T10:00", "2026-03-03T11:00"), "", k_dominique).value();
  EXPECT_EQ(code_of(booking().move({first.id, 1}, other.span, k_camille)), "BOOKING_TAKEN");
  EXPECT_EQ(booking().held(first.id).value().span, first.span);
  EXPECT_EQ(code_of(booking().move({first.id, 1}, span("2026-03-03T13:00", "2026-03-03T14:00"), k_dominique)),
            "BOOKING_NOT_YOURS");
  // Over its own old place.
  const Held moved = booking().move({first.id, 1}, span("2026-03-03T08:30", "2026-03-03T09:30"), k_camille).value();
  EXPECT_EQ(moved.revision, 2);
  EXPECT_EQ(code_of(booking().move({first.id, 1}, first.span, k_camille)), "BOOKING_CHANGED");
  EXPECT_TRUE(booking().book(k_microscope, span("2026-03-03T09:30", "2026-03-03T10:00"), "", k_dominique));
  EXPECT_EQ(code_of(booking().move({99, 1}, first.span, k_camille)), "BOOKING_UNKNOWN");
}

TEST_P(BookingTest, cancelled_or_declined_it_holds_nothing) {
  Terms terms = workdays(k_microscope);
  terms.confirmed = true;
  set(terms);
  const Span morning = span("2026-03-03T09:00", "2026-03-03T12:00");
  const Held asked = booking().book(k_microscope, morning, "", k_camille).value();
  EXPECT_EQ(asked.state, State::requested);
  EXPECT_EQ(code_of(booking().book(k_microscope, morning, "", k_dominique)), "BOOKING_TAKEN");
  EXPECT_EQ(code_of(booking().answer({asked.id, 1}, State::confirmed, "", k_camille)), "BOOKING_NOT_YOURS");
  EXPECT_EQ(booking().answer({asked.id, 1}, State::declined, "maintenance", k_chief).value().state, State::declined);
  EXPECT_EQ(booking().held(asked.id).value().reason, "maintenance");
  const Held again = booking().book(k_microscope, morning, "", k_dominique).value();
  EXPECT_EQ(booking().answer({again.id, 1}, State::confirmed, "", k_chief).value().state, State::confirmed);
  EXPECT_TRUE(booking().answer({again.id, 2}, State::cancelled, "", k_dominique));
  EXPECT_EQ(code_of(booking().answer({again.id, 3}, State::cancelled, "", k_dominique)), "BOOKING_ALREADY");
  EXPECT_EQ(code_of(booking().answer({again.id, 3}, State::confirmed, "", k_chief)), "BOOKING_STATE");
  EXPECT_TRUE(booking().of_instrument(k_microscope, morning).value().empty());
  EXPECT_TRUE(booking().book(k_microscope, morning, "", k_camille));
}

TEST_P(BookingTest, rule_10_nobody_is_refused_without_a_reason) {
  Terms terms = workdays(k_microscope);
  terms.confirmed = true;
  set(terms);
  const Held asked = booking().book(k_microscope, span("2026-03-03T09:00", "2026-03-03T10:00"), "", k_camille).value();
  EXPECT_EQ(code_of(booking().answer({asked.id, 1}, State::declined, " ", k_chief)), "BOOKING_REASON");
  EXPECT_EQ(booking().held(asked.id).value().state, State::requested);
  EXPECT_EQ(code_of(booking().answer({asked.id, 1}, State::cancelled, "", k_chief)), "BOOKING_REASON");
  EXPECT_TRUE(booking().answer({asked.id, 1}, State::cancelled, "", k_camille)) << "his own";
}

TEST_P(BookingTest, rule_1_who_stores_terms_hears_what_they_leave_outside) {
  set(workdays(k_microscope));
  const Held held = booking().book(k_microscope, span("2026-03-03T09:00", "2026-03-03T10:00"), "", k_camille).value();
  Terms terms = booking().terms(k_microscope).value().value();
  terms.closures = {{day("2026-03-03"), day("2026-03-03")}};
  std::vector<Held> told;
  ASSERT_TRUE(booking().set_terms(terms, k_chief, [&](store::Transaction&, const std::vector<Held>& outside) {
    told = outside;
    return Result<void>();
  }));
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told.front().id, held.id);
  EXPECT_EQ(booking().held(held.id).value().state, State::confirmed) << "it stands";
}

TEST_P(BookingTest, rule_22_maintenance_overlaps_nothing_and_is_nobodys_use) {
  set(workdays(k_microscope));
  const Span morning = span("2026-03-03T09:00", "2026-03-03T10:00");
  const Held held = booking().book(k_microscope, morning, "", k_camille).value();
  Wanted wanted{k_microscope, span("2026-03-03T09:55", "2026-03-04T03:07"), "new laser", 0, Sort::maintenance};
  EXPECT_EQ(code_of(booking().book(wanted, k_chief)), "BOOKING_TAKEN");
  wanted.span.begins = held.span.ends;
  const Held kept = booking().book(wanted, k_chief).value();
  EXPECT_EQ(booking().held(kept.id).value().sort, Sort::maintenance);
  EXPECT_EQ(code_of(booking().book(k_microscope, span("2026-03-03T18:00", "2026-03-03T19:00"), "", k_camille)),
            "BOOKING_TAKEN");
  EXPECT_EQ(code_of(booking().book(wanted, k_camille)), "BOOKING_NOT_YOURS");
  EXPECT_TRUE(booking().of_account(k_chief.account, 0).value().empty());
  const auto used = seconds_taken(*m_store, span("2026-01-01T00:00", "2027-01-01T00:00")).value();
  EXPECT_EQ(used.at(k_microscope), 3600);
  EXPECT_EQ(booking().move({kept.id, 1}, span("2026-03-03T11:00", "2026-03-03T12:00"), k_chief).value().sort,
            Sort::maintenance);
  EXPECT_TRUE(booking().answer({kept.id, 2}, State::cancelled, "", {77, true})) << "whoever looks after it";
  EXPECT_TRUE(booking().book(k_microscope, span("2026-03-03T11:00", "2026-03-03T12:00"), "", k_camille));
}

TEST_P(BookingTest, rule_23_who_looks_after_it_books_for_another) {
  set(workdays(k_microscope));
  const Wanted wanted{k_microscope, span("2026-03-03T09:00", "2026-03-03T10:00"), "cells", k_camille.account};
  EXPECT_EQ(code_of(booking().book(wanted, k_dominique)), "BOOKING_NOT_YOURS");
  const Held held = booking().book(wanted, k_chief).value();
  EXPECT_EQ(held.account, k_camille.account);
  EXPECT_EQ(booking().held(held.id).value().made_by, k_chief.account);
  EXPECT_EQ(booking().of_account(k_camille.account, 0).value().size(), 1U);
  EXPECT_TRUE(booking().answer({held.id, 1}, State::cancelled, "", k_camille)) << "it is his";
  EXPECT_EQ(booking().book({k_microscope, wanted.span, {}, k_chief.account}, k_chief).value().made_by, 0);
}

TEST_P(BookingTest, rule_24_each_week_all_or_those_that_can_be) {
  set(workdays(k_microscope));
  const Span first = span("2026-03-03T09:00", "2026-03-03T10:00");
  ASSERT_TRUE(booking().book(k_microscope, span("2026-03-10T09:30", "2026-03-10T10:30"), "", k_dominique));
  std::vector<Wanted> wanted;
  for (const Span& each : weekly(paris(), first, 3)) {
    wanted.push_back({k_microscope, each, "cells"});
  }
  size_t heard = 0;
  const auto also = [&](store::Transaction&, const std::vector<Held>& made) {
    heard = made.size();
    return Result<void>();
  };
  const auto none = booking().book_each(wanted, Fit::all, k_camille, also).value();
  EXPECT_EQ(code_of(none[0]), "BOOKING_TOGETHER");
  EXPECT_EQ(code_of(none[1]), "BOOKING_TAKEN");
  EXPECT_EQ(heard, 0U);
  EXPECT_TRUE(booking().of_account(k_camille.account, 0).value().empty());
  const auto some = booking().book_each(wanted, Fit::some, k_camille, also).value();
  EXPECT_TRUE(some[0] && some[2]);
  EXPECT_EQ(code_of(some[1]), "BOOKING_TAKEN");
  EXPECT_EQ(heard, 2U);
  EXPECT_EQ(booking().of_account(k_camille.account, 0).value().size(), 2U);
  EXPECT_EQ(
      booking().find_slots({{k_microscope}, 3600, {first.begins, first.ends + 3600}, 1}, 1).value().at(0).span.begins,
      first.ends)
      << "what is free knows of them";
  wanted.erase(wanted.begin(), wanted.begin() + 2);
  wanted[0].span = span("2026-03-24T09:00", "2026-03-24T10:00");
  EXPECT_TRUE(booking().book_each(wanted, Fit::all, k_camille).value()[0]);
}

TEST_P(BookingTest, training_opens_the_door_for_its_period) {
  Terms terms = workdays(k_microscope);
  terms.trained = true;
  set(terms);
  const Span morning = span("2026-03-03T09:00", "2026-03-03T12:00");
  EXPECT_EQ(code_of(booking().book(k_microscope, morning, "", k_camille)), "BOOKING_TRAINING");
  Training training{1, k_microscope, day("2026-03-03"), day("2026-03-31")};
  EXPECT_EQ(code_of(trainings().grant(training, k_camille)), "BOOKING_NOT_YOURS");
  EXPECT_EQ(code_of(trainings().grant({1, k_microscope, 9, 8}, k_chief)), "BOOKING_PERIOD");
  EXPECT_EQ(code_of(trainings().grant({1, Id(99), 8, 9}, k_chief)), "BOOKING_NOT_HERE");
  ASSERT_TRUE(trainings().grant(training, k_chief));
  EXPECT_TRUE(booking().book(k_microscope, morning, "", k_camille));
  EXPECT_EQ(code_of(booking().book(k_microscope, span("2026-04-01T09:00", "2026-04-01T10:00"), "", k_camille)),
            "BOOKING_TRAINING");
  training.last_day = std::nullopt;
  ASSERT_TRUE(trainings().grant(training, k_chief));
  EXPECT_EQ(trainings().on(k_microscope).value().size(), 1U);
  EXPECT_TRUE(booking().book(k_microscope, span("2026-04-01T09:00", "2026-04-01T10:00"), "", k_camille));
}

TEST_P(BookingTest, a_calendar_of_elsewhere_is_read_whole_or_not_at_all) {
  Terms terms;
  terms.instrument = k_microscope;
  terms.how = How::elsewhere;
  terms.address = "https://booking.example.org/7";
  set(terms);
  const std::string text =
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Europe/Paris:20260303T070000\r\nDURATION:PT3H\r\nEND:VEVENT\r\n"
      "END:VCALENDAR\r\n";
  const Wish wish{{k_microscope}, 3600, span("2026-03-03T06:30", "2026-03-03T23:00"), 10};
  terms.hours = workdays(k_microscope).hours;
  terms.revision = 1;
  set(terms);
  EXPECT_TRUE(booking().find_slots(wish, 0).value().empty()) << "nothing is known of it, whatever its hours";
  EXPECT_EQ(booking().read_calendar(k_microscope, text, "a.ics").value().accepted, 1);
  EXPECT_EQ(booking().find_slots(wish, 0).value().at(0).span.begins, at("2026-03-03T10:00"));
  EXPECT_EQ(code_of(booking().read_calendar(k_microscope, "no calendar", "b.ics")), "BOOKING_CALENDAR");
  reopen();
  EXPECT_EQ(booking().find_slots(wish, 0).value().at(0).span.begins, at("2026-03-03T10:00"));
  EXPECT_EQ(code_of(booking().book(k_microscope, span("2026-03-03T12:00", "2026-03-03T13:00"), "", k_camille)),
            "BOOKING_NOT_HERE");
  EXPECT_EQ(code_of(booking().read_calendar(Id(99), text, "a.ics")), "BOOKING_NOT_HERE");
}

TEST_P(BookingTest, slots_follow_what_is_booked) {
  set(workdays(k_microscope));
  const Wish wish{{k_microscope}, 2 * 3600, span("2026-03-03T00:00", "2026-03-10T00:00"), 10};
  const auto first = [&] { return booking().find_slots(wish, 1).value().at(0).span; };
  const Span morning = span("2026-03-03T08:00", "2026-03-03T10:00");
  EXPECT_EQ(first(), morning);
  const Held held = booking().book(k_microscope, first(), "", k_camille).value();
  EXPECT_EQ(first(), span("2026-03-03T10:00", "2026-03-03T12:00"));
  ASSERT_TRUE(booking().answer({held.id, 1}, State::cancelled, "", k_camille));
  EXPECT_EQ(first(), morning);
  EXPECT_EQ(code_of(booking().find_slots({{k_microscope}, 60, {9, 9}, 1}, 1)), "BOOKING_ENDS_FIRST");
}

}  // namespace
}  // namespace pitchblende::booking
