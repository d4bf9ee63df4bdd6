// Curating at a terminal: the queue answered, pairs explained, the quality told.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <sstream>

#include "cli/cli.hpp"
#include "cli/cli_fixture.hpp"
#include "cli/command_socket.hpp"
#include "cli/commands.hpp"

namespace pitchblende::cli {
namespace {

namespace json = boost::json;

class CliReviewTest : public CliFixture {
 protected:
  void SetUp() override {
    ASSERT_EQ(run({"init"}).exit, 0);
    const std::string members = folder.write("members.csv", "id,name,role,from\nI1,Institut Demo,member,2007\n");
    const std::string columns = "id,family name,given names,organisation,from\n";
    const std::string one =
        folder.write("one.csv", columns + "P1,Exemple,Camille,Institut Demo,2015\nP2,Tiers,Lou,Institut Demo,2015\n");
    const std::string two = folder.write(
        "two.csv", columns + "Q1,Sample,Camilla,Institut Demo,2015\nQ2,Solitaire,Noa,Institut Demo,2016\n");
    ASSERT_EQ(run({"import", "organisations", members, "--as", "members"}).exit, 0);
    ASSERT_EQ(run({"import", "people", one, "--as", "one", "--institution", "one"}).exit, 0);
    ASSERT_EQ(run({"import", "people", two, "--as", "two", "--institution", "two"}).exit, 0);
    const std::string papers = folder.write(
        "papers.xml", tests::pubmed_set(tests::pubmed_article(1, "Pitchstone", {{"Autre", "Sacha", "Nowhere", ""}})));
    ASSERT_EQ(run({"import", "pubmed", papers}).exit, 0);
    p1 = place("P1");
    p2 = place("P2");
    q1 = place("Q1");
    q2 = place("Q2");
    doubt(p1, q1, "0.5");
    doubt(p2, q2, "0.3");
  }

  // As somebody who types these lines.
  Said reviewed(const std::string& lines, Language language = Language::english, Options options = {}) const {
    options.command = "review";
    options.data = folder.path("data");
    options.language = language;
    std::istringstream answers(lines);
    std::ostringstream out;
    std::ostringstream err;
    const auto done = review(options, {out, err, false, {}, &answers});
    EXPECT_TRUE(done) << done.error().message();
    return {static_cast<int>(done.value_or(Exit::failed)), out.str(), err.str()};
  }

  // "12/0": a record's place.
  std::string place(const std::string& key) const {
    std::string out;
    with_store(false, [&](store::Store& store) {
      return store.read([&](store::Connection& db) {
        return db.query("SELECT id FROM record WHERE key = ?", {std::string_view(key)},
                        [&](const store::Row& row) { out = std::to_string(row.integer(0)) + "/0"; });
      });
    });
    return out;
  }
  void doubt(const std::string& a, const std::string& b, const std::string& probability) const {
    with_store(true, [&](store::Store& store) -> Result<void> {
      return store.write([&](store::Transaction& db) -> Result<void> {
        TRY(db.execute("INSERT INTO doubt VALUES (?, 0, ?, 0, ?, 'name', 'a likeness')",
                       {int64_t{std::stoll(a)}, int64_t{std::stoll(b)}, std::stod(probability)}));
        return {};
      });
    });
  }
  template <typename Work>
  void with_store(bool writing, Work&& work) const {
    store::Options options;
    options.folder = folder.path("data");
    options.read_only = !writing;
    auto store = store::Store::open(options);
    ASSERT_TRUE(store) << store.error().message();
    EXPECT_TRUE(work(**store));
  }

  json::value parsed(const std::vector<std::string>& words) const { return json::parse(run(words).out); }
  static int count(const json::value& value) { return value.at("count").to_number<int>(); }

  std::string p1;
  std::string p2;
  std::string q1;
  std::string q2;
};

TEST_F(CliReviewTest, AnswersBecomeDecisions) {
  EXPECT_EQ(count(parsed({"--json", "review"})), 2);
  const Said said = reviewed("what\ny\nA. Curator\nthe same woman\nn\nnot her\n");
  EXPECT_EQ(said.exit, 0) << said.err;
  EXPECT_NE(said.out.find("Camille Exemple"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("this one would change 3 pages"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("decided 2, left 0"), std::string::npos) << said.out;
  const json::value joined = parsed({"--json", "explain", p1});
  EXPECT_EQ(joined.at("members").as_array().size(), 2u);
  ASSERT_EQ(joined.at("decisions").as_array().size(), 1u);
  EXPECT_EQ(joined.at("decisions").at(0).at("who").as_string(), "A. Curator");
  const json::value apart = parsed({"--json", "explain", p2, q2});
  EXPECT_EQ(apart.at("one").as_bool(), false);
  ASSERT_EQ(apart.at("decisions").as_array().size(), 1u);
  EXPECT_EQ(apart.at("decisions").at(0).at("verdict").as_string(), "different");
  EXPECT_EQ(apart.at("decisions").at(0).at("why").as_string(), "not her");
}

TEST_F(CliReviewTest, SkippingAndLeavingDecideNothing) {
  const Said said = reviewed("p\nq\n", Language::french);
  EXPECT_NE(said.out.find("une seule et même chose"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("décidées 0, restantes 2"), std::string::npos) << said.out;
  EXPECT_NE(reviewed("").out.find("decided 0, left 2"), std::string::npos);     // the input ends
  EXPECT_NE(reviewed("y\n").out.find("decided 0, left 2"), std::string::npos);  // nobody says who
  Options one;
  one.limit = 1;
  one.who = "A. Curator";
  one.why = "all seen";
  EXPECT_NE(reviewed("n\nn\n", Language::english, one).out.find("decided 1, left 1"), std::string::npos);
}

TEST_F(CliReviewTest, WithoutATerminalItIsSaid) {
  // Tests have no terminal.
  if (isatty(STDIN_FILENO) == 0) {
    const Said said = run({"review"});
    EXPECT_EQ(said.exit, static_cast<int>(Exit::failed));
    EXPECT_NE(said.err.find("--json"), std::string::npos) << said.err;
  }
  const json::value queue = parsed({"--json", "review", "--limit", "1", "--kind", "person"});
  EXPECT_EQ(count(queue), 2);
  ASSERT_EQ(queue.at("questions").as_array().size(), 1u);
  EXPECT_DOUBLE_EQ(queue.at("questions").at(0).at("probability").to_number<double>(), 0.5);
  EXPECT_EQ(queue.at("questions").at(0).at("a").at("members").at(0).at("key").as_string(), "P1");
  EXPECT_EQ(count(parsed({"--json", "review", "--kind", "team"})), 0);
  EXPECT_NE(run({"review", "--kind", "stone"}).err.find("stone"), std::string::npos);
}

TEST_F(CliReviewTest, AServerCarriesTheAnswersOut) {
  auto served = Workplace::for_writing(folder.path("data"));
  ASSERT_TRUE(served);
  {
    auto socket = CommandSocket::open(folder.path("data"), **served);
    ASSERT_TRUE(socket);
    const Said said = reviewed("y\nA. Curator\n-the same woman-\nq\n");
    EXPECT_NE(said.out.find("decided 1, left 1"), std::string::npos) << said.out << said.err;
    EXPECT_EQ(parsed({"--json", "explain", p1, q1}).at("one").as_bool(), true);
  }
  // The folder is somebody's who carries nothing out: said, and the review goes on.
  const Said alone = reviewed("n\nA. Curator\nno\nq\n");
  EXPECT_EQ(alone.exit, static_cast<int>(Exit::failed));
  EXPECT_NE(alone.err.find("another Pitchblende process"), std::string::npos) << alone.err;
}

TEST_F(CliReviewTest, APairIsExplainedInBothLanguages) {
  const Said two = run({"explain", p1, q1});
  EXPECT_NE(two.out.find("They are two things."), std::string::npos) << two.out << two.err;
  EXPECT_EQ(run({"decide", "same", p1, q1, "--who", "A. Curator", "--why", "married name"}).exit, 0);
  const Said refused = run({"decide", "different", p1, q1, "--who", "B. Curator", "--why", "no"});
  EXPECT_EQ(refused.exit, static_cast<int>(Exit::failed));
  EXPECT_NE(refused.err.find("1 (same Camille Exemple, Camilla Sample; A. Curator"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("B. Curator"), std::string::npos) << refused.err;
  const Said one = run({"--lang", "fr", "explain", p1, q1});
  EXPECT_NE(one.out.find("C’est une seule chose."), std::string::npos) << one.out;
  EXPECT_NE(one.out.find("married name"), std::string::npos) << one.out;
  const json::value pair = parsed({"--json", "explain", p1, q1});
  EXPECT_EQ(pair.at("path").at(0).at("evidence").as_string(), "decision");
  EXPECT_EQ(run({"explain", "999/0"}).exit, static_cast<int>(Exit::not_found));
  EXPECT_EQ(run({"explain", p1, "pmid:77"}).exit, static_cast<int>(Exit::not_found));
}

TEST_F(CliReviewTest, NamesAreAttachedAndDetached) {
  const std::string name = place("1").substr(0, place("1").find('/')) + "/1";
  const auto decide = [&](const std::vector<std::string>& words) {
    std::vector<std::string> all{"decide"};
    all.insert(all.end(), words.begin(), words.end());
    all.insert(all.end(), {"--who", "A. Curator", "--why", "her list"});
    return run(all);
  };
  ASSERT_EQ(decide({"attach", name, "local:two/Q2"}).exit, 0);
  EXPECT_EQ(parsed({"--json", "explain", name, q2}).at("one").as_bool(), true);
  const Said paper = run({"explain", "pmid:1"});
  EXPECT_NE(paper.out.find("names that it prints"), std::string::npos) << paper.out;
  EXPECT_EQ(decide({"detach", name}).exit, static_cast<int>(Exit::failed));  // contradicts the first one
  ASSERT_EQ(decide({"undo", "1"}).exit, 0);
  EXPECT_EQ(decide({"detach", name, "local:two/Q2"}).exit, 0);
  EXPECT_EQ(parsed({"--json", "explain", name, q2}).at("one").as_bool(), false);
}

TEST_F(CliReviewTest, TheQualityIsTold) {
  const json::value quality = parsed({"--json", "quality"});
  EXPECT_EQ(quality.at("duplicates").at("person").to_number<int>(), 2);
  EXPECT_EQ(quality.at("names").at("names").to_number<int>(), 1);
  const json::value& nowhere = quality.at("by_institution").as_array().at(0);
  EXPECT_EQ(nowhere.at("id").as_string(), "");
  EXPECT_EQ(nowhere.at("open").as_array().size(), 1U);
  EXPECT_EQ(nowhere.as_object().if_contains("with_a_known_organisation"), nullptr);
  EXPECT_EQ(quality.at("records").to_number<int>(), 6);
  const Said told = run({"--lang", "fr", "quality", "--limit", "1"});
  EXPECT_EQ(told.exit, 0) << told.err;
  for (const char* part :
       {"deux ORCID", "Ce qui semble faux", "Noms imprimés", "aucun organisme connu", "pubmed 1", "Camille Exemple"}) {
    EXPECT_NE(told.out.find(part), std::string::npos) << part << told.out;
  }
}

}  // namespace
}  // namespace pitchblende::cli
