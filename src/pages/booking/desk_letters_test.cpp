// What letters about bookings say, and what is done to many bookings or for others.
#include "pages/booking/desk_fixture.hpp"

namespace pitchblende::pages {
namespace {

using testing::HasSubstr;
using testing::Not;

class DeskLettersTest : public DeskTest {
 protected:
  void SetUp() override {
    DeskTest::SetUp();
    import_two_people();
  }
  void wants_a_yes() {
    auto terms = booking->terms(thing("Microscope")).value().value();
    terms.confirmed = true;
    set(terms);
  }
  static std::string ics(const mail::Letter& letter) {
    EXPECT_EQ(letter.attachments.size(), 1U);
    return letter.attachments.empty() ? std::string() : letter.attachments.front().text;
  }
  static std::string text(const mail::Letter& letter) { return letter.subject + "\n" + mail::letter_text(letter); }
};

// Rules 12 and 18.
TEST_F(DeskLettersTest, LettersSayWhoWhereAndWhen) {
  wants_a_yes();
  ASSERT_EQ(book_form("from=2026-03-02T09%3A00&minutes=60&purpose=cells", m_camille).status, 303);
  const std::string asked = text(letter("booking_to_confirm"));
  EXPECT_THAT(asked, HasSubstr("Camille Zermatt"));
  EXPECT_THAT(asked, HasSubstr("Institut Demo")) << "his institution";
  EXPECT_THAT(asked, HasSubstr("camille@example.org"));
  EXPECT_THAT(asked, HasSubstr("Microscope zorg (")) << "where it is";
  EXPECT_THAT(asked, HasSubstr("Plateforme d'essai"));
  EXPECT_THAT(asked, HasSubstr("lundi 2 mars 2026, 09:00"));
  EXPECT_TRUE(letter("booking_to_confirm").attachments.empty());
  const std::string waits = ics(letter("booking_requested"));
  EXPECT_THAT(waits, HasSubstr("STATUS:TENTATIVE"));
  EXPECT_THAT(waits, HasSubstr("UID:booking-2@pitchblende\r\n"));
  EXPECT_THAT(waits, HasSubstr("SEQUENCE:1\r\n"));
  ASSERT_EQ(send("/en/bookings/2", "/en/bookings/2/confirm", "revision=1", m_manager).status, 303);
  const mail::Letter confirmed = letter("booking_confirmed");
  EXPECT_THAT(text(confirmed), HasSubstr("Dominique Zorgue (")) << "who decided";
  EXPECT_THAT(text(confirmed), HasSubstr("a confirmé votre réservation"));
  EXPECT_EQ(confirmed.attachments.front().type, "text/calendar; method=PUBLISH");
  EXPECT_THAT(ics(confirmed), HasSubstr("SEQUENCE:2\r\n"));
  EXPECT_THAT(ics(confirmed), HasSubstr("STATUS:CONFIRMED"));
}

TEST_F(DeskLettersTest, WhatIsMovedWaitsAgainAndSaysSo) {
  wants_a_yes();
  ASSERT_EQ(book_form("from=2026-03-02T09%3A00&minutes=60", m_camille).status, 303);
  ASSERT_EQ(send("/en/bookings/2", "/en/bookings/2/confirm", "revision=1", m_manager).status, 303);
  const http::Answer moved =
      send("/en/bookings/2", "/en/bookings/2/move", "revision=2&from=2026-03-03T09%3A00&minutes=60", m_camille);
  ASSERT_EQ(moved.status, 303);
  EXPECT_THAT(body(location(moved), 200, m_camille), HasSubstr("waits for a yes again"));
  EXPECT_THAT(text(letter("booking_moved")), HasSubstr("attend de nouveau un accord"));
  EXPECT_THAT(text(letter("booking_to_confirm")), HasSubstr("a déplacé sa réservation"));
  EXPECT_THAT(ics(letter("booking_moved")), HasSubstr("SEQUENCE:3\r\n"));
  // Who looks after it need not ask himself.
  ASSERT_EQ(
      send("/en/bookings/2", "/en/bookings/2/move", "revision=3&from=2026-03-04T09%3A00&minutes=60", m_manager).status,
      303);
  EXPECT_THAT(body("/en/bookings/2?done=moved", 200, m_camille), Not(HasSubstr("waits for a yes again")));
  EXPECT_THAT(text(letter("booking_moved")), HasSubstr("Dominique Zorgue"));
}

// Rule 10.
TEST_F(DeskLettersTest, NobodyIsRefusedWithoutAReason) {
  wants_a_yes();
  ASSERT_EQ(book_form("from=2026-03-02T09%3A00&minutes=60", m_camille).status, 303);
  const http::Answer silent = send("/en/bookings/2", "/en/bookings/2/decline", "revision=1&reason=+", m_manager);
  EXPECT_EQ(silent.status, 422);
  EXPECT_THAT(silent.body, HasSubstr("Say why"));
  ASSERT_EQ(send("/en/bookings/2", "/en/bookings/2/decline", "revision=1&reason=laser+broken", m_manager).status, 303);
  const mail::Letter declined = letter("booking_declined");
  EXPECT_THAT(text(declined), HasSubstr("laser broken"));
  EXPECT_EQ(declined.attachments.front().type, "text/calendar; method=CANCEL");
  ASSERT_EQ(book_form("from=2026-03-02T11%3A00&minutes=60", m_camille).status, 303);
  EXPECT_EQ(send("/en/bookings/3", "/en/bookings/3/cancel", "revision=1", m_manager).status, 422);
  EXPECT_EQ(send("/en/bookings/3", "/en/bookings/3/cancel", "revision=1", m_camille).status, 303) << "his own";
  EXPECT_THAT(text(letter("booking_cancelled")), HasSubstr("Vous avez rendu"));
  EXPECT_THAT(ics(letter("booking_cancelled")), HasSubstr("METHOD:CANCEL\r\n"));
  EXPECT_THAT(text(letter("booking_given_back")), HasSubstr("Camille Zermatt"));
}

TEST_F(DeskLettersTest, PeopleAreShownByTheirCards) {
  ASSERT_EQ(book_form("from=2026-03-02T09%3A00&minutes=60", m_camille).status, 303);
  for (const std::string& page :
       {m_microscope + "/bookings", m_microscope + "/booked", std::string("/en/bookings/2")}) {
    EXPECT_THAT(body(page, 200, m_manager),
                testing::ContainsRegex("href=\"/en/person/[0-9A-Z]{10}\"[^>]*>Camille Zermatt"))
        << page;
  }
  EXPECT_THAT(body(m_microscope + "/booked.csv", 200, m_manager), HasSubstr("camille@example.org"));
  EXPECT_THAT(body(m_microscope + "/week?from=2026-03-02", 200, m_manager), HasSubstr("<span>Camille Zermatt</span>"));
}

// Rule 1.
TEST_F(DeskLettersTest, TermsTellWhichBookingsTheyLeaveOutsideBeforeTheyAreStored) {
  ASSERT_EQ(book_form("from=2026-03-03T09%3A00&minutes=60", m_camille).status, 303);
  const std::string page = m_microscope + "/terms";
  const std::string fields =
      "how=here&zone=Europe%2FParis&step=30&smallest=30&largest=480&notice=0&horizon=90&day0=08%3A00-18%3A00";
  const std::string first = fields + "&revision=1";
  const http::Answer asked = send(page, page, first, m_manager);
  EXPECT_EQ(asked.status, 200);
  EXPECT_THAT(asked.body, HasSubstr("Nothing is stored yet"));
  EXPECT_THAT(asked.body, HasSubstr("Tuesday 3 March 2026, 09:00"));
  EXPECT_EQ(booking->terms(thing("Microscope")).value()->revision, 1);
  constexpr std::string_view k_before = "name=\"seen\" value=\"";
  const std::string seen = "&seen=" + asked.body.substr(asked.body.find(k_before) + k_before.size(), 32);
  EXPECT_EQ(send(page, page, first + seen + "&cancel=yes", m_manager).status, 422) << "without a reason";
  const http::Answer stored = send(page, page, first + seen, m_manager);
  ASSERT_EQ(stored.status, 303) << stored.body;
  EXPECT_EQ(location(stored), page + "?done=stored&told=1&letters=1");
  EXPECT_THAT(body(location(stored), 200, m_manager),
              HasSubstr("1 booking is outside the opening hours. 1 person who booked is told by a letter."));
  EXPECT_EQ(booking->held(2).value().state, booking::State::confirmed) << "it stands";
  EXPECT_THAT(text(letter("booking_outside")), HasSubstr("Dominique Zorgue"));
  // Those that were outside already are not told again.
  EXPECT_EQ(location(send(page, page, fields + "&revision=2&closed=2026-08-01", m_manager)), page + "?done=stored");
}

TEST_F(DeskLettersTest, WhatTermsLeaveOutsideIsCancelledInTheSameStep) {
  ASSERT_EQ(book_form("from=2026-03-03T09%3A00&minutes=60", m_camille).status, 303);
  const std::string page = m_microscope + "/terms";
  const std::string fields =
      "how=here&zone=Europe%2FParis&step=30&smallest=30&largest=480&notice=0&horizon=90&day0=08%3A00-18%3A00&revision=1"
      "&cancel=yes&reason=no+staff+that+day";
  const http::Answer asked = send(page, page, fields, m_manager);
  constexpr std::string_view k_before = "name=\"seen\" value=\"";
  ASSERT_THAT(asked.body, HasSubstr(std::string(k_before)));
  const std::string seen = "&seen=" + asked.body.substr(asked.body.find(k_before) + k_before.size(), 32);
  // Somebody books meanwhile: that is shown first.
  ASSERT_EQ(book_form("from=2026-03-04T09%3A00&minutes=60", m_noa).status, 303);
  const http::Answer again = send(page, page, fields + seen, m_manager);
  EXPECT_EQ(again.status, 200);
  EXPECT_THAT(again.body, HasSubstr("Wednesday 4 March 2026"));
  const std::string now = "&seen=" + again.body.substr(again.body.find(k_before) + k_before.size(), 32);
  EXPECT_EQ(location(send(page, page, fields + now, m_manager)), page + "?done=stored&cancelled=2&letters=2");
  EXPECT_EQ(booking->held(2).value().state, booking::State::cancelled);
  EXPECT_EQ(booking->held(3).value().reason, "no staff that day");
  EXPECT_THAT(text(letter("booking_cancelled")), HasSubstr("no staff that day"));
}

TEST_F(DeskLettersTest, WhoHasSeveralBookingsOutsideGetsOneLetter) {
  ASSERT_EQ(book_form("from=2026-03-03T09%3A00&minutes=60", m_camille).status, 303);
  ASSERT_EQ(book_form("from=2026-03-04T09%3A00&minutes=60", m_camille).status, 303);
  const std::string page = m_microscope + "/terms";
  const std::string fields =
      "how=here&zone=Europe%2FParis&step=30&smallest=30&largest=480&notice=0&horizon=90&day0=08%3A00-18%3A00&revision="
      "1";
  const http::Answer asked = send(page, page, fields, m_manager);
  constexpr std::string_view k_before = "name=\"seen\" value=\"";
  const std::string seen = "&seen=" + asked.body.substr(asked.body.find(k_before) + k_before.size(), 32);
  const size_t before = letters().size();
  const http::Answer stored = send(page, page, fields + seen, m_manager);
  EXPECT_EQ(location(stored), page + "?done=stored&told=2&letters=1");
  EXPECT_EQ(letters().size(), before + 1);
  EXPECT_THAT(text(letter("booking_outside")), HasSubstr("– mardi 3 mars 2026, 09:00"));
  EXPECT_THAT(text(letter("booking_outside")), HasSubstr("– mercredi 4 mars 2026, 09:00"));
  EXPECT_THAT(body(location(stored), 200, m_manager), HasSubstr("2 bookings are outside the opening hours. 1 person"));
}

// Rule 23.
TEST_F(DeskLettersTest, TheAddressOfACardThatIsBookedForIsNotShown) {
  const std::string card = "%2Fen%2Fperson%2F" + id_of("email:camille@example.org").text();
  const http::Answer made = book_form("from=2026-03-04T09%3A00&minutes=60&whom=" + card, m_manager);
  ASSERT_EQ(made.status, 303) << made.body;
  for (const std::string& page : {location(made), m_microscope + "/bookings", m_microscope + "/booked",
                                  m_microscope + "/booked.csv", m_microscope + "/week?from=2026-03-02"}) {
    const std::string shown = body(page, 200, m_manager);
    EXPECT_THAT(shown, HasSubstr("Camille Zermatt")) << page;
    EXPECT_THAT(shown, Not(HasSubstr("camille@example.org"))) << page;
  }
  ASSERT_EQ(send("/en/bookings/2", "/en/bookings/2/cancel", "revision=1", m_camille).status, 303);
  EXPECT_THAT(text(letter("booking_given_back")), HasSubstr("Camille Zermatt"));
  EXPECT_THAT(text(letter("booking_given_back")), Not(HasSubstr("camille@example.org")));
}

TEST_F(DeskLettersTest, OtherTimesAreOfferedWhereTheTimeIsTheTrouble) {
  ASSERT_EQ(book_form("from=2026-03-03T09%3A00&minutes=60", m_noa).status, 303);
  const http::Answer taken = book_form("from=2026-03-03T09%3A00&minutes=60", m_camille);
  EXPECT_EQ(taken.status, 409);
  EXPECT_THAT(taken.body, HasSubstr("Next free times"));
  EXPECT_THAT(taken.body, HasSubstr("taken then: Tuesday 3 March 2026, 09:00 – 10:00"));
  EXPECT_THAT(book_form("from=2026-03-03T20%3A00&minutes=60", m_camille).body,
              HasSubstr("not open then: Tuesday 3 March 2026, 20:00 – 21:00"));
  for (const std::string& wrong : {std::string("from=2026-03-03T11%3A00&minutes=60&purpose=") + std::string(2001, 'x'),
                                   std::string("from=soon&minutes=60")}) {
    const http::Answer answer = book_form(wrong, m_camille);
    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(answer.body, Not(HasSubstr("Next free times")));
  }
  EXPECT_THAT(book_form("from=2026-03-03T11%3A00&minutes=60&whom=nobody", m_manager).body,
              Not(HasSubstr("Next free times")));
}

// Rule 8.
TEST_F(DeskLettersTest, ATrainingOfSomebodyUnknownIsSaid) {
  const std::string desk = m_microscope + "/bookings";
  const auto grant = [&](const std::string& email) {
    const http::Answer done = send(desk, m_microscope + "/trainings", "since=2026-03-01&email=" + email, m_manager);
    EXPECT_EQ(done.status, 303) << email;
    return body(location(done), 200, m_manager);
  };
  EXPECT_THAT(grant("lou%40example.org"), HasSubstr("Nobody has signed in with the address lou@example.org yet"));
  EXPECT_THAT(grant("camille%40example.org"), HasSubstr("Training granted to Camille Zermatt"));
  EXPECT_THAT(body(desk + "?done=trained&account=1", 200, m_manager), Not(HasSubstr("root@example.org")))
      << "nobody is named who is not in the list";
  EXPECT_THAT(text(letter("booking_trained")), HasSubstr("Dominique Zorgue"));
}

TEST_F(DeskLettersTest, WhoLacksTheTrainingIsNotOfferedWhatWouldBeRefused) {
  auto terms = booking->terms(thing("Microscope")).value().value();
  terms.trained = true;
  set(terms);
  const std::string form = body(m_microscope + "/book", 200, m_camille);
  EXPECT_THAT(form, HasSubstr("nobody has entered you as trained"));
  EXPECT_THAT(form, Not(HasSubstr("name=\"minutes\"")));
  EXPECT_THAT(form, Not(HasSubstr(">Book</button>")));
  EXPECT_THAT(body("/en/slots?q=microscopie", 200, m_camille), HasSubstr("Ask for the training"));
  EXPECT_THAT(body("/en/slots?q=microscopie", 200, m_manager), Not(HasSubstr("Ask for the training")));
  EXPECT_THAT(body(m_microscope + "/book", 200, m_manager), HasSubstr("name=\"minutes\"")) << "he looks after it";
  const int64_t camille = contacts.with("camille@example.org").value()->account;
  ASSERT_TRUE(trainings.grant({camille, thing("Microscope"), booking::day_number(2026, 3, 5), {}}, {9, true}));
  EXPECT_THAT(body(m_microscope + "/book?from=2026-03-02T09%3A00&minutes=60", 200, m_camille),
              HasSubstr("name=\"minutes\""))
      << "another day will do";
}

// Rule 22.
TEST_F(DeskLettersTest, MaintenanceIsReadByEverybodyOnTheWeek) {
  const std::string desk = m_microscope + "/bookings";
  const std::string keep = m_microscope + "/maintenance";
  const std::string when = "begins=2026-03-03T10%3A05&ends=2026-03-03T12%3A00";
  ASSERT_EQ(book_form("from=2026-03-03T09%3A00&minutes=60", m_camille).status, 303);
  EXPECT_EQ(send(m_microscope + "/book", keep, when + "&reason=new+laser", m_camille).status, 403);
  const http::Answer silent = send(desk, keep, when + "&reason=", m_manager);
  EXPECT_EQ(silent.status, 422);
  EXPECT_THAT(silent.body, HasSubstr("value=\"2026-03-03T10:05\""));
  EXPECT_EQ(send(desk, keep, "begins=2026-03-03T09%3A30&ends=2026-03-03T12%3A00&reason=x", m_manager).status, 409);
  ASSERT_EQ(send(desk, keep, when + "&reason=new+%3Cb%3Elaser", m_manager).status, 303);
  const std::string week = body(m_microscope + "/week?from=2026-03-02");
  EXPECT_THAT(week, HasSubstr("10:05 – 12:00</span> <span>maintenance: new &lt;b&gt;laser</span>"));
  EXPECT_THAT(week, Not(HasSubstr("Camille")));
  EXPECT_THAT(body(desk, 200, m_manager), HasSubstr(">maintenance<"));
  EXPECT_THAT(body(m_microscope + "/booked", 200, m_manager), HasSubstr("Hours booked: 1<"));
  EXPECT_EQ(get("/en/bookings/3", m_camille).status, 404);
  EXPECT_EQ(send("/en/bookings/3", "/en/bookings/3/cancel", "revision=1", m_root).status, 303);
}

// Rule 23.
TEST_F(DeskLettersTest, WhoLooksAfterItBooksForAnother) {
  EXPECT_THAT(body(m_microscope + "/book", 200, m_camille), Not(HasSubstr("name=\"whom\"")));
  const http::Answer nobody = book_form("from=2026-03-03T09%3A00&minutes=60&whom=nobody", m_manager);
  EXPECT_EQ(nobody.status, 422);
  EXPECT_THAT(nobody.body, HasSubstr("value=\"nobody\""));
  const auto books = [&](const std::string& when, const std::string& whom) {
    return book_form("from=" + when + "T09%3A00&minutes=60&whom=" + whom, m_manager);
  };
  const http::Answer made = books("2026-03-03", "camille%40example.org");
  ASSERT_EQ(made.status, 303) << made.body;
  EXPECT_THAT(body(location(made), 200, m_camille), HasSubstr("Dominique Zorgue")) << "who made it";
  EXPECT_THAT(text(letter("booking_confirmed")), HasSubstr("a réservé Microscope zorg"));
  EXPECT_THAT(body("/en/bookings", 200, m_camille), HasSubstr("/en/bookings/2"));
  const std::string card = "%2Fen%2Fperson%2F" + id_of("email:camille@example.org").text();
  const http::Answer by_card = books("2026-03-04", card);
  ASSERT_EQ(by_card.status, 303) << by_card.body;
  EXPECT_THAT(letters(),
              testing::ElementsAre("booking_confirmed camille@example.org", "booking_confirmed camille@example.org"));
  EXPECT_EQ(books("2026-03-04", "%2Fen%2Fplatform%2F" + thing("Plateforme d'essai").text()).status, 422);
  book_form("from=2026-03-05T09%3A00&minutes=60&whom=noa%40example.org", m_camille);
  EXPECT_EQ(booking->held(4).value().account, contacts.with("camille@example.org").value()->account) << "his own";
}

// Rule 24.
TEST_F(DeskLettersTest, EachWeekIsBookedAndToldOneByOne) {
  ASSERT_EQ(book_form("from=2026-03-10T09%3A00&minutes=60", m_noa).status, 303);
  const std::string weekly = "from=2026-03-03T09%3A00&minutes=60&repeat=weekly";
  const http::Answer none = book_form(weekly + "&times=3", m_camille);
  EXPECT_EQ(none.status, 409);
  EXPECT_THAT(none.body, HasSubstr("Nothing is booked"));
  EXPECT_THAT(none.body, HasSubstr("Tuesday 17 March 2026"));
  EXPECT_TRUE(booking->of_account(contacts.with("camille@example.org").value()->account, 0).value().empty());
  for (const char* wrong : {"", "&times=1", "&times=53", "&last=2026-03-04", "&last=soon"}) {
    EXPECT_EQ(book_form(weekly + wrong, m_camille).status, 422) << wrong;
  }
  const http::Answer some = book_form(weekly + "&last=2026-03-17&fit=some", m_camille);
  ASSERT_EQ(some.status, 303) << some.body;
  const std::string series = body(location(some), 200, m_camille);
  EXPECT_THAT(series, HasSubstr("role=\"status\""));
  EXPECT_THAT(series, testing::ContainsRegex("/en/bookings/[0-9]+\">Tuesday 3 March 2026"));
  EXPECT_THAT(series, testing::ContainsRegex("/en/bookings/[0-9]+\">Tuesday 17 March 2026"));
  EXPECT_THAT(series, HasSubstr("not booked"));
  EXPECT_THAT(series, HasSubstr("taken then: Tuesday 10 March 2026, 09:00 – 10:00")) << "the day once";
  EXPECT_THAT(body(location(some), 200, m_noa), Not(testing::ContainsRegex("bookings/[0-9]+\">Tuesday 3 March")))
      << "another's are not shown";
  EXPECT_EQ(get(location(some)).status, 303) << "a visitor signs in";
  const http::Answer both = book_form(weekly + "&times=3&last=2026-03-17", m_camille);
  EXPECT_EQ(both.status, 422);
  EXPECT_THAT(both.body, HasSubstr("A number of times (3) and a last day (17 March 2026) are both given"));
  EXPECT_THAT(both.body, Not(HasSubstr("Next free times")));
  EXPECT_EQ(book_form("from=2026-03-03T12%3A00&minutes=60&times=1", m_camille).status, 422)
      << "meant, though not ticked";
  const mail::Letter told = letter("booking_confirmed");
  EXPECT_THAT(text(told), HasSubstr("mardi 17 mars 2026"));
  EXPECT_THAT(text(told), Not(HasSubstr("mardi 10 mars 2026")));
  const std::string file = ics(told);
  EXPECT_THAT(file.substr(file.find("END:VEVENT") + 1), HasSubstr("BEGIN:VEVENT")) << "both in one file";
  EXPECT_EQ(letters().size(), 2U) << "his and Noa's";
}

TEST_F(DeskLettersTest, TheWeekOfASundayIsTheNextOne) {
  m_clock.set(m_clock.now() - std::chrono::hours(24));  // Sunday 1 March
  const std::string week = body(m_microscope + "/week");
  EXPECT_THAT(week, HasSubstr("Week of 2 March 2026"));
  EXPECT_THAT(week, HasSubstr("the next week that has open hours"));
  EXPECT_THAT(week, HasSubstr("Times of Paris (Europe/Paris)"));
  EXPECT_THAT(body(m_microscope + "/week?from=2026-03-01"), HasSubstr("Week of 23 February 2026")) << "as was asked";
}

}  // namespace
}  // namespace pitchblende::pages
