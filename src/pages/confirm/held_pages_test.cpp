// Cards corrected by those who hold them, without a campaign: one's own, by a role, by a notice of publication.
#include "pages/confirm/upkeep_fixture.hpp"
#include "pages/personal/own_rooms_fixture.hpp"
#include "personal/personal_rules.hpp"
#include "registry/upkeep.hpp"

namespace pitchblende::pages {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string k_key = "key of this test";

class HeldTest : public UpkeepTest {
 protected:
  HeldTest() : m_own(*store, clock, *pool, access) {}
  void extend(Settings& settings) override { settings.own = m_own.own(k_key); }
  registry::Decided latest(Id id) { return registry::decided_on(*store, id)->front(); }
  std::string equipment() { return "/en/cards/" + id_of("serial:S-1").text(); }

  OwnRooms m_own;
};

// docs/rules/confirm.md, rule 25.
TEST_F(HeldTest, WhoeverHasACardCorrectsIt) {
  const std::string mine = "/en/account/card";
  EXPECT_EQ(get(mine).status, 303) << "a visitor signs in first";
  EXPECT_EQ(get(mine, manager).status, 404) << "he has no card";
  EXPECT_THAT(body("/en/account", researcher), HasSubstr(mine));
  EXPECT_THAT(body("/en/person/" + camille().text(), researcher), HasSubstr(mine));
  EXPECT_THAT(body("/en/person/" + id_of("local:a/A2").text(), researcher), Not(HasSubstr(mine)));
  http::Pairs form = form_on(body(mine, researcher));
  type(form, "family_name", "Exemple", "Modèle");
  form.emplace_back("comment", "as on my papers");
  EXPECT_EQ(send("", mine + "/correct", form, researcher).status, 403) << "a form that is not from our page";
  const http::Answer done = send(mine, mine + "/correct", form, researcher);
  ASSERT_EQ(done.status, 303) << done.body.substr(0, 2000);
  EXPECT_THAT(body(location(done), researcher), HasSubstr("Your corrections are stored"));
  EXPECT_EQ(text_of(camille(), "family_name"), "Modèle");
  EXPECT_TRUE(find(camille()).card->verified);
  EXPECT_EQ(latest(camille()).who, "camille@example.org");
  EXPECT_EQ(latest(camille()).why, "own card: as on my papers");
  EXPECT_FALSE(latest(camille()).made.empty());
  EXPECT_THAT(body("/en/curation/things/" + camille().text(), staff_member), HasSubstr("Corrected by its holder"));
  EXPECT_EQ(access.audit().entries(0, 1)->front().deed.verb, "correct");
}

TEST_F(HeldTest, OfTwoWhoCorrectOneCardNobodysWordsAreLost) {
  const std::string mine = "/en/account/card";
  const std::string link = "/en/confirm/" + link_to(camille());
  http::Pairs one = form_on(body(link));
  http::Pairs two = form_on(body(mine, researcher));
  type(one, "family_name", "Exemple", "Premier");
  type(two, "family_name", "Exemple", "Second");
  ASSERT_EQ(send(link, link + "/correct", one).status, 303);
  const http::Answer late = send(mine, mine + "/correct", two, researcher);
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("value=\"Second\""));
  EXPECT_THAT(late.body, HasSubstr("<strong>Premier</strong>"));
}

// Rule 25.
TEST_F(HeldTest, ARoleOpensWhatItLooksAfterAndNothingElse) {
  const std::string here = equipment();
  EXPECT_EQ(get(here).status, 303);
  EXPECT_EQ(get(here, researcher).status, 403);
  EXPECT_THAT(body("/en/equipment/" + id_of("serial:S-1").text(), manager), HasSubstr(here));
  EXPECT_THAT(body("/en/equipment/" + id_of("serial:S-1").text(), researcher), Not(HasSubstr(here)));
  http::Pairs form = form_on(body(here, manager));
  type(form, "condition", "working", "broken");
  EXPECT_EQ(send(here, here + "/correct", form, researcher).status, 403);
  ASSERT_EQ(send(here, here + "/correct", form, manager).status, 303);
  EXPECT_EQ(text_of(id_of("serial:S-1"), "condition"), "broken");
  EXPECT_EQ(latest(id_of("serial:S-1")).who, "dominique@example.org");
  EXPECT_EQ(get("/en/cards/" + camille().text(), manager).status, 403) << "a person is none of his platform's";
  EXPECT_EQ(get("/en/cards/" + id_of("name:institut essai").text(), staff_member).status, 410) << "no such form";
  EXPECT_EQ(get("/en/cards/0000000000", staff_member).status, 404);
  ASSERT_EQ(send(here, here, {}, manager).status, 303);
  EXPECT_TRUE(find(id_of("serial:S-1")).card->verified);
}

// Rule 25.
TEST_F(HeldTest, ANoticeLeadsToTheSameFormWithoutAnAccount) {
  const std::string part = camille().text() + "-" + personal::proof("about-me", camille().text(), k_key);
  const std::string here = "/en/about-me/" + part + "/card";
  EXPECT_THAT(body("/en/about-me/" + part), HasSubstr(here));
  EXPECT_EQ(get("/en/about-me/" + part + "0/card").status, 404);
  http::Pairs form = form_on(body(here));
  type(form, "family_name", "Exemple", "Modèle");
  EXPECT_EQ(send("", here + "/correct", form).status, 403);
  ASSERT_EQ(send(here, here + "/correct", form).status, 303);
  EXPECT_EQ(text_of(camille(), "family_name"), "Modèle");
  EXPECT_EQ(latest(camille()).who, "camille@example.org");
  EXPECT_EQ(latest(camille()).why, "notice of publication");
}

TEST_F(HeldTest, AWordAloneIsKeptForStaff) {
  const std::string mine = "/en/account/card";
  http::Pairs form = form_on(body(mine, researcher));
  form.emplace_back("comment", "<b>I leave in May</b>");
  const http::Answer done = send(mine, mine + "/correct", form, researcher);
  ASSERT_EQ(done.status, 303);
  EXPECT_THAT(body(location(done), researcher), HasSubstr("Your word is kept"));
  EXPECT_FALSE(find(camille()).card->verified) << "he did not say that it is right";
  const std::string kept = "&lt;b&gt;I leave in May";
  EXPECT_THAT(body("/en/curation/things/" + camille().text(), staff_member), HasSubstr(kept));
  EXPECT_THAT(body("/en/curation/decisions", staff_member), HasSubstr(kept));
  form.back().second = std::string(1001, 'x');
  const http::Answer longer = send(mine, mine + "/correct", form, researcher);
  EXPECT_EQ(longer.status, 422);
  EXPECT_THAT(longer.body, HasSubstr("has 1,000 characters at most; this has 1,001"));
  EXPECT_THAT(longer.body, HasSubstr(std::string(1001, 'x'))) << "what was typed is still there";
}

TEST_F(HeldTest, WhatRolesAreForIsOnMyPageWithoutACard) {
  const std::string mine = after(body("/en/account", manager), "id=\"mine\"");
  EXPECT_THAT(mine.substr(0, mine.find("</section>")),
              HasSubstr("/en/platform/" + id_of("name:plateforme d'essai").text()));
}

}  // namespace
}  // namespace pitchblende::pages
