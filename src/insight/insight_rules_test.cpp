// Counting over values: the table of all cells says what counting one by one says; drawings repeat.
#include "insight/insight_rules.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "insight/figure_words.hpp"
#include "insight/network.hpp"

namespace pitchblende::insight {

namespace {

std::vector<uint16_t> some_of(std::mt19937& random, size_t size) {
  std::vector<uint16_t> out;
  for (size_t at = 0; at < size; ++at) {
    if (random() % 3 == 0) {
      out.push_back(static_cast<uint16_t>(at));
    }
  }
  return out;
}

Figures random_figures(unsigned seed) {
  std::mt19937 random(seed);
  Figures out;
  out.year = 2025;
  for (uint64_t at = 0; at < random() % 4; ++at) {
    out.areas.push_back({Id(100 + at), "axe", "area"});
  }
  for (uint64_t at = 0; at < random() % 5; ++at) {
    out.institutions.push_back({Id(200 + at), "maison", "house"});
  }
  for (size_t base = 0; base < k_bases; ++base) {
    for (uint64_t at = 0; at < random() % 30; ++at) {
      Item item{Id(1000 * (base + 1) + at)};
      item.areas = some_of(random, out.areas.size());
      item.institutions = some_of(random, out.institutions.size());
      for (const uint16_t team : some_of(random, 6)) {
        item.teams.push_back(Id(300 + team));
      }
      item.amount = base == static_cast<size_t>(Base::equipment) ? static_cast<int64_t>(random() % 9000) - 1 : 1;
      item.openness = static_cast<Openness>(random() % 3);
      item.is_abroad = random() % 2 == 0;
      item.has_company = random() % 4 == 0;
      item.lacks = random() % 3 == 0;
      out.items[base].push_back(std::move(item));
    }
  }
  return out;
}

std::vector<std::optional<uint16_t>> choices(size_t size) {
  std::vector<std::optional<uint16_t>> out{std::nullopt, k_in_none};
  for (size_t at = 0; at < size; ++at) {
    out.emplace_back(static_cast<uint16_t>(at));
  }
  return out;
}

TEST(Counting, TheTableSaysWhatCountingOneByOneSays) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    const Figures slow = random_figures(seed);
    Figures quick = slow;
    tally_all(quick);
    for (size_t at = 0; at < k_figures; ++at) {
      for (const auto area : choices(slow.areas.size())) {
        for (const auto institution : choices(slow.institutions.size())) {
          const Cell cell{area, institution};
          ASSERT_EQ(count(quick, figure_at(at), cell), count(slow, figure_at(at), cell)) << seed << name(figure_at(at));
          ASSERT_EQ(lacking(quick, figure_at(at), cell), lacking(slow, figure_at(at), cell)) << seed;
          const bool sums = figure_at(at) == Figure::hours || figure_at(at) == Figure::requests;
          ASSERT_TRUE(sums || count(quick, figure_at(at), cell) ==
                                  static_cast<int64_t>(records(slow, figure_at(at), cell).size()));
        }
      }
    }
  }
}

// Rule 4.
TEST(Counting, WhatBelongsToTwoCountsInBothAndOnceInAll) {
  Figures figures;
  figures.year = 2025;
  figures.areas = {{Id(100), "axe", "area"}, {Id(101), "axe", "area"}};
  figures.institutions = {{Id(200), "maison", "house"}, {Id(201), "maison", "house"}};
  Item both{Id(1)};
  both.areas = both.institutions = {0, 1};
  Item one{Id(2)};
  one.institutions = {1};
  figures.items[static_cast<size_t>(Base::teams)] = {both, one};
  tally_all(figures);
  const auto teams = [&](const Cell& cell) { return count(figures, Figure::teams, cell); };
  EXPECT_EQ(teams({std::nullopt, 0}), 1);
  EXPECT_EQ(teams({std::nullopt, 1}), 2);
  EXPECT_EQ(teams({0, std::nullopt}), 1);
  EXPECT_EQ(teams({1, std::nullopt}), 1);
  EXPECT_EQ(teams({k_in_none, std::nullopt}), 1);
  EXPECT_EQ(teams({}), 2) << "rows do not add up";
}

// Rule 5: of which nobody says whether they are open, there are not "none open".
TEST(Counting, WhatNobodyKnowsIsNoZero) {
  Figures figures;
  Item paper{Id(1)};
  paper.institutions = {0};
  figures.institutions.push_back({Id(200), "maison", "house"});
  figures.items[static_cast<size_t>(Base::outputs)] = {paper};
  EXPECT_FALSE(is_known(figures, Figure::open_outputs, {}));
  EXPECT_TRUE(is_known(figures, Figure::open_outputs, {k_in_none, k_in_none})) << "of nothing none is open";
  EXPECT_TRUE(is_known(figures, Figure::outputs_between, {}));
  paper.id = Id(2);
  paper.openness = Openness::closed;
  figures.items[static_cast<size_t>(Base::outputs)].push_back(paper);
  EXPECT_TRUE(is_known(figures, Figure::open_outputs, {}));
  Item booked_elsewhere{Id(3)};
  booked_elsewhere.amount = -1;
  figures.items[static_cast<size_t>(Base::equipment)] = {booked_elsewhere};
  EXPECT_FALSE(is_known(figures, Figure::hours, {}));
}

// Rule 2.
TEST(Counting, APeriodHoldsInAYearByWhatItSays) {
  EXPECT_TRUE(holds_in("", "", 2025));
  EXPECT_TRUE(holds_in("2025-12-31", "", 2025));
  EXPECT_FALSE(holds_in("2026", "", 2025));
  EXPECT_TRUE(holds_in("2019-04", "2025-01-01", 2025));
  EXPECT_FALSE(holds_in("2019-04", "2024-12", 2025));
}

// Rule 9.
TEST(Counting, TheMatrixIsSymmetricAndItsDiagonalCountsAll) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const Figures figures = random_figures(seed);
    const auto matrix = collaboration(figures, std::nullopt);
    for (uint16_t a = 0; a < matrix.size(); ++a) {
      EXPECT_EQ(matrix[a][a], count(figures, Figure::outputs, {std::nullopt, a}));
      for (uint16_t b = 0; b < matrix.size(); ++b) {
        EXPECT_EQ(matrix[a][b], matrix[b][a]);
        EXPECT_LE(matrix[a][b], matrix[a][a]);
        EXPECT_EQ(matrix[a][b], static_cast<int64_t>(common_outputs(figures, std::nullopt, a, b).size()));
      }
    }
  }
}

TEST(Counting, TheDrawingRepeatsAndStaysInItsFrame) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const Figures figures = random_figures(seed);
    const Network once = network(figures, std::nullopt, 4);
    const Network again = network(figures, std::nullopt, 4);
    ASSERT_EQ(once.teams.size(), again.teams.size());
    EXPECT_LE(once.teams.size(), 4u);
    EXPECT_EQ(once.ties.size() + once.left_out, team_pairs(figures, std::nullopt).size());
    for (size_t at = 0; at < once.teams.size(); ++at) {
      EXPECT_EQ(once.teams[at].x, again.teams[at].x);
      EXPECT_GE(once.teams[at].x, 0);
      EXPECT_LE(once.teams[at].y, 1);
    }
  }
}

TEST(Figures, HaveNamesAndWordsOfTheirOwn) {
  std::set<std::string> said;
  for (size_t at = 0; at < k_figures; ++at) {
    const Figure each = figure_at(at);
    EXPECT_EQ(figure(name(each)), each);
    for (const Language language : {Language::french, Language::english}) {
      EXPECT_FALSE(definition(each, language).empty());
      EXPECT_TRUE(
          said.insert(std::string(label(each, language)) + (language == Language::french ? "/fr" : "/en")).second);
    }
  }
  EXPECT_FALSE(figure("nonsense"));
}

}  // namespace

}  // namespace pitchblende::insight
