// What goes on beside bookings: calendars read at their addresses, trainings that end, what waits, days that pass.
#include "booking/calendars.hpp"

#include "booking/booking_fixture.hpp"
#include "net/errors.hpp"

namespace pitchblende::booking {
namespace {

TEST_P(BookingTest, calendars_are_read_at_their_addresses_and_what_cannot_be_is_told) {
  Terms terms;
  terms.instrument = k_microscope;
  terms.how = How::elsewhere;
  terms.address = "https://booking.example.org/";
  terms.calendar = "https://booking.example.org/7.ics";
  set(terms);
  terms.instrument = Id(8);
  terms.calendar = "https://booking.example.org/8.ics";
  set(terms);
  terms.instrument = Id(9);
  terms.calendar = "";
  set(terms);
  set(workdays(Id(10)));
  bool away = false;
  std::vector<std::string> asked;
  Calendars calendars(*m_store, booking(), m_clock, [&](const std::string& address) -> Result<std::string> {
    asked.push_back(address);
    if (address.ends_with("8.ics") || away) {
      return fail(net::errors::fetch_status, address, "404");
    }
    return std::string(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260303T070000Z\r\nDURATION:PT3H\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n");
  });
  EXPECT_EQ(calendars.read_all().value(), 1);
  EXPECT_THAT(asked,
              testing::UnorderedElementsAre("https://booking.example.org/7.ics", "https://booking.example.org/8.ics"));
  EXPECT_EQ(calendars.last(k_microscope).value()->events, 1);
  EXPECT_FALSE(calendars.last(k_microscope).value()->problem);
  // By its code: told in the language of who reads it.
  const auto problem = calendars.last(Id(8)).value()->problem;
  ASSERT_TRUE(problem);
  EXPECT_TRUE(problem->is(net::errors::fetch_status));
  EXPECT_EQ(problem->message(Language::french),
            "https://booking.example.org/8.ics ne peut pas être lu\u00A0: son serveur répond 404");
  ASSERT_TRUE(m_store->write([](store::Transaction& db) -> Result<void> {
    TRY(db.execute("UPDATE calendar_read SET problem = 'words of another version' WHERE instrument = 8"));
    return {};
  }));
  EXPECT_TRUE(calendars.last(Id(8)).value()->problem->is(errors::calendar_unread));
  EXPECT_FALSE(calendars.last(Id(9)).value());
  away = true;
  EXPECT_EQ(calendars.read_all().value(), 0);
  EXPECT_TRUE(calendars.last(k_microscope).value()->problem);
  EXPECT_EQ(booking().weeks({k_microscope}, span("2026-03-03T00:00", "2026-03-04T00:00")).front().busy.size(), 1U)
      << "what was read before stays";
  asked.clear();
  EXPECT_EQ(calendars.read_all([] { return true; }).value(), 0);
  EXPECT_TRUE(asked.empty());
}

TEST_P(BookingTest, a_training_that_is_ended_ends_yesterday) {
  Terms terms = workdays(k_microscope);
  terms.trained = true;
  set(terms);
  ASSERT_TRUE(trainings().grant({1, k_microscope, day("2026-01-01"), std::nullopt}, k_chief));
  ASSERT_TRUE(trainings().grant({2, k_microscope, day("2026-03-02"), std::nullopt}, k_chief));
  EXPECT_EQ(code_of(trainings().end({1, k_microscope, day("2026-01-01"), std::nullopt}, k_camille)),
            "BOOKING_NOT_YOURS");
  EXPECT_EQ(code_of(trainings().end({1, k_microscope, day("2026-01-02"), std::nullopt}, k_chief)),
            "BOOKING_NO_TRAINING");
  ASSERT_TRUE(trainings().end({1, k_microscope, day("2026-01-01"), std::nullopt}, k_chief));
  ASSERT_TRUE(trainings().end({2, k_microscope, day("2026-03-02"), std::nullopt}, k_chief));
  const auto left = trainings().on(k_microscope).value();
  ASSERT_EQ(left.size(), 1U) << "one that began today was never there";
  EXPECT_EQ(left.front().last_day, day("2026-03-01"));
  EXPECT_EQ(code_of(booking().book(k_microscope, span("2026-03-03T09:00", "2026-03-03T10:00"), "", k_camille)),
            "BOOKING_TRAINING");
  EXPECT_TRUE(trainings().of(2).value().empty());
}

TEST_P(BookingTest, what_waits_for_a_yes_is_found_until_it_begins) {
  Terms terms = workdays(k_microscope);
  terms.confirmed = true;
  set(terms);
  set(workdays(Id(8)));
  const Held later = booking().book(k_microscope, span("2026-03-04T09:00", "2026-03-04T10:00"), "", k_camille).value();
  const Held first = booking().book(k_microscope, span("2026-03-03T09:00", "2026-03-03T10:00"), "", k_camille).value();
  ASSERT_TRUE(booking().book(Id(8), span("2026-03-03T09:00", "2026-03-03T10:00"), "", k_camille));
  const auto ids = [&] {
    std::vector<int64_t> out;
    const auto all = booking().requested().value();
    for (const Held& held : all) {
      out.push_back(held.id);
    }
    return out;
  };
  EXPECT_EQ(ids(), (std::vector<int64_t>{first.id, later.id}));
  ASSERT_TRUE(booking().answer({later.id, 1}, State::confirmed, "", k_chief));
  EXPECT_EQ(ids(), std::vector<int64_t>{first.id});
  m_clock.set(clock_at("2026-03-03T12:00").now());
  EXPECT_TRUE(ids().empty());
}

TEST_P(BookingTest, what_belongs_to_a_change_is_done_with_it_or_nothing_is) {
  set(workdays(k_microscope));
  const Span morning = span("2026-03-03T09:00", "2026-03-03T10:00");
  const auto failing = [](store::Transaction&, const Held&) -> Result<void> { return fail(errors::unknown); };
  EXPECT_EQ(code_of(booking().book(k_microscope, morning, "", k_camille, failing)), "BOOKING_UNKNOWN");
  EXPECT_TRUE(booking().of_instrument(k_microscope, morning).value().empty());
  int64_t seen = 0;
  const Held held = booking()
                        .book(k_microscope, morning, "", k_camille,
                              [&](store::Transaction&, const Held& made) -> Result<void> {
                                seen = made.id;
                                return {};
                              })
                        .value();
  EXPECT_EQ(seen, held.id);
  EXPECT_EQ(code_of(booking().move({held.id, 1}, span("2026-03-03T10:00", "2026-03-03T11:00"), k_camille, failing)),
            "BOOKING_UNKNOWN");
  EXPECT_EQ(code_of(booking().answer({held.id, 1}, State::cancelled, "", k_camille, failing)), "BOOKING_UNKNOWN");
  EXPECT_EQ(booking().held(held.id).value().span, morning);
  EXPECT_EQ(booking().held(held.id).value().state, State::confirmed);
}

TEST_P(BookingTest, days_pass_and_slots_are_found_all_the_same) {
  Terms terms = workdays(k_microscope);
  set(terms);
  const uint64_t edition = booking().edition();
  m_clock.set(clock_at("2027-11-01T07:00").now());  // a Monday, later than the hours that were laid at first
  const Wish wish{{k_microscope}, 3600, span("2027-11-01T00:00", "2027-11-08T00:00"), 10};
  ASSERT_EQ(booking().find_slots(wish, 1).value().size(), 1U);
  EXPECT_EQ(booking().find_slots(wish, 1).value().front().span, span("2027-11-01T08:00", "2027-11-01T09:00"));
  ASSERT_TRUE(booking().book(k_microscope, span("2027-11-01T08:00", "2027-11-01T09:00"), "", k_camille));
  EXPECT_EQ(booking().find_slots(wish, 1).value().front().span.begins, at("2027-11-01T09:00"));
  terms.revision = 1;
  set(terms);
  EXPECT_GT(booking().edition(), edition);
}

}  // namespace
}  // namespace pitchblende::booking
