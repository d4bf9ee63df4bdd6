// The pages of calls: bad input, two editors, late ones, markup, tables for a spreadsheet, what the registry is told.
#include "pages/calls/calls_pages_fixture.hpp"

namespace pitchblende::pages {
namespace {

using calls::CallsTest;
using testing::HasSubstr;
using testing::Not;

const std::string k_markup = "\"><script>alert(1)</script>";

class CallsPages : public testing::Test {
 protected:
  std::shared_ptr<const access::Actor> camille() { return CallsSite::somebody(CallsTest::k_camille); }
  std::shared_ptr<const access::Actor> dominique() { return CallsSite::somebody(CallsTest::k_dominique); }
  // The fields of a form as its page shows them, with what is changed.
  static http::Pairs fields(const std::string& page, const http::Pairs& changed) {
    http::Pairs out = changed;
    for (size_t at = page.find("name=\"seen_"); at != std::string::npos; at = page.find("name=\"seen_", at + 1)) {
      const size_t begin = at + 6;
      const std::string name = page.substr(begin, page.find('"', begin) - begin);
      const size_t value = page.find("value=\"", at) + 7;
      out.emplace_back(name, page.substr(value, page.find('"', value) - value));
    }
    return out;
  }

  CallsTest m_place;
  CallsSite m_site{m_place};
};

TEST_F(CallsPages, ACallIsDraftedByFormsAndPublished) {
  const http::Answer made = m_site.post("/en/calls/new", CallsSite::staff(), {});
  ASSERT_EQ(made.status, 303);
  const std::string edit = CallsSite::header(made, "Location");
  const http::Answer empty = m_site.post(edit, CallsSite::staff(), {{"do", "publish"}});
  EXPECT_EQ(empty.status, 422);
  http::Pairs typed = fields(m_site.get(edit, CallsSite::staff()).body, {{"do", "publish"}});
  for (const auto& [name, text] : calls::call_texts()) {
    typed.emplace_back(name, text);
  }
  const http::Answer done = m_site.post(edit, CallsSite::staff(), typed);
  ASSERT_EQ(done.status, 303) << done.body;
  EXPECT_EQ(m_place.found("Emergence"), 1U) << "the call is in the registry";
  const std::string page = m_site.get("/en/calls/1").body;
  EXPECT_THAT(page, HasSubstr("Emergence call"));
  EXPECT_THAT(page, HasSubstr("to come"));
  EXPECT_THAT(page, Not(HasSubstr("/edit")));
  // One row of sections is not written for any more once it is open.
  m_place.set_clock("2026-03-10T12:00");
  const std::string open = m_site.get(edit, CallsSite::staff()).body;
  const http::Answer frozen = m_site.post(edit, CallsSite::staff(), fields(open, {{"section_1_limit", "7"}}));
  EXPECT_EQ(frozen.status, 409);
  EXPECT_THAT(frozen.body, HasSubstr("value=\"7\"")) << "what was typed is shown";
}

TEST_F(CallsPages, MarkupIsTextInEveryField) {
  const int64_t call = m_place.published_call();
  const http::Answer begun = m_site.post("/fr/calls/" + std::to_string(call) + "/write", camille(), {});
  const std::string here = CallsSite::header(begun, "Location");
  http::Pairs typed =
      fields(m_site.get(here, camille()).body, {{"do", "find"}, {"find", k_markup}, {"editor", k_markup}});
  for (const std::string name : {"title", "acronym", "summary", "section_1", "asked"}) {
    typed.emplace_back(name, k_markup);
  }
  const http::Answer found = m_site.post(here, camille(), typed);
  ASSERT_EQ(found.status, 303) << found.body;
  const std::string page =
      m_site
          .get(CallsSite::header(found, "Location").substr(0, CallsSite::header(found, "Location").find('#')),
               camille())
          .body;
  EXPECT_THAT(page, Not(HasSubstr("<script>")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(page, HasSubstr("aria-invalid=\"true\"")) << "that is no amount";
  EXPECT_THAT(m_site.get("/fr/proposals", camille()).body, Not(HasSubstr("<script>")));
  const http::Answer named = m_site.post(here, camille(), {{"do", "name:coordinator"}, {"sought", k_markup}});
  EXPECT_EQ(named.status, 303);
  EXPECT_THAT(m_site.get(here, camille()).body, Not(HasSubstr("<script>")));
  EXPECT_EQ(m_site.post(here, camille(), {{"do", "add:coordinator:0000000000"}}).status, 422);
  EXPECT_EQ(m_site.post(here, camille(), {{"do", "add:boss:" + k_markup}}).status, 422);
  EXPECT_EQ(m_site.post(here, camille(), {{"do", "invite"}, {"editor", k_markup}}).status, 422);
}

TEST_F(CallsPages, TwoEditorsEachGetTheirWordsBack) {
  const int64_t call = m_place.published_call();
  const std::string ref = m_place.written_proposal(call, CallsTest::k_camille, "Zorgs", 1000);
  ASSERT_TRUE(m_place.proposals->add_editor(ref, CallsTest::k_dominique.email, CallsTest::k_camille));
  const std::string here = "/en/proposals/" + ref;
  const std::string both_saw = m_site.get(here, camille()).body;
  EXPECT_EQ(m_site.post(here, camille(), fields(both_saw, {{"title", "By Camille"}})).status, 303);
  const http::Answer second =
      m_site.post(here, dominique(), fields(both_saw, {{"title", "By Dominique"}, {"acronym", "DOM"}}));
  EXPECT_EQ(second.status, 409);
  EXPECT_THAT(second.body, HasSubstr("value=\"By Dominique\""));
  EXPECT_THAT(second.body, HasSubstr("By Camille"));
  EXPECT_EQ(m_place.proposals->find(ref, CallsTest::k_camille)->texts.at("acronym"), "DOM");
  EXPECT_EQ(m_site.post(here, dominique(), fields(second.body, {{"title", "By both"}})).status, 303);
  EXPECT_EQ(m_place.proposals->find(ref, CallsTest::k_camille)->texts.at("title"), "By both");
}

TEST_F(CallsPages, OneSecondLateNothingIsStoredAndNothingIsLost) {
  const int64_t call = m_place.published_call();
  const std::string ref = m_place.written_proposal(call, CallsTest::k_camille, "Zorgs", 1000);
  const std::string here = "/en/proposals/" + ref;
  const std::string saw = m_site.get(here, camille()).body;
  m_place.set_clock("2026-04-02T17:00");
  const http::Answer late = m_site.post(here, camille(), fields(saw, {{"title", "Late words"}, {"do", "submit"}}));
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("value=\"Late words\""));
  EXPECT_THAT(late.body, HasSubstr("2 April 2026, 17:00:00 (Paris)"));
  const std::string closed = m_site.get(here, camille()).body;
  EXPECT_THAT(closed, HasSubstr("What was written, and not submitted"));
  EXPECT_THAT(closed, HasSubstr("Zorgs"));
  EXPECT_THAT(closed, Not(HasSubstr("<textarea"))) << "no form that leads nowhere";
}

TEST_F(CallsPages, AfterTheClosingAProposalIsReadAsItWasSubmitted) {
  const int64_t call = m_place.published_call();
  const std::string ref = m_place.submitted_proposal(call, CallsTest::k_camille, "Zorgs", 1000);
  ASSERT_TRUE(m_place.proposals->write(
      ref, calls::typed({{"summary", "Changed since"}}, m_place.proposals->find(ref, CallsTest::k_camille)->texts),
      CallsTest::k_camille));
  EXPECT_THAT(m_site.get("/en/proposals/" + ref, camille()).body, HasSubstr("<textarea"));
  EXPECT_THAT(m_site.get("/en/account", camille()).body, HasSubstr("1 proposal that I write"));
  m_place.set_clock("2026-04-02T17:00");
  const std::string closed = m_site.get("/en/proposals/" + ref, camille()).body;
  EXPECT_THAT(closed, HasSubstr("What was submitted"));
  EXPECT_THAT(closed, Not(HasSubstr("Changed since")));
  EXPECT_THAT(closed, Not(HasSubstr("<textarea")));
  const std::string own = m_site.get("/en/account", camille()).body;
  EXPECT_THAT(own, HasSubstr("1 proposal of mine whose call is closed"));
  EXPECT_THAT(own, Not(HasSubstr("that I write")));
}

TEST_F(CallsPages, ABudgetThatDoesNotAddUpIsSaid) {
  const int64_t call = m_place.published_call();
  const std::string ref = m_place.written_proposal(call, CallsTest::k_camille, "Zorgs", 1000);
  const std::string here = "/en/proposals/" + ref;
  const std::string saw = m_site.get(here, camille()).body;
  const http::Answer wrong = m_site.post(here, camille(), fields(saw, {{"asked", "1001"}, {"do", "submit"}}));
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr("€1,001, and the table adds up to €1,000"));
  EXPECT_THAT(wrong.body, HasSubstr("value=\"1001\""));
}

TEST_F(CallsPages, WhatIsNotHisIsNotThere) {
  const int64_t call = m_place.published_call();
  const std::string ref = m_place.submitted_proposal(call, CallsTest::k_camille, "Zorgs", 1000);
  for (const std::string below : {"", "/receipt", "/files", "/submissions/1", "/files/1"}) {
    EXPECT_EQ(m_site.get("/fr/proposals/" + ref + below, dominique()).status, 404) << below;
    EXPECT_EQ(m_site.get("/fr/proposals/" + ref + below, CallsSite::staff()).status, 404) << below;
    EXPECT_EQ(m_site.get("/fr/proposals/" + ref + below).status, 303) << "to sign in";
  }
  EXPECT_EQ(m_site.get("/fr/proposals/" + ref + "/submissions/1", camille()).body,
            m_place.proposals->receipts(ref, CallsTest::k_camille)->front().content);
  EXPECT_EQ(m_site.get("/fr/judged/" + ref, CallsSite::staff()).status, 200);
  const auto both = CallsSite::actor(1, CallsTest::k_camille.email, {{1, 1, access::Role::staff, Id(), {}, {}}});
  EXPECT_EQ(m_site.get("/fr/judged/" + ref, both).status, 403) << "rule 12";
  EXPECT_EQ(m_site.get("/fr/calls/" + std::to_string(call) + "/submissions", both).status, 403);
  EXPECT_EQ(m_site.get("/fr/calls/" + std::to_string(call) + "/sheet.csv", camille()).status, 403);
}

TEST_F(CallsPages, ReviewersAreAskedByALetterAndTheSheetIsDecided) {
  const int64_t call = m_place.published_call();
  const std::string ref = m_place.submitted_proposal(call, CallsTest::k_camille, "=1+1", 1000);
  m_place.set_clock("2026-04-10T12:00");
  const std::string judged = "/en/judged/" + ref;
  EXPECT_THAT(m_site.get(judged + "?find=Petit", CallsSite::staff()).body, HasSubstr("published with"));
  const http::Answer bound = m_site.post(
      judged, CallsSite::staff(),
      {{"person", m_place.id_of(std::string("orcid:") + calls::k_noa_orcid).text()}, {"email", "noa@example.org"}});
  EXPECT_EQ(bound.status, 409);
  EXPECT_TRUE(m_site.outbox().rows(0, 9)->empty());
  const http::Pairs outside{
      {"given", "Alex"}, {"family", k_markup}, {"email", "alex@example.org"}, {"institution", "Institut Gamma"}};
  ASSERT_EQ(m_site.post(judged, CallsSite::staff(), outside).status, 303);
  EXPECT_EQ(m_site.outbox().rows(0, 9)->at(0).kind, "review_invitation");
  EXPECT_THAT(m_site.get(judged, CallsSite::staff()).body, Not(HasSubstr("<script>")));
  ASSERT_EQ(m_site
                .post(judged, CallsSite::staff(),
                      {{"given", "Max"}, {"family", "Weit"}, {"email", "max@example.org"}, {"institution", "MIT"}})
                .status,
            303);
  EXPECT_THAT(m_site.get(judged, CallsSite::staff()).body, HasSubstr("“MIT” is not in the registry, not compared"));
  EXPECT_THAT(m_site.get(judged + "?find=Xyzzyx", CallsSite::staff()).body, HasSubstr("Nobody was found."));
  const std::string sheet = "/en/calls/" + std::to_string(call) + "/sheet";
  const http::Pairs set{
      {"revision", "1"}, {"line", "1"}, {"do", "line"}, {"message_" + ref, k_markup}, {"outcome_" + ref, ""}};
  ASSERT_EQ(m_site.post(sheet, CallsSite::staff(), set).status, 303);
  const http::Answer older = m_site.post(sheet, CallsSite::staff(), {{"revision", "1"}, {"granted_" + ref, "77"}});
  EXPECT_EQ(older.status, 409);
  EXPECT_THAT(older.body, HasSubstr("value=\"77\""));
  EXPECT_THAT(older.body, HasSubstr("stored: 1000"));
  EXPECT_THAT(older.body, Not(HasSubstr("<script>")));
  const std::string csv = m_site.get(sheet + ".csv", CallsSite::staff()).body;
  EXPECT_THAT(csv, HasSubstr("'=1+1")) << "no formula for a spreadsheet";
  EXPECT_THAT(m_site.get("/en/calls/" + std::to_string(call) + "/submissions.csv", CallsSite::staff()).body,
              HasSubstr("camille@example.org"));
  EXPECT_EQ(m_site.post("/en/calls/" + std::to_string(call) + "/announce", CallsSite::staff(), {}).status, 422)
      << "not sure";
  EXPECT_EQ(
      m_site.post("/en/calls/" + std::to_string(call) + "/announce", CallsSite::staff(), {{"sure", "yes"}}).status,
      303);
  EXPECT_EQ(m_site.outbox().rows(0, 9)->at(0).kind, "call_result");
  EXPECT_EQ(m_site.outbox().rows(0, 9)->size(), 3U) << "each once";
  EXPECT_THAT(m_site.get("/en/award").body, HasSubstr("=1+1"));
  EXPECT_THAT(m_site.get("/en/proposals/" + ref, camille()).body, HasSubstr("&lt;script&gt;alert"));
}

TEST_F(CallsPages, MoreThanThereIsIsSaidAndAskedAbout) {
  const int64_t call = m_place.published_call();
  const std::string ref = m_place.submitted_proposal(call, CallsTest::k_camille, "Zorgs", 45'000);
  m_place.set_clock("2026-04-10T12:00");
  const std::string here = "/en/calls/" + std::to_string(call);
  const http::Pairs set{
      {"revision", "1"}, {"line", "1"}, {"outcome_" + ref, "funded"}, {"granted_" + ref, "999999999"}};
  ASSERT_EQ(m_site.post(here + "/sheet", CallsSite::staff(), set).status, 303);
  const std::string page = m_site.get(here + "/sheet", CallsSite::staff()).body;
  EXPECT_THAT(page, HasSubstr("Granted: €999,999,999."));
  EXPECT_THAT(page, HasSubstr("Zorgs: €999,999,999 granted, €45,000 asked"));
  EXPECT_EQ(m_site.post(here + "/announce", CallsSite::staff(), {{"sure", "yes"}}).status, 409);
  EXPECT_EQ(m_site.post(here + "/announce", CallsSite::staff(), {{"sure", "yes"}, {"over", "yes"}}).status, 303);
  EXPECT_THAT(m_site.get("/en/calls").body, Not(HasSubstr("999999999")));
}

TEST_F(CallsPages, DraftsAreDroppedOnceItIsMeant) {
  const http::Answer begun = m_site.post("/en/calls/new", CallsSite::staff(), {});
  const std::string edit = CallsSite::header(begun, "Location");
  const std::string drop = edit.substr(0, edit.rfind('/')) + "/drop";
  EXPECT_THAT(m_site.get(edit, CallsSite::staff()).body, HasSubstr("action=\"" + drop + "\""));
  EXPECT_EQ(m_site.post(drop, CallsSite::staff(), {}).status, 422);
  EXPECT_EQ(m_site.post(drop, CallsSite::staff(), {{"sure", "yes"}}).status, 303);
  EXPECT_EQ(m_site.get(edit, CallsSite::staff()).status, 404);
  const std::string ref = m_place.written_proposal(m_place.published_call(), CallsTest::k_camille, "Zorgs", 1000);
  const std::string own = "/en/proposals/" + ref;
  EXPECT_THAT(m_site.get(own, camille()).body, HasSubstr("action=\"" + own + "/drop\""));
  EXPECT_EQ(m_site.post(own + "/drop", dominique(), {{"sure", "yes"}}).status, 404);
  EXPECT_EQ(m_site.post(own + "/drop", camille(), {{"sure", "yes"}}).status, 303);
  EXPECT_EQ(m_site.get(own, camille()).status, 404);
}

TEST_F(CallsPages, AForgedOrUsedLinkIsOfNoUse) {
  const int64_t call = m_place.published_call();
  const std::string ref = m_place.submitted_proposal(call, CallsTest::k_camille, "Zorgs", 1000);
  m_place.set_clock("2026-04-10T12:00");
  const std::string secret = m_place.invited(ref, m_place.candidate(calls::k_sacha_orcid, "sacha@example.org"));
  const std::string link = "/en/review-invitations/" + secret;
  EXPECT_EQ(m_site.get("/en/review-invitations/" + std::string(64, 'a')).status, 410);
  EXPECT_THAT(m_site.get(link).body, HasSubstr("Zorgs"));
  EXPECT_EQ(m_site.post(link, nullptr, {{"answer", "perhaps"}}).status, 422);
  EXPECT_EQ(m_site.post(link, nullptr, {{"answer", "accept"}}).status, 200);
  const http::Answer again = m_site.get(link);
  EXPECT_EQ(again.status, 200);
  EXPECT_THAT(again.body, HasSubstr("href=\"/en/reviews\"")) << "to his reviews";
  EXPECT_THAT(again.body, Not(HasSubstr("Zorgs")));
  EXPECT_EQ(m_site.post(link, nullptr, {{"answer", "decline"}}).status, 410);
}

}  // namespace
}  // namespace pitchblende::pages
