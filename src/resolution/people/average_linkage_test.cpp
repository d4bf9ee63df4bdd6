#include "resolution/people/average_linkage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace pitchblende::resolution {
namespace {

using ::testing::ElementsAre;

// Who is together after run(), by the smallest of each group.
class Groups {
 public:
  explicit Groups(size_t count) : m_parent(count) { std::iota(m_parent.begin(), m_parent.end(), 0); }
  bool join(uint32_t a, uint32_t b) {
    const uint32_t x = m_parent[a];
    const uint32_t y = m_parent[b];
    std::replace(m_parent.begin(), m_parent.end(), std::max(x, y), std::min(x, y));
    return true;
  }
  const std::vector<uint32_t>& parents() const { return m_parent; }

 private:
  std::vector<uint32_t> m_parent;
};

std::vector<uint32_t> run(size_t count, std::vector<ScoredPair> pairs, float enough) {
  std::vector<std::vector<uint32_t>> singles;
  for (uint32_t at = 0; at < count; ++at) {
    singles.push_back({at});
  }
  Groups groups(count);
  AverageLinkage linkage(std::move(singles), pairs);
  linkage.run(
      enough, 0, [](uint32_t, uint32_t) { return 0.0F; },
      [&](const AverageLinkage::Offered& offered) { return groups.join(offered.best.a, offered.best.b); });
  return groups.parents();
}

TEST(AverageLinkage, a_weak_link_chains_nothing) {
  // 0–1 and 2–3 are sure, 1–2 is likely, the others are not at all.
  const std::vector<ScoredPair> pairs = {{0, 1, 0.99F}, {2, 3, 0.99F}, {1, 2, 0.8F},
                                         {0, 2, 0.05F}, {0, 3, 0.05F}, {1, 3, 0.05F}};
  EXPECT_THAT(run(4, pairs, 0.45F), ElementsAre(0, 0, 2, 2));
  EXPECT_THAT(run(4, pairs, 0.35F), ElementsAre(0, 0, 0, 0));
}

TEST(AverageLinkage, what_is_refused_stays_apart_and_is_left_over) {
  AverageLinkage linkage({{0}, {1}, {2}}, {{0, 1, 0.9F}, {1, 2, 0.8F}, {0, 2, 0.3F}});
  std::vector<std::pair<uint32_t, uint32_t>> seen;
  linkage.run(
      0.5F, 0, [](uint32_t, uint32_t) { return 0.0F; },
      [&](const AverageLinkage::Offered& offered) {
        seen.emplace_back(offered.best.a, offered.best.b);
        return offered.best.a == 1;
      });
  EXPECT_THAT(seen, ElementsAre(std::pair(0U, 1U), std::pair(1U, 2U)));
  ASSERT_EQ(linkage.left(0.2F).size(), 1U);
  EXPECT_FLOAT_EQ(linkage.left(0.2F).front().best.probability, 0.3F);
}

TEST(AverageLinkage, pairs_that_nobody_scored_are_asked_for_before_a_join) {
  AverageLinkage linkage({{0, 1, 2}, {3, 4, 5}}, {{0, 3, 0.9F}});
  int asked = 0;
  bool joined = false;
  linkage.run(
      0.5F, 9,
      [&](uint32_t a, uint32_t b) {
        EXPECT_LT(a, b);
        ++asked;
        return 0.0F;
      },
      [&](const AverageLinkage::Offered&) { return joined = true; });
  EXPECT_EQ(asked, 8);
  EXPECT_FALSE(joined) << "the one that was known is outweighed";
}

// All pairs of groups are looked at anew before each join: slow and plain.
std::vector<uint32_t> slow(size_t count, const std::vector<ScoredPair>& pairs, float enough) {
  std::vector<uint32_t> group(count);
  std::iota(group.begin(), group.end(), 0);
  while (true) {
    double best = -1;
    std::pair<uint32_t, uint32_t> which;
    for (uint32_t a = 0; a < count; ++a) {
      for (uint32_t b = a + 1; b < count; ++b) {
        double squares = 0;
        double known = 0;
        for (const ScoredPair& pair : pairs) {
          const uint32_t x = std::min(group[pair.a], group[pair.b]);
          const uint32_t y = std::max(group[pair.a], group[pair.b]);
          squares += x == a && y == b ? pair.probability * pair.probability : 0;
          known += x == a && y == b ? 1 : 0;
        }
        const double mean = known > 0 ? std::sqrt(squares / known) : -1;
        if (mean > best + 1e-9) {
          best = mean;
          which = {a, b};
        }
      }
    }
    if (best < enough) {
      return group;
    }
    std::replace(group.begin(), group.end(), which.second, which.first);
  }
}

TEST(AverageLinkage, joins_as_the_slow_way_does) {
  std::mt19937 random(11);
  std::uniform_real_distribution<float> even(0, 1);
  for (int round = 0; round < 60; ++round) {
    const auto count = static_cast<uint32_t>(2 + random() % 9);
    std::vector<ScoredPair> pairs;
    for (uint32_t a = 0; a < count; ++a) {
      for (uint32_t b = a + 1; b < count; ++b) {
        if (random() % 4 != 0) {
          pairs.push_back({a, b, even(random)});
        }
      }
    }
    EXPECT_EQ(run(count, pairs, 0.6F), slow(count, pairs, 0.6F)) << "round " << round;
    std::shuffle(pairs.begin(), pairs.end(), random);
    EXPECT_EQ(run(count, pairs, 0.6F), slow(count, pairs, 0.6F)) << "shuffled, round " << round;
  }
}

}  // namespace
}  // namespace pitchblende::resolution
