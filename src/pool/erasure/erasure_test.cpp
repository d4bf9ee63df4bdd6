// After an erasure nothing of the person is in the folder, nor does it come back: docs/rules/erasure.md.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "pool/errors.hpp"
#include "pool_fixture.hpp"

namespace pitchblende::pool {
namespace {

namespace fs = std::filesystem;
using tests::pubmed_article;

constexpr std::string_view k_orcid = "0000-0002-1825-0097";
constexpr std::string_view k_email = "zelie.quorumfax@example.org";

class ErasureTest : public testing::Test {
 protected:
  static constexpr const char* k_staff_head = "id,family name,given names,orcid,email,telephone,organisation,from\n";
  std::string staff(bool with_him) const {
    std::string rows = k_staff_head;
    for (int at = 1; at <= 60; ++at) {
      rows += "P" + std::to_string(at) + ",Exemple" + std::to_string(at) + ",Camille,,,,Institut Demo,2015\n";
    }
    return with_him ? rows +
                          "P77,Quorumfax,Zélie,0000-0002-1825-0097,zelie.quorumfax@example.org,01 98 76 54 32,Institut "
                          "Demo,2015\n"
                    : rows;
  }
  RunReport import_staff(tests::PoolPlace& place, bool with_him = true) {
    SourceSettings settings = place.source("demo-staff", "people", sources::Mode::snapshot);
    settings.institution = "demo";
    return place.import(settings, staff(with_him));
  }
  void import_all(tests::PoolPlace& place, const std::string& printed = "Quorumfax") {
    place.import_members("I1,Institut Demo,member,2007\n");
    import_staff(place);
    place.import(place.source("demo-teams", "teams", sources::Mode::snapshot),
                 "id,name,leader,themes\nT1,Équipe Vortex,Zélie Quorumfax,Écrire à Zélie Quorumfax "
                 "(zelie.quorumfax@example.org)\nT2,Équipe Sillage,Camille Exemple1,Rien\n");
    place.import_pubmed(
        pubmed_article(1, "On vortices",
                       {{printed, "Zélie", "Institut Demo, Paris. zelie.quorumfax@example.org", std::string(k_orcid)},
                        {"Exemple1", "Camille", "Institut Demo, Paris", ""}}) +
        pubmed_article(2, "On wakes", {{printed, "Zélie", "Institut Demo, Paris", std::string(k_orcid)}}));
    place.settle();
    forget_inputs(place);
  }
  // What was brought in lies in the folder only because the fixture puts it there.
  static void forget_inputs(tests::PoolPlace& place) {
    for (const auto& entry : fs::directory_iterator(place.folder.path())) {
      if (entry.path().extension() == ".in") {
        fs::remove(entry.path());
      }
    }
  }
  // Files in which one of these bytes stand, in any case of ASCII letters.
  static std::vector<std::string> found_in_files(tests::PoolPlace& place, const std::vector<std::string>& words) {
    std::vector<std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(place.folder.path())) {
      if (!entry.is_regular_file()) {
        continue;
      }
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), {}};
      for (const std::string& word : words) {
        if (bytes.find(word) != std::string::npos) {
          out.push_back(entry.path().filename().string() + ": " + word);
        }
      }
    }
    return out;
  }
  static std::vector<std::string> his() {
    return {std::string(k_email), std::string(k_orcid), "01 98 76 54 32", "Quorumfax", "quorumfax", "QUORUMFAX"};
  }
  static Id him(tests::PoolPlace& place) { return place.id_of("orcid:" + std::string(k_orcid)); }
  static ErasureReport erase(tests::PoolPlace& place, Id id) {
    auto report = place.pool->erase({id, {}, {}}, {});
    EXPECT_TRUE(report) << report.error().message();
    return report.value_or(ErasureReport{});
  }
  static void expect_sound(tests::PoolPlace& place) {
    const auto check = place.pool->check({});
    ASSERT_TRUE(check);
    EXPECT_EQ(check->problems, std::vector<std::string>{});
  }
};

// Rule 3.
TEST_F(ErasureTest, LeavesNothingInTheFolder) {
  tests::PoolPlace place;
  import_all(place, "Autrement");
  const Id id = him(place);
  ASSERT_EQ(place.found("Quorumfax"), 3U);  // he, the team that he leads, and what prints his address
  Judgement judgement;
  judgement.verdict = Judgement::Verdict::verified;
  judgement.a = id;
  judgement.who = "Zélie Quorumfax";
  judgement.why = "asked zelie.quorumfax@example.org";
  ASSERT_TRUE(place.pool->decide(judgement));
  ASSERT_FALSE(found_in_files(place, his()).empty());

  const ErasureReport report = erase(place, id);
  EXPECT_EQ(report.records, 1);
  EXPECT_EQ(report.emails, std::vector<std::string>{std::string(k_email)});
  EXPECT_EQ(report.still_in, std::vector<std::string>{});
  RecordProperty("rewritten", report.rewritten ? 1 : 0);
  EXPECT_EQ(found_in_files(place, his()), std::vector<std::string>{});
  EXPECT_EQ(place.found("Quorumfax"), 0U);
  EXPECT_EQ(place.find(id).presence, registry::Presence::withdrawn);
  EXPECT_EQ(place.found("Vortex"), 1U) << "the team stays";
  expect_sound(place);
}

// Rule 4.
TEST_F(ErasureTest, KeepsANamePrintedOnAPublicationButNothingThatIsHisAlone) {
  tests::PoolPlace place;
  import_all(place);
  const Id id = him(place);
  ASSERT_EQ(place.found("vortices"), 1U);
  const ErasureReport report = erase(place, id);
  EXPECT_EQ(report.named_in, 2);
  EXPECT_EQ(found_in_files(place, {std::string(k_email), std::string(k_orcid)}), std::vector<std::string>{});
  EXPECT_EQ(
      place.dump("SELECT payload FROM version WHERE payload LIKE '%Quorumfax%' AND payload LIKE '%vortices%'").empty(),
      false);
  EXPECT_EQ(place.dump("SELECT label FROM card WHERE page = 1 AND label LIKE '%Quorumfax%'"), "");
  EXPECT_EQ(place.dump("SELECT record FROM assignment WHERE part > 0 AND entity = " + std::to_string(id.bits())), "");
  EXPECT_EQ(place.dump("SELECT ref FROM identifier WHERE ref LIKE '%1825-0097%' OR ref LIKE '%quorumfax%'"), "");
  expect_sound(place);
}

// Rule 5.
TEST_F(ErasureTest, DoesNotTakeHimInAgain) {
  tests::PoolPlace place;
  import_all(place, "Autrement");
  const Id id = him(place);
  erase(place, id);
  const RunReport again = import_staff(place);
  EXPECT_EQ(again.read, 61);
  EXPECT_EQ(again.accepted, 60);
  EXPECT_EQ(again.rejected, 1);
  ASSERT_EQ(again.findings.size(), 1U);
  EXPECT_TRUE(again.findings.front().error.is(errors::erased));
  EXPECT_FALSE(again.refused);
  // Under another number, by his ORCID; and by another source.
  place.import(place.source("other-staff", "people", sources::Mode::snapshot),
               "id,family name,given names,orcid,organisation,from\nX9,Quorumfax,Z.,0000-0002-1825-0097,Institut "
               "Demo,2016\n");
  import_all(place, "Autrement");
  EXPECT_EQ(place.found("Quorumfax"), 0U);
  EXPECT_EQ(found_in_files(place, his()), std::vector<std::string>{});
  ASSERT_TRUE(place.pool->rebuild({}));
  EXPECT_EQ(found_in_files(place, his()), std::vector<std::string>{});
  ASSERT_TRUE(place.pool->full({}));
  EXPECT_EQ(found_in_files(place, his()), std::vector<std::string>{});
  EXPECT_EQ(place.find(id).presence, registry::Presence::withdrawn);
  expect_sound(place);
}

// Rule 6.
TEST_F(ErasureTest, LeavesANamesakeAlone) {
  tests::PoolPlace place;
  import_all(place, "Autrement");
  erase(place, him(place));
  place.import(place.source("other-staff", "people", sources::Mode::snapshot),
               "id,family name,given names,organisation,from\nX9,Quorumfax,Zélie,Institut Demo,2016\n");
  place.settle();
  EXPECT_EQ(place.found("Quorumfax"), 1U);
}

TEST_F(ErasureTest, RefusesWhatIsNoPerson) {
  tests::PoolPlace place;
  import_all(place);
  const auto team = place.pool->erase({place.id_of("name:equipe vortex"), {}, {}}, {});
  ASSERT_FALSE(team);
  EXPECT_TRUE(team.error().is(errors::not_a_person));
  const auto nobody = place.pool->erase({Id(12345), {}, {}}, {});
  ASSERT_FALSE(nobody);
  EXPECT_TRUE(nobody.error().is(errors::unknown_id));
  EXPECT_EQ(place.found("Quorumfax"), 4U);
}

// What fails with it has not happened.
TEST_F(ErasureTest, IsOneTransactionWithWhatIsAlsoDone) {
  tests::PoolPlace place;
  import_all(place);
  const auto failed = place.pool->erase(
      {him(place), {}, [](store::Transaction&) -> Result<void> { return fail(errors::no_reason); }}, {});
  EXPECT_FALSE(failed);
  EXPECT_EQ(place.found("Quorumfax"), 4U);
  EXPECT_EQ(place.dump("SELECT hash FROM erased"), "");
}

// Rule 8.
TEST_F(ErasureTest, KilledInTheMiddleItIsNotDoneOrDoneToTheEnd) {
  int erased = 0;
  int untouched = 0;
  for (int round = 0; round < 12; ++round) {
    tests::PoolPlace place;
    import_all(place, "Autrement");
    const Id id = him(place);
    place.pool.reset();
    place.store.reset();
    const pid_t child = fork();
    if (child == 0) {
      place.open();
      static_cast<void>(place.pool->erase({id, {}, {}}, {}));
      _exit(0);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(12 * round));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    place.open();
    const bool not_done = place.dump("SELECT hash FROM erased").empty();
    ++(not_done ? untouched : erased);
    if (not_done) {
      EXPECT_EQ(place.found("Quorumfax"), 3U) << "round " << round;
    } else {
      EXPECT_EQ(found_in_files(place, his()), std::vector<std::string>{}) << "round " << round;
      EXPECT_EQ(place.found("Quorumfax"), 0U);
    }
    expect_sound(place);
  }
  std::cout << "killed: " << untouched << " times before, " << erased << " times after it was stored\n";
  EXPECT_GT(untouched, 0);
}

}  // namespace
}  // namespace pitchblende::pool
