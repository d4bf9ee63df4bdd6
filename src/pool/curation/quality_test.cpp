// What is worth a look in a pool.
#include <gtest/gtest.h>

#include "pool/curation/suspicion.hpp"
#include "pool_fixture.hpp"
#include "postgresql.hpp"

namespace pitchblende::pool {
namespace {

using tests::pubmed_article;

Seen named(const std::string& given, const std::string& orcid = {}) {
  Seen seen;
  seen.given = given;
  seen.orcid = orcid;
  return seen;
}

Seen written(int32_t year, int64_t work, std::vector<int64_t> organisations = {}) {
  Seen seen;
  seen.ref = {work, 1};
  seen.year = year;
  seen.work = work;
  seen.organisations = std::move(organisations);
  return seen;
}

TEST(Suspicion, TwoFirstNamesThatNothingReconciles) {
  EXPECT_FALSE(distant_names({named("camille"), named("c"), named("camille rose"), named("cam"), named("")}));
  EXPECT_FALSE(distant_names({named("marie claire"), named("claire")}));
  EXPECT_FALSE(distant_names({named("dominique"), named("dominiqe")}));
  EXPECT_FALSE(distant_names({named("bill"), named("william"), named("william j")}));
  EXPECT_FALSE(distant_names({named("iouri"), named("yuri")}));
  EXPECT_FALSE(distant_names({named("marie helene v"), named("mhv")}));
  EXPECT_FALSE(distant_names({named("pierre yves"), named("pys")})) << "who has a name that he seldom writes";
  EXPECT_FALSE(distant_names({named("jo"), named("al")}));  // may be initials
  const auto found = distant_names({named("camille"), named("c"), named("dominique")});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->detail, "camille, dominique");
  EXPECT_EQ(found->places.size(), 2u);
}

TEST(Suspicion, TwoOrcids) {
  EXPECT_FALSE(two_orcids({named("a", "1"), named("b", "1"), named("c")}));
  ASSERT_TRUE(two_orcids({named("a", "1"), named("b", "2")}));
  EXPECT_EQ(two_orcids({named("a", "1"), named("b", "2")})->detail, "1, 2");
}

TEST(Suspicion, MoreWorksThanAYearHolds) {
  std::vector<Seen> all;
  for (int at = 1; at <= k_works_a_year; ++at) {
    all.push_back(written(2020, at));
    all.push_back(written(2021, at));  // another year
    all.push_back(written(2020, at));  // the same work from a second source
    all.push_back(written(0, 1000 + at));
  }
  EXPECT_FALSE(impossible_output(all));
  all.push_back(written(2020, 5000));
  ASSERT_TRUE(impossible_output(all));
  EXPECT_EQ(impossible_output(all)->detail, "2020: " + std::to_string(k_works_a_year + 1));
}

TEST(Suspicion, ThreeAffiliationsThatNoPaperTies) {
  EXPECT_FALSE(three_affiliations({written(2020, 1, {1, 2, 3}), written(2020, 2, {1}), written(2020, 3, {4})}));
  EXPECT_FALSE(three_affiliations({written(2020, 1, {1}), written(2021, 2, {2}), written(2022, 3, {3})}));
  EXPECT_FALSE(three_affiliations(
      {written(2020, 1, {1}), written(2020, 2, {2}), written(2020, 3, {2, 1}), written(2020, 4, {3})}));
  const auto found = three_affiliations({written(2020, 1, {1}), written(2020, 2, {2}), written(2020, 3, {3, 4})});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->places.size(), 3u);
}

// A pool with one of everything.
Quality surveyed(tests::PoolPlace& place) {
  place.import_members("I1,Institut Demo,member,2007\nI2,Institut Autre,partner,2008\n");
  place.import_staff("a", "A1,Exemple,Camille,0000-0002-1825-0097,Institut Demo,2015\n");
  place.import_staff("b", "B1,Sample,Dominique,,Institut Demo,2015\n");
  place.import_pubmed(
      pubmed_article(1, "Radium", {{"Exemple", "Camille", "Institut Demo, Paris", ""}, {"Autre", "Noa", "", ""}},
                     2019) +
      pubmed_article(2, "Polonium", {{"Exemple", "Camille", "Institut Demo; Institut Autre", ""}}, 2020));
  place.settle();
  Judgement same;
  same.a = place.id_of("local:a/A1");
  same.b = place.id_of("local:b/B1");
  same.who = "a curator";
  same.why = "they share a desk";
  EXPECT_TRUE(place.pool->decide(same));
  const auto quality = pool::quality(*place.store, {});
  EXPECT_TRUE(quality) << quality.error().message();
  return quality.value_or(Quality{});
}

TEST(PoolQuality, CountsWhatIsThere) {
  tests::PoolPlace place;
  const Quality quality = surveyed(place);
  EXPECT_EQ(quality.records, 6);
  EXPECT_EQ(quality.whole.names, 3);
  EXPECT_EQ(quality.whole.people, 2);
  EXPECT_EQ(quality.whole.placed, 2);
  ASSERT_EQ(quality.by_year.size(), 2u);
  EXPECT_EQ(quality.by_year[0].name, "2020");
  EXPECT_EQ(quality.by_year[1].names, 2);
  EXPECT_EQ(quality.by_year[1].people, 1);
  ASSERT_EQ(quality.by_institution.size(), 3u);
  EXPECT_EQ(quality.by_institution[0].name, "Institut Demo");
  EXPECT_EQ(quality.by_institution[0].names, 2);
  EXPECT_EQ(quality.by_institution[0].people, 2);
  EXPECT_TRUE(quality.by_institution[0].open.empty()) << "all of them are hers";
  EXPECT_EQ(quality.by_institution[1].names, 1);
  const Quality::Share& nowhere = quality.by_institution[2];
  EXPECT_FALSE(nowhere.id) << "who says no place is counted as well, and leads to its record";
  EXPECT_EQ(nowhere.names, 1);
  EXPECT_EQ(nowhere.people, 0);
  ASSERT_EQ(nowhere.open.size(), 1u);
  EXPECT_EQ(nowhere.open[0].key, "1");
  EXPECT_EQ(nowhere.open[0].ref.part, 2);
  ASSERT_EQ(quality.by_year[1].open.size(), 1u);
  // The person: two records, two names; the other one stands alone.
  const auto people = std::find_if(quality.sizes.begin(), quality.sizes.end(),
                                   [](const auto& sizes) { return sizes.kind == registry::Kind::person; });
  ASSERT_NE(people, quality.sizes.end());
  EXPECT_EQ(people->things, (std::vector<int64_t>{1, 0, 1, 0, 0, 0, 0}));
  // Its first names do not agree.
  EXPECT_EQ(quality.suspicions[static_cast<size_t>(Quality::Suspicion::distant_names)], 1);
  ASSERT_EQ(quality.suspects.size(), 1u);
  EXPECT_EQ(quality.suspects[0].thing.id, place.id_of("local:a/A1"));
  ASSERT_EQ(quality.suspects[0].thing.members.size(), 2u);
  EXPECT_EQ(quality.suspects[0].thing.members[0].key, "A1");
}

TEST(PoolQuality, WhatACuratorVerifiedIsNotSuspectedAgain) {
  tests::PoolPlace place;
  surveyed(place);
  Judgement verified;
  verified.verdict = Judgement::Verdict::verified;
  verified.a = place.id_of("local:a/A1");
  verified.who = "a curator";
  verified.why = "asked her";
  ASSERT_TRUE(place.pool->decide(verified));
  EXPECT_EQ(pool::quality(*place.store, {})->suspects.size(), 0u);
}

TEST(PoolQuality, SaysWhichDecisionsCannotBeApplied) {
  tests::PoolPlace place;
  surveyed(place);
  ImportOptions accept;
  accept.accept_withdrawals = true;
  place.import_staff("b", "B2,Quart,Jo,,Institut Demo,2015\n", accept);
  place.settle();
  const auto quality = pool::quality(*place.store, {});
  ASSERT_TRUE(quality);
  ASSERT_EQ(quality->inapplicable.size(), 1u);
  EXPECT_EQ(quality->inapplicable[0].state, StandingDecision::State::withdrawn);
  EXPECT_EQ(quality->inapplicable[0].who, "a curator");
}

TEST(PoolQuality, AnEmptyPoolHasNothingWrong) {
  tests::PoolPlace place;
  const auto quality = pool::quality(*place.store, {});
  ASSERT_TRUE(quality);
  EXPECT_EQ(quality->records, 0);
  EXPECT_TRUE(quality->sizes.empty());
}

TEST(PoolQualityDatabases, SqliteAndPostgresqlSayTheSame) {
  if (!tests::PostgresqlServer::installed()) {
    GTEST_SKIP() << tests::PostgresqlServer::k_missing;
  }
  const auto said = [](tests::PoolPlace& place) {
    std::string out;
    const Quality quality = surveyed(place);
    for (const Quality::Share& share : quality.by_institution) {
      out += share.name + " " + std::to_string(share.names) + " " + std::to_string(share.people) + "\n";
    }
    for (const Quality::Suspect& suspect : quality.suspects) {
      out += suspect.thing.id.text() + " " + suspect.detail + "\n";
    }
    return out;
  };
  tests::PoolPlace sqlite;
  tests::PoolPlace postgresql(tests::PostgresqlServer::instance().new_database());
  EXPECT_EQ(tests::first_difference(said(sqlite), said(postgresql)), "");
}

}  // namespace
}  // namespace pitchblende::pool
