// The main job on both databases: the same files give the same identities, cards and answers.
#include <gtest/gtest.h>

#include "pool_fixture.hpp"
#include "postgresql.hpp"

namespace pitchblende::pool {
namespace {

using tests::pubmed_article;

std::string everything_from(tests::PoolPlace& place) {
  place.import_members("I1,Institut Démo,member,2007\nI2,Institut Autre,partner,2008\n");
  place.import_staff("demo",
                     "P1,Exemple,Camille,0000-0002-1825-0097,Institut Démo,2015\nP2,Œuvre,Noé,,Institut Autre,2015\n");
  place.import_pubmed(
      pubmed_article(1, "Pitchstone in cells", {{"Exemple", "Camille", "Institut Démo, Paris", ""}}) +
      pubmed_article(2, "Été “quoted” \\ back", {{"Oeuvre", "Noé", "Institut Autre", ""}, {"Exemple", "C", "", ""}}));
  place.import_ror();
  place.settle();
  // A second day: something changes, something goes, somebody decides.
  place.import_pubmed(
      pubmed_article(1, "Pitchstone in other cells", {{"Exemple", "Camille", "Institut Démo, Paris", ""}}) +
      "<DeleteCitation><PMID Version=\"1\">2</PMID></DeleteCitation>");
  place.settle();
  Judgement judgement;
  judgement.verdict = Judgement::Verdict::override_;
  judgement.a = place.id_of("local:demo/P1");
  judgement.field = "given_names";
  judgement.value.text = "Camille Rose";
  judgement.who = "a curator";
  judgement.why = "as she asked";
  EXPECT_TRUE(place.pool->decide(judgement));
  EXPECT_EQ(place.found("pitchstone"), 1u);
  const auto check = place.pool->check({});
  EXPECT_TRUE(check) << check.error().message();
  EXPECT_EQ(check->problems, std::vector<std::string>{});
  std::string before = place.derived() + place.identity();
  EXPECT_TRUE(place.pool->rebuild({}));
  EXPECT_EQ(tests::first_difference(place.derived() + place.identity(), before), "");
  return before;
}

TEST(PoolDatabases, SqliteAndPostgresqlGiveTheSame) {
  if (!tests::PostgresqlServer::installed()) {
    GTEST_SKIP() << tests::PostgresqlServer::k_missing;
  }
  tests::PoolPlace sqlite;
  tests::PoolPlace postgresql(tests::PostgresqlServer::instance().new_database());
  EXPECT_EQ(tests::first_difference(everything_from(sqlite), everything_from(postgresql)), "");
}

}  // namespace
}  // namespace pitchblende::pool
