// The queue of questions for curators, and what is told of a pair.
#include <gtest/gtest.h>

#include "pool/curation/queue.hpp"
#include "pool/errors.hpp"
#include "pool_fixture.hpp"
#include "postgresql.hpp"

namespace pitchblende::pool {
namespace {

using resolution::MentionRef;
using tests::pubmed_article;

class AskingPlace : public tests::PoolPlace {
 public:
  explicit AskingPlace(std::string database = {}) : tests::PoolPlace(std::move(database)) {
    import_members("I1,Institut Demo,member,2007\n");
    import_staff("a", "A1,Exemple,Camille,,Institut Demo,2015\nA2,Solitaire,Noa,,Institut Demo,2015\n");
    import_staff("b", "B1,Sample,Camilla,,Institut Demo,2015\n");
    import_pubmed(pubmed_article(1, "Radium", {{"Autre", "Dominique", "Institut Demo", ""}, {"Quart", "Jo", "", ""}}));
    settle();
    EXPECT_TRUE(store->write([](store::Transaction& db) { return db.execute("DELETE FROM doubt"); }));
  }
  MentionRef place(const std::string& key, int32_t part = 0) const {
    return {std::stoll(dump("SELECT id FROM record WHERE key = '" + key + "'")), part};
  }
  void doubt(const MentionRef& a, const MentionRef& b, double probability) const {
    const auto written = store->write([&](store::Transaction& db) {
      return db.execute("INSERT INTO doubt VALUES (?, ?, ?, ?, ?, 'name', 'what they share')",
                        {a.record, int64_t{a.part}, b.record, int64_t{b.part}, probability});
    });
    EXPECT_TRUE(written) << written.error().message();
  }
  Queue asked(std::optional<registry::Kind> kind = {}, size_t limit = 20, size_t from = 0) const {
    const auto questions = queue(*store, {kind, from, limit, 5});
    EXPECT_TRUE(questions) << questions.error().message();
    return questions.value_or(Queue{});
  }
  std::string doubts() const {
    return dump(
        "SELECT record_a || '/' || part_a || ' ' || record_b || '/' || part_b FROM doubt ORDER BY record_a, "
        "part_a, record_b, part_b");
  }
  static std::string text(const MentionRef& a, const MentionRef& b) {
    return std::to_string(a.record) + "/" + std::to_string(a.part) + " " + std::to_string(b.record) + "/" +
           std::to_string(b.part) + "\n";
  }
};

class PoolQueueTest : public ::testing::Test, public AskingPlace {};

TEST_F(PoolQueueTest, AsksFirstWhatChangesMostPages) {
  doubt(place("1", 1), place("1", 2), 0.9);  // nobody has a page
  doubt(place("A1"), place("B1"), 0.5);      // two pages, one record moves
  doubt(place("A2"), place("1", 2), 0.6);    // one page, one name moves
  const Queue all = asked();
  EXPECT_EQ(all.count, 3);
  ASSERT_EQ(all.questions.size(), 3u);
  EXPECT_EQ(all.questions[0].pages, 3);
  EXPECT_DOUBLE_EQ(all.questions[0].worth, 1.5);
  EXPECT_EQ(all.questions[0].a.label, "Camille Exemple");
  EXPECT_TRUE(all.questions[0].a.page);
  EXPECT_EQ(all.questions[1].pages, 2);
  EXPECT_EQ(all.questions[1].b.members.at(0).text, "Jo Quart");
  EXPECT_EQ(all.questions[1].b.members.at(0).where, "Radium");
  EXPECT_EQ(all.questions[2].pages, 0);
  EXPECT_EQ(all.questions[2].evidence, resolution::Evidence::name);
  EXPECT_EQ(asked(registry::Kind::team).count, 0);
  const Queue second = asked(registry::Kind::person, 1, 1);
  EXPECT_EQ(second.count, 3);
  ASSERT_EQ(second.questions.size(), 1u);
  EXPECT_EQ(second.questions[0].a.id, all.questions[1].a.id);
}

TEST_F(PoolQueueTest, WhatIsDecidedIsAskedNoMore) {
  doubt(place("A1"), place("B1"), 0.5);
  doubt(place("A2"), place("1", 2), 0.6);
  for (const Question& question : asked().questions) {
    Judgement judgement;
    judgement.verdict = question.a.members.at(0).key == "A1" ? Judgement::Verdict::same : Judgement::Verdict::different;
    judgement.record_a = question.a.ref;
    judgement.record_b = question.b.ref;
    judgement.who = "a curator";
    judgement.why = "as they say";
    ASSERT_TRUE(pool->decide(judgement));
    // Should a later run doubt again what was decided.
    ASSERT_TRUE(store->write([](store::Transaction& db) { return db.execute("DELETE FROM doubt"); }));
    doubt(place("A1"), place("B1"), 0.5);
    doubt(place("A2"), place("1", 2), 0.6);
  }
  EXPECT_EQ(asked().count, 0);
}

TEST_F(PoolQueueTest, OnlyWhatWasLookedAtAgainIsReplaced) {
  doubt(place("A1"), place("B1"), 0.5);
  doubt(place("A2"), place("1", 2), 0.6);
  const auto made = std::make_unique<State>(*store, clock, Settings{folder.path("index")});
  State& state = *made;
  const auto mention = [](const MentionRef& ref, bool settled) {
    resolution::Mention out;
    out.ref = ref;
    out.settled = settled;
    return out;
  };
  // A2 was resolved beside B1, which was settled already.
  resolution::Resolution found;
  found.clusters = {{{place("A2")}, {}, {}}, {{place("B1")}, {}, {}}};
  found.doubts = {{place("A2"), place("B1"), 0.4, resolution::Evidence::name, ""}};
  ASSERT_TRUE(replace_doubts(state, Scope::due, {mention(place("A2"), false), mention(place("B1"), true)}, found,
                             {place("A2").record}));
  EXPECT_EQ(doubts(), text(place("A1"), place("B1")) + text(place("A2"), place("B1")));
  // B1 resolved with A2 loaded beside it, and nothing in doubt: what A1 and B1 are asked goes with it.
  found.doubts.clear();
  ASSERT_TRUE(replace_doubts(state, Scope::due, {mention(place("B1"), false), mention(place("A2"), true)}, found, {}));
  EXPECT_EQ(doubts(), "");
  found.doubts = {{place("A1"), place("B1"), 0.4, resolution::Evidence::name, ""}};
  ASSERT_TRUE(replace_doubts(state, Scope::everything, {}, found, {}));
  EXPECT_EQ(doubts(), text(place("A1"), place("B1")));
}

TEST_F(PoolQueueTest, WithdrawnThingsAreNotAsked) {
  doubt(place("A2"), place("B1"), 0.5);
  ImportOptions accept;
  accept.accept_withdrawals = true;
  import_staff("a", "A1,Exemple,Camille,,Institut Demo,2015\n", accept);
  EXPECT_EQ(asked().count, 0);
  settle();
  EXPECT_EQ(doubts().find(text(place("A2"), place("B1"))), std::string::npos);
}

TEST_F(PoolQueueTest, ARebuildRenewsTheQueue) {
  ASSERT_TRUE(pool->full({}));
  const std::string whole = doubts();
  doubt(place("A2"), place("B1"), 0.01);
  ASSERT_TRUE(pool->rebuild({}));
  EXPECT_EQ(doubts(), whole);
  // A program whose derived tables have another form makes them anew, and the queue with them.
  doubt(place("A2"), place("B1"), 0.01);
  ASSERT_TRUE(store->write([](store::Transaction& db) -> Result<int64_t> {
    return db.execute("UPDATE memo SET value = 'another form' WHERE name = 'derived'");
  }));
  open();
  settle();
  EXPECT_EQ(doubts(), whole);
}

TEST_F(PoolQueueTest, APairIsExplained) {
  const Named a{id_of("local:a/A1"), {}};
  const Named b{id_of("local:b/B1"), {}};
  const auto two = explain(*store, a, b);
  ASSERT_TRUE(two) << two.error().message();
  EXPECT_FALSE(two->one);
  EXPECT_EQ(two->a.ref, place("A1"));
  EXPECT_EQ(two->b.label, "Camilla Sample");
  Judgement same;
  same.a = a.id;
  same.b = b.id;
  same.who = "a curator";
  same.why = "married name";
  const auto number = pool->decide(same);
  ASSERT_TRUE(number);
  const auto one = explain(*store, Named{Id(), place("A1")}, Named{Id(), place("B1")});
  ASSERT_TRUE(one);
  EXPECT_TRUE(one->one);
  ASSERT_EQ(one->path.size(), 1u);
  EXPECT_EQ(one->path[0].evidence, resolution::Evidence::decision);
  ASSERT_EQ(one->decisions.size(), 1u);
  EXPECT_EQ(one->decisions[0].number, *number);
  EXPECT_EQ(one->decisions[0].why, "married name");
  EXPECT_TRUE(explain(*store, Named{Id(77), {}}, b).error().is(errors::unknown_id));
  EXPECT_TRUE(explain(*store, Named{Id(), MentionRef{777, 0}}, b).error().is(errors::unknown_record));
  EXPECT_TRUE(explain(*store, Named{id_of("pmid:1"), {}}, b).error().is(errors::kinds_differ));
}

TEST_F(PoolQueueTest, APairOfOneListIsHeldApart) {
  const auto pair = explain(*store, Named{Id(), place("1", 1)}, Named{Id(), place("1", 2)});
  ASSERT_TRUE(pair) << pair.error().message();
  ASSERT_TRUE(pair->comparison.refused || !pair->one);
  EXPECT_EQ(pair->a.members.at(0).where, "Radium");
}

TEST_F(PoolQueueTest, APublicationSaysWhoItsNamesAre) {
  const auto explanation = explain(*store, id_of("pmid:1"));
  ASSERT_TRUE(explanation);
  ASSERT_EQ(explanation->names.size(), 2u);
  EXPECT_EQ(explanation->names[1].ref, place("1", 2));
  EXPECT_EQ(explanation->names[1].text, "Jo Quart");
  EXPECT_TRUE(explanation->names[1].thing);
}

TEST(PoolQueueDatabases, SqliteAndPostgresqlAskTheSame) {
  if (!tests::PostgresqlServer::installed()) {
    GTEST_SKIP() << tests::PostgresqlServer::k_missing;
  }
  const auto said = [](AskingPlace& place) {
    place.doubt(place.place("A1"), place.place("B1"), 0.5);
    place.doubt(place.place("A2"), place.place("1", 2), 0.6);
    place.doubt(place.place("1", 1), place.place("1", 2), 0.6);
    std::string out;
    for (const Question& question : place.asked().questions) {
      out += question.a.id.text() + " " + question.b.id.text() + " " + std::to_string(question.worth) + "\n";
    }
    place.import_pubmed(pubmed_article(1, "Radium", {{"Quart", "Jo", "", ""}}));
    place.settle();
    return out + place.doubts();
  };
  AskingPlace sqlite;
  AskingPlace postgresql(tests::PostgresqlServer::instance().new_database());
  EXPECT_EQ(tests::first_difference(said(sqlite), said(postgresql)), "");
}

}  // namespace
}  // namespace pitchblende::pool
