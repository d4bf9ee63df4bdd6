// Two instruments are found to be one: bookings, trainings and addresses follow the id.
#include "booking/booking_fixture.hpp"
#include "booking/feeds.hpp"

namespace pitchblende::booking {
namespace {

class BookingMergesTest : public BookingTest {
 protected:
  // From now on the one leads to the other.
  int64_t merge(Id from, Id to) {
    const auto gone = booking().follow_merges([=](Id id) -> Result<Id> { return id == from ? to : id; });
    EXPECT_TRUE(gone) << gone.error().message();
    return gone.value_or(-1);
  }
  std::vector<std::string> purposes(Id instrument) {
    std::vector<std::string> out;
    const auto all = booking().of_instrument(instrument, span("2026-03-01T00:00", "2026-04-01T00:00"));
    for (const Held& held : all.value()) {
      out.push_back(held.purpose);
    }
    return out;
  }
  static constexpr Id k_twin{8};
  const Span m_nine = span("2026-03-03T09:00", "2026-03-03T10:00");
  const Span m_ten = span("2026-03-03T10:00", "2026-03-03T11:00");
  const Span m_eleven = span("2026-03-03T11:00", "2026-03-03T12:00");
};

INSTANTIATE_TEST_SUITE_P(Stores, BookingMergesTest, testing::Values(store::Dialect::sqlite, store::Dialect::postgresql),
                         [](const auto& each) {
                           return each.param == store::Dialect::sqlite ? "sqlite" : "postgresql";
                         });

// Rule 20.
TEST_P(BookingMergesTest, what_was_booked_follows_the_id) {
  Terms terms = workdays(k_microscope);
  terms.closures = {{day("2026-08-01"), day("2026-08-15")}};
  set(terms);
  ASSERT_TRUE(booking().book(k_microscope, m_nine, "cells", k_camille));
  const Held other = booking().book(k_microscope, m_ten, "tissue", k_dominique).value();
  ASSERT_TRUE(booking().answer({other.id, other.revision}, State::cancelled, "", k_dominique));
  EXPECT_EQ(merge(k_microscope, k_twin), 1);
  EXPECT_EQ(purposes(k_twin), std::vector<std::string>{"cells"});
  EXPECT_EQ(purposes(k_microscope), std::vector<std::string>{});
  EXPECT_EQ(booking().terms(k_twin).value()->closures, terms.closures);
  EXPECT_FALSE(booking().terms(k_microscope).value());
  EXPECT_EQ(booking().of_account(k_camille.account, 0)->front().instrument, k_twin);
  EXPECT_EQ(booking().of_account(k_dominique.account, 0)->front().instrument, k_twin) << "the history too";
  EXPECT_EQ(code_of(booking().book(k_twin, m_nine, "", k_dominique)), "BOOKING_TAKEN");
  EXPECT_TRUE(booking().book(k_twin, m_ten, "again", k_dominique));
  EXPECT_EQ(merge(k_microscope, k_twin), 0) << "nothing is left to follow";
  reopen();
  EXPECT_EQ(purposes(k_twin), (std::vector<std::string>{"cells", "again"}));
}

// Both were booked: the terms of the one that stays hold; two of the same time both stand.
// Rule 20.
TEST_P(BookingMergesTest, two_chains_become_one_as_far_as_their_times_allow) {
  set(workdays(k_microscope));
  set(workdays(k_twin));
  ASSERT_TRUE(trainings().grant({k_camille.account, k_microscope, day("2026-01-01"), std::nullopt}, k_chief));
  ASSERT_TRUE(booking().book(k_twin, m_nine, "twin at nine", k_camille));
  const Held first = booking().book(k_microscope, m_nine, "mine at nine", k_dominique).value();
  ASSERT_TRUE(booking().book(k_microscope, m_eleven, "mine at eleven", k_dominique));
  ASSERT_TRUE(booking().book(k_twin, m_ten, "twin at ten", k_camille));
  EXPECT_EQ(merge(k_microscope, k_twin), 1);
  EXPECT_EQ(purposes(k_twin), (std::vector<std::string>{"twin at nine", "twin at ten", "mine at eleven"}));
  EXPECT_EQ(purposes(k_microscope), std::vector<std::string>{"mine at nine"}) << "nobody's booking is lost";
  EXPECT_EQ(booking().of_account(k_dominique.account, 0)->size(), 2U);
  EXPECT_EQ(trainings().on(k_twin)->size(), 1U);
  EXPECT_EQ(merge(k_microscope, k_twin), 0) << "as long as both times are wanted";
  // He gives it back: what is left goes along.
  ASSERT_TRUE(booking().answer({first.id, first.revision}, State::cancelled, "", k_dominique));
  EXPECT_EQ(merge(k_microscope, k_twin), 1);
  EXPECT_FALSE(booking().terms(k_microscope).value());
  EXPECT_EQ(merge(k_microscope, k_twin), 0);
}

}  // namespace
}  // namespace pitchblende::booking
