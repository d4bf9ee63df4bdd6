// A name that one entry of a list has: what is hers by it alone, and what is not.
#include "resolution/people/sole_bearer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "resolution/people/clusters_fixture.hpp"
#include "resolution/people/family_forms.hpp"
#include "resolution/people/order_fixture.hpp"
#include "resolution/resolution.hpp"

namespace pitchblende::resolution {
namespace {

constexpr const char* k_north = "institut du nord;lille";

class Lists {
 public:
  // Others, so that the pool knows how many bearers a name has.
  Lists() {
    for (int at = 0; at < 60; ++at) {
      paper(
          "inconnu" + std::string(1, static_cast<char>('a' + at % 26)) + std::string(static_cast<size_t>(at / 26), 'x'),
          "paul", 2000 + at % 20, static_cast<uint32_t>(1000 + at * 10));
    }
  }

  MentionRef entry(const std::string& family, const std::string& given) {
    Mention& mention = add(family, given, 0);
    mention.origin = "north/" + std::to_string(m_record);
    mention.described = true;
    mention.affiliations = {k_north};
    return mention.ref;
  }
  // One paper on a subject, with people beside him who stand nowhere else.
  Mention& paper(const std::string& family, const std::string& given, int year, uint32_t subject) {
    Mention& mention = add(family, given, 1);
    auto setting = std::make_shared<Setting>();
    setting->words = {subject, subject + 1, subject + 2, subject + 3};
    setting->subjects = {subject, subject + 1};
    setting->year = year;
    mention.setting = setting;
    return mention;
  }
  // Camille Exemple's twelve papers at home.
  MentionRef known() {
    const MentionRef listed = entry("exemple", "camille");
    for (int at = 0; at < 12; ++at) {
      Mention& mention = paper("exemple", "camille", 2001 + at, 11);
      mention.affiliations = {k_north};
      beside(mention, {"exemple c", "fiction a"});
    }
    return listed;
  }
  // What another time, other people and another subject leave of a name.
  MentionRef stray(const std::string& family = "exemple", const std::string& given = "c") {
    Mention& mention = paper(family, given, 1982, 900);
    beside(mention, {family + " " + given.substr(0, 1), "roman b", "conte d"});
    return mention.ref;
  }
  static void beside(Mention& mention, const std::vector<std::string>& names) {
    mention.companions = std::make_shared<const std::vector<std::string>>(names);
  }

  bool same(MentionRef a, MentionRef b) const { return stand_together(m_input, a, b); }
  bool asked(MentionRef ref) const {
    const auto doubts = resolve(m_input).doubts;
    return std::any_of(doubts.begin(), doubts.end(),
                       [&](const Doubt& doubt) { return doubt.a == ref || doubt.b == ref; });
  }
  Input& input() { return m_input; }

 private:
  Mention& add(const std::string& family, const std::string& given, int32_t part) {
    Mention& mention = m_input.mentions.emplace_back();
    mention.ref = {++m_record, part};
    mention.origin = "pubmed/" + std::to_string(1000 + m_record) + (part == 0 ? "" : "#1");
    mention.exclusive = part == 0 ? "" : mention.origin;
    mention.family = family;
    mention.given = given;
    return mention;
  }

  Input m_input;
  int64_t m_record = 0;
};

TEST(SoleBearer, what_is_left_of_a_name_that_nobody_else_bears_is_hers_on_the_list) {
  Lists pool;
  const MentionRef listed = pool.known();
  const MentionRef stray = pool.stray();
  EXPECT_TRUE(pool.same(listed, stray));
  EXPECT_FALSE(pool.asked(stray));
  const auto clusters = resolve(pool.input()).clusters;
  const bool said = std::any_of(clusters.begin(), clusters.end(), [&](const Cluster& cluster) {
    return std::any_of(cluster.reasons.begin(), cluster.reasons.end(), [&](const Reason& reason) {
      return (reason.a == stray || reason.b == stray) && reason.evidence == Evidence::name && reason.probability > 0.99;
    });
  });
  EXPECT_TRUE(said) << "a name that nobody else here seems to bear";
}

TEST(SoleBearer, without_a_list_a_name_alone_joins_nobody) {
  Lists pool;
  const MentionRef listed = pool.known();
  pool.input().mentions[static_cast<size_t>(listed.record - 1)].family = "autrement";
  const MentionRef stray = pool.stray();
  EXPECT_FALSE(pool.same({listed.record + 1, 1}, stray));
}

TEST(SoleBearer, a_name_that_somebody_else_bears_is_not_hers_alone) {
  Lists other_given;
  const MentionRef listed = other_given.known();
  const MentionRef stray = other_given.stray();
  other_given.stray("exemple", "charles");
  EXPECT_FALSE(other_given.same(listed, stray));

  Lists frequent;
  const MentionRef of_many = frequent.known();
  const MentionRef left = frequent.stray();
  for (const char* given : {"anne", "brune", "denis", "emma", "felix", "gilles"}) {
    frequent.stray("exemple", given);
  }
  EXPECT_FALSE(frequent.same(of_many, left)) << "one of many families of the name may have another C.";

  Lists two_listed;
  const MentionRef first = two_listed.known();
  const MentionRef second = two_listed.entry("exemple", "c");
  const MentionRef between = two_listed.stray();
  EXPECT_FALSE(two_listed.same(first, between) || two_listed.same(second, between));
}

TEST(SoleBearer, a_life_elsewhere_at_the_same_time_is_another_bearer) {
  Lists pool;
  const MentionRef listed = pool.known();
  const MentionRef stray = pool.stray();
  for (int at = 0; at < 4; ++at) {
    Mention& mention = pool.paper("exemple", "c", 2003 + at, 700);
    mention.affiliations = {"hopital du sud;nice"};
    Lists::beside(mention, {"exemple c", "recit e"});
  }
  EXPECT_FALSE(pool.same(listed, stray));
}

TEST(SoleBearer, of_another_place_at_another_time_a_curator_is_asked) {
  Lists pool;
  const MentionRef listed = pool.known();
  const MentionRef stray = pool.stray();
  ASSERT_TRUE(pool.same(listed, stray));
  pool.input().mentions[static_cast<size_t>(stray.record - 1)].affiliations = {"hopital sud;nice"};
  EXPECT_FALSE(pool.same(listed, stray));
  EXPECT_TRUE(pool.asked(stray));
}

TEST(SoleBearer, an_entry_without_papers_takes_none_by_the_name_alone) {
  Lists pool;
  const MentionRef listed = pool.entry("exemple", "camille");
  EXPECT_FALSE(pool.same(listed, pool.stray()));
}

TEST(SoleBearer, in_a_part_of_the_pool_a_curator_is_asked_and_what_was_held_stays) {
  Lists pool;
  const MentionRef listed = pool.known();
  const MentionRef stray = pool.stray();
  pool.input().part_of_pool = true;
  EXPECT_FALSE(pool.same(listed, stray));
  EXPECT_TRUE(pool.asked(stray));
  for (const MentionRef ref : {listed, stray}) {
    pool.input().mentions[static_cast<size_t>(ref.record - 1)].held = Id(77);
  }
  EXPECT_TRUE(pool.same(listed, stray));
}

TEST(SoleBearer, the_order_of_the_input_makes_no_difference) {
  Lists pool;
  pool.known();
  pool.stray();
  pool.stray();
  expect_one_result_in_any_order(pool.input());
}

TEST(FamilyForms, others_that_nobody_has_seen_are_told_from_families_with_two_forms) {
  FamilyForms few;
  FamilyForms many;
  for (uint32_t family = 0; family < 100; ++family) {
    few.take(family, "a c");
    many.take(family, "a c");
    if (family < 50) {
      many.take(family, "a d");
    }
  }
  few.count();
  many.count();
  const float share_of_few = 101.0F / 126;
  EXPECT_NEAR(few.others(0, 'c'), 2 * 1.0F / 101 * share_of_few, 1e-5);
  EXPECT_NEAR(many.others(60, 'c'), 2 * 51.0F / 51 * (101.0F / 176), 1e-5);
  EXPECT_NEAR(many.others(0, 'c') - many.others(60, 'c'), 101.0F / 176, 1e-5) << "one more is seen";
  EXPECT_LT(few.others(0, 'x'), few.others(0, 'c')) << "a rarer initial";
}

TEST(FamilyForms, a_pool_that_knows_nothing_expects_somebody) {
  FamilyForms none;
  none.count();
  EXPECT_GT(none.others(0, 'c'), 0.05F);
}

}  // namespace
}  // namespace pitchblende::resolution
