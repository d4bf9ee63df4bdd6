// The curators' rooms through their forms: a question answered, a card corrected, hidden, undone; who may not.
#include "pages/confirm/upkeep_fixture.hpp"
#include "registry/upkeep.hpp"

namespace pitchblende::pages {
namespace {

using testing::HasSubstr;
using testing::Not;

class CurationTest : public UpkeepTest {
 protected:
  void SetUp() override {
    UpkeepTest::SetUp();
    m_here = "/en/curation/things/" + camille().text();
  }
  // The program is not sure about these two.
  void doubt(const std::string& a, const std::string& b) {
    ASSERT_TRUE(store->write([&](store::Transaction& db) {
      return db.execute(
          "INSERT INTO doubt SELECT x.id, 0, y.id, 0, 0.5, 'name', 'exemple c' FROM record x, record y "
          "WHERE x.key = ? AND y.key = ?",
          {std::string_view(a), std::string_view(b)});
    }));
  }
  std::string m_here;
};

TEST_F(CurationTest, AQuestionSideBySideAndItsAnswer) {
  ASSERT_TRUE(store->write([](store::Transaction& db) { return db.execute("DELETE FROM doubt"); }));
  EXPECT_EQ(get("/en/curation").status, 303);
  EXPECT_EQ(get("/en/curation", researcher).status, 403);
  EXPECT_THAT(body("/en/curation", staff_member), HasSubstr("No more questions"));
  doubt("A1", "A2");
  const std::string page = body("/en/curation?kind=person", staff_member);
  for (const char* part :
       {"Camille Exemple", "Noa Solitaire", "accesskey=\"s\"", "accesskey=\"d\"", "/en/curation?from=1"}) {
    EXPECT_THAT(page, HasSubstr(part));
  }
  const auto ref = [&](const std::string& side) {
    const std::string rest = after(page, "name=\"" + side + "\" value=\"");
    return rest.substr(0, rest.find('"'));
  };
  http::Pairs answer{{"a", ref("a")}, {"b", ref("b")},          {"kind", "person"},
                     {"from", "0"},   {"verdict", "different"}, {"why", ""}};
  const http::Answer without = send(m_here, "/en/curation/answer", answer, staff_member);
  EXPECT_EQ(without.status, 422) << "a decision needs a reason";
  EXPECT_THAT(without.body, HasSubstr("Noa Solitaire"));
  EXPECT_THAT(without.body, HasSubstr("A decision needs who and why"));
  answer.back().second = "two <b>people";
  EXPECT_EQ(send(m_here, "/en/curation/answer", answer, researcher).status, 403);
  const http::Answer done = send(m_here, "/en/curation/answer", answer, staff_member);
  ASSERT_EQ(done.status, 303) << done.body.substr(0, 1000);
  const std::string next = body(location(done), staff_member);
  EXPECT_THAT(next, HasSubstr("Decision 1 is stored"));
  doubt("A2", "A3");
  EXPECT_THAT(body(location(done), staff_member), HasSubstr("name=\"why\" type=\"text\" value=\"\""))
      << "each pair has its own reason";
  answer[4].second = "same";
  const http::Answer against = send(m_here, "/en/curation/answer", answer, root);
  EXPECT_EQ(against.status, 409) << "what stands is told, with who decided it";
  EXPECT_THAT(against.body, HasSubstr("staff@example.org"));
  ASSERT_EQ(send(location(done), "/en/curation/decisions/1/undo", {}, staff_member).status, 303);
  EXPECT_EQ(send(m_here, "/en/curation/answer", answer, root).status, 303);
  for (const char* ref_of : {"", "x", "1", "1/", "-1/0", "99999/0"}) {
    answer[0].second = ref_of;
    const int status = send(m_here, "/en/curation/answer", answer, staff_member).status;
    EXPECT_TRUE(status == 404 || status == 422) << ref_of << status;
  }
}

TEST_F(CurationTest, WhatCannotBeOneIsSaidBeforehand) {
  import_staff("orcids",
               "X1,Double,Max,0000-0002-1825-0097,Institut Essai,2015\n"
               "X2,Double,Maxime,0000-0001-5109-3700,Institut Essai,2015\n");
  settle();
  ASSERT_TRUE(store->write([](store::Transaction& db) { return db.execute("DELETE FROM doubt"); }));
  doubt("X1", "X2");
  const std::string both = "orcid:0000-0002-1825-0097 ≠ orcid:0000-0001-5109-3700";
  const std::string page = body("/en/curation", staff_member);
  EXPECT_THAT(page, HasSubstr("Max Double and Maxime Double cannot be one"));
  EXPECT_THAT(page, HasSubstr(both));
  EXPECT_THAT(page, Not(HasSubstr("value=\"same\""))) << "what would be refused is not offered";
  EXPECT_THAT(page, HasSubstr("value=\"different\""));
  EXPECT_THAT(body("/fr/curation", staff_member), HasSubstr("Max Double et Maxime Double ne peuvent"));
  const auto ref = [&](const std::string& side) {
    const std::string rest = after(page, "name=\"" + side + "\" value=\"");
    return rest.substr(0, rest.find('"'));
  };
  const http::Answer sent =
      send(m_here, "/en/curation/answer", {{"a", ref("a")}, {"b", ref("b")}, {"verdict", "same"}, {"why", "alike"}},
           staff_member);
  EXPECT_EQ(sent.status, 409);
  EXPECT_THAT(sent.body, HasSubstr("Max Double and Maxime Double cannot be one"));
  EXPECT_THAT(sent.body, HasSubstr("value=\"alike\"")) << "what was typed is still there";
}

TEST_F(CurationTest, AQuestionLeadsToAllRecordsAndSaysWhatWasDecidedBefore) {
  std::string papers;
  for (int number = 1; number <= 12; ++number) {
    papers += tests::pubmed_article(number, "Radium " + std::to_string(number),
                                    {{"Exemple", "Camille", "Institut Essai, Paris", ""}}, 2015 + number % 5);
  }
  import_pubmed(papers);
  settle();
  pool::Judgement two;
  two.verdict = pool::Judgement::Verdict::different;
  two.a = camille();
  two.b = id_of("local:a/A3");
  two.who = "curator@example.org";
  two.why = "they never met";
  ASSERT_TRUE(pool->decide(two));
  ASSERT_TRUE(store->write([](store::Transaction& db) { return db.execute("DELETE FROM doubt"); }));
  doubt("A1", "A2");
  const std::string page = body("/en/curation", staff_member);
  EXPECT_THAT(page, HasSubstr("6 more records and names")) << "of two records and twelve names eight are shown";
  EXPECT_THAT(page, HasSubstr("all=yes#side-"));
  EXPECT_THAT(page, HasSubstr("Decided on it before"));
  for (const char* part : {"Two things", "Lou Muette", "they never met", "curator@example.org"}) {
    EXPECT_THAT(page, HasSubstr(part));
  }
  EXPECT_THAT(page, Not(HasSubstr("<q dir"))) << "that two are two says nothing of a value";
  const std::string whole = body("/en/curation?all=yes", staff_member);
  EXPECT_THAT(whole, Not(HasSubstr("more records and names")));
  EXPECT_THAT(whole, HasSubstr("pubmed 12"));
  EXPECT_THAT(body("/fr/curation", staff_member), HasSubstr("6 autres fiches et noms"));
}

TEST_F(CurationTest, WhoHasNoCardIsCalledByHisName) {
  import_pubmed(tests::pubmed_article(1, "Radium", {{"Autre", "Dominique", "", ""}, {"Quart", "Jo", "", ""}}));
  settle();
  ASSERT_TRUE(store->write([](store::Transaction& db) -> Result<void> {
    TRY(db.execute("DELETE FROM doubt"));
    TRY(
        db.execute("INSERT INTO doubt SELECT x.id, 0, y.id, 2, 0.5, 'name', 'quart j' FROM record x, record y "
                   "WHERE x.key = 'A2' AND y.key = '1'"));
    return {};
  }));
  EXPECT_THAT(body("/en/curation/questions.csv", staff_member), HasSubstr(",Noa Solitaire,Jo Quart,"));
  const std::string page = body("/en/curation", staff_member);
  const auto ref = [&](const std::string& side) {
    const std::string rest = after(page, "name=\"" + side + "\" value=\"");
    return rest.substr(0, rest.find('"'));
  };
  ASSERT_EQ(send(m_here, "/en/curation/answer",
                 {{"a", ref("b")}, {"b", ref("a")}, {"verdict", "different"}, {"why", "two"}}, staff_member)
                .status,
            303);
  EXPECT_THAT(body("/en/curation/decisions.csv", staff_member), HasSubstr(",Jo Quart – Noa Solitaire,"));
  const http::Answer undone = send(m_here, "/en/curation/decisions/1/undo", {}, staff_member);
  EXPECT_EQ(location(undone), "/en/curation/decisions?done=undone") << "he has no card to come back to";
  EXPECT_THAT(body(location(undone), staff_member), HasSubstr("It is undone."));
}

TEST_F(CurationTest, AllQuestionsAreListedSortedAndTakenAlong) {
  ASSERT_TRUE(store->write([](store::Transaction& db) { return db.execute("DELETE FROM doubt"); }));
  const std::string list = "/en/curation/questions";
  EXPECT_EQ(get(list).status, 303);
  EXPECT_EQ(get(list, researcher).status, 403);
  EXPECT_EQ(get(list + ".csv", researcher).status, 403);
  EXPECT_EQ(body(list + ".csv", staff_member).find("Exemple"), std::string::npos);
  doubt("A1", "A2");
  doubt("A2", "A3");
  EXPECT_THAT(body("/en/curation", staff_member), HasSubstr("href=\"" + list + "\""));
  const std::string page = body(list + "?sort=-a", staff_member);
  EXPECT_THAT(page, HasSubstr("aria-sort=\"descending\""));
  EXPECT_LT(page.find("Noa Solitaire</a>"), page.find("Camille Exemple</a>"));
  for (const std::string from : {"0", "1"}) {
    EXPECT_THAT(page, HasSubstr("/en/curation?from=" + from + "\"")) << "each leads to its question";
  }
  const std::string first = body("/en/curation?from=0", staff_member);
  const std::string file = body(list + ".csv", staff_member);
  EXPECT_EQ(std::count(file.begin(), file.end(), '\n'), 3) << file;
  EXPECT_THAT(file, HasSubstr("Person,Camille Exemple,Noa Solitaire,"));
  EXPECT_THAT(file, HasSubstr(",50 %,"));
  const std::string row = file.substr(file.find("\n1,") + 1);
  const bool camille_first = row.substr(0, row.find('\n')).find("Camille") != std::string::npos;
  EXPECT_EQ(first.find("Camille Exemple") != std::string::npos, camille_first)
      << "in the order in which they are asked";
  EXPECT_THAT(body(list + "?q=muette", staff_member), Not(HasSubstr("Camille Exemple</a>")));
}

TEST_F(CurationTest, ACardIsCorrectedWithAReasonAndUndone) {
  EXPECT_EQ(get(m_here, researcher).status, 403);
  const std::string page = body(m_here, staff_member);
  EXPECT_THAT(page, HasSubstr("staff")) << "which source says a value";
  http::Pairs form = form_on(page);
  type(form, "family_name", "Exemple", "Exemple-Durand");
  EXPECT_EQ(send(m_here, m_here + "/correct", form, staff_member).status, 422) << "without a reason";
  form.emplace_back("why", "her letter of <i>May</i>");
  EXPECT_EQ(send(m_here, m_here + "/correct", form, researcher).status, 403);
  ASSERT_EQ(send(m_here, m_here + "/correct", form, staff_member).status, 303);
  EXPECT_EQ(text_of(camille(), "family_name"), "Exemple-Durand");
  const std::string after_it = body(m_here, staff_member);
  EXPECT_THAT(after_it, HasSubstr("her letter of &lt;i&gt;May"));
  EXPECT_THAT(after_it, HasSubstr("decided by staff@example.org"));
  EXPECT_THAT(after_it, HasSubstr("another one wins"));
  ASSERT_EQ(send(m_here, "/en/curation/decisions/1/undo", {{"why", "it was somebody else"}}, root).status, 303);
  EXPECT_EQ(text_of(camille(), "family_name"), "Exemple");
  EXPECT_THAT(body(m_here, staff_member), HasSubstr("undone"));
  EXPECT_EQ(send(m_here, "/en/curation/decisions/1/undo", {}, root).status, 409) << "twice";
  EXPECT_EQ(send(m_here, "/en/curation/decisions/99/undo", {}, root).status, 404);
}

TEST_F(CurationTest, OfTwoCuratorsNobodysWordsAreLost) {
  http::Pairs one = form_on(body(m_here, staff_member));
  http::Pairs two = one;
  type(one, "family_name", "Exemple", "Premier");
  type(two, "family_name", "Exemple", "Second");
  one.emplace_back("why", "one");
  two.emplace_back("why", "two");
  ASSERT_EQ(send(m_here, m_here + "/correct", one, staff_member).status, 303);
  const http::Answer late = send(m_here, m_here + "/correct", two, root);
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("value=\"Second\""));
  EXPECT_THAT(late.body, HasSubstr("<strong>Premier</strong>"));
  EXPECT_THAT(late.body, HasSubstr("value=\"two\""));
}

TEST_F(CurationTest, AReasonThatIsTooLongIsSaidAndKept) {
  const std::string why = std::string(498, 'w') + "ééé";
  for (const char* form : {"/verify", "/hide"}) {
    const http::Answer told = send(m_here, m_here + form, {{"why", why}}, staff_member);
    EXPECT_EQ(told.status, 422) << form;
    EXPECT_THAT(told.body, HasSubstr("“Why” has 500 characters at most; this has 501"));
    EXPECT_THAT(told.body, HasSubstr(why));
  }
  EXPECT_FALSE(find(camille()).card->verified);
  ASSERT_EQ(send(m_here, m_here + "/verify", {{"why", std::string(498, 'w') + "éé"}}, staff_member).status, 303);
}

TEST_F(CurationTest, AllDecisionsAreListedSortedAndTakenAlong) {
  ASSERT_EQ(send(m_here, m_here + "/verify", {{"why", "looked <once>"}}, staff_member).status, 303);
  ASSERT_EQ(send(m_here, m_here + "/hide", {{"why", "asked to"}}, root).status, 303);
  const std::string list = "/en/curation/decisions";
  EXPECT_EQ(get(list, researcher).status, 403);
  const std::string page = body(list, staff_member);
  EXPECT_LT(page.find("asked to"), page.find("looked &lt;once&gt;")) << "the newest first";
  const std::string sorted = body(list + "?sort=number", staff_member);
  EXPECT_GT(sorted.find("asked to"), sorted.find("looked &lt;once&gt;"));
  EXPECT_THAT(page, HasSubstr("root@example.org"));
  EXPECT_THAT(page, HasSubstr("/en/curation/decisions/2/undo"));
  ASSERT_EQ(send(list, "/en/curation/decisions/2/undo", {}, staff_member).status, 303);
  EXPECT_THAT(body(list, staff_member), Not(HasSubstr("/en/curation/decisions/2/undo")));
  const http::Answer csv = get(list + ".csv", staff_member);
  EXPECT_THAT(csv.body, HasSubstr("looked <once>"));
  EXPECT_THAT(csv.body, HasSubstr("staff@example.org"));
  EXPECT_THAT(body("/en/curation", staff_member), HasSubstr(list));
}

TEST_F(CurationTest, ACardIsVerifiedAndHidden) {
  ASSERT_EQ(send(m_here, m_here + "/verify", {{"why", "looked"}}, staff_member).status, 303);
  EXPECT_TRUE(find(camille()).card->verified);
  EXPECT_EQ(send(m_here, m_here + "/hide", {{"why", ""}}, staff_member).status, 422);
  ASSERT_EQ(send(m_here, m_here + "/hide", {{"why", "asked to"}}, staff_member).status, 303);
  EXPECT_EQ(get("/en/person/" + camille().text()).status, 404);
  EXPECT_THAT(body(m_here, staff_member), HasSubstr("badge warn")) << "curators still see it";
  ASSERT_EQ(send(m_here, "/en/curation/decisions/2/undo", {}, staff_member).status, 303);
  EXPECT_EQ(get("/en/person/" + camille().text()).status, 200);
  EXPECT_EQ(access.audit().entries(0, 1)->front().deed.verb, "decide");
  EXPECT_TRUE(access.audit().check()->empty());
}

TEST_F(CurationTest, CardsLeadCuratorsThere) {
  EXPECT_THAT(body("/en/person/" + camille().text(), staff_member), HasSubstr(m_here));
  EXPECT_THAT(body("/en/person/" + camille().text()), Not(HasSubstr("/curation/")));
  EXPECT_THAT(body("/en/person/" + camille().text(), researcher), Not(HasSubstr("/curation/")));
  EXPECT_EQ(get("/en/curation/things/0000000000", staff_member).status, 404);
  EXPECT_THAT(body("/en/admin", staff_member), HasSubstr("/en/curation\""));
}

}  // namespace
}  // namespace pitchblende::pages
