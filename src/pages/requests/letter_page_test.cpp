// A conversation by the link of a letter, without signing in. Rules 19 to 22 of docs/rules/requests.md.
#include "pages/requests/requests_pages_fixture.hpp"

namespace pitchblende::pages {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class LetterPageTest : public RequestsPagesTest {
 protected:
  void SetUp() override {
    RequestsPagesTest::SetUp();
    EXPECT_EQ(send("/en/requests/new", "/en/requests/new",
                   "do=send&to=" + cytometry.text() + "&to=" + microscopy.text() +
                       "&kind=service&subject=Sorting&text=Twelve+samples",
                   camille)
                  .status,
              303);
    letters();
    const auto cases = requests.cases({}).value();
    for (const requests::Case& each : cases) {
      (each.thread.resource == cytometry ? m_hers : m_other) = each.thread;
    }
  }
  // As a letter to that address about the conversation would hold it.
  std::string link(const requests::Thread& thread, const std::string& email) {
    std::string secret;
    EXPECT_TRUE(store->write([&](store::Transaction& transaction) -> Result<void> {
      TRY_ASSIGN(secret, answer_links.make(transaction, thread, email));
      return {};
    }));
    return "/en/requests/answer/" + secret;
  }
  std::string hers() { return link(m_hers, "dominique@example.org"); }
  requests::State state() {
    requests::Query query;
    query.which = requests::Query::Which::thread;
    query.number = m_hers.id;
    return requests.cases(query).value().front().thread.state;
  }
  std::vector<std::string> linked(int64_t thread) {
    std::vector<std::string> out;
    EXPECT_TRUE(store->read([&](store::Connection& db) {
      return db.query("SELECT email FROM request_answer_link WHERE thread = ? ORDER BY email", {thread},
                      [&](const store::Row& row) { out.emplace_back(row.text(0)); });
    }));
    return out;
  }

  requests::Thread m_hers;
  requests::Thread m_other;
};

// Rules 19 and 20.
TEST_F(LetterPageTest, EachLetterHoldsALinkOfItsOwn) {
  EXPECT_THAT(linked(m_hers.id), ElementsAre("dominique@example.org"));
  EXPECT_THAT(linked(m_other.id), ElementsAre("noa@example.org"));
  EXPECT_NE(hers(), hers());
  ASSERT_EQ(
      send("/en/requests/1", "/en/requests/1/files", "text=More&thread=" + std::to_string(m_hers.id), camille).status,
      303);
  EXPECT_EQ(linked(m_hers.id).size(), 4U);
  EXPECT_EQ(linked(m_other.id).size(), 1U);
}

// Rule 19.
TEST_F(LetterPageTest, WhoIsNotSignedInAcceptsWritesAndEndsIt) {
  const std::string here = hers();
  for (int times = 0; times < 3; ++times) {
    const std::string page = body(here, 200);
    EXPECT_THAT(page, HasSubstr("Twelve samples"));
    EXPECT_THAT(page, HasSubstr("This link is for dominique@example.org."));
    EXPECT_THAT(page, Not(HasSubstr("microscopie")));
    EXPECT_THAT(page, Not(HasSubstr("/forward")));
  }
  EXPECT_EQ(state(), requests::State::fresh) << "a mail scanner opened it";
  EXPECT_TRUE(letters().empty());
  EXPECT_THAT(body("/fr" + here.substr(3), 200), HasSubstr("Ce lien est celui de dominique@example.org."));
  EXPECT_EQ(location(send(here, here + "/answer", "state=accepted&revision=1", {})), here + "?done=answered");
  EXPECT_EQ(location(send(here, here + "/files", "text=Which+cells%3F", {})), here + "?done=written");
  EXPECT_THAT(letters(), ElementsAre("reply camille@example.org", "state camille@example.org"));
  EXPECT_THAT(body("/en/requests/1", 200, camille), HasSubstr("Which cells?"));
  const int64_t dominiques = access.known("dominique@example.org", "en").value().account;
  EXPECT_EQ(requests.messages(m_hers.id).value().back().account, dominiques);
  EXPECT_EQ(access.audit().entries(0, 1).value().front().deed.actor, dominiques);
  const http::Answer twice = send(here, here + "/answer", "state=running&revision=1", {});
  EXPECT_EQ(twice.status, 409) << "what he saw has changed";
  EXPECT_EQ(send(here, here + "/answer", "state=running&revision=2", {}).status, 303);
  EXPECT_EQ(send(here, here + "/answer", "state=done&revision=3", {}).status, 303);
  EXPECT_EQ(state(), requests::State::done);
}

TEST_F(LetterPageTest, WhatIsWrongKeepsWhatWasTyped) {
  const std::string here = hers();
  const http::Answer silent = send(here, here + "/answer", "state=declined&revision=1&reason=+", {});
  EXPECT_EQ(silent.status, 422);
  EXPECT_THAT(silent.body, HasSubstr("Say why it is declined"));
  const http::Answer empty = send(here, here + "/files", "text=", {});
  EXPECT_EQ(empty.status, 422);
  EXPECT_EQ(send_raw(here + "/answer", "state=accepted&revision=1", {}).status, 403) << "a forged form";
  EXPECT_EQ(state(), requests::State::fresh);
  for (int each = 0; each < 30; ++each) {
    ASSERT_EQ(send(here, here + "/files", "text=a+word", {}).status, 303) << each;
  }
  const http::Answer often = send(here, here + "/files", "text=the+last+word", {});
  EXPECT_EQ(often.status, 429) << "rule 13";
  EXPECT_THAT(often.body, HasSubstr("the last word</textarea>"));
}

// Rules 21 and 22: each says why, and nothing of the request.
TEST_F(LetterPageTest, ForeignOldAndTakenBackLinksOpenNothing) {
  const std::string here = hers();
  const auto shut = [&](const std::string& target, int status, const char* why) {
    const std::string page = body(target, status);
    EXPECT_THAT(page, HasSubstr(why)) << target;
    EXPECT_THAT(page, Not(HasSubstr("Sorting"))) << target;
    EXPECT_THAT(page, Not(HasSubstr("cytom"))) << target;
    EXPECT_EQ(send("/en/requests/new", target + "/answer", "state=accepted&revision=1", {}).status, status);
    EXPECT_EQ(send("/en/requests/new", target + "/files", "text=a+word", {}).status, status);
    EXPECT_EQ(get(target + "/files/1").status, status);
  };
  shut("/en/requests/answer/" + std::string(64, '0'), 404, "This link opens nothing");
  shut("/en/requests/answer/x", 404, "This link opens nothing");
  shut(link(m_hers, "noa@example.org"), 410, "with somebody else now");  // who answers for another platform
  // By the link of one conversation nothing of another, and no page of who is signed in.
  EXPECT_EQ(get("/en/requests/threads/" + std::to_string(m_hers.id)).status, 303);
  const std::string late = hers();
  later(31);
  shut(late, 410, "This link is too old");
  const std::string back = hers();
  EXPECT_EQ(body(back, 200).find("This link opens nothing"), std::string::npos);
  dominique = session("dominique@example.org");
  const std::string own = "/en/requests/threads/" + std::to_string(m_hers.id);
  EXPECT_EQ(send(back, back + "/links", "", {}).status, 404) << "no such form there";
  ASSERT_EQ(location(send(own, own + "/links", "", dominique)), own + "?done=taken_back");
  shut(back, 404, "This link opens nothing");
  EXPECT_THAT(linked(m_other.id), ElementsAre("noa@example.org")) << "of this conversation alone";
  EXPECT_EQ(access.audit().entries(0, 1).value().front().deed.verb, "take_back_links");
}

TEST_F(LetterPageTest, AFileIsHadByItsOwnConversationAlone) {
  const auto kept = files.keep("plan.txt", "the plan\n");
  ASSERT_TRUE(kept);
  ASSERT_TRUE(
      requests.write(m_hers.id, "with a plan", {requests::Side::asker, 1},
                     [&](store::Transaction& transaction, const requests::Thread&, int64_t message) -> Result<void> {
                       TRY(files.attach(transaction, *kept, {"requests", message, 1}));
                       return {};
                     }));
  const std::string here = hers();
  EXPECT_THAT(body(here, 200), HasSubstr(here + "/files/1"));
  EXPECT_THAT(body(here + "/files/1", 200), HasSubstr("the plan"));
  EXPECT_EQ(get(link(m_other, "noa@example.org") + "/files/1").status, 404);
}

// Rule 21.
TEST_F(LetterPageTest, WhenItGoesOnOrSomebodyElseHasTheRoleItIsOver) {
  ASSERT_TRUE(substitutes.add(cytometry, "sasha@example.org", 1));
  const std::string here = hers();
  ASSERT_TRUE(requests.pass_on({m_hers.id, m_hers.revision}, requests::Level::substitute, {}));
  EXPECT_THAT(body(here, 410), HasSubstr("with somebody else now"));
  EXPECT_EQ(send("/en/requests/new", here + "/answer", "state=accepted&revision=1", {}).status, 410);
  m_hers.level = requests::Level::substitute;
  const std::string sashas = link(m_hers, "sasha@example.org");
  EXPECT_THAT(body(sashas, 200), HasSubstr("Twelve samples")) << "who stands in has no account";
  ASSERT_EQ(send(sashas, sashas + "/answer", "state=accepted&revision=1", {}).status, 303);
  EXPECT_FALSE(access.known("sasha@example.org", "fr").value().language == "fr") << "it has one by then";
  ASSERT_TRUE(substitutes.remove(cytometry, "sasha@example.org"));
  EXPECT_THAT(body(sashas, 410), HasSubstr("with somebody else now"));
}

// Rule 21.
TEST_F(LetterPageTest, WhatIsClosedIsShownAndChangesNothing) {
  const std::string here = hers();
  ASSERT_EQ(send(here, here + "/answer", "state=declined&revision=1&reason=No+room+in+May", {}).status, 303);
  letters();
  const std::string page = body(here, 200);
  EXPECT_THAT(page, HasSubstr("This request is closed"));
  EXPECT_THAT(page, HasSubstr("No room in May"));
  EXPECT_THAT(page, Not(HasSubstr("<textarea")));
  const http::Answer again = send("/en/requests/new", here + "/answer", "state=accepted&revision=2", {});
  EXPECT_EQ(again.status, 409);
  EXPECT_THAT(again.body, HasSubstr("This request is closed"));
  EXPECT_EQ(send("/en/requests/new", here + "/files", "text=after+all", {}).status, 409);
  EXPECT_EQ(state(), requests::State::declined);
  EXPECT_TRUE(letters().empty());
  const std::string own = "/en/requests/threads/" + std::to_string(m_hers.id);
  EXPECT_EQ(send(own, own + "/answer", "state=accepted&revision=2", dominique).status, 303) << "signed in";
  EXPECT_EQ(send(here, here + "/files", "text=after+all", {}).status, 303) << "it is open again";
}

}  // namespace
}  // namespace pitchblende::pages
