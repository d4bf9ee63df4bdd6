// Groups of one name that are looked at as wholes: who is kept apart, who is not, and what a curator is asked.
#include "resolution/people/lives.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "resolution/people/clusters_fixture.hpp"
#include "resolution/people/order_fixture.hpp"
#include "resolution/resolution.hpp"

namespace pitchblende::resolution {
namespace {

constexpr const char* k_north = "institut du nord;lille";
constexpr const char* k_south = "hopital du sud;nice";

class Papers {
 public:
  // Others, so that the pool has something to count.
  explicit Papers(int others = 40) {
    for (int at = 0; at < others; ++at) {
      const std::string family =
          "inconnu" + std::string(1, static_cast<char>('a' + at % 26)) + std::string(static_cast<size_t>(at / 26), 'x');
      Mention& mention = add(family, "paul", 1);
      mention.affiliations = {"centre " + family};
      mention.setting = setting(2000 + at % 20, static_cast<uint32_t>(100 + (at < 40 ? at * 10 : at % 20 * 2)));
    }
  }

  // `count` papers on one subject by Camille Exemple at a place, with the same person beside him; the first one's
  // place.
  MentionRef by_camille(const std::string& place, const std::string& companion, int first_year, int count,
                        uint32_t subject = 11) {
    const int64_t first = m_record + 1;
    for (int at = 0; at < count; ++at) {
      Mention& mention = add("exemple", "camille", 1);
      if (!place.empty()) {
        mention.affiliations = {place};
      }
      if (!companion.empty()) {
        mention.companions =
            std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"exemple c", companion});
      }
      mention.setting = setting(first_year + at, subject);
    }
    return {first, 1};
  }

  MentionRef listed(const std::string& list, const std::string& place) {
    Mention& mention = add("exemple", "camille", 0);
    mention.origin = list + "/" + std::to_string(m_record);
    mention.described = true;
    mention.affiliations = {place};
    return mention.ref;
  }

  Mention& add(const std::string& family, const std::string& given, int32_t part) {
    Mention& mention = m_input.mentions.emplace_back();
    mention.ref = {++m_record, part};
    mention.origin = "pubmed/" + std::to_string(1000 + m_record) + "#1";
    mention.exclusive = part == 0 ? "" : mention.origin;
    mention.family = family;
    mention.given = given;
    return mention;
  }

  bool same(MentionRef a, MentionRef b) const { return stand_together(m_input, a, b); }
  bool asked(MentionRef a, MentionRef b) const {
    const auto doubts = resolve(m_input).doubts;
    return std::any_of(doubts.begin(), doubts.end(), [&](const Doubt& doubt) {
      return (same(doubt.a, a) && same(doubt.b, b)) || (same(doubt.a, b) && same(doubt.b, a));
    });
  }
  // What is told to have kept one of the clusters of two mentions from the other.
  std::vector<Evidence> held_apart(MentionRef a, MentionRef b) const {
    std::vector<Evidence> out;
    for (const Cluster& cluster : resolve(m_input).clusters) {
      for (const Reason& refused : cluster.refused) {
        if (std::binary_search(cluster.members.begin(), cluster.members.end(), a) &&
            (same(refused.a, b) || same(refused.b, b))) {
          out.push_back(refused.evidence);
        }
      }
    }
    return out;
  }
  double probability(MentionRef a, MentionRef b) const { return compare(m_input, a, b).probability; }
  Input& input() { return m_input; }

 private:
  static std::shared_ptr<const Setting> setting(int year, uint32_t subject) {
    auto out = std::make_shared<Setting>();
    out->words = {subject, subject + 1, subject + 2, subject + 3};
    out->subjects = {subject, subject + 1, subject + 2};
    out->year = year;
    return out;
  }

  Input m_input;
  int64_t m_record = 0;
};

TEST(Lives, nobody_is_for_years_at_two_places_with_other_people) {
  Papers pool;
  const MentionRef north = pool.by_camille(k_north, "fiction a", 2010, 4);
  const MentionRef south = pool.by_camille(k_south, "roman b", 2011, 4);
  ASSERT_GT(pool.probability(north, south), 0.5) << "one paper beside another keeps nobody apart";
  EXPECT_TRUE(pool.same(north, {north.record + 3, 1}));
  EXPECT_FALSE(pool.same(north, south));
  EXPECT_TRUE(pool.asked(north, south));
  EXPECT_EQ(pool.held_apart(north, south), std::vector{Evidence::two_lives}) << "the constraint is told";
}

TEST(Lives, two_places_at_once_are_one_life_where_both_write_about_one_thing) {
  Papers pool(200);
  const MentionRef north = pool.by_camille(k_north, "fiction a", 2010, 4);
  EXPECT_TRUE(pool.same(north, pool.by_camille(k_south, "roman b", 2011, 4)));
  Papers few;  // texts, so that nothing is known of what they are about
  const MentionRef there = few.by_camille(k_north, "fiction a", 2010, 4);
  EXPECT_FALSE(few.same(there, few.by_camille(k_south, "roman b", 2011, 4)));
}

TEST(Lives, whoever_moves_is_one_person) {
  Papers pool;
  const MentionRef north = pool.by_camille(k_north, "fiction a", 2001, 4);
  const MentionRef south = pool.by_camille(k_south, "roman b", 2008, 4);
  EXPECT_TRUE(pool.same(north, south)) << "the years of the one come after those of the other";
}

TEST(Lives, whoever_keeps_his_companions_is_one_person) {
  Papers pool;
  const MentionRef north = pool.by_camille(k_north, "fiction a", 2010, 4);
  const MentionRef south = pool.by_camille(k_south, "fiction a", 2011, 4);
  EXPECT_TRUE(pool.same(north, south));
}

TEST(Lives, two_of_one_name_in_one_institution_who_never_have_anybody_beside_both_are_two) {
  Papers many;
  const MentionRef one = many.by_camille(k_north, "fiction a", 2001, 10);
  const MentionRef other = many.by_camille("service de biologie;institut du nord;lille", "roman b", 2002, 10);
  EXPECT_TRUE(many.same(one, {one.record + 9, 1}));
  EXPECT_FALSE(many.same(one, other));
  EXPECT_TRUE(many.asked(one, other));
  Papers few;
  const MentionRef first = few.by_camille(k_north, "fiction a", 2001, 4);
  EXPECT_TRUE(few.same(first, few.by_camille("service de biologie;institut du nord;lille", "roman b", 2002, 4)))
      << "few papers tell nothing of it";
}

TEST(Lives, a_town_in_common_is_no_place_in_common) {
  Papers pool;
  const MentionRef north = pool.by_camille("institut du nord;lille", "fiction a", 2010, 4);
  const MentionRef south = pool.by_camille("hopital du sud;lille", "roman b", 2011, 4);
  EXPECT_FALSE(pool.same(north, south));
}

TEST(Lives, one_paper_elsewhere_is_not_put_to_an_entry_by_a_name_that_others_bear) {
  Papers rare;
  const MentionRef entry = rare.listed("north", k_north);
  const MentionRef own = rare.by_camille(k_north, "fiction a", 2010, 4);
  const MentionRef elsewhere = rare.by_camille(k_south, "roman b", 2012, 1);
  Papers frequent = rare;
  for (const char* given : {"anne", "brune", "denis", "emma", "felix", "gilles"}) {
    frequent.add("exemple", given, 1);
    frequent.add("inconnu" + std::string(given), "camille", 1);
  }
  ASSERT_TRUE(frequent.same(entry, own));
  ASSERT_GT(frequent.probability(own, elsewhere), 0.5);
  EXPECT_FALSE(frequent.same(entry, elsewhere));
  EXPECT_TRUE(frequent.asked(entry, elsewhere));
  EXPECT_TRUE(rare.same(own, elsewhere)) << "nobody else is called so";
}

TEST(Lives, a_bare_name_that_two_people_on_lists_bear_stands_with_neither) {
  Papers one;
  const MentionRef north = one.listed("north", k_north);
  one.by_camille(k_north, "fiction a", 2010, 4);
  Papers two = one;
  const MentionRef bare_of_one = one.by_camille("", "", 2012, 1);
  EXPECT_TRUE(one.same(north, bare_of_one));
  const MentionRef south = two.listed("south", k_south);
  const MentionRef bare = two.by_camille("", "", 2012, 1);
  EXPECT_FALSE(two.same(north, bare));
  EXPECT_FALSE(two.same(south, bare));
}

TEST(Lives, a_confirmed_paper_is_enough_where_two_people_on_lists_bear_the_name) {
  Papers pool;
  const MentionRef north = pool.listed("north", k_north);
  const MentionRef south = pool.listed("south", k_south);
  pool.input().mentions.back().affiliations.emplace_back("pmid:77");
  const MentionRef bare = pool.by_camille("", "", 2012, 1);
  pool.input().mentions.back().context = "pmid:77";
  EXPECT_FALSE(pool.same(north, bare));
  EXPECT_TRUE(pool.same(south, bare));
}

TEST(Lives, the_order_of_the_input_makes_no_difference) {
  Papers pool;
  pool.listed("north", k_north);
  pool.listed("south", k_south);
  pool.by_camille(k_north, "fiction a", 2010, 5);
  pool.by_camille(k_south, "roman b", 2011, 5);
  pool.by_camille("", "", 2012, 2);
  expect_one_result_in_any_order(pool.input());
}

}  // namespace
}  // namespace pitchblende::resolution
