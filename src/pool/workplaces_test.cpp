// For which institutions of the consortium somebody works, by the address of his card. docs/rules/access.md, rule 15.
#include <gmock/gmock.h>

#include "../tests/pool_fixture.hpp"
#include "registry/things.hpp"

namespace pitchblende::pool {

namespace {

using testing::UnorderedElementsAre;

class WorkplacesTest : public testing::Test, public tests::PoolPlace {
 protected:
  WorkplacesTest() {
    import_members("I1,Institut Demo,member,2007\nI2,Institut Neuf,partner,2007\n");
    import(snapshot("houses", "organisations"), "id,name\nX1,Société Ailleurs\n");
    import(snapshot("teams", "teams"), "Code,Nom,Tutelles\nUMR 7104,Équipe Exemple,Institut Neuf\n");
  }
  static SourceSettings snapshot(const std::string& name, const std::string& format) {
    return source(name, format, sources::Mode::snapshot);
  }
  void staff(const std::string& rows) {
    SourceSettings settings = snapshot("staff", "people");
    settings.institution = "demo";
    settings.institution_ref = m_speaks_for;
    import(settings, "id,family name,given names,email,organisation,from,to\n" + rows);
    settle();
  }
  std::vector<Id> of(const std::string& email) {
    const auto found = registry::Registry(*store).workplaces({email}, "2026-03-01");
    EXPECT_TRUE(found) << found.error().message();
    const auto own = found->find(email);
    return own == found->end() ? std::vector<Id>() : own->second;
  }

  std::string m_speaks_for;
};

TEST_F(WorkplacesTest, APositionOfTodayInAMemberOrBelowOneCounts) {
  staff(
      "P1,Exemple,Ada,ada@example.org,Institut Demo,2015,\nP2,Passé,Bob,bob@example.org,Institut Demo,2015,2019\n"
      "P3,Futur,Cyd,cyd@example.org,Institut Demo,2030,\nP4,Ailleurs,Dan,dan@example.org,Société Ailleurs,2015,\n"
      "P5,Équipe,Eve,eve@example.org,Équipe Exemple,2015,\nP6,Double,Fay,two@example.org,Institut Demo,2015,\n"
      "P7,Autre,Guy,two@example.org,Institut Demo,2015,\n");
  EXPECT_THAT(of("ada@example.org"), UnorderedElementsAre(id_of("name:institut demo")));
  EXPECT_THAT(of("bob@example.org"), UnorderedElementsAre()) << "he has left";
  EXPECT_THAT(of("cyd@example.org"), UnorderedElementsAre()) << "he has not come yet";
  EXPECT_THAT(of("dan@example.org"), UnorderedElementsAre()) << "not of the consortium";
  EXPECT_THAT(of("eve@example.org"), UnorderedElementsAre(id_of("name:institut neuf"))) << "above the team";
  EXPECT_THAT(of("nobody@example.org"), UnorderedElementsAre());
}

TEST_F(WorkplacesTest, TheListOfStaffOfAMemberSaysSoForAUnitThatNobodyKnows) {
  m_speaks_for = "local:members/I1";
  staff("P1,Exemple,Ada,ada@example.org,Unité Inconnue,2015,\n");
  EXPECT_THAT(of("ada@example.org"), UnorderedElementsAre(id_of("name:institut demo")));
}

TEST_F(WorkplacesTest, TheListOfAnInstitutionVouchesForNoOther) {
  m_speaks_for = "local:members/I1";
  staff("P1,Exemple,Ada,ada@example.org,Institut Neuf,2015,\nP5,Équipe,Eve,eve@example.org,Équipe Exemple,2015,\n");
  EXPECT_THAT(of("ada@example.org"), UnorderedElementsAre(id_of("name:institut demo")));
  EXPECT_THAT(of("eve@example.org"), UnorderedElementsAre(id_of("name:institut demo")));
}

TEST_F(WorkplacesTest, WhatSomebodyCorrectsGivesNothingThatNoSourceSays) {
  staff("P1,Exemple,Ada,ada@example.org,Institut Demo,2015,\nP2,Passé,Bob,bob@example.org,Institut Demo,2015,2019\n");
  const auto correct = [&](const std::string& who, const std::string& place) {
    Judgement judgement;
    judgement.verdict = Judgement::Verdict::override_;
    judgement.a = id_of(who);
    judgement.field = "positions";
    judgement.value.text = place;
    judgement.who = who;
    judgement.why = "I work there";
    const auto decided = pool->decide(judgement);
    EXPECT_TRUE(decided) << decided.error().message();
  };
  correct("email:ada@example.org", "name:institut neuf");
  EXPECT_THAT(of("ada@example.org"), UnorderedElementsAre(id_of("name:institut demo")));
  correct("email:bob@example.org", "name:institut demo");
  EXPECT_THAT(of("bob@example.org"), UnorderedElementsAre()) << "he has left, says who sent his card";
}

TEST_F(WorkplacesTest, ItEndsWhenTheAddressLeavesTheCard) {
  staff("P1,Exemple,Ada,ada@example.org,Institut Demo,2015,\n");
  ASSERT_EQ(of("ada@example.org").size(), 1U);
  staff("P1,Exemple,Ada,ada.exemple@example.org,Institut Demo,2015,\n");
  EXPECT_EQ(of("ada@example.org").size(), 0U);
  EXPECT_EQ(of("ada.exemple@example.org").size(), 1U);
}

TEST_F(WorkplacesTest, WhoseASourceIs) {
  m_speaks_for = "local:members/I1";
  staff("P1,Exemple,Ada,ada@example.org,Institut Demo,2015,\n");
  const registry::Registry registry(*store);
  EXPECT_EQ(registry.institution_of_source("staff").value(), id_of("name:institut demo"));
  EXPECT_EQ(registry.institution_of_source("members").value(), std::nullopt) << "it speaks for nobody";
  EXPECT_EQ(registry.institution_of_source("nowhere").value(), std::nullopt);
}

TEST_F(WorkplacesTest, AThingIsFoundByWhatPeopleCallIt) {
  settle();
  const registry::Registry registry(*store);
  const Id team = id_of("name:équipe exemple");
  for (const std::string& said : {team.text(), "https://pool.example.org/fr/team/" + team.text(),
                                  std::string("Équipe exemple"), std::string(" name:équipe exemple ")}) {
    EXPECT_EQ(registry::thing_named(registry, said).value(), team) << said;
  }
  EXPECT_EQ(registry::thing_named(registry, "nothing of that name").value(), std::nullopt);
  EXPECT_EQ(registry::thing_named(registry, "").value(), std::nullopt);
}

}  // namespace

}  // namespace pitchblende::pool
