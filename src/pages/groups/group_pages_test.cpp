// A key area's site through its forms: who leads it writes, everybody else reads and registers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../tests/pool_fixture.hpp"
#include "base/secret.hpp"
#include "groups/groups_rules.hpp"
#include "pages/pages.hpp"

namespace pitchblende::pages {

namespace {

using http::Method;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view k_events = R"(
[columns]
id = ["Code"]
title = ["Titre"]
day = ["Jour"]
area = ["Axe"]
[[record]]
kind = "event"
key = "{id}"
[record.fields]
title = "{title}"
from = "{day}"
areas = "name:{area}"
)";

class GroupPagesTest : public testing::Test {
 protected:
  GroupPagesTest()
      : m_access(*m_place.store, m_place.clock, "key of this test", {}),
        m_outbox(*m_place.store, m_place.clock, {{}, "pool@example.org", "Demo", "key of this test"}),
        m_contacts(*m_place.store),
        m_groups(*m_place.store, m_place.clock, *m_place.pool),
        m_insight(*m_place.store, m_place.clock,
                  [this] { return std::shared_ptr<const search::Index>(m_place.pool->index()); }, {}) {
    m_place.import(tests::PoolPlace::source("groups", "groups", sources::Mode::snapshot),
                   "Code,Nom\nA1,Axe Premier\nA2,Axe Second\n");
    m_place.import_members("I1,Institut Demo,member,2007\n");
    m_place.settle();
    Settings settings;
    settings.name = "Demo";
    settings.entry = {&m_access, &m_outbox, {}, {}, "http://pool.example.org"};
    settings.desk.contacts = &m_contacts;
    settings.groups = &m_groups;
    settings.insight = &m_insight;
    auto pages = Pages::open(
        registry::Registry(*m_place.store),
        [this] { return std::shared_ptr<const search::Index>(m_place.pool->index()); }, settings);
    EXPECT_TRUE(pages) << pages.error().message();
    m_pages = std::move(*pages);
    m_pages->add_to(m_router);
    EXPECT_TRUE(m_access.add_administrator("root@example.org"));
    m_first = "/group/" + m_place.id_of("name:axe premier").text();
    m_second = "/group/" + m_place.id_of("name:axe second").text();
    m_leader = signed_in("camille@example.org");
    m_other = signed_in("noa@example.org");
    lead("camille@example.org", "name:axe premier");
    lead("noa@example.org", "name:axe second");
  }

  void lead(const std::string& email, const std::string& group) {
    const std::string root = m_access.link_at_terminal("root@example.org").value();
    const auto opened = m_access.open_link(root, "browser", "", "");
    const auto actor = m_access.actor(opened->session).value();
    access::GrantRequest request{email, access::Role::group_leader, {m_place.id_of(group), {}, "group"}, {}, {}};
    const auto granted = m_access.grant(*actor, request);
    EXPECT_TRUE(granted) << granted.error().message();
  }
  std::string signed_in(const std::string& email) {
    const std::string link = m_access.link_at_terminal(email).value();
    return m_access.open_link(link, "browser of " + email, "", "")->session;
  }
  http::Answer get(const std::string& target, const std::string& session = {}) {
    http::Request request;
    EXPECT_TRUE(http::read_target(target, request)) << target;
    if (!session.empty()) {
      request.headers.emplace_back("cookie", "pb_session=" + session);
    }
    return m_pages->answer(m_router, request);
  }
  std::string body(const std::string& target, const std::string& session = {}) {
    const http::Answer answer = get(target, session);
    EXPECT_EQ(answer.status, 200) << target << answer.body.substr(0, 400);
    return answer.body;
  }
  std::string token(const std::string& session) {
    constexpr std::string_view k_before = "name=\"form_token\" value=\"";
    const std::string page = get("/en/account", session).body;
    const size_t at = page.find(k_before);
    return at == std::string::npos ? std::string() : page.substr(at + k_before.size(), 64);
  }
  http::Answer post(const std::string& target, const http::Pairs& fields, const std::string& session,
                    const std::string& with_token) {
    http::Request request;
    EXPECT_TRUE(http::read_target(target, request)) << target;
    request.method = Method::post;
    request.headers = {{"cookie", "pb_session=" + session}, {"content-type", "application/x-www-form-urlencoded"}};
    request.body = "form_token=" + with_token;
    for (const auto& [name, value] : fields) {
      request.body += "&" + name + "=" + http::percent_encoded(value);
    }
    return m_pages->answer(m_router, request);
  }
  http::Answer post(const std::string& target, const http::Pairs& fields, const std::string& session) {
    return post(target, fields, session, token(session));
  }
  static http::Pairs event(const std::string& places) {
    return {{"title_fr", "Journée inventée"},
            {"title_en", "Invented day"},
            {"begins", "2026-04-02T09:00"},
            {"ends", "2026-04-02T17:00"},
            {"place", "Paris <b>centre</b>"},
            {"online", ""},
            {"text_fr", "## Programme\n<script>alert(1)</script>"},
            {"open", "yes"},
            {"places", places}};
  }

  // The calendar file of the newest letter of that kind; empty: it has none.
  std::string ics(std::string_view kind) {
    std::string content;
    EXPECT_TRUE(m_place.store->read([&](store::Connection& db) {
      return db.query("SELECT content FROM letter WHERE kind = ? ORDER BY id DESC LIMIT 1", {kind},
                      [&](const store::Row& row) { content = row.text(0); });
    }));
    const auto text = unsealed(content, "key of this test");
    EXPECT_TRUE(text) << kind;
    const mail::Letter letter = text ? mail::decode_letter(*text).value_or(mail::Letter{}) : mail::Letter{};
    EXPECT_NE(letter.subject, "") << kind;
    return letter.attachments.empty() ? std::string() : letter.attachments.front().text;
  }
  tests::PoolPlace m_place;
  access::Access m_access;
  mail::Outbox m_outbox;
  access::Contacts m_contacts;
  groups::Groups m_groups;
  insight::Insight m_insight;
  std::unique_ptr<Pages> m_pages;
  http::Router m_router;
  std::string m_first;
  std::string m_second;
  std::string m_leader;
  std::string m_other;
};

// Rules 1 and 2.
TEST_F(GroupPagesTest, WhoLeadsItWritesItsPresentation) {
  const std::string text = "## But\n<script>alert(1)</script> [x](javascript:alert(1)) **fort**";
  const auto done = post("/en" + m_first + "/presentation?revision=0", {{"text_fr", text}, {"text_en", ""}}, m_leader);
  EXPECT_EQ(done.status, 303);
  const std::string page = body("/en" + m_first);
  EXPECT_THAT(page, HasSubstr("<h3>But</h3>"));
  EXPECT_THAT(page, HasSubstr("<strong>fort</strong>"));
  EXPECT_THAT(page, HasSubstr("lang=\"fr\""));
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, Not(HasSubstr("href=\"javascript")));
  EXPECT_THAT(page, Not(HasSubstr("/presentation\""))) << "a visitor is offered nothing to write";
  EXPECT_THAT(body("/en" + m_first, m_leader), HasSubstr(m_first + "/presentation\""));
}

// Rule 3.
TEST_F(GroupPagesTest, TheSecondGetsHisTextBackBesideTheNewerOne) {
  ASSERT_EQ(post("/fr" + m_first + "/presentation?revision=0", {{"text_fr", "Le sien"}}, m_leader).status, 303);
  const auto late = post("/fr" + m_first + "/presentation?revision=0", {{"text_fr", "Le mien"}}, m_leader);
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("Le mien</textarea>"));
  EXPECT_THAT(late.body, HasSubstr("<dd>Le sien</dd>"));
  EXPECT_THAT(late.body, HasSubstr("revision=1"));
  EXPECT_EQ(post("/fr" + m_first + "/presentation?revision=1", {{"text_fr", "Les deux"}}, m_leader).status, 303);
}

// Rule 3: of an event what differs alone, in words.
TEST_F(GroupPagesTest, WhatWasStoredMeanwhileIsToldInWords) {
  ASSERT_EQ(post("/en" + m_first + "/events/new?revision=0", event("40"), m_leader).status, 303);
  const std::string edit = m_first + "/events/1/edit?revision=1";
  http::Pairs theirs = event("40");
  theirs.emplace_back("cancelled", "yes");
  theirs[3].second = "2026-04-02T18:30";
  theirs[4].second = "";
  ASSERT_EQ(post("/fr" + edit, theirs, m_leader).status, 303);
  http::Pairs mine = event("40");
  mine.emplace_back("cancelled", "no");
  mine[0].second = "La mienne";
  const auto late = post("/fr" + edit, mine, m_leader);
  ASSERT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("value=\"La mienne\""));
  for (const char* part : {"<dd>Journée inventée</dd>", "<dd>2 avril 2026 à 18:30 (Paris)</dd>", "<dd>–</dd>"}) {
    EXPECT_THAT(late.body, HasSubstr(part));
  }
  for (const char* part : {"<dd>yes</dd>", "<dd>no</dd>", "<dd>40</dd>", "<dd>Invented day</dd>", "<dd>2026-"}) {
    EXPECT_THAT(late.body, Not(HasSubstr(part)));
  }
  EXPECT_THAT(late.body.substr(late.body.find("id=\"theirs\""), 3000), HasSubstr("<dt>Tenue</dt>"));
}

// Rule 1.
TEST_F(GroupPagesTest, NobodyElseWrites) {
  const http::Pairs text{{"text_fr", "étranger"}};
  EXPECT_EQ(post("/en" + m_first + "/presentation?revision=0", text, m_other).status, 403) << "another group's leader";
  EXPECT_EQ(post("/en" + m_first + "/presentation?revision=0", text, m_leader, std::string(64, '0')).status, 403);
  EXPECT_EQ(post("/en" + m_first + "/events/new?revision=0", event("1"), m_other).status, 403);
  EXPECT_EQ(post("/en" + m_first + "/news/new?revision=0", {{"title_en", "x"}}, m_other).status, 403);
  EXPECT_EQ(post("/en" + m_first + "/members", {{"person", "0000000007"}, {"verdict", "confirmed"}}, m_other).status,
            403);
  EXPECT_EQ(get("/en" + m_first + "/members", m_other).status, 403);
  EXPECT_EQ(get("/en" + m_first + "/members", m_leader).status, 200);
  EXPECT_EQ(m_groups.presentation(m_place.id_of("name:axe premier"))->revision, 0);
  EXPECT_EQ(get("/en/group/0000000000/events").status, 404);
  EXPECT_EQ(get("/en/group/nonsense/size").status, 404);
}

// Rules 5 to 7 and 9.
TEST_F(GroupPagesTest, AnEventFromItsFormToTheWaitingListAndTheCalendar) {
  http::Pairs wrong = event("1");
  wrong[3].second = "2026-04-02T08:00";
  const auto refused = post("/en" + m_first + "/events/new?revision=0", wrong, m_leader);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("<a href=\"#ends\">The end, Thursday 2 April 2026, 08:00, is not after"))
      << "once";
  EXPECT_THAT(refused.body, HasSubstr("value=\"Invented day\"")) << "what was typed stays";
  wrong[3].second = "2026-03-29T02:30";
  const auto no_hour = post("/fr" + m_first + "/events/new?revision=0", wrong, m_leader);
  EXPECT_EQ(no_hour.status, 422);
  EXPECT_THAT(no_hour.body, HasSubstr("href=\"#ends\">Fin</a>"));
  EXPECT_THAT(no_hour.body, HasSubstr("dimanche 29 mars 2026, 02:30 n’existe pas"));
  const auto made = post("/en" + m_first + "/events/new?revision=0", event("1"), m_leader);
  ASSERT_EQ(made.status, 303) << made.body.substr(0, 2000);
  const std::string address = m_first + "/events/1";
  const std::string page = body("/en" + address);
  EXPECT_THAT(page, HasSubstr("Paris &lt;b&gt;centre&lt;/b&gt;"));
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, HasSubstr("/sign-in?next="));
  EXPECT_THAT(body("/en" + m_first), HasSubstr("Invented day"));
  EXPECT_EQ(get("/en" + m_second + "/events/1").status, 404) << "another group's event";

  const std::string first = signed_in("lou@example.org");
  const std::string second = signed_in("sacha@example.org");
  EXPECT_EQ(post("/en" + address + "/enrol", {}, first).status, 303);
  EXPECT_EQ(post("/en" + address + "/enrol", {}, second).status, 303);
  EXPECT_THAT(body("/en" + address, first), HasSubstr("You are registered"));
  EXPECT_THAT(body("/en" + address, second), HasSubstr("waiting list"));
  EXPECT_THAT(body("/en" + address, second), Not(HasSubstr("lou@example.org"))) << "who comes is the leader's to see";
  EXPECT_THAT(body("/en" + address, m_leader), HasSubstr("lou@example.org"));
  EXPECT_EQ(post("/en" + address + "/give-back", {}, first).status, 303);
  EXPECT_THAT(body("/en" + address, second), HasSubstr("You are registered"));
  const auto letters = m_outbox.rows(0, 10).value();
  EXPECT_EQ(std::ranges::count(letters, "group_moved_up", &mail::OutboxRow::kind), 1);
  EXPECT_EQ(post("/en" + address + "/give-back", {}, first).status, 409);

  const auto calendar = get("/en" + m_first + "/calendar.ics");
  EXPECT_EQ(calendar.type, "text/calendar; charset=utf-8");
  EXPECT_THAT(calendar.body, HasSubstr("DTSTART:20260402T070000Z\r\n"));
  EXPECT_THAT(calendar.body, HasSubstr("SUMMARY:Invented day\r\n"));
}

// Rules 12 and 15.
TEST_F(GroupPagesTest, LettersToWhoComesCarryTheEventForTheirCalendar) {
  http::Pairs fields = event("1");
  fields[5].second = "https://video.example.org/room";
  ASSERT_EQ(post("/en" + m_first + "/events/new?revision=0", fields, m_leader).status, 303);
  const std::string address = m_first + "/events/1";
  const std::string first = signed_in("lou@example.org");
  const std::string second = signed_in("sacha@example.org");
  ASSERT_EQ(post("/en" + address + "/enrol", {}, first).status, 303);
  const std::string comes = ics("group_registered");
  for (const char* part : {"METHOD:PUBLISH\r\n", "UID:group-event-1@pool.example.org\r\n", "SEQUENCE:1\r\n",
                           "DTSTART:20260402T070000Z\r\n", "https://video.example.org/room\r\n", "STATUS:CONFIRMED",
                           "URL:http://pool.example.org/"}) {
    EXPECT_THAT(comes, HasSubstr(part));
  }
  ASSERT_EQ(post("/en" + address + "/enrol", {}, second).status, 303);
  EXPECT_EQ(ics("group_waiting"), "") << "nothing to be put into a calendar";
  fields[3].second = "2026-04-02T18:00";
  ASSERT_EQ(post("/en" + address + "/edit?revision=1", fields, m_leader).status, 303);
  EXPECT_EQ(ics("group_moved"), "") << "the last of these letters is for who waits";
  ASSERT_EQ(post("/en" + address + "/give-back", {}, first).status, 303);
  EXPECT_THAT(ics("group_given_back"), HasSubstr("METHOD:CANCEL\r\n"));
  EXPECT_THAT(ics("group_given_back"), HasSubstr("STATUS:CANCELLED"));
  EXPECT_THAT(ics("group_given_back"), Not(HasSubstr("video.example.org")));
  EXPECT_THAT(ics("group_moved_up"), HasSubstr("SEQUENCE:2\r\n"));
  EXPECT_THAT(ics("group_moved_up"), HasSubstr("DTEND:20260402T160000Z\r\n"));
  fields.emplace_back("cancelled", "yes");
  ASSERT_EQ(post("/en" + address + "/edit?revision=2", fields, m_leader).status, 303);
  EXPECT_THAT(ics("group_cancelled"), HasSubstr("METHOD:CANCEL\r\n"));
  EXPECT_THAT(ics("group_cancelled"), HasSubstr("SEQUENCE:3\r\n"));
}

// Rule 8: its card is in plain words and leads back to where one registers.
TEST_F(GroupPagesTest, TheCardOfAnEventLeadsToItsPage) {
  http::Pairs fields = event("1");
  fields[6].second = "## Programme\n*Un* [clic](javascript:alert(1))";
  ASSERT_EQ(post("/en" + m_first + "/events/new?revision=0", fields, m_leader).status, 303);
  const Id id = m_place.id_of(pool::published_reference("groups", groups::event_key(1)));
  const std::string page = body("/fr/event/" + id.text());
  EXPECT_THAT(page, HasSubstr("href=\"/fr" + m_first + "/events/1\">Programme et inscription</a>"));
  EXPECT_THAT(page, HasSubstr("09:00"));
  EXPECT_THAT(page, HasSubstr("Un clic"));
  EXPECT_THAT(page, Not(HasSubstr("javascript")));
  EXPECT_THAT(page, Not(HasSubstr("## Programme")));
}

// Rules 9 and 12.
TEST_F(GroupPagesTest, ListAndCalendarHoldAllEventsAndKeepAnAddressForWhoHasAPlace) {
  const auto made = [&](const std::string& year, bool is_open, const std::string& online) {
    http::Pairs fields = event("5");
    fields[1].second = "Day of " + year;
    fields[2].second = year + "-04-02T09:00";
    fields[3].second = year + "-04-02T17:00";
    fields[5].second = online;
    fields[7].second = is_open ? "yes" : "no";
    EXPECT_EQ(post("/en" + m_first + "/events/new?revision=0", fields, m_leader).status, 303);
  };
  made("2026", true, "https://video.example.org/secret");
  made("2020", false, "https://video.example.org/open");
  pool::SourceSettings told = tests::PoolPlace::source("told", "", sources::Mode::snapshot);
  told.mapping = k_events;
  m_place.import(told,
                 "Code,Titre,Jour,Axe\nE1,Told by a file,2019-05-06,Axe Premier\nE2,Told of a year,2018,Axe Premier\n");
  m_place.settle();
  const std::string list = body("/en" + m_first + "/events");
  for (const std::string title : {"Day of 2026", "Day of 2020", "Told by a file", "Told of a year"}) {
    EXPECT_THAT(list, HasSubstr(title));
    EXPECT_THAT(get("/en" + m_first + "/events.csv").body, HasSubstr(title));
  }
  EXPECT_THAT(list, HasSubstr("sort=when"));
  const std::string calendar = body("/en" + m_first + "/calendar.ics");
  EXPECT_THAT(calendar, HasSubstr("SUMMARY:Day of 2020\r\n"));
  EXPECT_THAT(calendar, HasSubstr("CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://video.example.org/open\r\n"));
  EXPECT_THAT(calendar, HasSubstr("DTSTART;VALUE=DATE:20190506\r\nDTEND;VALUE=DATE:20190507\r\n"));
  EXPECT_THAT(calendar, Not(HasSubstr("Told of a year"))) << "no day is known";
  EXPECT_THAT(calendar, Not(HasSubstr("secret")));
  const std::string address = "/en" + m_first + "/events/1";
  const std::string guest = signed_in("lou@example.org");
  EXPECT_THAT(body(address), Not(HasSubstr("video.example.org")));
  EXPECT_THAT(body(address, guest), HasSubstr("shown to who has a place"));
  EXPECT_EQ(post(address + "/enrol", {}, guest).status, 303);
  EXPECT_THAT(body(address, guest), HasSubstr("https://video.example.org/secret"));
  EXPECT_THAT(body(address, m_leader), HasSubstr("https://video.example.org/secret"));
  EXPECT_THAT(body("/en/event"), Not(HasSubstr("video.example.org/secret")));
  const auto csv = get(address + "/registered.csv", m_leader);
  EXPECT_THAT(csv.body, HasSubstr("lou@example.org"));
  EXPECT_EQ(get(address + "/registered.csv", guest).status, 403);
}

TEST_F(GroupPagesTest, ALeaderNamesWhomNoProposalShows) {
  m_place.import(tests::PoolPlace::source("demo-staff", "people", sources::Mode::snapshot),
                 "id,family name,given names,e-mail,organisation,from\n"
                 "P1,Inventée,Camille,camille.inventee@example.org,Institut Demo,2015\n"
                 "P2,Autre,Noa,,Institut Demo,2015\n");
  m_place.settle();
  const std::string members = "/en" + m_first + "/members";
  EXPECT_THAT(body(members, m_leader), Not(HasSubstr("Inventée")));
  const std::string found = body(members + "?name=inventee", m_leader);
  EXPECT_THAT(found, HasSubstr("Inventée"));
  EXPECT_THAT(found, Not(HasSubstr("Autre")));
  constexpr std::string_view k_before = "name=\"person\" value=\"";
  ASSERT_NE(found.find(k_before), std::string::npos);
  const std::string person =
      found.substr(found.find(k_before) + k_before.size(), m_place.id_of("name:axe premier").text().size());
  ASSERT_EQ(post(members, {{"person", person}, {"verdict", "confirmed"}}, m_leader).status, 303);
  EXPECT_THAT(body(members + "?decided=confirmed&person=" + person, m_leader),
              HasSubstr("Camille Inventée is confirmed as a member"));
  EXPECT_THAT(body("/en" + m_first), HasSubstr("Inventée"));
  ASSERT_EQ(post(members, {{"person", person}, {"verdict", "confirmed"}}, m_leader).status, 303);
  const auto letters = m_outbox.rows(0, 10).value();
  EXPECT_EQ(std::ranges::count(letters, "group_member", &mail::OutboxRow::kind), 1) << "he is told, once";
  EXPECT_EQ(letters.front().recipient, "camille.inventee@example.org");
}

// Rule 14.
TEST_F(GroupPagesTest, WhereNobodyDecidesTheStaffAreTold) {
  m_place.import(tests::PoolPlace::source("more-groups", "groups", sources::Mode::snapshot),
                 "Code,Nom,Type,Membres,Fin\nB1,Axe Délaissé,key_area,Équipe Zorg,2030\n"
                 "B2,Axe Terminé,key_area,Équipe Zorg,2025\n");
  m_place.import(tests::PoolPlace::source("teams", "teams", sources::Mode::snapshot),
                 "Code,Nom,Tutelles\nT1,Équipe Zorg,Institut Demo\n");
  m_place.import_staff("demo", "1,Inventée,Camille,0000-0002-1825-0097,Institut Demo,2015\n");
  std::string articles;
  for (int at = 0; at < 4; ++at) {
    articles += tests::pubmed_article(
        10 + at, "Zorg paper " + std::to_string(at),
        {{"Inventée", "Camille", "Équipe Zorg, Institut Demo, Paris", "0000-0002-1825-0097"}}, 2025);
  }
  m_place.import_pubmed(articles);
  m_place.settle();
  const std::string root = signed_in("root@example.org");
  const std::string members = "/group/" + m_place.id_of("name:axe délaissé").text() + "/members";
  const std::string told = body("/en/account", root);
  EXPECT_THAT(told, HasSubstr("one person proposed as a member of a key area where nobody decides"));
  EXPECT_THAT(told, HasSubstr("/en" + members));
  EXPECT_THAT(body("/en" + members, root), HasSubstr("Inventée")) << "who decides as its leader would";
  EXPECT_THAT(body("/en/account", m_leader), Not(HasSubstr("where nobody decides"))) << "nobody else is asked";
  lead("camille@example.org", "name:axe délaissé");
  EXPECT_THAT(body("/en/account", root), HasSubstr("where nobody decides")) << "a role without a first day";
  const std::string person = m_place.id_of("orcid:0000-0002-1825-0097").text();
  ASSERT_EQ(post("/en" + members, {{"person", person}, {"verdict", "confirmed"}}, root).status, 303);
  EXPECT_THAT(body("/en/account", root), Not(HasSubstr("where nobody decides")));
}

TEST_F(GroupPagesTest, NewsIsAListAndIsWithdrawnByWhoWritesIt) {
  const http::Pairs news{{"title_en", "First news"}, {"text_en", "x"}, {"published", "2026-03-01"}};
  ASSERT_EQ(post("/en" + m_first + "/news/new?revision=0", news, m_leader).status, 303);
  EXPECT_THAT(get("/en" + m_first + "/news.csv").body, HasSubstr("First news"));
  http::Pairs withdrawn = news;
  withdrawn.emplace_back("withdrawn", "yes");
  ASSERT_EQ(post("/en" + m_first + "/news/1/edit?revision=1", withdrawn, m_leader).status, 303);
  EXPECT_THAT(body("/en" + m_first + "/news"), Not(HasSubstr("First news")));
  EXPECT_THAT(body("/en" + m_first + "/news", m_leader), HasSubstr("withdrawn"));
}

// Rule 11.
TEST_F(GroupPagesTest, WhatNobodyCoversIsSaid) {
  pool::SourceSettings terms = tests::PoolPlace::source("words", "vocabulary", sources::Mode::snapshot);
  terms.institution = "demo";
  m_place.import(terms, "Code,Libellé,Libellé anglais,Parent\nT1,Tout en haut,Top of all,\nT2,En bas,Below,T1\n");
  m_place.import_pubmed(tests::pubmed_article(1, "Radium once", {}));
  m_place.settle();
  const std::string page = body("/en/topics");
  EXPECT_THAT(page, HasSubstr("What no area’s team works on"));
  EXPECT_THAT(page, HasSubstr("Top of all"));
  EXPECT_THAT(page, HasSubstr("Nothing: no topic has three outputs"));
  EXPECT_THAT(body("/fr/topics"), HasSubstr("Tout en haut"));
  EXPECT_THAT(get("/en/topics.csv").body, HasSubstr("Top of all"));
  EXPECT_THAT(page, HasSubstr("<td class=\"number soft\">–</td>")) << "nothing is behind it: no link";
  // What a platform offers is somebody's, whatever was published.
  m_place.import(tests::PoolPlace::source("lab", "equipment", sources::Mode::snapshot),
                 "Identifiant;Type de fiche;Nom;Techniques\nP1;plateforme;Plateforme d'essai;Below\n");
  m_place.settle();
  EXPECT_THAT(body("/en/topics"), Not(HasSubstr("Top of all")));
}

TEST_F(GroupPagesTest, TheTableOfTopicsIsSortedByItsHeads) {
  pool::SourceSettings terms = tests::PoolPlace::source("words", "vocabulary", sources::Mode::snapshot);
  terms.institution = "demo";
  m_place.import(terms,
                 "Code,Libellé,Libellé anglais,Parent\nT1,Un,Alpha top,\nT2,Deux,Beta below,T1\nT3,Trois,Gamma top,\n"
                 "T4,Quatre,Delta below,T3\n");
  m_place.import_pubmed(tests::pubmed_article(1, "Radium once", {}));
  m_place.settle();
  const auto first_is = [&](const std::string& path, const std::string& one, const std::string& other) {
    const std::string text = get(path).body;
    EXPECT_LT(text.find(one), text.find(other)) << path;
    EXPECT_NE(text.find(other), std::string::npos) << path;
  };
  for (const std::string form : {"", ".csv"}) {
    first_is("/en/topics" + form + "?sort=topic", "Alpha top", "Gamma top");
    first_is("/en/topics" + form + "?sort=-topic", "Gamma top", "Alpha top");
  }
  const std::string page = body("/en/topics?sort=topic");
  EXPECT_THAT(page, HasSubstr("aria-sort=\"ascending\""));
  EXPECT_THAT(page, HasSubstr("/en/topics?sort=-topic"));
  EXPECT_THAT(page, HasSubstr("/en/topics.csv?sort=topic")) << "the file is as the page";
  EXPECT_EQ(get("/en/topics?sort=nonsense").status, 200);
}

TEST_F(GroupPagesTest, TablesOfFiguresAreSortedAndTakenAlong) {
  const std::string size = body("/en" + m_first + "/size");
  EXPECT_THAT(size, HasSubstr("/size.csv\""));
  for (const std::string year : {"2021", "2026"}) {
    EXPECT_THAT(size, HasSubstr("<th scope=\"col\" class=\"number\"><span>" + year + "</span></th>"));
    EXPECT_THAT(size, HasSubstr("text-anchor=\"middle\">" + year + "</text>")) << "each year is named below its bar";
  }
  const std::string years = get("/en" + m_first + "/size.csv?sort=-year").body;
  const std::string head = years.substr(0, years.find("\r\n"));
  EXPECT_EQ(std::ranges::count(head, ','), 2);
  const std::string newest = get("/en" + m_first + "/size.csv?sort=year").body;
  EXPECT_NE(years, newest);
  EXPECT_EQ(years.size(), newest.size());
  for (const std::string path :
       {"/en/figures/matrix.csv", "/en/figures/network.csv", "/en/figures/network/teams.csv"}) {
    const http::Answer file = get(path + "?year=2025&sort=outputs");
    EXPECT_EQ(file.status, 200) << path;
    EXPECT_EQ(file.type, "text/csv; charset=utf-8") << path;
  }
  EXPECT_THAT(body("/en/figures/matrix?year=2025&sort=-outputs"), HasSubstr("matrix.csv?year=2025&amp;sort=-outputs"));
}

// Rule 10.
TEST_F(GroupPagesTest, FiguresAreShownAndLeadToWhatTheyCount) {
  for (const std::string language : {"fr", "en"}) {
    EXPECT_THAT(body("/" + language + "/figures?year=2025"), HasSubstr("figures.xlsx?year=2025"));
    body("/" + language + "/figures/matrix?year=2025");
    body("/" + language + "/figures/network?year=2025");
    body("/" + language + "/figures/records?year=2025&figure=people&institution=none");
    body("/" + language + "/topics");
    body("/" + language + m_first + "/size");
  }
  EXPECT_EQ(get("/en/figures?year=1066").status, 404);
  EXPECT_EQ(get("/en/figures?year=2025&area=nonsense").status, 404);
  EXPECT_EQ(get("/en/figures/records?figure=nonsense").status, 404);
  EXPECT_EQ(get("/en/figures/records.csv?figure=people").type, "text/csv; charset=utf-8");
  EXPECT_EQ(get("/en/figures.xlsx").body.substr(0, 2), "PK");
  EXPECT_THAT(get("/en/figures.json").body, HasSubstr("\"figure\":\"people\""));
  const std::string first = m_first.substr(m_first.rfind('/') + 1);
  const std::string second = m_second.substr(m_second.rfind('/') + 1);
  EXPECT_THAT(get("/en/figures.json").body, HasSubstr(second));
  EXPECT_THAT(get("/en/figures.json?area=" + first).body, Not(HasSubstr(second))) << "docs/rules/insight.md, rule 12";
  EXPECT_NE(get("/en/figures.xlsx").body, get("/en/figures.xlsx?area=" + first).body);
}

}  // namespace

}  // namespace pitchblende::pages
