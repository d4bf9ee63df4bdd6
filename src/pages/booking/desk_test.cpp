// The rooms of booking through their forms: booked, taken, moved, given back, confirmed; terms, trainings, calendars.
#include "pages/booking/desk_fixture.hpp"

namespace pitchblende::pages {
namespace {

using testing::HasSubstr;
using testing::Not;

// Rule 17.
TEST_F(DeskTest, ABookingIsMadeAndSeenByItsOwnerAlone) {
  EXPECT_EQ(get(m_microscope + "/book").status, 303) << "a visitor signs in first";
  EXPECT_THAT(body(m_microscope + "/book", 200, m_camille), HasSubstr("value=\"2026-03-02T08:00\""));
  const http::Answer made = book_form("from=2026-03-02T09%3A00&minutes=60&purpose=%3Cb%3Ecells%3C%2Fb%3E", m_camille);
  ASSERT_EQ(made.status, 303) << made.body;
  EXPECT_EQ(location(made), "/en/bookings/2?done=booked") << location(made);
  const std::string own = body("/en/bookings/2?done=booked", 200, m_camille);
  EXPECT_THAT(own, HasSubstr("Monday 2 March 2026, 09:00 – 10:00"));
  EXPECT_THAT(own, HasSubstr("&lt;b&gt;cells"));
  EXPECT_THAT(own, HasSubstr("It is yours"));
  EXPECT_THAT(own, Not(HasSubstr("camille@example.org</dd>")));
  EXPECT_EQ(get("/en/bookings/2", m_noa).status, 404);
  EXPECT_EQ(get("/en/bookings/2").status, 303);
  EXPECT_THAT(body("/en/bookings/2", 200, m_manager), HasSubstr("camille@example.org"));
  EXPECT_THAT(body("/en/bookings", 200, m_camille), HasSubstr("/en/bookings/2"));
  EXPECT_THAT(body("/en/bookings", 200, m_noa), Not(HasSubstr("/en/bookings/2")));
  EXPECT_THAT(letters(), testing::ElementsAre("booking_confirmed camille@example.org"));
  EXPECT_EQ(access.audit().entries(0, 1).value().front().deed.verb, "book");
}

// Rules 14 and 19.
TEST_F(DeskTest, TheSecondKeepsHisWordsAndIsToldWhatIsFree) {
  ASSERT_EQ(book_form("from=2026-03-02T09%3A00&minutes=60", m_camille).status, 303);
  const http::Answer second = book_form("from=2026-03-02T09%3A30&minutes=60&purpose=my+own+words", m_noa);
  EXPECT_EQ(second.status, 409);
  EXPECT_THAT(second.body, HasSubstr("The instrument is taken then: Monday 2 March 2026, 09:00 – 10:00<"));
  EXPECT_THAT(second.body, HasSubstr(">my own words</textarea>"));
  EXPECT_THAT(second.body, HasSubstr("value=\"2026-03-02T09:30\""));
  EXPECT_THAT(second.body, HasSubstr("name=\"from\" value=\"2026-03-02T10:00\""));
  EXPECT_THAT(second.body, HasSubstr("type=\"hidden\" name=\"purpose\" value=\"my own words\""))
      << "one click books it";
  EXPECT_THAT(second.body, HasSubstr("Monday 2 March 2026, 12:00 – 13:00"));
  EXPECT_EQ(letters().size(), 1U) << "nothing is sent of what was not booked";
}

TEST_F(DeskTest, WhatCannotBeTypedIsSaid) {
  for (const auto& [fields, wanted] : {std::pair{"from=tomorrow&minutes=60", "is no date and time"},
                                       {"from=2026-03-02T09%3A00&minutes=soon", "is no length"},
                                       {"from=2026-03-02T09%3A00&minutes=-5", "is no length"},
                                       {"from=2026-03-02T09%3A10&minutes=60", "whole steps"},
                                       {"from=2026-03-02T20%3A00&minutes=60", "is not open"},
                                       {"from=2026-03-01T09%3A00&minutes=60", "is past"},
                                       {"from=2027-03-01T09%3A00&minutes=60", "days ahead"},
                                       {"from=2026-03-02T09%3A00&minutes=99999", "at most"},
                                       {"purpose=x", "is no date and time"}}) {
    const http::Answer answer = book_form(fields, m_camille);
    EXPECT_GE(answer.status, 400) << fields;
    EXPECT_THAT(answer.body, HasSubstr(wanted)) << fields;
    EXPECT_THAT(answer.body, HasSubstr("role=\"alert\"")) << fields;
  }
  EXPECT_EQ(get("/en/equipment/0000000000/book", m_camille).status, 404);
  EXPECT_EQ(get("/en/equipment/x/book", m_camille).status, 404);
  EXPECT_EQ(get("/en/bookings/x", m_camille).status, 404);
  EXPECT_EQ(get("/en/bookings/99999999999999999999", m_camille).status, 404);
  EXPECT_THAT(body("/en/equipment/" + thing("Étuve").text() + "/book", 409, m_camille),
              HasSubstr("is not booked here"));
}

TEST_F(DeskTest, AFormWithoutItsTokenDoesNothing) {
  http::Request request;
  ASSERT_TRUE(http::read_target(m_microscope + "/book", request));
  request.method = http::Method::post;
  request.headers = {{"cookie", "pb_session=" + m_camille}, {"content-type", "application/x-www-form-urlencoded"}};
  request.body = "from=2026-03-02T09%3A00&minutes=60";
  EXPECT_EQ(pages->answer(router, request).status, 403);
  EXPECT_TRUE(booking->of_account(2, 0).value().empty());
}

// Rules 13 and 18.
TEST_F(DeskTest, MovedAndGivenBackUnlessSomebodyWasThereBefore) {
  ASSERT_EQ(book_form("from=2026-03-02T09%3A00&minutes=60", m_camille).status, 303);
  const std::string here = "/en/bookings/2";
  EXPECT_EQ(location(send(here, here + "/move", "revision=1&from=2026-03-03T09%3A00&minutes=90", m_camille)),
            here + "?done=moved");
  const http::Answer late = send(here, here + "/move", "revision=1&from=2026-03-04T09%3A00&minutes=90", m_camille);
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("Somebody changed this"));
  EXPECT_THAT(late.body, HasSubstr("value=\"2026-03-04T09:00\"")) << "what he typed";
  EXPECT_THAT(late.body, HasSubstr("Tuesday 3 March 2026, 09:00 – 10:30")) << "what is there";
  EXPECT_THAT(late.body, HasSubstr("name=\"revision\" value=\"2\""));
  EXPECT_EQ(send(here, here + "/confirm", "revision=2", m_camille).status, 409) << "it is confirmed already";
  EXPECT_EQ(send(here, here + "/decline", "revision=2", m_camille).status, 403);
  EXPECT_EQ(location(send(here, here + "/cancel", "revision=2&reason=no+more", m_camille)), here + "?done=cancelled");
  EXPECT_THAT(body(here, 200, m_camille), HasSubstr("no more"));
  EXPECT_THAT(letters(), testing::Contains("booking_given_back dominique@example.org"));
}

// Rules 10, 12, 17 and 18.
TEST_F(DeskTest, WhatWaitsIsAnsweredByWhoLooksAfterIt) {
  auto terms = booking->terms(thing("Microscope")).value().value();
  terms.confirmed = true;
  set(terms);
  ASSERT_EQ(book_form("from=2026-03-02T09%3A00&minutes=60", m_camille).status, 303);
  EXPECT_THAT(letters(), testing::UnorderedElementsAre("booking_requested camille@example.org",
                                                       "booking_to_confirm dominique@example.org"));
  EXPECT_THAT(body("/en/account", 200, m_manager), HasSubstr("1 booking to confirm"));
  EXPECT_THAT(body("/en/account", 200, m_camille), Not(HasSubstr("to confirm")));
  EXPECT_THAT(body("/en/bookings/waiting", 200, m_manager), HasSubstr("/en/bookings/2"));
  EXPECT_EQ(get("/en/bookings/waiting", m_camille).status, 403);
  EXPECT_EQ(send("/en/bookings/2", "/en/bookings/2/confirm", "revision=1", m_camille).status, 403) << "his own";
  EXPECT_EQ(location(send("/en/bookings/2", "/en/bookings/2/confirm", "revision=1", m_manager)),
            "/en/bookings/2?done=confirmed");
  EXPECT_EQ(booking->held(2).value().state, booking::State::confirmed);
  EXPECT_THAT(letters(), testing::Contains("booking_confirmed camille@example.org"));
  ASSERT_EQ(book_form("from=2026-03-02T11%3A00&minutes=60", m_camille).status, 303);
  EXPECT_EQ(send("/en/bookings/3", "/en/bookings/3/decline", "revision=1&reason=broken", m_manager).status, 303);
  EXPECT_THAT(body("/en/bookings/3", 200, m_camille), HasSubstr("broken"));
}

// Rules 8 and 17.
TEST_F(DeskTest, TrainingsAreGrantedAndEnded) {
  auto terms = booking->terms(thing("Microscope")).value().value();
  terms.trained = true;
  set(terms);
  EXPECT_THAT(body(m_microscope + "/book", 200, m_camille), HasSubstr("nobody has entered you as trained"));
  // The page has no form of booking for who lacks the training: its token is another page's.
  const auto books = [&](const std::string& at) {
    return send("/en/bookings", m_microscope + "/book", "from=2026-03-02T" + at + "&minutes=60", m_camille).status;
  };
  EXPECT_EQ(books("09%3A00"), 403);
  const std::string desk = m_microscope + "/bookings";
  EXPECT_EQ(get(desk, m_camille).status, 403);
  const http::Answer nobody = send(desk, m_microscope + "/trainings", "email=nobody&since=2026-03-01", m_manager);
  EXPECT_EQ(nobody.status, 422);
  EXPECT_THAT(nobody.body, HasSubstr("value=\"nobody\""));
  ASSERT_EQ(send(desk, m_microscope + "/trainings", "email=new%40example.org&since=2026-03-01", m_manager).status, 303)
      << "he has not signed in yet";
  EXPECT_THAT(letters(), testing::ElementsAre("booking_trained new@example.org"));
  EXPECT_EQ(send(desk, m_microscope + "/trainings", "email=camille%40example.org&since=soon", m_manager).status, 422);
  ASSERT_EQ(send(desk, m_microscope + "/trainings", "email=camille%40example.org&since=2026-03-01", m_manager).status,
            303);
  EXPECT_THAT(body(desk, 200, m_manager), HasSubstr("camille@example.org"));
  EXPECT_EQ(books("09%3A00"), 303);
  const int64_t account = trainings.on(thing("Microscope")).value().front().account;
  ASSERT_EQ(
      send(desk, m_microscope + "/trainings/end", "account=" + std::to_string(account) + "&since=2026-03-01", m_manager)
          .status,
      303);
  EXPECT_EQ(books("11%3A00"), 403);
}

// Rules 13 and 19.
TEST_F(DeskTest, TermsAreStoredAndNobodysAreLost) {
  const std::string page = m_microscope + "/terms";
  EXPECT_EQ(get(page, m_camille).status, 403);
  EXPECT_THAT(body(page, 200, m_manager), HasSubstr("value=\"08:00-18:00\""));
  const std::string fields =
      "how=here&zone=Europe%2FParis&step=30&smallest=30&largest=480&notice=0&horizon=90&day0=08%3A00-12%3A30%2C+13%"
      "3A30-20%3A00";
  EXPECT_EQ(location(send(page, page, fields + "&revision=1&closed=2026-08-01%2F2026-08-15", m_manager)),
            page + "?done=stored");
  const auto stored = booking->terms(thing("Microscope")).value().value();
  EXPECT_EQ(stored.hours.size(), 2U);
  EXPECT_EQ(stored.closures.size(), 1U);
  const http::Answer late = send(page, page, fields + "&revision=1&notice=45", m_root);
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("Stored meanwhile by somebody else"));
  EXPECT_THAT(late.body, HasSubstr("2026-08-01/2026-08-15")) << "what the other wrote";
  EXPECT_THAT(late.body, HasSubstr("name=\"revision\" value=\"2\""));
  for (const auto& [wrong, wanted] : {std::pair{"&day1=morning", "“morning” is not understood"},
                                      {"&closed=2026-02-30", "2026-02-30"},
                                      {"&address=javascript%3Aalert(1)", "is not understood"},
                                      {"&day2=12%3A00-08%3A00", "role=\"alert\""}}) {
    const http::Answer answer = send(page, page, fields + wrong + "&revision=2", m_manager);
    EXPECT_EQ(answer.status, 422) << wrong;
    EXPECT_THAT(answer.body, HasSubstr(wanted));
  }
  const std::string french = "/fr" + page.substr(3);
  for (const auto& [wrong, wanted] :
       {std::pair{"day2=12%3A00-08%3A00&", "mercredi\u00A0: il ferme (08:00) avant d’ouvrir (12:00)"},
        {"closed=2026-08-15%2F2026-08-01&", "Fermé le\u00A0: le dernier jour, 1er août 2026, est avant le premier"},
        {"largest=45&",
         "Réservation la plus longue, en minutes\u00A0: il faut un ou plusieurs pas entiers (30 minutes)"}}) {
    EXPECT_THAT(send(french, french, wrong + fields + "&revision=2", m_manager).body, HasSubstr(wanted));
  }
  EXPECT_EQ(send(page, page, "how=perhaps", m_manager).status, 422);
}

// Rule 15.
TEST_F(DeskTest, OddHoursAreSaidAndAsked) {
  auto terms = booking->terms(thing("Microscope")).value().value();
  terms.hours = {{6, 0, 1440}};
  terms.horizon = 366;
  set(terms);
  EXPECT_THAT(book_form("from=2026-03-29T02%3A30&minutes=60", m_camille).body, HasSubstr("does not exist"));
  const http::Answer twice = book_form("from=2026-10-25T02%3A30&minutes=60", m_camille);
  EXPECT_EQ(twice.status, 422);
  EXPECT_THAT(twice.body, HasSubstr("name=\"which\" value=\"second\""));
  ASSERT_EQ(book_form("from=2026-10-25T02%3A30&minutes=60&which=second", m_camille).status, 303);
  EXPECT_EQ(booking->held(2).value().span.begins, at("2026-10-25T02:30") + 3600);
  EXPECT_EQ(book_form("from=2026-10-25T02%3A30&minutes=60&which=first", m_camille).status, 303);
  EXPECT_THAT(body("/en/bookings/2", 200, m_camille), HasSubstr("value=\"second\" checked"));
}

// Rule 16.
TEST_F(DeskTest, ACalendarAddressIsSeenOnceAndRevoked) {
  ASSERT_EQ(book_form("from=2026-03-02T09%3A00&minutes=60&purpose=cells", m_camille).status, 303);
  const http::Answer made = send("/en/bookings", "/en/bookings/feeds", "back=", m_camille);
  ASSERT_EQ(made.status, 200);
  const size_t at = made.body.find("http://pool.example.org/en/calendar/");
  ASSERT_NE(at, std::string::npos) << made.body;
  const std::string path = made.body.substr(at + 23, 13 + 64 + 4);
  EXPECT_TRUE(path.ends_with(".ics")) << path;
  const http::Answer calendar = get(path);
  EXPECT_EQ(calendar.type, "text/calendar; charset=utf-8");
  EXPECT_EQ(calendar.keep, http::Keep::never);
  EXPECT_THAT(calendar.body, HasSubstr("SUMMARY:Microscope zorg"));
  EXPECT_THAT(body("/en/bookings", 200, m_camille), Not(HasSubstr(path)));
  EXPECT_EQ(send("/en/bookings", "/en/bookings/feeds/1/revoke", "back=", m_noa).status, 404) << "not his";
  EXPECT_EQ(send("/en/bookings", "/en/bookings/feeds/1/revoke", "back=", m_camille).status, 303);
  EXPECT_EQ(get(path).status, 404);
  EXPECT_THAT(body("/en/bookings", 200, m_camille), Not(HasSubstr("/revoke")));
  EXPECT_EQ(send("/en/bookings", m_microscope + "/feeds", "back=", m_camille).status, 403);
  const http::Answer taken = send(m_microscope + "/bookings", m_microscope + "/feeds", "back=", m_manager);
  const size_t there = taken.body.find("/en/calendar/");
  ASSERT_NE(there, std::string::npos);
  const std::string shown = taken.body.substr(there, 13 + 64);
  const std::string text = get(shown).body;
  EXPECT_THAT(text, HasSubstr("SUMMARY:taken"));
  EXPECT_THAT(text, Not(HasSubstr("cells")));
  const std::string desk = body(m_microscope + "/bookings", 200, m_root);
  EXPECT_THAT(desk, HasSubstr("dominique@example.org")) << "whose address it is";
  ASSERT_TRUE(store->write([](store::Transaction& transaction) -> Result<void> {
    TRY(transaction.execute("UPDATE role_grant SET ends = '2026-03-01' WHERE role = 'platform_manager'"));
    return {};
  }));
  EXPECT_EQ(get(shown).status, 404) << "he looks after it no more";
  EXPECT_EQ(send(m_microscope + "/bookings", "/en/bookings/feeds/1/revoke", "back=", m_root).status, 303);
}

TEST_F(DeskTest, ACalendarIsBroughtOrReadNowAndWhatWasLeftOutIsSaid) {
  auto terms = booking->terms(thing("Microscope")).value().value();
  terms.how = booking::How::elsewhere;
  terms.address = "https://booking.example.org/";
  terms.calendar = "https://booking.example.org/7.ics";
  set(terms);
  const std::string here = m_microscope + "/bookings";
  EXPECT_THAT(body(here, 200, m_manager), HasSubstr("was not read yet"));
  EXPECT_THAT(body("/en/slots?q=microscopie"), Not(HasSubstr("Microscope zorg"))) << "nothing is known of it";
  const std::string read_now = m_microscope + "/calendar/read";
  EXPECT_EQ(send(here, read_now, "x=1", m_manager).status, 502) << "nothing can be had there";
  EXPECT_THAT(body("/fr" + here.substr(3), 200, m_manager), HasSubstr("son serveur ne répond pas"));
  fetched =
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260302T080000Z\r\nDURATION:PT3H\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nDTSTART:soon\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  const http::Answer read = send(here, read_now, "x=1", m_manager);
  EXPECT_EQ(read.status, 200);
  EXPECT_THAT(read.body, HasSubstr("Events read: 2. Taken: 1. Left out: 1."));
  EXPECT_THAT(read.body, HasSubstr("Line 7, DTSTART: “soon” is no date or time"));
  EXPECT_THAT(body("/en/slots?q=microscopie"), HasSubstr("Microscope zorg"));
  EXPECT_EQ(bring("hello", m_manager).status, 422);
  EXPECT_EQ(bring(std::string(5 << 20, 'x'), m_manager).status, 413);
  EXPECT_EQ(bring("", m_manager).status, 422);
  EXPECT_EQ(bring(fetched, m_camille).status, 403);
  EXPECT_THAT(bring(fetched, m_manager).body, HasSubstr("Events read: 2"));
  EXPECT_EQ(access.audit().entries(0, 1).value().front().deed.verb, "read_calendar");
}

TEST_F(DeskTest, WhoLooksAfterItSeesWhoBookedWhatAndTakesItAlong) {
  ASSERT_EQ(book_form("from=2026-03-02T09%3A00&minutes=90&purpose=%3Dcells", m_camille).status, 303);
  const std::string platform = "/en/platform/" + thing("Plateforme d'essai").text();
  for (const std::string& here : {m_microscope, platform}) {
    const std::string list = body(here + "/booked", 200, m_manager);
    EXPECT_THAT(list, HasSubstr("camille@example.org"));
    EXPECT_THAT(list, HasSubstr("Monday 2 March 2026, 09:00"));
    EXPECT_THAT(list, HasSubstr("Hours booked: 1.5"));
    const std::string french = body("/fr" + here.substr(3) + "/booked", 200, m_manager);
    EXPECT_THAT(french, HasSubstr("1,5"));
    EXPECT_THAT(french, Not(HasSubstr("1.5")));
    EXPECT_THAT(
        body(here + "/booked.csv", 200, m_manager),
        HasSubstr("Microscope zorg,2026-03-02 09:00,2026-03-02 10:30,1.5,camille@example.org,confirmed,\"'=cells\""));
    EXPECT_THAT(body(here + "/booked?from=2026-03-03&until=2026-03-09", 200, m_manager),
                Not(HasSubstr("camille@example.org")));
    EXPECT_EQ(get(here + "/booked?from=soon", m_manager).status, 422);
    EXPECT_EQ(get(here + "/booked", m_camille).status, 403);
    EXPECT_EQ(get(here + "/booked.csv", m_camille).status, 403);
    EXPECT_THAT(body(here, 200, m_manager), HasSubstr(here + "/booked"));
  }
  const std::string after = body("/en/bookings/looked-after", 200, m_manager);
  EXPECT_THAT(after, HasSubstr(platform + "/booked"));
  EXPECT_THAT(after, HasSubstr(m_microscope + "/bookings"));
  EXPECT_THAT(body(m_microscope + "/week?from=2026-03-02", 200, m_manager),
              HasSubstr("09:00 – 10:30</span> <span>camille@example.org</span>"));
  EXPECT_THAT(body(m_microscope + "/week?from=2026-03-02", 200, m_noa), Not(HasSubstr("camille")));
  EXPECT_THAT(body("/en/bookings.csv", 200, m_camille), HasSubstr("Microscope zorg,2026-03-02 09:00,"));
  EXPECT_THAT(body("/en/bookings.csv", 200, m_noa), Not(HasSubstr("Microscope")));
}

// docs/rules/booking.md, rule 21.
TEST_F(DeskTest, WhoBookedAtTheTerminalIsCalledSo) {
  constexpr int64_t nine = 20'514LL * 86'400 + 8 * 3600;  // Monday 2 March 2026, on the clock of Paris
  ASSERT_TRUE(booking->book(thing("Microscope"), {nine, nine + 3600}, "at the machine", {0, true}));
  const std::string list = m_microscope + "/booked?from=2026-03-01&until=2026-03-31";
  EXPECT_THAT(body(list, 200, m_manager), HasSubstr("the technical team"));
  EXPECT_THAT(body("/fr" + list.substr(3), 200, m_manager), HasSubstr("équipe technique"));
}

TEST_F(DeskTest, WhatIsOutOfUseIsNotOffered) {
  pool::SourceSettings own = source("other", "equipment", sources::Mode::snapshot);
  own.republish = true;
  import(own,
         "Identifiant;Type de fiche;Nom;Techniques;État\nE7;équipement;Statif zorg;microscopie;en maintenance\n"
         "E8;équipement;Loupe zorg;microscopie;dégradé\n");
  settle();
  set(workdays("Statif"));
  set(workdays("Loupe"));
  const std::string found = body("/en/slots?q=microscopie");
  EXPECT_THAT(found, HasSubstr("Microscope zorg"));
  EXPECT_THAT(found, Not(HasSubstr("Statif zorg")));
  EXPECT_THAT(found, HasSubstr("Loupe zorg"));
  EXPECT_THAT(found, HasSubstr("degraded"));
  EXPECT_THAT(found, HasSubstr("1 instrument that matches is in maintenance"));
  EXPECT_THAT(body("/en/slots?q=microscopie+banane"), HasSubstr("Nothing has all of these words"));
  EXPECT_THAT(body("/en/slots?days=1"), HasSubstr(">1 day<"));
}

TEST_F(DeskTest, PagesLeadToBooking) {
  EXPECT_THAT(body("/en/slots?q=microscopie"),
              HasSubstr(m_microscope + "/book?from=2026-03-02T08%3A00&amp;minutes=60"));
  EXPECT_THAT(body(m_microscope + "/day?from=2026-03-03"),
              HasSubstr(m_microscope + "/book?from=2026-03-03T08%3A00&amp;minutes=30"));
  EXPECT_THAT(body(m_microscope), HasSubstr(m_microscope + "/book"));
  EXPECT_THAT(body(m_microscope), Not(HasSubstr(m_microscope + "/bookings")));
  EXPECT_THAT(body(m_microscope, 200, m_manager), HasSubstr(m_microscope + "/bookings"));
  m_clock.set(m_clock.now() + std::chrono::hours(27) + std::chrono::minutes(10));
  EXPECT_THAT(body(m_microscope + "/day?from=2026-03-03"), HasSubstr("/book?from=2026-03-03T10%3A30"));
}

}  // namespace
}  // namespace pitchblende::pages
