// What tests of booking's pages share: a platform with three instruments, a clock that stands, a site with its
// entrance.
#pragma once

#include <gtest/gtest.h>

#include "booking/booking_rules.hpp"
#include "booking/errors.hpp"
#include "booking/local_time.hpp"
#include "net/errors.hpp"
#include "pages/pages.hpp"
#include "pool_fixture.hpp"

namespace pitchblende::pages {

class BookingPagesTest : public ::testing::Test, public tests::PoolPlace {
 protected:
  BookingPagesTest()
      : access(*store, m_clock, "key of this test", {}),
        outbox(*store, m_clock, {{}, "pool@example.org", "Essai", "key of this test"}),
        trainings(*store, m_clock),
        feeds(*store, m_clock),
        contacts(*store) {}

  void SetUp() override {
    pool::SourceSettings own = source("lab", "equipment", sources::Mode::snapshot);
    own.republish = true;
    import(own,
           "Identifiant;Type de fiche;Nom;Techniques;Plateforme\nP1;plateforme;Plateforme d'essai;;\n"
           "E1;équipement;Cytomètre zorg;cytométrie;Plateforme d'essai\n"
           "E2;équipement;Microscope zorg;microscopie;Plateforme d'essai\n"
           "E3;équipement;Balance zorg;pesage;Plateforme d'essai\nE4;équipement;Étuve;;\n");
    settle();
    auto opened = booking::Booking::open(*store, m_clock);
    ASSERT_TRUE(opened) << opened.error().message();
    booking = std::move(*opened);
    calendars = std::make_unique<booking::Calendars>(
        *store, *booking, m_clock, [this](const std::string& address) -> Result<std::string> {
          return fetched.empty() ? Result<std::string>(fail(net::errors::fetch_away, address)) : fetched;
        });
    Settings settings;
    settings.name = "Essai";
    settings.entry = {&access, &outbox, {}, {}, "http://pool.example.org"};
    settings.desk = {booking.get(), &trainings, &feeds, calendars.get(), &contacts};
    auto made = Pages::open(
        registry::Registry(*store), [this] { return pool->index(); }, settings);
    ASSERT_TRUE(made) << made.error().message();
    pages = std::move(*made);
    pages->add_to(router);
  }

  Id thing(const std::string& name) {
    search::Query query;
    query.words = name;
    const auto hits = pool->index()->search(query, access::Viewer::visitor()).hits;
    EXPECT_FALSE(hits.empty()) << name;
    return hits.empty() ? Id() : hits.front().id;
  }
  booking::Terms workdays(const std::string& name) {
    booking::Terms terms;
    terms.instrument = thing(name);
    for (int weekday = 0; weekday < 5; ++weekday) {
      terms.hours.push_back({weekday, 8 * 60, 18 * 60});
    }
    return terms;
  }
  void set(const booking::Terms& terms) {
    const auto done = booking->set_terms(terms, {9, true});
    ASSERT_TRUE(done) << done.error().message();
  }
  static int64_t at(std::string_view text) {
    static const auto k_zone = booking::Zone::named(booking::k_home_zone).value();
    return k_zone.utc(booking::read_local(text).value()).first;
  }
  void book(Id instrument, std::string_view from, std::string_view to) {
    const auto done = booking->book(instrument, {at(from), at(to)}, "secret purpose", {3, false});
    ASSERT_TRUE(done) << done.error().message();
  }

  // `session`: of who asks; empty: a visitor.
  http::Answer get(const std::string& target, const std::string& session = {}) {
    http::Request request;
    EXPECT_TRUE(http::read_target(target, request)) << target;
    if (!session.empty()) {
      request.headers.emplace_back("cookie", "pb_session=" + session);
    }
    return pages->answer(router, request);
  }
  std::string body(const std::string& target, int status = 200, const std::string& session = {}) {
    const http::Answer answer = get(target, session);
    EXPECT_EQ(answer.status, status) << target << "\n" << answer.body.substr(0, 2000);
    return answer.body;
  }
  static bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

  // A Monday, seven in the morning in Paris.
  FixedClock m_clock{std::chrono::system_clock::time_point(
      std::chrono::seconds(booking::day_number(2026, 3, 2) * booking::k_day + 6 * 3600))};
  access::Access access;
  mail::Outbox outbox;
  booking::Trainings trainings;
  booking::Feeds feeds;
  access::Contacts contacts;
  std::unique_ptr<booking::Booking> booking;
  std::string fetched;  // what stands under any address; empty: nothing can be had
  std::unique_ptr<booking::Calendars> calendars;
  std::unique_ptr<Pages> pages;
  http::Router router;
};

}  // namespace pitchblende::pages
