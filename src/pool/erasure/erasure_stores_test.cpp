// An erasure on both databases; what a slice publishes afterwards; what an older database brings back.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "pool_fixture.hpp"
#include "postgresql.hpp"
#include "schema_columns.hpp"

namespace pitchblende::pool {
namespace {

namespace fs = std::filesystem;
using registry::Kind;
using store::Dialect;

constexpr const char* k_people =
    "id,family name,given names,orcid,email,organisation,from\n"
    "P77,Quorumfax,Zélie,0000-0002-1825-0097,zelie.quorumfax@example.org,Institut Demo,2015\n"
    "P1,Exemple,Camille,,,Institut Demo,2015\n";

class ErasureStoresTest : public testing::TestWithParam<Dialect> {
 protected:
  void SetUp() override {
    std::string database;
    if (GetParam() == Dialect::postgresql) {
      if (!tests::PostgresqlServer::installed()) {
        GTEST_SKIP() << tests::PostgresqlServer::k_missing;
      }
      database = tests::PostgresqlServer::instance().new_database();
    }
    m_place.emplace(database);
    m_place->import_members("I1,Institut Demo,member,2007\n");
    import_people();
    m_place->import(m_place->source("demo-teams", "teams", sources::Mode::snapshot),
                    "id,name,leader,themes\nT1,Équipe Vortex,Zélie Quorumfax,Écrire à zelie.quorumfax@example.org\n");
    m_place->settle();
  }
  RunReport import_people() {
    SourceSettings settings = m_place->source("demo-people", "people", sources::Mode::snapshot);
    settings.institution = "demo";
    return m_place->import(settings, k_people);
  }
  Id him() { return m_place->id_of("orcid:0000-0002-1825-0097"); }
  ErasureReport erase(Id person, std::vector<std::string> words = {}) {
    auto report = m_place->pool->erase({person, std::move(words), {}}, {});
    EXPECT_TRUE(report) << report.error().message();
    return report.value_or(ErasureReport{});
  }
  // Columns in which a word of his stands.
  std::vector<std::string> standing() {
    std::vector<std::string> out;
    for (const tests::SchemaColumn& at : tests::schema_columns(*m_place->store)) {
      for (const char* word : {"quorumfax", "0000-0002-1825-0097"}) {
        if (at.is_text && tests::holds(*m_place->store, at, word, {})) {
          out.push_back(at.name() + ": " + word);
        }
      }
    }
    return out;
  }
  // What a slice publishes about something that he leads.
  void publish(const std::string& name) {
    registry::Record record;
    record.kind = Kind::team;
    record.key = "12";
    record.add(registry::field(Kind::team, "names"), name, "fr");
    record.add(registry::field(Kind::team, "leaders"), "name:Zélie Quorumfax");
    record.add(registry::field(Kind::team, "description"), "Écrire à zelie.quorumfax@example.org", "fr");
    publish({.slice = "groups", .record = std::move(record)});
  }
  void publish(const Publication& publication) {
    ASSERT_TRUE(m_place->store->write([&](store::Transaction& db) { return m_place->pool->publish(db, publication); }));
    ASSERT_TRUE(m_place->pool->settle_published());
  }

  std::optional<tests::PoolPlace> m_place;
};

// Rules 3 and 5.
TEST_P(ErasureStoresTest, LeavesNothingAndTakesNothingInAgain) {
  ASSERT_FALSE(standing().empty());
  const Id id = him();
  EXPECT_EQ(erase(id).records, 1);
  EXPECT_EQ(standing(), std::vector<std::string>{});
  EXPECT_EQ(m_place->find(id).presence, registry::Presence::withdrawn);
  const RunReport again = import_people();
  EXPECT_EQ(again.rejected, 1);
  EXPECT_EQ(again.withdrawn, 0);
  m_place->settle();
  ASSERT_TRUE(m_place->pool->full({}));
  EXPECT_EQ(standing(), std::vector<std::string>{});
  EXPECT_EQ(m_place->found("Vortex"), 1U) << "the team stays";
  const auto check = m_place->pool->check({});
  ASSERT_TRUE(check);
  EXPECT_EQ(check->problems, std::vector<std::string>{});
}

// Rules 5 and 6, for what this program says itself.
TEST_P(ErasureStoresTest, APublicationDoesNotBringHimBack) {
  publish("Équipe Publiée");
  ASSERT_EQ(m_place->found("Publiée"), 1U);
  erase(him());
  EXPECT_EQ(standing(), std::vector<std::string>{});
  publish("Équipe Publiée encore");
  EXPECT_EQ(m_place->found("encore"), 1U);
  EXPECT_EQ(standing(), std::vector<std::string>{});
  registry::Record himself;
  himself.kind = Kind::person;
  himself.key = "77";
  himself.add(registry::field(Kind::person, "family_name"), "Quorumfax");
  himself.add(registry::field(Kind::person, "given_names"), "Zélie");
  himself.add(registry::field(Kind::person, "orcid"), "0000-0002-1825-0097");
  publish({.slice = "groups", .record = std::move(himself)});
  EXPECT_EQ(standing(), std::vector<std::string>{});
  EXPECT_EQ(m_place->found("Quorumfax"), 0U);
}

// A curator leaves: what he decided about others is not undone.
// Rule 3.
TEST_P(ErasureStoresTest, WhatHeDecidedOnOtherThingsStandsWithoutHisName) {
  Judgement judgement;
  judgement.verdict = Judgement::Verdict::override_;
  judgement.a = m_place->id_of("name:institut demo");
  judgement.field = "homepage";
  judgement.value.text = "https://demo.example.org/";
  judgement.who = "zelie.quorumfax@example.org";
  judgement.why = "seen on their site";
  const auto decided = m_place->pool->decide(judgement);
  ASSERT_TRUE(decided) << decided.error().message();
  const std::string card = "SELECT body FROM card WHERE kind = 'organisation' AND body LIKE '%demo.example.org%'";
  ASSERT_FALSE(m_place->dump(card).empty());
  erase(him());
  EXPECT_EQ(standing(), std::vector<std::string>{});
  EXPECT_FALSE(m_place->dump(card).empty());
  EXPECT_EQ(m_place->dump("SELECT verdict || ' ' || who || ' ' || why FROM decision"),
            "override erased seen on their site\n");
}

// An older backup is put back: the list beside the database knows who was erased since.
// Rule 9.
TEST_P(ErasureStoresTest, TheListBesideKnowsWhoIsHereAgain) {
  const Id id = him();
  EXPECT_TRUE(m_place->pool->returned({"zelie.quorumfax@example.org"})->people.empty());
  erase(id, {"account.quorumfax@example.org"});
  EXPECT_TRUE(m_place->pool->returned({"zelie.quorumfax@example.org"})->emails.empty()) << "all is known";
  // As if the database were of before: it knows nothing of the erasure, and he is in it.
  ASSERT_TRUE(m_place->store->write([](store::Transaction& db) -> Result<void> {
    TRY(db.execute("DELETE FROM erased"));
    return {};
  }));
  m_place->open();
  import_people();
  m_place->settle();
  const auto returned = m_place->pool->returned({"account.quorumfax@example.org", "camille@example.org"});
  ASSERT_TRUE(returned) << returned.error().message();
  ASSERT_EQ(returned->people.size(), 1U);
  EXPECT_EQ(returned->emails, std::vector<std::string>{"account.quorumfax@example.org"});
  erase(returned->people.front());
  ASSERT_TRUE(m_place->pool->settle_returned());
  EXPECT_TRUE(m_place->pool->returned({"account.quorumfax@example.org"})->emails.empty());
  EXPECT_EQ(standing(), std::vector<std::string>{});
  // Nothing but hashes stands in it.
  std::ifstream list(m_place->folder.path("erased.list"));
  int lines = 0;
  for (std::string line; std::getline(list, line); ++lines) {
    EXPECT_EQ(line.find_first_not_of("0123456789abcdef"), std::string::npos) << line;
  }
  EXPECT_GT(lines, 0);
}

// What stood in a corner of the file that is not used any more: the file is written anew.
// Rule 3.
TEST_P(ErasureStoresTest, WritesTheFileAnewWhereAnUnusedCornerHoldsHim) {
  if (GetParam() != Dialect::sqlite) {
    GTEST_SKIP() << "PostgreSQL writes its tables anew each time";
  }
  const Id id = him();
  m_place->pool.reset();
  m_place->store.reset();
  // Deleted by another program, which does not blank what it deletes.
  const std::string deleted =
      "python3 -c \"import sqlite3; db = sqlite3.connect('" + m_place->folder.path("pitchblende.db") +
      "'); db.execute('PRAGMA secure_delete = OFF'); db.execute('CREATE TABLE corner (said TEXT)'); "
      "db.executemany('INSERT INTO corner VALUES (?)', [('zelie.quorumfax@example.org ' * 50,)] * 200); db.commit(); "
      "db.execute('DROP TABLE corner'); db.commit(); db.execute('PRAGMA wal_checkpoint(TRUNCATE)')\"";
  ASSERT_EQ(std::system(deleted.c_str()), 0);
  m_place->open();
  // The fixture's own input files lie in the folder.
  for (const auto& entry : fs::directory_iterator(m_place->folder.path())) {
    if (entry.path().extension() == ".in") {
      fs::remove(entry.path());
    }
  }
  const ErasureReport report = erase(id);
  EXPECT_TRUE(report.rewritten);
  EXPECT_EQ(report.still_in, std::vector<std::string>{});
  std::ifstream file(m_place->folder.path("pitchblende.db"), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(bytes.find("zelie.quorumfax"), std::string::npos);
}

// What cannot be reached is told.
// Rule 10.
TEST_P(ErasureStoresTest, TellsInWhichFilesHeIsFoundAfterAll) {
  m_place->folder.write("note.txt", "ask zelie.quorumfax@example.org");
  const ErasureReport report = erase(him());
  EXPECT_NE(std::find(report.still_in.begin(), report.still_in.end(), "note.txt"), report.still_in.end());
}

INSTANTIATE_TEST_SUITE_P(Stores, ErasureStoresTest, testing::Values(Dialect::sqlite, Dialect::postgresql),
                         [](const auto& each) { return each.param == Dialect::sqlite ? "Sqlite" : "Postgresql"; });

}  // namespace
}  // namespace pitchblende::pool
