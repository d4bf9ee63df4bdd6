// What people are offered, led to and told by letter on their way through a call. Nobody here exists.
#include "access/contacts.hpp"
#include "pages/calls/calls_pages_fixture.hpp"

namespace pitchblende::pages {
namespace {

using access::Role;
using calls::CallsTest;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class CallsLetters : public testing::Test {
 protected:
  void SetUp() override {
    pool::SourceSettings settings = m_place.source("directory", "people", sources::Mode::snapshot);
    settings.institution = "gamma";
    m_place.import(settings,
                   "id,family name,given names,orcid,e-mail,organisation,from\n"
                   "1,Savoir,Alix,,alix@example.org,Institut Gamma,2015\n"
                   "2,Roux,Camille," +
                       std::string(calls::k_camille_orcid) + ",camille@example.org,Institut Alpha,2015\n");
    m_place.settle();
    m_call = m_place.published_call();
    m_page = "/en/calls/" + std::to_string(m_call);
  }
  static std::shared_ptr<const access::Actor> administrator() {
    return CallsSite::actor(8, "root@example.org", {{8, 8, Role::system_administrator, Id(), {}, {}}});
  }
  void give(const std::string& email, Role role) {
    const auto done = m_site.access().grant(*administrator(), {email, role, {}, {}, {}});
    EXPECT_TRUE(done) << done.error().message();
  }
  std::string submitted() {
    const std::string ref = m_place.submitted_proposal(m_call, CallsTest::k_camille, "Zorgs", 45'000);
    m_place.set_clock("2026-04-10T12:00");
    return ref;
  }
  // "kind address", the newest first.
  std::vector<std::string> letters() {
    std::vector<std::string> out;
    const std::vector<mail::OutboxRow> rows = m_site.outbox().rows(0, 9).value();
    for (const mail::OutboxRow& row : rows) {
      out.push_back(row.kind + " " + row.recipient);
    }
    return out;
  }
  void set_language(const std::string& email, std::string_view language) {
    EXPECT_TRUE(m_site.access().link_at_terminal(email));
    const access::Contacts contacts(*m_place.store);
    const auto holder = contacts.with(email).value();
    ASSERT_TRUE(holder);
    EXPECT_TRUE(m_place.store->write([&](store::Transaction& transaction) {
      return contacts.set_language(transaction, holder->account, language);
    }));
  }

  CallsTest m_place;
  CallsSite m_site{m_place};
  int64_t m_call = 0;
  std::string m_page;
};

TEST_F(CallsLetters, rule_10_the_address_that_is_known_is_offered) {
  const std::string judged = "/en/judged/" + submitted();
  const std::string alix = m_place.id_of("email:alix@example.org").text();
  const std::string page = m_site.get(judged + "?find=Savoir", CallsSite::staff()).body;
  EXPECT_THAT(page, HasSubstr("value=\"alix@example.org\" required"));
  EXPECT_THAT(page, HasSubstr("<select id=\"language-" + alix + "\" name=\"language\"><option value=\"fr\">"))
      << "that of the page";
  // Who asks without an address where none is known has to write one.
  const std::string sacha = m_place.id_of(std::string("orcid:") + calls::k_sacha_orcid).text();
  const http::Answer none = m_site.post(judged, CallsSite::staff(), {{"person", sacha}, {"email", ""}});
  EXPECT_EQ(none.status, 422);
  EXPECT_THAT(none.body, HasSubstr("No address of Sacha Morel is known here"));
  ASSERT_EQ(m_site.post(judged, CallsSite::staff(), {{"person", alix}, {"email", "alix@example.org"}}).status, 303);
  EXPECT_THAT(letters(), ElementsAre("review_invitation alix@example.org"));
  const std::string again = m_site.get(judged + "?find=Savoir", CallsSite::staff()).body;
  EXPECT_THAT(again, Not(HasSubstr("id=\"email-" + alix + "\""))) << "who was asked is not asked again";
}

TEST_F(CallsLetters, rule_10_an_address_that_is_not_seen_is_used_and_not_shown) {
  const std::string judged = "/en/judged/" + submitted();
  const std::string alix = m_place.id_of("email:alix@example.org").text();
  const std::string page = m_site.get(judged + "?find=Savoir", administrator()).body;
  EXPECT_THAT(page, Not(HasSubstr("alix@example.org")));
  EXPECT_THAT(page, HasSubstr("which is shown to nobody"));
  ASSERT_EQ(m_site.post(judged, administrator(), {{"person", alix}, {"email", ""}, {"language", "fr"}}).status, 303);
  EXPECT_THAT(letters(), ElementsAre("review_invitation alix@example.org"));
  const std::string after = m_site.get(judged, administrator()).body;
  EXPECT_THAT(after, Not(HasSubstr("alix@example.org")));
  EXPECT_THAT(after, HasSubstr("the address known here"));
  EXPECT_THAT(m_site.get(judged, CallsSite::staff()).body, HasSubstr("alix@example.org"));
}

TEST_F(CallsLetters, rule_10_a_letter_is_in_the_language_of_its_reader) {
  const std::string judged = "/en/judged/" + submitted();
  const std::string alix = m_place.id_of("email:alix@example.org").text();
  give("alix@example.org", Role::staff);
  set_language("alix@example.org", "fr");
  const std::string chosen = "<select id=\"language-" + alix + "\" name=\"language\"><option value=\"fr\" selected>";
  EXPECT_THAT(m_site.get(judged + "?find=Savoir", CallsSite::staff()).body, HasSubstr(chosen));
  // What was typed in vain stands beside the name.
  const http::Answer wrong = m_site.post(
      judged, CallsSite::staff(), {{"person", alix}, {"email", "nowhere"}, {"language", "en"}, {"find", "Savoir"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr("value=\"nowhere\""));
  EXPECT_THAT(wrong.body, Not(HasSubstr(chosen)));
}

TEST_F(CallsLetters, rule_16_a_review_that_arrives_is_told) {
  const std::string ref = submitted();
  give("staff@example.org", Role::staff);
  give(CallsTest::k_camille.email, Role::staff);
  const std::string secret = m_place.invited(ref, m_place.candidate(calls::k_sacha_orcid, "sacha@example.org"));
  const std::string review = m_place.reviews->answer(secret, calls::ReviewState::accepted, {})->ref;
  const auto sacha = CallsSite::somebody(CallsTest::k_sacha);
  const std::string here = "/en/reviews/" + review;
  EXPECT_EQ(m_site.post(here, sacha, {{"do", "send"}}).status, 422);
  EXPECT_THAT(letters(), ElementsAre()) << "it has not arrived";
  ASSERT_TRUE(m_place.reviews->write(
      review, calls::typed({{"score_1", "5"}, {"score_2", "4"}, {"to_applicants", "Good."}}), CallsTest::k_sacha));
  ASSERT_EQ(m_site.post(here, sacha, {{"do", "send"}}).status, 303);
  EXPECT_THAT(letters(), ElementsAre("review_arrived staff@example.org", "review_received sacha@example.org"))
      << "not to staff who applies";
  EXPECT_EQ(m_site.post(here, sacha, {{"do", "send"}}).status, 303);
  EXPECT_EQ(letters().size(), 2U) << "each once";
  const auto applies = CallsSite::actor(1, CallsTest::k_camille.email, {{1, 1, Role::staff, Id(), {}, {}}});
  EXPECT_THAT(m_site.get("/en/admin/outbox", CallsSite::staff()).body, HasSubstr("Review that arrived"));
  const std::string outbox = m_site.get("/en/admin/outbox", applies).body;
  EXPECT_THAT(outbox, Not(HasSubstr("Review that arrived"))) << "rule 12";
  EXPECT_THAT(outbox, Not(HasSubstr("sacha@example.org")));
}

TEST_F(CallsLetters, rule_16_who_declines_and_who_is_withdrawn) {
  const std::string ref = submitted();
  give("staff@example.org", Role::staff);
  const std::string link =
      "/en/review-invitations/" + m_place.invited(ref, m_place.candidate(calls::k_sacha_orcid, "sacha@example.org"));
  ASSERT_EQ(m_site.post(link, nullptr, {{"answer", "decline"}, {"reason", "no time"}}).status, 200);
  EXPECT_THAT(letters(), ElementsAre("review_declined staff@example.org"));
  EXPECT_EQ(m_site.post(link, nullptr, {{"answer", "decline"}}).status, 410) << "once";
  m_place.invited(ref, {{}, "Alex Durand", "Durand", "Alex", "alex@example.org", std::nullopt});
  const std::string asked = m_place.reviews->of_proposal(ref, CallsTest::k_staff)->back().ref;
  const std::string withdraw = "/en/judged/" + ref + "/" + asked + "/withdraw";
  ASSERT_EQ(m_site.post(withdraw, CallsSite::staff(), {}).status, 303);
  EXPECT_THAT(letters(), ElementsAre("review_withdrawn alex@example.org", "review_declined staff@example.org"));
  EXPECT_EQ(m_site.post(withdraw, CallsSite::staff(), {}).status, 409);
  EXPECT_EQ(letters().size(), 2U);
}

TEST_F(CallsLetters, rule_16_staff_may_refuse_to_be_told) {
  const std::string ref = submitted();
  give("staff@example.org", Role::staff);
  ASSERT_TRUE(m_place.store->write([&](store::Transaction& transaction) {
    return m_site.outbox().refuse(transaction, "staff@example.org", {"review"});
  }));
  const std::string secret = m_place.invited(ref, m_place.candidate(calls::k_sacha_orcid, "sacha@example.org"));
  const std::string review = m_place.reviews->answer(secret, calls::ReviewState::accepted, {})->ref;
  ASSERT_TRUE(m_place.reviews->write(review, calls::typed({{"score_1", "5"}, {"score_2", "4"}}), CallsTest::k_sacha));
  ASSERT_TRUE(m_place.reviews->write(review, calls::typed({{"to_applicants", "Good."}}), CallsTest::k_sacha));
  ASSERT_EQ(m_site.post("/en/reviews/" + review, CallsSite::somebody(CallsTest::k_sacha), {{"do", "send"}}).status,
            303);
  EXPECT_THAT(letters(), ElementsAre("review_received sacha@example.org"));
}

TEST_F(CallsLetters, rule_14_what_is_said_to_all_is_kept_when_it_fails_and_told_when_it_is_done) {
  const std::string ref = submitted();
  const http::Pairs set{{"revision", "1"}, {"line", "1"}, {"outcome_" + ref, "funded"}, {"granted_" + ref, "40000"}};
  ASSERT_EQ(m_site.post(m_page + "/sheet", CallsSite::staff(), set).status, 303);
  const http::Answer unsure =
      m_site.post(m_page + "/announce", CallsSite::staff(), {{"to_funded", "Welcome <all>."}, {"to_others", "Next."}});
  EXPECT_EQ(unsure.status, 422);
  EXPECT_THAT(unsure.body, HasSubstr("Tick the box"));
  EXPECT_THAT(unsure.body, HasSubstr("Welcome &lt;all&gt;."));
  ASSERT_EQ(m_site
                .post(m_page + "/announce", CallsSite::staff(),
                      {{"sure", "yes"}, {"to_funded", "Welcome <all>."}, {"to_others", "Next."}})
                .status,
            303);
  const std::string told = m_site.get("/en/proposals/" + ref, CallsSite::somebody(CallsTest::k_camille)).body;
  EXPECT_THAT(told, HasSubstr("Welcome &lt;all&gt;."));
  EXPECT_THAT(told, Not(HasSubstr("Next.")));
  EXPECT_THAT(m_site.get(m_page + "/sheet", CallsSite::staff()).body, HasSubstr("Next."));
  EXPECT_THAT(m_site.get(m_page).body, Not(HasSubstr("Welcome")));
}

TEST_F(CallsLetters, LaureatesLeadToTheAwardAndToWhoGotIt) {
  const std::string ref = submitted();
  const http::Pairs set{{"revision", "1"}, {"line", "1"}, {"outcome_" + ref, "funded"}, {"granted_" + ref, "40000"}};
  ASSERT_EQ(m_site.post(m_page + "/sheet", CallsSite::staff(), set).status, 303);
  ASSERT_EQ(m_site.post(m_page + "/announce", CallsSite::staff(), {{"sure", "yes"}}).status, 303);
  const std::string page = m_site.get(m_page).body;
  const Id award = m_place.id_of(pool::published_reference("calls", "award-" + ref));
  EXPECT_THAT(page, HasSubstr("href=\"/en/award/" + award.text() + "\""));
  EXPECT_THAT(m_site.get("/en/award/" + award.text()).body, HasSubstr("Un résumé.")) << "the public summary";
  const std::string camille = m_place.id_of(std::string("orcid:") + calls::k_camille_orcid).text();
  EXPECT_THAT(page, HasSubstr("href=\"/en/person/" + camille + "\""));
  EXPECT_THAT(page, HasSubstr("href=\"/en/organisation/" + m_place.id_of("name:Institut Alpha").text() + "\""));
}

TEST_F(CallsLetters, rule_5_who_has_a_card_coordinates_what_he_begins) {
  const http::Answer begun = m_site.post(m_page + "/write", CallsSite::somebody(CallsTest::k_camille), {});
  ASSERT_EQ(begun.status, 303);
  const std::string ref = header(begun, "Location").substr(std::string("/en/proposals/").size());
  const std::vector<calls::Party> parties = m_place.proposals->find(ref, CallsTest::k_camille)->parties;
  ASSERT_EQ(parties.size(), 1U);
  EXPECT_EQ(parties[0].entity, m_place.id_of(std::string("orcid:") + calls::k_camille_orcid));
  EXPECT_EQ(parties[0].part, calls::Part::coordinator);
  const http::Answer other = m_site.post(m_page + "/write", CallsSite::somebody(CallsTest::k_dominique), {});
  const std::string none = header(other, "Location").substr(std::string("/en/proposals/").size());
  EXPECT_TRUE(m_place.proposals->find(none, CallsTest::k_dominique)->parties.empty()) << "he has no card";
}

TEST_F(CallsLetters, rule_9_an_institution_in_common_is_called_so) {
  const std::string judged = "/en/judged/" + submitted();
  EXPECT_THAT(m_site.get(judged + "?find=Bernard", CallsSite::staff()).body,
              HasSubstr("same institution as Camille Roux: Institut Alpha"));
}

TEST_F(CallsLetters, WhatACallLacksIsListedWithItsFields) {
  const http::Answer made = m_site.post("/en/calls/new", CallsSite::staff(), {});
  const std::string page = m_site.get(header(made, "Location"), CallsSite::staff()).body;
  EXPECT_THAT(page, HasSubstr("<a href=\"#title_fr\">Title in French</a>"));
  EXPECT_THAT(page, HasSubstr("<a href=\"#section_1_title_fr\">Section 1, Title in French</a>"));
  EXPECT_THAT(page, HasSubstr("a section does not ask for them again"));
  const http::Answer empty = m_site.post(header(made, "Location"), CallsSite::staff(), {{"do", "publish"}});
  EXPECT_THAT(empty.body, HasSubstr("Something is missing"));
}

}  // namespace
}  // namespace pitchblende::pages
