// Institutions' lists of staff: whose they are, what a wrong row does, and who has a page by them.
#include <gtest/gtest.h>

#include "pool/errors.hpp"
#include "pool_fixture.hpp"
#include "sources/errors.hpp"

namespace pitchblende::pool {
namespace {

using tests::pubmed_article;

class PoolStaffTest : public ::testing::Test, public tests::PoolPlace {
 protected:
  RunReport import_rows(const std::string& columns, const std::string& rows, const std::string& ref = "ror:02feahw73") {
    SourceSettings settings = source("demo-staff", "people", sources::Mode::snapshot);
    settings.institution = "demo";
    settings.institution_ref = ref;
    return import(settings, columns + "\n" + rows, {false, true});
  }
  bool has_page(const std::string& ref) {
    return find(id_of(ref), access::Viewer::visitor()).presence == registry::Presence::here;
  }
  std::string entity_of(const std::string& key, int part) const {
    return dump("SELECT a.entity FROM assignment a JOIN record r ON r.id = a.record WHERE r.key = '" + key +
                "' AND a.part = " + std::to_string(part));
  }
  void import_house() {
    import(source("members", "organisations", sources::Mode::snapshot),
           "id,name,role,from,ror\nI1,Institut Demo,member,2007,02feahw73\n");
  }
  void expect_the_same_when_rebuilt() {
    const std::string before = derived();
    ASSERT_TRUE(pool->rebuild({}));
    EXPECT_EQ(derived(), before);
  }
};

TEST_F(PoolStaffTest, ASourceGoesOnWithTheInstitutionItHad) {
  import_staff("demo", "P1,Exemple,Camille,,Institut Demo,2015\n");
  SourceSettings later = source("demo-staff", "people", sources::Mode::snapshot);
  const std::string same =
      "id,family name,given names,orcid,organisation,from\nP1,Exemple,Camille,,Institut Demo,2015\n";
  EXPECT_EQ(import(later, same).unchanged, 1);
  const auto stored = stored_settings(*store, "demo-staff");
  ASSERT_TRUE(stored && *stored);
  EXPECT_EQ((*stored)->institution, "demo");
  later.institution = "other";
  const auto refused = pool->import(later, {folder.write("x.csv", same)}, {}, {});
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::institution));
}

TEST_F(PoolStaffTest, SettingsStandOnceARunIsApplied) {
  import_staff("demo", "P1,Exemple,Camille,,Institut Demo,2015\nP2,Autre,Noa,,,2015\nP3,Tiers,Lou,,,2015\n");
  SourceSettings stricter = source("demo-staff", "people", sources::Mode::snapshot);
  stricter.institution = "demo";
  stricter.visibility = access::Visibility::consortium;
  // Two of three would be withdrawn: refused, and with it what was said of the source.
  EXPECT_TRUE(import(stricter, "id,family name,given names\nP1,Exemple,Camille\n").refused);
  EXPECT_EQ((*stored_settings(*store, "demo-staff"))->visibility, access::Visibility::everyone);
  EXPECT_FALSE(import(stricter, "id,family name,given names\nP1,Exemple,Camille\n", {false, true}).refused);
  EXPECT_EQ((*stored_settings(*store, "demo-staff"))->visibility, access::Visibility::consortium);
}

TEST_F(PoolStaffTest, ARejectedRowIsNotWithdrawn) {
  import_rows("id,family name,given names", "P1,Exemple,Camille\nP2,Autre,Noa\n");
  const RunReport wrong = import_rows("id,family name,given names", "P1,Exemple,Camille\nP2,,Noa\n");
  EXPECT_EQ(wrong.rejected, 1);
  EXPECT_EQ(wrong.withdrawn, 0);
  EXPECT_EQ(wrong.unchanged, 1);
  SourceSettings settings = source("demo-staff", "people", sources::Mode::snapshot);
  EXPECT_EQ(import(settings, "id,family name,given names\nP1,Exemple,Camille\nP2,,Noa\n", {true}).withdrawn, 0);
  EXPECT_EQ(import_rows("id,family name,given names", "P1,Exemple,Camille\n").withdrawn, 1);
}

TEST_F(PoolStaffTest, WhoIsOnAMembersListHasAPage) {
  import_rows("id,family name,given names,équipe", "P1,Exemple,Camille,\nP2,Autre,Noa,A team that nobody lists\n");
  EXPECT_EQ(settle().pageless, 2) << "and that is told";
  EXPECT_FALSE(has_page("local:demo/P1"));
  import_house();
  EXPECT_EQ(settle().pageless, 0);
  EXPECT_TRUE(has_page("local:demo/P1"));
  EXPECT_TRUE(has_page("local:demo/P2"));
}

TEST_F(PoolStaffTest, TeamsAreFoundByTheirLabelsAndCodes) {
  SourceSettings teams = source("demo-teams", "teams", sources::Mode::snapshot);
  teams.institution = "demo";
  import(teams, "code,nom,label\nT1,Radium and cells,UMR_S 1138\nT2,Light,\n");
  import_rows("id,family name,given names,équipe",
              "P1,Exemple,Camille,UMR-S1138\nP2,Autre,Noa,T2\nP3,Tiers,Lou,Light\n");
  settle();
  const registry::Registry registry(*store);
  const auto led_to = [&](const std::string& person) {
    const auto card = find(id_of(person)).card;
    static const auto positions = registry::field(registry::Kind::person, "positions");
    const auto target = registry.find(card->find(positions)->values.front().value.text);
    return target && *target ? **target : Id();
  };
  EXPECT_EQ(led_to("local:demo/P1"), id_of("local:demo/T1"));
  EXPECT_EQ(led_to("local:demo/P2"), id_of("local:demo/T2"));
  EXPECT_EQ(led_to("local:demo/P3"), id_of("local:demo/T2"));
}

TEST_F(PoolStaffTest, WhatIsLeftOfANameThatNobodyElseBearsWaitsForTheWholePool) {
  std::string rows = "id,family name,given names\nP1,Exemple,Camille\n";
  std::string papers;
  for (int at = 0; at < 40; ++at) {
    const std::string letters{static_cast<char>('a' + at % 26), static_cast<char>('a' + at / 26)};
    rows += "Q" + std::to_string(at) + ",Inconnu" + letters + ",Paul\n";
  }
  for (int at = 1; at <= 12; ++at) {
    papers += pubmed_article(at, "Cells of the liver, part " + std::to_string(at),
                             {{"Exemple", "Camille", "", ""}, {"Fiction", "Anne", "", ""}}, 2000 + at);
  }
  import_rows(rows.substr(0, rows.find('\n')), rows.substr(rows.find('\n') + 1));
  import_pubmed(papers);
  settle();
  const auto old_paper = [](const std::string& title) {
    std::string text = pubmed_article(99, title, {{"Exemple", "C", "", ""}, {"Roman", "Brune", "", ""}}, 1982);
    return text.replace(text.find("Annals of Invention"), 19, "Roads");
  };
  import_pubmed(old_paper("Roads and bridges"));
  settle();
  ASSERT_EQ(entity_of("12", 1), entity_of("P1", 0));
  EXPECT_NE(entity_of("99", 1), entity_of("P1", 0));
  ASSERT_TRUE(pool->full({}));
  EXPECT_EQ(entity_of("99", 1), entity_of("P1", 0));
  import_pubmed(old_paper("Bridges and roads"));
  settle();
  EXPECT_EQ(entity_of("99", 1), entity_of("P1", 0)) << "what all of the pool told stays";
}

TEST_F(PoolStaffTest, PapersUnderABirthNameAreHersWhateverComesFirst) {
  const auto paper = [](int number, const std::string& family, const std::string& given) {
    return pubmed_article(number, "Cells of the liver, part " + std::to_string(number),
                          {{family, given, "", "Institut Demo, Paris"}, {"Fiction", "Anne", "", ""}}, 2015);
  };
  std::string papers;
  for (int at = 1; at <= 3; ++at) {
    papers += paper(at, "Exemple", "Camille");
  }
  const std::string columns = "id,family name,given names,birth name,organisation,from";
  import_pubmed(papers + paper(8, "Martin", "Camille"));
  settle();
  import_rows(columns, "P1,Exemple,Camille,MARTIN,Institut Demo,2015\nP2,Autre,Noa,,Institut Demo,2015\n");
  settle();
  const std::string hers = entity_of("P1", 0);
  EXPECT_EQ(entity_of("1", 1), hers);
  EXPECT_EQ(entity_of("8", 1), hers) << "papers that were there";
  import_pubmed(paper(9, "Martin", "Camille") + paper(10, "Martin", "Paul"));
  settle();
  EXPECT_EQ(entity_of("9", 1), hers) << "a paper that comes later";
  EXPECT_NE(entity_of("10", 1), hers);
  const std::string before = identity();
  ASSERT_TRUE(pool->full({}));
  EXPECT_EQ(identity(), before);
  EXPECT_EQ(dump("SELECT COUNT(*) FROM assignment a JOIN record r ON r.id = a.record WHERE r.key = 'P1'"), "1\n");
  import_rows(columns, "P1,Exemple,Camille,,Institut Demo,2015\nP2,Autre,Noa,,Institut Demo,2015\n");
  settle();
  ASSERT_TRUE(pool->full({}));
  EXPECT_EQ(entity_of("P1", 0), hers);
  EXPECT_NE(entity_of("9", 1), hers) << "what the list says no longer holds no longer";
}

TEST_F(PoolStaffTest, OneNumberForTwoPeopleIsRefused) {
  const RunReport report = import_rows("id,family name,given names,from",
                                       "P1,Exemple,Camille,2015\nP1,Martin,Paul,2016\nP1,EXEMPLE-DUPONT,C.,2018\n");
  EXPECT_EQ(report.rejected, 1);
  ASSERT_EQ(report.findings.size(), 1u + report.notices);
  EXPECT_TRUE(report.findings.front().error.is(sources::errors::key_of_another));
  EXPECT_EQ(report.findings.front().place.line, 3);
}

TEST_F(PoolStaffTest, PagesEndAsTimePasses) {
  import_house();
  import_rows("id,family name,given names,from,to", "P1,Exemple,Camille,2015,2024-06\nP2,Autre,Noa,2015,\n");
  settle();
  EXPECT_TRUE(has_page("local:demo/P1"));
  clock.set(std::chrono::sys_days{std::chrono::year{2027} / 6 / 30});
  EXPECT_EQ(settle().cards, 0);
  clock.set(std::chrono::sys_days{std::chrono::year{2027} / 7 / 2});
  EXPECT_EQ(settle().cards, 1);
  EXPECT_FALSE(has_page("local:demo/P1"));
  EXPECT_TRUE(has_page("local:demo/P2"));
  EXPECT_EQ(found("camille"), 0u);
}

// Who was a member gives pages as long as a position that has ended; a new end is looked at at once.
TEST_F(PoolStaffTest, PagesEndWithARoleThatHasEnded) {
  const auto import_role = [&](const std::string& to) {
    import(source("members", "organisations", sources::Mode::snapshot),
           "id,name,role,from,to,ror\nI1,Institut Demo,member,2007," + to + ",02feahw73\n");
    settle();
  };
  import_role("2024-06");
  import_rows("id,family name,given names,organisation", "P1,Exemple,Camille,Institut Demo\n");
  settle();
  EXPECT_TRUE(has_page("local:demo/P1"));
  clock.set(std::chrono::sys_days{std::chrono::year{2027} / 6 / 30});
  settle();
  EXPECT_TRUE(has_page("local:demo/P1"));
  clock.set(std::chrono::sys_days{std::chrono::year{2027} / 7 / 2});
  settle();
  EXPECT_FALSE(has_page("local:demo/P1"));
  EXPECT_EQ(found("camille"), 0u);
  expect_the_same_when_rebuilt();
  import_role("");
  EXPECT_TRUE(has_page("local:demo/P1"));
  import_role("2015");
  EXPECT_FALSE(has_page("local:demo/P1"));
}

TEST_F(PoolStaffTest, WhoIsInterruptedAfterTheHousesStillLooksAtTheirPeople) {
  import_rows("id,family name,given names,organisation", "P1,Exemple,Camille,\nP2,Autre,Noa,Institut Demo\n");
  settle();
  import_house();
  const auto stop_while_merging = [](const Progress& progress) { return progress.phase != "merge"; };
  EXPECT_FALSE(pool->settle(stop_while_merging));
  open();
  settle();
  EXPECT_TRUE(has_page("local:demo/P1"));
  EXPECT_TRUE(has_page("local:demo/P2"));
  EXPECT_EQ(found("camille"), 1u);
}

TEST_F(PoolStaffTest, PagesEndWithTheHouseThatGaveThem) {
  import_house();
  import_rows("id,family name,given names,organisation", "P1,Exemple,Camille,Institut Demo\n");
  settle();
  EXPECT_TRUE(has_page("local:demo/P1"));
  import(source("members", "organisations", sources::Mode::snapshot),
         "id,name,role,from,ror\nI2,Institut Autre,member,2007,\n", {false, true});
  settle();
  EXPECT_FALSE(has_page("local:demo/P1"));
  EXPECT_EQ(found("camille"), 0u);
  expect_the_same_when_rebuilt();
}

TEST_F(PoolStaffTest, ARenamedHouseIsNoLongerTheOneThatPeopleName) {
  import_members("I1,Institut Demo,member,2007\n");
  import_staff("other", "P1,Exemple,Camille,,Institut Demo,2015\nP2,Autre,Noa,,Institut Neuf,2015\n");
  settle();
  EXPECT_TRUE(has_page("local:other/P1"));
  EXPECT_FALSE(has_page("local:other/P2"));
  import_members("I1,Institut Neuf,member,2007\n");
  settle();
  EXPECT_FALSE(has_page("local:other/P1"));
  EXPECT_TRUE(has_page("local:other/P2"));
}

// A is part of B, and B of A and of a member: both are of the member, whichever is asked first.
TEST_F(PoolStaffTest, LoopsInAHierarchyHideNoMember) {
  import(source("members", "organisations", sources::Mode::snapshot),
         "id,name,role,from,parent\nI1,Institut Demo,member,2007,\nI2,Maison A,,,Maison B\n"
         "I3,Maison B,,,Maison A\n");
  import(source("others", "organisations", sources::Mode::snapshot),
         "id,name,role,from,parent\nI3,Maison B,,,Institut Demo\n");
  import_staff("other",
               "P1,Exemple,Camille,,Maison A,2015\nP2,Autre,Noa,,Maison B,2015\nP3,Tiers,Lou,,Maison A,2015\n");
  settle();
  EXPECT_TRUE(has_page("local:other/P1"));
  EXPECT_TRUE(has_page("local:other/P2"));
  EXPECT_TRUE(has_page("local:other/P3"));
}

// What is pooled at once is merged once: an organisation's card says nothing of what is above it.
TEST_F(PoolStaffTest, CardsAreMadeOnce) {
  import(
      source("members", "organisations", sources::Mode::snapshot),
      "id,name,role,from,parent\nI1,Institut Demo,member,2007,\nI2,Maison A,,,Institut Demo\nI3,Maison B,,,Maison A\n");
  EXPECT_EQ(settle().cards, 3);
}

}  // namespace
}  // namespace pitchblende::pool
