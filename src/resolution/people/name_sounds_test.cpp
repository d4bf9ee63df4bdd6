// Names that one person may have, written differently: what brings them together, and what they weigh.
#include "resolution/people/name_sounds.hpp"

#include <gtest/gtest.h>

#include "resolution/people/names_fixture.hpp"
#include "resolution/people/order_fixture.hpp"
#include "resolution/people/people_features.hpp"

namespace pitchblende::resolution {
namespace {

constexpr const char* k_north = "institut du nord;lille";
constexpr const char* k_south = "institut du sud;nice";

bool meet(const PersonName& a, const PersonName& b) {
  const auto of_a = kin_keys(a.family, a.given);
  const auto of_b = kin_keys(b.family, b.given);
  return std::find_first_of(of_a.begin(), of_a.end(), of_b.begin(), of_b.end()) != of_a.end();
}

TEST(NameSounds, OneFirstNameIsWrittenByManyRules) {
  EXPECT_TRUE(called_alike("mohamed", "mohammed"));
  EXPECT_TRUE(called_alike("mohamed", "muhammad"));
  EXPECT_TRUE(called_alike("yuri", "iouri"));
  EXPECT_TRUE(called_alike("youri", "yury"));
  EXPECT_TRUE(called_alike("youssef", "yusuf"));
  EXPECT_TRUE(called_alike("mahmoud", "mahmud"));
  EXPECT_TRUE(called_alike("hussein", "husain"));
  EXPECT_TRUE(called_alike("nikolay", "nikolai"));
  EXPECT_TRUE(called_alike("philippe", "filippe"));
  EXPECT_TRUE(called_alike("vyacheslav", "viatcheslav"));
  EXPECT_TRUE(called_alike("katherine", "catherine"));
  EXPECT_TRUE(called_alike("sarah", "sara"));
}

TEST(NameSounds, ShortFormsAreTheirNames) {
  EXPECT_TRUE(called_alike("bill", "william"));
  EXPECT_TRUE(called_alike("bill", "will"));
  EXPECT_TRUE(called_alike("kate", "catherine"));
  EXPECT_TRUE(called_alike("alex", "alexandre"));
  EXPECT_TRUE(called_alike("aleksandr", "alexandre"));
  EXPECT_TRUE(called_alike("ted", "edward"));
  EXPECT_TRUE(called_alike("ted", "theodore"));
  EXPECT_FALSE(called_alike("edward", "theodore"));
}

TEST(NameSounds, OtherNamesStayOther) {
  for (const auto& [a, b] : {std::pair("jean", "jane"),           std::pair("louis", "louise"),
                             std::pair("martin", "martine"),      std::pair("zhou", "zhu"),
                             std::pair("shoichi", "shuichi"),     std::pair("marie", "maria"),
                             std::pair("michel", "michael"),      std::pair("yan", "yang"),
                             std::pair("camille", "charles"),     std::pair("andre", "andree"),
                             std::pair("yousheng", "yusheng"),    std::pair("shoujun", "shujun"),
                             std::pair("meilin", "mailin"),       std::pair("xiaozhou", "xiaozhu"),
                             std::pair("weiwei", "vevei"),        std::pair("daniele", "danielle"),
                             std::pair("gabriele", "gabrielle"),  std::pair("michele", "michelle"),
                             std::pair("emanuele", "emmanuelle"), std::pair("pasquale", "pascale")}) {
    EXPECT_FALSE(called_alike(a, b)) << a << " " << b;
  }
}

TEST(NameSounds, ASlipIsOneLetterOfALongName) {
  EXPECT_TRUE(one_slip("kowalczyk", "kowalczik"));
  EXPECT_TRUE(one_slip("lanfranchet", "lanfrachet"));
  EXPECT_TRUE(one_slip("lanfranchet", "lanfrnachet"));
  EXPECT_FALSE(one_slip("lanfranchet", "lanfranchet"));
  EXPECT_FALSE(one_slip("lanfranchet", "lanfrachett"));
  EXPECT_FALSE(one_slip("dupin", "dupon")) << "short names are many";
  EXPECT_FALSE(one_slip("dupont", "dupontel"));
  EXPECT_FALSE(one_slip("", ""));
}

TEST(NameSounds, KinMeetAndKeysAreFew) {
  EXPECT_TRUE(meet({"exemple", "iouri"}, {"exemple", "yuri"}));
  EXPECT_TRUE(meet({"exemple", "bill"}, {"exemple", "william"}));
  EXPECT_TRUE(meet({"kowalczyk", "camille"}, {"kowalczik", "camille"}));
  EXPECT_TRUE(meet({"lanfranchet", "camille"}, {"lanfrachet", "camille"}));
  EXPECT_TRUE(meet({"wang", "yan"}, {"yan", "wang"}));
  EXPECT_TRUE(meet({"exemple", "camille"}, {"camille", "exemple"}));
  EXPECT_FALSE(meet({"exemple", "bill"}, {"exemple", "camille"}));
  EXPECT_TRUE(kin_keys("exemple", "c").empty());
  EXPECT_TRUE(kin_keys("exemple", "").empty());
  EXPECT_LE(kin_keys("exemple", "camille").size(), 2U);
  EXPECT_LE(kin_keys("exemple", "chris").size(), 6U);
}

struct TwoNames {
  PersonName a;
  PersonName b;
};

class KinNames : public testing::TestWithParam<TwoNames> {
 protected:
  MentionRef paper(const PersonName& name, const char* place, uint32_t subject, const std::string& beside = "") {
    return pool.paper(name.family, name.given, place, subject, beside).ref;
  }
  NamedPeople pool;
};

TEST_P(KinNames, StrongEvidenceJoinsThem) {
  const MentionRef a = paper(GetParam().a, k_north, 11, "fiction a");
  const MentionRef again = paper(GetParam().a, k_north, 11, "fiction a");
  const MentionRef b = paper(GetParam().b, k_north, 11, "fiction a");
  EXPECT_TRUE(pool.same(a, again));
  EXPECT_TRUE(pool.same(a, b));
  const Comparison compared = compare(pool.input(), a, b);
  EXPECT_GT(compared.probability, 0.6);
  expect_one_result_in_any_order(pool.input());
}

TEST_P(KinNames, NamesAloneDoNot) {
  const MentionRef a = paper(GetParam().a, k_north, 11);
  const MentionRef b = paper(GetParam().b, k_south, 700);
  const MentionRef nowhere = paper(GetParam().b, "", 800);
  EXPECT_FALSE(pool.same(a, b));
  EXPECT_FALSE(pool.same(a, nowhere));
}

TEST_P(KinNames, TheyWeighLessThanOneNameDoes) {
  const MentionRef a = paper(GetParam().a, k_north, 11, "fiction a");
  const MentionRef again = paper(GetParam().a, k_north, 11, "fiction a");
  const MentionRef b = paper(GetParam().b, k_north, 11, "fiction a");
  EXPECT_LT(compare(pool.input(), a, b).probability, compare(pool.input(), a, again).probability);
}

TEST_P(KinNames, WhoIsOnOneListTwiceIsTwo) {
  const MentionRef a = pool.entry("north", GetParam().a.family, GetParam().a.given, k_north).ref;
  const MentionRef b = pool.entry("north", GetParam().b.family, GetParam().b.given, k_north).ref;
  EXPECT_FALSE(pool.same(a, b));
}

TEST(NameSounds, WhatIsWrittenAgainAndAgainIsNoSlip) {
  NamedPeople pool;
  const MentionRef a = pool.paper("kowalczyk", "camille", k_north, 11, "fiction a").ref;
  const MentionRef b = pool.paper("kowalczik", "camille", k_north, 11, "fiction a").ref;
  EXPECT_TRUE(pool.same(a, b));
  for (int more = 0; more < 4; ++more) {
    pool.paper("kowalczyk", "camille", k_north, 11, "fiction a");
  }
  EXPECT_TRUE(pool.same(a, b)) << "one of six";
  for (int more = 0; more < 4; ++more) {
    pool.paper("kowalczik", "camille", k_north, 11, "fiction a");
  }
  EXPECT_FALSE(pool.same(a, b)) << "five of each";
}

// A name that agrees with both is no bridge, and what agrees as it is written needs none.
TEST(NameSounds, GroupsAreKinByAnyOfTheirNames) {
  NamedPeople pool;
  std::vector<MentionRef> refs;
  for (const char* given : {"mohamed", "m", "mohammed", "alex", "alexandre", "chris", "christine"}) {
    refs.push_back(pool.paper("exemple", given, k_north, 11).ref);
  }
  const Ordered ordered(pool.input());
  const PeopleFeatures features(ordered);
  const auto kin = [&](std::initializer_list<size_t> a, std::initializer_list<size_t> b) {
    const auto numbers = [&](std::initializer_list<size_t> places) {
      std::vector<uint32_t> out;
      for (uint32_t at = 0; at < ordered.size(); ++at) {
        const auto is_it = [&](size_t place) { return ordered[at].ref == refs[place]; };
        if (std::any_of(places.begin(), places.end(), is_it)) {
          out.push_back(at);
        }
      }
      return out;
    };
    return features.kin_of_groups(numbers(a), numbers(b));
  };
  EXPECT_EQ(kin({0}, {2}), Kin::first_name);
  EXPECT_EQ(kin({0, 1}, {2}), Kin::first_name) << "M. beside Mohammed is the likeliest pair";
  EXPECT_EQ(kin({1}, {2}), Kin::none);
  EXPECT_EQ(kin({3}, {4}), Kin::none);
  EXPECT_EQ(kin({5}, {6}), Kin::none);
}

// A part of a pool does not tell how often a name is written so.
TEST(NameSounds, WhatOneRunSeesOfASlipIsAsked) {
  NamedPeople pool;
  const MentionRef a = pool.paper("kowalczyk", "camille", k_north, 11, "fiction a").ref;
  const MentionRef b = pool.paper("kowalczik", "camille", k_north, 11, "fiction a").ref;
  ASSERT_TRUE(pool.same(a, b));
  pool.input().part_of_pool = true;
  EXPECT_FALSE(pool.same(a, b));
  EXPECT_TRUE(pool.asked(a, b));
  for (Mention& mention : pool.input().mentions) {
    if (mention.ref == a || mention.ref == b) {
      mention.held = Id(7);
    }
  }
  EXPECT_TRUE(pool.same(a, b)) << "what all of the pool told before stays";
}

INSTANTIATE_TEST_SUITE_P(Names, KinNames,
                         testing::Values(TwoNames{{"exemple", "mohamed"}, {"exemple", "mohammed"}},
                                         TwoNames{{"exemple", "iouri"}, {"exemple", "yuri"}},
                                         TwoNames{{"exemple", "bill"}, {"exemple", "william"}},
                                         TwoNames{{"exemple", "kate"}, {"exemple", "catherine"}},
                                         TwoNames{{"kowalczyk", "camille"}, {"kowalczik", "camille"}},
                                         TwoNames{{"lanfranchet", "camille"}, {"lanfrachet", "camille"}},
                                         TwoNames{{"exemple", "camille"}, {"camille", "exemple"}}));

}  // namespace
}  // namespace pitchblende::resolution
