#include "booking/feeds.hpp"

#include "booking/booking_fixture.hpp"
#include "booking/calendar/feed.hpp"

namespace pitchblende::booking {
namespace {

class FeedsTest : public BookingTest {
 protected:
  std::string read(const std::string& secret) {
    const Result<std::string> text =
        Feeds(*m_store, m_clock).read(secret, m_words, [this](int64_t account, Id) -> Result<bool> {
          return account == m_looks_after;
        });
    return text ? *text : code_of(text);
  }
  int64_t m_looks_after = k_chief.account;
  const FeedWords m_words{[](Id) { return std::string("Microscope inventé"); }, "Mine", "Taken"};
};

INSTANTIATE_TEST_SUITE_P(Stores, FeedsTest, testing::Values(store::Dialect::sqlite, store::Dialect::postgresql),
                         [](const auto& each) {
                           return each.param == store::Dialect::sqlite ? "sqlite" : "postgresql";
                         });

TEST_P(FeedsTest, rule_16_an_address_opens_its_own_calendar_until_it_is_revoked) {
  set(workdays(k_microscope));
  ASSERT_TRUE(booking().book(k_microscope, span("2026-03-03T09:00", "2026-03-03T10:00"), "my cells", k_camille));
  ASSERT_TRUE(booking().book(k_microscope, span("2026-03-03T10:00", "2026-03-03T11:00"), "her cells", k_dominique));
  Feeds feeds(*m_store, m_clock);
  const std::string mine = feeds.make(Id(), k_camille).value();
  EXPECT_EQ(mine.size(), 64U);
  EXPECT_NE(read(mine).find("SUMMARY:Microscope inventé"), std::string::npos);
  EXPECT_NE(read(mine).find("my cells"), std::string::npos);
  EXPECT_EQ(read(mine).find("her cells"), std::string::npos);
  EXPECT_EQ(read(std::string(64, '0')), "BOOKING_FEED");
  EXPECT_EQ(read(""), "BOOKING_FEED");
  const Feed row = feeds.of_account(1).value().at(0);
  EXPECT_EQ(code_of(feeds.revoke(row.id, k_dominique)), "BOOKING_FEED");
  EXPECT_EQ(code_of(feeds.revoke(row.id, k_chief)), "BOOKING_FEED") << "one's own is one's own";
  ASSERT_TRUE(feeds.revoke(row.id, k_camille));
  EXPECT_EQ(read(mine), "BOOKING_FEED");
}

TEST_P(FeedsTest, an_instrument_s_calendar_names_nobody) {
  set(workdays(k_microscope));
  ASSERT_TRUE(booking().book(k_microscope, span("2026-03-03T09:00", "2026-03-03T10:00"), "my cells", k_camille));
  Feeds feeds(*m_store, m_clock);
  EXPECT_EQ(code_of(feeds.make(k_microscope, k_camille)), "BOOKING_NOT_YOURS");
  const std::string secret = feeds.make(k_microscope, k_chief).value();
  const std::string text = read(secret);
  EXPECT_NE(text.find("SUMMARY:Taken"), std::string::npos);
  EXPECT_EQ(text.find("cells"), std::string::npos);
  m_looks_after = 77;
  EXPECT_EQ(read(secret), "BOOKING_FEED") << "who made it looks after it no more";
  const Feed row = feeds.of_instrument(k_microscope).value().at(0);
  EXPECT_EQ(row.account, k_chief.account);
  EXPECT_TRUE(feeds.of_account(k_chief.account).value().empty());
  EXPECT_EQ(code_of(feeds.revoke(row.id, k_camille)), "BOOKING_FEED");
  ASSERT_TRUE(feeds.revoke(row.id, {77, true})) << "who looks after it now";
}

// Rule 18.
TEST(CalendarNotice, a_letter_tells_the_same_event_and_takes_it_back) {
  Held held{7, Id(3), 1, span("2026-03-03T09:00", "2026-03-03T10:00"), State::requested, "my, cells", {}, 2};
  const auto notice = [&] {
    return calendar::write_notice(
        {{held, "Microscope", "Plateforme d’essai", "https://pool.example.org/fr/bookings/7"}}, "pool@example.org",
        at("2026-03-02T07:00"));
  };
  const auto has = [&](const std::string& line) { return notice().find(line + "\r\n") != std::string::npos; };
  EXPECT_TRUE(has("METHOD:PUBLISH")) << notice();
  EXPECT_TRUE(has("UID:booking-7@pitchblende"));
  EXPECT_TRUE(has("SEQUENCE:2"));
  EXPECT_TRUE(has("DTSTART:20260303T080000Z"));
  EXPECT_TRUE(has("STATUS:TENTATIVE"));
  EXPECT_TRUE(has("DESCRIPTION:my\\, cells"));
  EXPECT_TRUE(has("LOCATION:Plateforme d’essai"));
  EXPECT_TRUE(has("URL:https://pool.example.org/fr/bookings/7"));
  EXPECT_TRUE(has("ORGANIZER:mailto:pool@example.org"));
  EXPECT_NE(calendar::write_feed("Mine", {{held, "Microscope"}}, 0).find("UID:booking-7@pitchblende\r\n"),
            std::string::npos)
      << "in the feed it is the same";
  held.state = State::declined;
  held.revision = 3;
  EXPECT_TRUE(has("METHOD:CANCEL"));
  EXPECT_TRUE(has("STATUS:CANCELLED"));
  EXPECT_TRUE(has("SEQUENCE:3"));
}

TEST_P(FeedsTest, the_secret_itself_is_not_stored) {
  const std::string secret = Feeds(*m_store, m_clock).make(Id(), k_camille).value();
  std::string stored;
  ASSERT_TRUE(m_store->read([&](store::Connection& connection) {
    return connection.query("SELECT token_hash FROM calendar_feed", {},
                            [&](const store::Row& row) { stored = row.text(0); });
  }));
  EXPECT_EQ(stored.size(), 64U);
  EXPECT_NE(stored, secret);
}

}  // namespace
}  // namespace pitchblende::booking
