#include "membership/membership.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "membership/errors.hpp"
#include "membership/membership_rules.hpp"
#include "pool_fixture.hpp"
#include "postgresql.hpp"

namespace pitchblende::membership {
namespace {

using store::Dialect;
using testing::ElementsAre;

class MembershipTest : public ::testing::TestWithParam<Dialect> {
 protected:
  void SetUp() override {
    if (GetParam() == Dialect::postgresql && !tests::PostgresqlServer::installed()) {
      GTEST_SKIP() << tests::PostgresqlServer::k_missing;
    }
    m_place.emplace(GetParam() == Dialect::postgresql ? tests::PostgresqlServer::instance().new_database() : "");
    bring("member", "2007", "");
  }
  // What a file says of one institution: one role.
  void bring(const std::string& role, const std::string& from, const std::string& to) {
    m_place->import(m_place->source("members", "organisations", sources::Mode::snapshot),
                    "id,name,role,from,to\nI1,Institut Exemple," + role + "," + from + "," + to +
                        "\nI2,Institut Autre,partner,2008,\nI3,Association Seule,,,\n");
    m_place->settle();
  }
  Id institution(const std::string& key = "I1") { return m_place->id_of("local:members/" + key); }
  Memberships room() { return Memberships(*m_place->store, *m_place->pool); }
  Result<void> say(const Said& said, const std::string& key = "I1", const Also& also = {}) {
    return room().say(institution(key), said, "staff@example.org", also);
  }
  // "member 2007/2012", in the order of the codes.
  std::vector<std::string> roles(const std::string& key = "I1") {
    std::vector<std::string> out;
    const auto of = room().of(institution(key));
    EXPECT_TRUE(of) << of.error().message();
    for (const Role& role : of ? of->roles : std::vector<Role>()) {
      out.push_back(role.code + " " + mark_of(role.period));
    }
    return out;
  }

  std::optional<tests::PoolPlace> m_place;
};

// Rule 4.
TEST_P(MembershipTest, ARoleIsAddedAsARecordWithItsSource) {
  const Id before = institution("I3");
  ASSERT_TRUE(say({"founder", {"2007-04-25", ""}, "", false}, "I3"));
  EXPECT_THAT(roles("I3"), ElementsAre("founder 2007-04-25/"));
  EXPECT_EQ(institution("I3"), before) << "it is the same institution";
  EXPECT_EQ(m_place->find(before).card->label, "Association Seule");
  const auto of = room().of(before);
  ASSERT_TRUE(of);
  EXPECT_THAT(of->roles[0].sources, ElementsAre("pitchblende:membership"));
  ASSERT_TRUE(say({"partner", {"2010", "2012"}, "", false}, "I3"));
  EXPECT_THAT(roles("I3"), ElementsAre("founder 2007-04-25/", "partner 2010/2012"));
  const auto all = room().all();
  ASSERT_TRUE(all);
  EXPECT_EQ(all->size(), 3u);
}

// Rules 4 and 5: own records and what files say, through rebuild and re-import.
TEST_P(MembershipTest, WhatWasSaidSurvivesRebuildAndReimport) {
  ASSERT_TRUE(say({"founder", {"2007", ""}, "", false}));
  ASSERT_TRUE(say({"member", {"2007", "2024-12-31"}, "2007/", false}));
  const std::vector<std::string> said{"founder 2007/", "member 2007/2024-12-31"};
  EXPECT_EQ(roles(), said);
  bring("member", "2007", "");
  EXPECT_EQ(roles(), said);
  bring("member", "2008", "2009");
  EXPECT_EQ(roles(), said) << "the file changed its mind; people have not";
  const std::string before = m_place->derived();
  ASSERT_TRUE(m_place->pool->rebuild({}));
  EXPECT_EQ(tests::first_difference(m_place->derived(), before), "");
  EXPECT_EQ(roles(), said);
  ASSERT_TRUE(m_place->pool->full({}));
  EXPECT_EQ(roles(), said);
  EXPECT_EQ(m_place->pool->check({})->problems, std::vector<std::string>());
}

TEST_P(MembershipTest, WhatIsTakenAwayLeavesTheOthers) {
  ASSERT_TRUE(say({"founder", {"2007-04-25", ""}, "", false}));
  ASSERT_TRUE(say({"member", {"2007", "2020"}, "2007/", false}));
  ASSERT_TRUE(say({"founder", {}, "2007-04-25/", true}));
  EXPECT_THAT(roles(), ElementsAre("member 2007/2020"));
  const auto all = room().all();
  ASSERT_TRUE(all);
  EXPECT_EQ(all->size(), 2u);
}

TEST_P(MembershipTest, ARoleIsCorrectedAsOftenAsOneLikes) {
  ASSERT_TRUE(say({"member", {"2006", ""}, "2007/", false}));
  ASSERT_TRUE(say({"member", {"2006", "2010"}, "2006/", false}));
  ASSERT_TRUE(say({"member", {"2007", ""}, "2006/2010", false})) << "and back to what the file says";
  EXPECT_THAT(roles(), ElementsAre("member 2007/"));
  ASSERT_TRUE(say({"member", {}, "2007/", true}));
  EXPECT_THAT(roles(), ElementsAre());
  bring("member", "2007", "");
  EXPECT_THAT(roles(), ElementsAre()) << "taken away is taken away";
  ASSERT_TRUE(say({"member", {"2011", ""}, "", false}));
  EXPECT_THAT(roles(), ElementsAre("member 2011/"));
  ASSERT_TRUE(say({"member", {}, "2011/", true}));
  EXPECT_THAT(roles(), ElementsAre());
  // One that nobody else said.
  ASSERT_TRUE(say({"partner", {"2011", ""}, "", false}));
  ASSERT_TRUE(say({"partner", {"2012", ""}, "2011/", false}));
  EXPECT_THAT(roles(), ElementsAre("partner 2012/"));
  ASSERT_TRUE(say({"partner", {}, "2012/", true}));
  EXPECT_THAT(roles(), ElementsAre());
  EXPECT_THAT(roles("I2"), ElementsAre("partner 2008/"));
}

// Rule 2. Two lines of a file, as one writes it.
TEST_P(MembershipTest, AnInstitutionMayHaveARoleAtTwoTimes) {
  m_place->import(m_place->source("members", "organisations", sources::Mode::snapshot),
                  "id,name,role,from,to\nI1,Institut Exemple,member,1999,2007\nI1,Institut Exemple,member,2012,\n"
                  "I2,Institut Autre,partner,2008,\nI3,Association Seule,,,\n");
  m_place->settle();
  EXPECT_THAT(roles(), ElementsAre("member 1999/2007", "member 2012/"));
  // One of them is corrected, and the other stays; what meets another is refused.
  ASSERT_TRUE(say({"member", {"2000", "2007"}, "1999/2007", false}));
  EXPECT_THAT(roles(), ElementsAre("member 2000/2007", "member 2012/"));
  EXPECT_TRUE(say({"member", {"2006", "2009"}, "", false}).error().is(errors::twice));
  EXPECT_TRUE(say({"member", {"2000", "2013"}, "2000/2007", false}).error().is(errors::twice));
  ASSERT_TRUE(say({"member", {"2009", "2010"}, "", false}));
  const std::vector<std::string> three{"member 2000/2007", "member 2009/2010", "member 2012/"};
  EXPECT_EQ(roles(), three);
  ASSERT_TRUE(m_place->pool->rebuild({}));
  EXPECT_EQ(roles(), three);
  ASSERT_TRUE(say({"member", {}, "2012/", true}));
  EXPECT_THAT(roles(), ElementsAre("member 2000/2007", "member 2009/2010"));
  ASSERT_TRUE(say({"member", {"2009", "2011"}, "2009/2010", false}));
  EXPECT_THAT(roles(), ElementsAre("member 2000/2007", "member 2009/2011"));
}

// Rule 2.
TEST_P(MembershipTest, NobodyWritesOverWhatHeHasNotSeen) {
  ASSERT_TRUE(say({"member", {"2007", "2020"}, "2007/", false}));
  const auto late = say({"member", {"2007", "2021"}, "2007/", false});
  ASSERT_FALSE(late);
  EXPECT_TRUE(late.error().is(errors::changed));
  EXPECT_THAT(roles(), ElementsAre("member 2007/2020"));
  EXPECT_TRUE(say({"member", {"2007", ""}, "", false}).error().is(errors::twice));
  EXPECT_TRUE(say({"member", {"2007", "2020"}, "2007/2020", false}).error().is(errors::same));
  EXPECT_TRUE(say({"founder", {"2007", ""}, "2007/", false}).error().is(errors::changed)) << "it never had that role";
}

// Rule 3.
TEST_P(MembershipTest, WhatCannotBeIsRefused) {
  EXPECT_TRUE(say({"king", {"2007", ""}, "", false}).error().is(errors::role));
  for (const std::string date : {"yesterday", "2007-13", "2007-02-30", "07", "2007/04", "<script>"}) {
    EXPECT_TRUE(say({"founder", {date, ""}, "", false}).error().is(errors::date)) << date;
    EXPECT_TRUE(say({"founder", {"", date}, "", false}).error().is(errors::date)) << date;
  }
  EXPECT_TRUE(say({"founder", {"2010", "2009"}, "", false}).error().is(errors::ends_first));
  EXPECT_TRUE(say({"founder", {"2010-05", "2010-04-30"}, "", false}).error().is(errors::ends_first));
  EXPECT_TRUE(room().say(Id(12345), {"founder", {}, "", false}, "x", {}).error().is(errors::unknown));
  m_place->import_staff("demo", "P1,Exemple,Camille,,Institut Exemple,2015\n");
  m_place->settle();
  EXPECT_TRUE(
      room().say(m_place->id_of("local:demo/P1"), {"founder", {}, "", false}, "x", {}).error().is(errors::kind));
  EXPECT_THAT(roles(), ElementsAre("member 2007/"));
  ASSERT_TRUE(say({"founder", {"2010-05", "2010"}, "", false})) << "the same, as far as both say";
}

TEST_P(MembershipTest, WhatIsToldBesideIsStoredWithItOrNothingIs) {
  const auto failed = say({"founder", {"2007", ""}, "", false}, "I1",
                          [](store::Transaction&) -> Result<void> { return fail(errors::kind, "x"); });
  ASSERT_FALSE(failed);
  EXPECT_THAT(roles(), ElementsAre("member 2007/"));
}

// A role that ended gives no pages any more, and an institution that is taken in does.
TEST_P(MembershipTest, PagesOfPeopleFollow) {
  m_place->import_staff("demo", "P1,Exemple,Camille,,Association Seule,2015\n");
  m_place->settle();
  const Id person = m_place->id_of("local:demo/P1");
  EXPECT_FALSE(m_place->find(person).card->page);
  ASSERT_TRUE(say({"partner", {"2010", ""}, "", false}, "I3"));
  EXPECT_TRUE(m_place->find(person).card->page);
  ASSERT_TRUE(say({"partner", {"2010", "2012"}, "2010/", false}, "I3"));
  EXPECT_FALSE(m_place->find(person).card->page);
}

TEST(MembershipRules, APeriodIsInForceFromItsFirstToItsLastDay) {
  EXPECT_TRUE(is_in_force({"2007", ""}, "2026-03-01"));
  EXPECT_TRUE(is_in_force({"", "2026"}, "2026-03-01"));
  EXPECT_TRUE(is_in_force({"2026-03-01", "2026-03-01"}, "2026-03-01"));
  EXPECT_FALSE(is_in_force({"2026-03-02", ""}, "2026-03-01"));
  EXPECT_FALSE(is_in_force({"2007", "2026-02"}, "2026-03-01"));
}

INSTANTIATE_TEST_SUITE_P(Dialects, MembershipTest, ::testing::Values(Dialect::sqlite, Dialect::postgresql),
                         [](const auto& each) {
                           return each.param == Dialect::sqlite ? std::string("sqlite") : std::string("postgresql");
                         });

}  // namespace
}  // namespace pitchblende::membership
