// A birth name that a list of staff gives beside the name joins papers as the name does.
#include "resolution/people/other_names.hpp"

#include <gtest/gtest.h>

#include <set>

#include "resolution/people/names_fixture.hpp"
#include "resolution/people/order_fixture.hpp"

namespace pitchblende::resolution {
namespace {

constexpr const char* k_north = "institut du nord;lille";
constexpr const char* k_south = "institut du sud;nice";

std::string other(std::string_view said, const PersonName& own) {
  std::vector<PersonName> names;
  add_other_name(names, said, own);
  return names.empty() ? "" : names.front().family + ", " + names.front().given;
}

TEST(OtherNames, AFamilyNameIsHersWithHerGivenName) {
  const PersonName own{"exemple", "camille"};
  EXPECT_EQ(other("FICTION", own), "fiction, camille");
  EXPECT_EQ(other("née Fiction", own), "fiction, camille");
  EXPECT_EQ(other("(née FICTION)", own), "fiction, camille");
  EXPECT_EQ(other("Camille Fiction", own), "fiction, camille");
  EXPECT_EQ(other("FICTION Camille", own), "fiction, camille");
  EXPECT_EQ(other("Fiction, C.", own), "fiction, camille");
  EXPECT_EQ(other("de la Fiction", own), "de la fiction, camille");
  EXPECT_EQ(other("FICTION ROMAN", own), "fiction roman, camille");
}

TEST(OtherNames, AnotherGivenNameIsKeptAndHerOwnNameIsNoOther) {
  EXPECT_EQ(other("Bill Exemple", {"exemple", "william"}), "exemple, bill");
  EXPECT_EQ(other("Camille Fiction", {"exemple", "c"}), "fiction, camille");
  EXPECT_EQ(other("Exemple", {"exemple", "camille"}), "");
  EXPECT_EQ(other("C. Exemple", {"exemple", "camille"}), "");
  EXPECT_EQ(other("née", {"exemple", "camille"}), "nee, camille") << "alone it may be a name";
  EXPECT_EQ(other("", {"exemple", "camille"}), "");
  EXPECT_EQ(other("Fiction", {"exemple", ""}), "") << "a family name alone may be anybody's";
  std::vector<PersonName> names;
  for (int at = 0; at < 100; ++at) {
    add_other_name(names, "Fiction" + std::string(1, static_cast<char>('a' + at % 26)), {"exemple", "camille"});
  }
  EXPECT_EQ(names.size(), k_other_names);
}

class Married : public testing::Test {
 protected:
  Married() {
    listed = pool.entry("north", "exemple", "camille", k_north).ref;
    pool.input().mentions.back().other_names = {{"fiction", "camille"}};
    own = pool.paper("exemple", "camille", k_north, 11).ref;
    before = pool.paper("fiction", "c", k_north, 11).ref;
    in_full = pool.paper("fiction", "camille", k_north, 50).ref;
  }
  NamedPeople pool;
  MentionRef listed;
  MentionRef own;
  MentionRef before;
  MentionRef in_full;
};

TEST_F(Married, PapersUnderTheBirthNameAreHers) {
  EXPECT_TRUE(pool.same(listed, own));
  EXPECT_TRUE(pool.same(listed, before));
  EXPECT_TRUE(pool.same(listed, in_full));
  expect_one_result_in_any_order(pool.input());
}

TEST(OtherNames, AnInitialIsWorthWhatItIsUnderTheOwnName) {
  NamedPeople pool;
  Mention& entry = pool.entry("north", "exemple", "camille", k_north);
  entry.other_names = {{"fiction", "camille"}};
  const MentionRef listed = entry.ref;
  const MentionRef own = pool.paper("exemple", "c", k_north, 11).ref;
  const MentionRef other = pool.paper("fiction", "c", k_north, 11).ref;
  EXPECT_NEAR(compare(pool.input(), listed, own).probability, compare(pool.input(), listed, other).probability, 0.02);
  EXPECT_EQ(pool.same(listed, own), pool.same(listed, other));
  EXPECT_TRUE(pool.same(listed, own));
}

TEST_F(Married, WithoutTheOtherNameTheyAreNot) {
  for (Mention& mention : pool.input().mentions) {
    mention.other_names.clear();
  }
  EXPECT_TRUE(pool.same(listed, own));
  EXPECT_FALSE(pool.same(listed, before));
  EXPECT_FALSE(pool.same(listed, in_full));
}

TEST_F(Married, TheOtherNameIsNoMentionOfItsOwn) {
  size_t members = 0;
  for (const Cluster& cluster : resolve(pool.input()).clusters) {
    const std::set<MentionRef> unique(cluster.members.begin(), cluster.members.end());
    EXPECT_EQ(unique.size(), cluster.members.size());
    EXPECT_EQ(cluster.reasons.size(), cluster.members.size() - 1);
    for (const Reason& reason : cluster.reasons) {
      EXPECT_NE(reason.a, reason.b);
    }
    members += cluster.members.size();
  }
  EXPECT_EQ(members, pool.input().mentions.size());
  const Comparison compared = compare(pool.input(), listed, before);
  EXPECT_GT(compared.probability, 0.4);
  EXPECT_FALSE(compared.refused);
  EXPECT_FALSE(compared.weights.empty());
  EXPECT_FALSE(compare(pool.input(), listed, own).weights.empty()) << "the own name stands before the other one";
}

TEST_F(Married, AnotherGivenNameOrAnotherPlaceIsNotHers) {
  const MentionRef sister = pool.paper("fiction", "lou", k_north, 11).ref;
  const MentionRef stranger = pool.paper("fiction", "camille", k_south, 700).ref;
  EXPECT_FALSE(pool.same(listed, sister));
  EXPECT_FALSE(pool.same(listed, stranger));
}

TEST_F(Married, AnotherEntryOfTheSameListIsAnother) {
  const MentionRef namesake = pool.entry("north", "fiction", "camille", k_north).ref;
  EXPECT_FALSE(pool.same(listed, namesake));
  const MentionRef elsewhere = pool.entry("south", "fiction", "camille", k_north).ref;
  EXPECT_TRUE(pool.same(listed, elsewhere) || pool.same(namesake, elsewhere));
}

TEST_F(Married, WhatACuratorPartedStaysApart) {
  pool.input().decisions.push_back({1, Verdict::different, listed, before});
  EXPECT_FALSE(pool.same(listed, before));
  EXPECT_TRUE(pool.same(listed, own));
}

}  // namespace
}  // namespace pitchblende::resolution
