// People's decisions on who is who: they follow whom they spoke of, contradict nothing that stands, and can be taken
// back.
#include <gtest/gtest.h>

#include <algorithm>

#include "pool/curation/decisions.hpp"
#include "pool/errors.hpp"
#include "pool_fixture.hpp"
#include "postgresql.hpp"

namespace pitchblende::pool {
namespace {

using resolution::MentionRef;
using tests::pubmed_article;
using Verdict = Judgement::Verdict;

class DecidingPlace : public tests::PoolPlace {
 public:
  using tests::PoolPlace::PoolPlace;

  MentionRef place(const std::string& key, int32_t part = 0) const {
    const std::string number = dump("SELECT id FROM record WHERE key = '" + key + "'");
    return {number.empty() ? 0 : std::stoll(number), part};
  }
  Id at(const MentionRef& ref) const {
    const std::string entity = dump("SELECT entity FROM assignment WHERE record = " + std::to_string(ref.record) +
                                    " AND part = " + std::to_string(ref.part));
    return entity.empty() ? Id() : Id(static_cast<uint64_t>(std::stoll(entity)));
  }
  static Judgement judgement(Verdict verdict, const Named& a, const Named& b = {}) {
    Judgement out;
    out.verdict = verdict;
    out.a = a.id;
    out.record_a = a.place;
    out.b = b.id;
    out.record_b = b.place;
    out.who = "a curator";
    out.why = "seen in her list of papers";
    return out;
  }
  Result<int64_t> decide(Verdict verdict, const Named& a, const Named& b = {}) const {
    return pool->decide(judgement(verdict, a, b));
  }
  int64_t decided(Verdict verdict, const Named& a, const Named& b = {}) const {
    const auto number = decide(verdict, a, b);
    EXPECT_TRUE(number) << number.error().message();
    return number.value_or(0);
  }
  Result<int64_t> undo(int64_t number) const {
    Judgement undoing = judgement(Verdict::undo, {});
    undoing.undoes = number;
    return pool->decide(undoing);
  }
  static Named thing(Id id) { return {id, {}}; }
  static Named spot(const MentionRef& ref) { return {Id(), ref}; }
  StandingDecision::State state_of(int64_t number) const {
    auto decisions = standing_decisions(*store);
    EXPECT_TRUE(decisions && follow_authors(*store, *decisions, nullptr));
    for (const StandingDecision& each : *decisions) {
      if (each.number == number) {
        return each.state;
      }
    }
    ADD_FAILURE() << number << " does not stand";
    return StandingDecision::State::withdrawn;
  }
};

class PoolDecisionsTest : public ::testing::Test, public DecidingPlace {
 protected:
  // Three people of three lists, whom nothing joins.
  void import_three() {
    import_staff("a", "A1,Exemple,Camille,,Institut Demo,2015\n");
    import_staff("b", "B1,Solitaire,Noa,,Institut Autre,2015\n");
    import_staff("c", "C1,Tiers,Lou,,Institut Tiers,2015\n");
    settle();
    a = id_of("local:a/A1");
    b = id_of("local:b/B1");
    c = id_of("local:c/C1");
  }
  Id a;
  Id b;
  Id c;
};

const std::vector<tests::MadeAuthor> k_authors = {
    {"Exemple", "Camille", "", ""}, {"Autre", "Dominique", "", ""}, {"Quart", "Jo", "", ""}};

TEST(Decisions, ANameIsFoundWhereItStandsNow) {
  const std::vector<std::string> before = {"Exemple C", "Wang Y", "Autre D"};
  const std::string list = list_hash(before);
  EXPECT_EQ(part_now(2, "Wang Y", list, before), 2);
  EXPECT_EQ(part_now(2, "Wang Y", list, {"Wáng Y", "Autre D", "Exemple C"}), 1);
  EXPECT_EQ(part_now(2, "Wang Y", list, {"Exemple C", "Autre D"}), 0);
  // Two of the name: whose it was cannot be told once the list is another.
  const std::vector<std::string> two = {"Wang Y", "Wang Y", "Autre D"};
  EXPECT_EQ(part_now(2, "Wang Y", list_hash(two), two), 2);
  EXPECT_EQ(part_now(2, "Wang Y", list_hash(two), {"Autre D", "Wang Y", "Wang Y"}), 0);
  EXPECT_EQ(part_now(7, "", "", before), 0);
  EXPECT_EQ(part_now(3, "", "", before), 3);  // decided before names were kept
}

TEST_F(PoolDecisionsTest, AnAttachedNameFollowsItsAuthor) {
  import_three();
  import_pubmed(pubmed_article(1, "Radium", k_authors));
  settle();
  ASSERT_NE(at(place("1", 2)), b);
  const int64_t number = decided(Verdict::attach, spot(place("1", 2)), thing(b));
  EXPECT_EQ(at(place("1", 2)), b);
  const auto backwards = std::vector(k_authors.rbegin(), k_authors.rend());
  import_pubmed(pubmed_article(1, "Radium, reordered", {backwards[1], backwards[0], backwards[2]}));
  settle();
  EXPECT_EQ(at(place("1", 1)), b);
  EXPECT_NE(at(place("1", 2)), b);
  ASSERT_TRUE(pool->full({}));
  ASSERT_TRUE(pool->rebuild({}));
  EXPECT_EQ(at(place("1", 1)), b);
  // He is on the list no more: it is said; he comes back: it applies again.
  import_pubmed(pubmed_article(1, "Radium", {k_authors[0], k_authors[2]}));
  settle();
  EXPECT_NE(at(place("1", 1)), b);
  EXPECT_NE(at(place("1", 2)), b);
  EXPECT_EQ(state_of(number), StandingDecision::State::not_found);
  import_pubmed(pubmed_article(1, "Radium", {k_authors[0], k_authors[2], k_authors[1]}));
  settle();
  EXPECT_EQ(at(place("1", 3)), b);
  EXPECT_EQ(state_of(number), StandingDecision::State::applies);
  ASSERT_TRUE(undo(number));
  EXPECT_NE(at(place("1", 3)), b);
  EXPECT_EQ(undo(number).error().kind().status, 409);
}

TEST_F(PoolDecisionsTest, WhatIsUndoneIsToldByWhichDecision) {
  import_three();
  const int64_t first = decided(Verdict::same, thing(a), thing(b));
  const auto undoing = undo(first);
  ASSERT_TRUE(undoing);
  const auto twice = undo(first);
  ASSERT_FALSE(twice);
  EXPECT_TRUE(twice.error().is(errors::undone));
  EXPECT_NE(twice.error().message().find("by decision " + std::to_string(*undoing)), std::string::npos);
  const auto back = undo(*undoing);
  ASSERT_FALSE(back);
  EXPECT_TRUE(back.error().is(errors::undoes));
  EXPECT_NE(back.error().message().find("the undoing of decision " + std::to_string(first)), std::string::npos);
  settle();
  EXPECT_TRUE(decide(Verdict::same, spot(place("A1")), spot(place("B1")))) << "as the refusal says";
}

TEST_F(PoolDecisionsTest, WhatIsPrintedAndNobodyIsToldInWords) {
  const RunReport report =
      import_pubmed(pubmed_article(1, "Radium", {{"Exemple", "Camille", "", ""}, {"et al.", "", "", ""}}));
  EXPECT_EQ(report.accepted, 1);
  ASSERT_EQ(report.notices, 1);
  EXPECT_TRUE(report.findings.front().error.is(errors::others));
  EXPECT_EQ(report.findings.front().field, "authors");
  EXPECT_EQ(report.findings.front().excerpt, "et al.");
  settle();
  EXPECT_NE(at(place("1", 1)), Id());
  EXPECT_EQ(at(place("1", 2)), Id());
  const auto refused = decide(Verdict::attach, spot(place("1", 2)), spot(place("1", 1)));
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::nobody));
  const auto explained = explain(*store, spot(place("1", 2)), spot(place("1", 1)));
  ASSERT_FALSE(explained);
  EXPECT_TRUE(explained.error().is(errors::nobody));
  EXPECT_NE(explained.error().message().find("et al."), std::string::npos);
  EXPECT_TRUE(explain(*store, spot(place("1", 3)), spot(place("1", 1))).error().is(errors::unknown_record));
}

TEST_F(PoolDecisionsTest, ADetachedNameStaysAway) {
  import_staff("demo", "P1,Exemple,Camille,,Institut Demo,2015\n");
  std::string papers;
  for (int at = 1; at <= 3; ++at) {
    papers += pubmed_article(at, "Paper " + std::to_string(at), {{"Exemple", "Camille", "Institut Demo, Paris", ""}});
  }
  import_pubmed(papers);
  settle();
  const Id person = id_of("local:demo/P1");
  ASSERT_EQ(at(place("2", 1)), person);
  const int64_t number = decided(Verdict::detach, spot(place("2", 1)));
  for (int round = 0; round < 3; ++round) {
    EXPECT_NE(at(place("2", 1)), person) << round;
    EXPECT_EQ(at(place("1", 1)), person) << round;
    EXPECT_EQ(at(place("3", 1)), person) << round;
    if (round == 0) {
      import_pubmed(pubmed_article(2, "Paper two", {{"Exemple", "Camille", "Institut Demo, Paris", ""}}));
      settle();
    } else {
      ASSERT_TRUE(pool->full({}));
    }
  }
  EXPECT_TRUE(decide(Verdict::attach, spot(place("2", 1)), thing(person)).error().is(errors::contradicts));
  EXPECT_TRUE(decide(Verdict::detach, spot(place("2", 1))).error().is(errors::nothing_to_leave));
  EXPECT_TRUE(decide(Verdict::detach, spot(place("P1"))).error().is(errors::not_a_name));
  ASSERT_TRUE(undo(number));
  EXPECT_EQ(at(place("2", 1)), person);
  EXPECT_EQ(id_of("local:demo/P1"), person);
}

TEST_F(PoolDecisionsTest, WhatContradictsIsRefusedNamingBoth) {
  import_three();
  const int64_t first = decided(Verdict::different, thing(a), thing(b));
  const auto refused = decide(Verdict::same, thing(b), thing(a));
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::contradicts));
  for (const std::string& part :
       {std::string("same Noa Solitaire, Camille Exemple"),
        std::to_string(first) + " (different Camille Exemple, Noa Solitaire; a curator, 2026-03-01"}) {
    EXPECT_NE(refused.error().message().find(part), std::string::npos) << refused.error().message();
    EXPECT_NE(refused.error().message(Language::french).find(part), std::string::npos);
  }
  EXPECT_EQ(dump("SELECT count(*) FROM decision"), "1\n");  // nothing was kept of it
  ASSERT_TRUE(undo(first));
  EXPECT_TRUE(decide(Verdict::same, thing(b), thing(a)));
}

TEST_F(PoolDecisionsTest, WhatContradictsThroughOthersIsRefused) {
  import_three();
  const MentionRef at_a = place("A1");
  const MentionRef at_b = place("B1");
  const MentionRef at_c = place("C1");
  const int64_t first = decided(Verdict::same, thing(a), thing(b));
  const int64_t second = decided(Verdict::same, spot(at_b), spot(at_c));
  EXPECT_EQ(id_of("local:c/C1"), id_of("local:a/A1"));
  const auto apart = decide(Verdict::different, spot(at_a), spot(at_c));
  ASSERT_FALSE(apart);
  EXPECT_TRUE(apart.error().is(errors::contradicts));
  for (const int64_t number : {first, second}) {
    EXPECT_NE(apart.error().message().find(std::to_string(number) + " (same"), std::string::npos);
  }
  ASSERT_TRUE(undo(second));
  EXPECT_EQ(id_of("local:c/C1"), c);
  const int64_t third = decided(Verdict::different, spot(at_a), spot(at_c));
  // b is a, a is not c: b cannot be c, by things or by records.
  for (const auto& [x, y] : {std::pair(spot(at_b), spot(at_c)), std::pair(thing(c), thing(id_of("local:b/B1")))}) {
    const auto joined = decide(Verdict::same, x, y);
    ASSERT_FALSE(joined);
    EXPECT_NE(joined.error().message().find(std::to_string(third) + " (different"), std::string::npos)
        << joined.error().message();
  }
}

TEST_F(PoolDecisionsTest, WhatIsNeverJoinedIsSaidAtOnce) {
  import_staff("a", "A1,Exemple,Camille,0000-0002-1825-0097,X,2015\nA2,Autre,Noa,0000-0001-5109-3700,X,2015\n");
  import_pubmed(pubmed_article(1, "Radium", k_authors));
  settle();
  const auto listed = decide(Verdict::same, spot(place("1", 1)), spot(place("1", 2)));
  ASSERT_FALSE(listed);
  EXPECT_TRUE(listed.error().is(errors::one_list));
  EXPECT_NE(listed.error().message().find("(Radium, pubmed/1)"), std::string::npos) << listed.error().message();
  const auto refused = decide(Verdict::same, thing(id_of("local:a/A1")), thing(id_of("local:a/A2")));
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::two_identifiers)) << refused.error().message();
  for (const char* part : {"Camille Exemple and Noa Autre", "orcid:0000-0002-1825-0097 ≠ orcid:0000-0001-5109-3700"}) {
    EXPECT_NE(refused.error().message().find(part), std::string::npos) << refused.error().message();
  }
  const auto told = may_be_one(*store, place("A1"), place("A2"), "a curator");
  ASSERT_FALSE(told) << "told before it is tried";
  EXPECT_EQ(told.error().message(), refused.error().message());
  EXPECT_TRUE(may_be_one(*store, place("A1"), place("1", 2), "a curator"));
  EXPECT_EQ(dump("SELECT count(*) FROM decision"), "0\n");
}

TEST_F(PoolDecisionsTest, WhatIsNotThereCannotBeDecidedOn) {
  import_three();
  EXPECT_TRUE(decide(Verdict::same, thing(a), thing(Id(12345))).error().is(errors::unknown_id));
  EXPECT_TRUE(decide(Verdict::same, spot({999, 0}), thing(a)).error().is(errors::unknown_record));
  // Merged: followed.
  decided(Verdict::same, thing(a), thing(b));
  const int64_t number = decided(Verdict::same, thing(c), thing(b));
  EXPECT_EQ(id_of("local:c/C1"), a);
  EXPECT_EQ(undo(number + 1).error().kind().status, 404);
  // Withdrawn: said.
  ImportOptions accept;
  accept.accept_withdrawals = true;
  import_staff("d", "D1,Quint,Eli,,X,2015\nD2,Sext,Max,,X,2015\n");
  settle();
  const Id gone = id_of("local:d/D2");
  const MentionRef where = place("D2");
  import_staff("d", "D1,Quint,Eli,,X,2015\n", accept);
  settle();
  EXPECT_TRUE(decide(Verdict::same, thing(gone), thing(a)).error().is(errors::gone));
  EXPECT_TRUE(decide(Verdict::hide, spot(where)).error().is(errors::gone));
}

TEST_F(PoolDecisionsTest, AValueNeedsACard) {
  import_pubmed(pubmed_article(1, "Radium", k_authors));
  settle();
  Judgement hide = judgement(Verdict::hide, thing(at(place("1", 1))));
  hide.field = "given_names";
  EXPECT_TRUE(pool->decide(hide).error().is(errors::no_card));
}

TEST_F(PoolDecisionsTest, WhatWasJoinedComesApartWhole) {
  import_staff("a", "A1,Exemple,Camille,0000-0002-1825-0097,X,2015\n");
  import_staff("b", "B1,Exemple,Camille,0000-0002-1825-0097,Y,2015\n");
  import_staff("c", "C1,Tiers,Lou,,Z,2015\n");
  import_pubmed(pubmed_article(1, "Radium", {{"Tiers", "Lou", "Z", ""}}));
  settle();
  const Id one = id_of("local:a/A1");
  const Id two = id_of("local:c/C1");
  ASSERT_EQ(at(place("B1")), one);
  decided(Verdict::attach, spot(place("1", 1)), thing(two));
  const int64_t number = decided(Verdict::same, thing(one), thing(two));
  ASSERT_EQ(at(place("1", 1)), one);
  ASSERT_TRUE(undo(number));
  EXPECT_EQ(at(place("A1")), one);
  EXPECT_EQ(at(place("B1")), one);
  EXPECT_EQ(at(place("C1")), two);
  EXPECT_EQ(at(place("1", 1)), two);
  const std::string before = identity();
  ASSERT_TRUE(pool->full({}));
  EXPECT_EQ(tests::first_difference(identity(), before), "");
}

TEST_F(PoolDecisionsTest, TheOrderOfTheFilesDoesNotMatter) {
  import_three();
  import_pubmed(pubmed_article(1, "Radium", k_authors));
  settle();
  decided(Verdict::attach, spot(place("1", 2)), thing(b));
  decided(Verdict::same, thing(a), thing(c));
  decided(Verdict::detach, spot(place("1", 1)), thing(b));
  const std::string before = identity();
  // A source goes and comes back.
  ImportOptions accept;
  accept.accept_withdrawals = true;
  import_staff("b", "B2,Solitude,Max,,Institut Autre,2015\n", accept);
  settle();
  import_staff("b", "B1,Solitaire,Noa,,Institut Autre,2015\n", accept);
  import_pubmed(pubmed_article(1, "Radium, again", k_authors));
  settle();
  EXPECT_EQ(at(place("1", 2)), b);
  EXPECT_EQ(at(place("C1")), at(place("A1")));
  ASSERT_TRUE(pool->full({}));
  EXPECT_EQ(at(place("1", 2)), b);
  EXPECT_EQ(at(place("C1")), at(place("A1")));
  EXPECT_EQ(at(place("1", 1)), at(place("A1")));  // who is called otherwise brings her papers along
  open();
  const auto check = pool->check({});
  ASSERT_TRUE(check);
  EXPECT_EQ(check->problems, std::vector<std::string>{});
}

// The same decisions on both databases: the same identities.
std::string decided_on(DecidingPlace& place) {
  place.import_staff("a", "A1,Exemple,Camille,,Institut Demo,2015\n");
  place.import_staff("b", "B1,Solitaire,Noa,,Institut Autre,2015\n");
  place.import_pubmed(pubmed_article(1, "Radium", k_authors));
  place.settle();
  place.decided(Verdict::attach, DecidingPlace::spot(place.place("1", 2)),
                DecidingPlace::thing(place.id_of("local:b/B1")));
  place.decided(Verdict::detach, DecidingPlace::spot(place.place("1", 1)),
                DecidingPlace::thing(place.id_of("local:a/A1")));
  place.import_pubmed(pubmed_article(1, "Radium", {k_authors[1], k_authors[0]}));
  place.settle();
  EXPECT_TRUE(place.undo(place.decided(Verdict::same, DecidingPlace::thing(place.id_of("local:a/A1")),
                                       DecidingPlace::thing(place.id_of("local:b/B1")))));
  EXPECT_FALSE(place.decide(Verdict::detach, DecidingPlace::spot(place.place("1", 1)),
                            DecidingPlace::thing(place.id_of("local:b/B1"))));
  return place.identity() + place.dump("SELECT id || verdict || name_a || list_a || name_b FROM decision ORDER BY id");
}

TEST(PoolDecisionsDatabases, SqliteAndPostgresqlDecideTheSame) {
  if (!tests::PostgresqlServer::installed()) {
    GTEST_SKIP() << tests::PostgresqlServer::k_missing;
  }
  DecidingPlace sqlite;
  DecidingPlace postgresql(tests::PostgresqlServer::instance().new_database());
  EXPECT_EQ(tests::first_difference(decided_on(sqlite), decided_on(postgresql)), "");
}

}  // namespace
}  // namespace pitchblende::pool
