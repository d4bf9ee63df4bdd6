// Linkage as a whole, on invented people and papers.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "linkage/blocking.hpp"
#include "linkage/clusters.hpp"
#include "linkage/linkage.hpp"

namespace pitchblende::linkage {
namespace {

const Schema k_people{{{"given", FieldType::name},
                       {"family", FieldType::name},
                       {"street", FieldType::address},
                       {"town", FieldType::name},
                       {"born", FieldType::date},
                       {"region", FieldType::category}},
                      {{0, 1}}};

// Invented people: names of syllables, a few of them frequent; a copy of some with slips, gaps and exchanges.
class People {
 public:
  explicit People(uint32_t seed) : m_random(seed) {}

  std::vector<Row> rows(size_t people, double copies, int slips) {
    std::vector<Row> out;
    for (size_t at = 0; at < people; ++at) {
      Row row{std::to_string(at) + "-0",
              0,
              {word(40, 2), word(200, 3), word(90, 2) + " street", word(60, 3), date(), word(6, 2)}};
      out.push_back(row);
      if (chance(copies)) {
        row.key = std::to_string(at) + "-1";
        row.side = 1;
        for (int slip = 0; slip < slips; ++slip) {
          damage(row);
        }
        out.push_back(std::move(row));
      }
    }
    return out;
  }

 private:
  bool chance(double share) { return std::uniform_real_distribution<>(0, 1)(m_random) < share; }

  std::string word(uint32_t many, int syllables) {
    static const char* const k_syllables[] = {"ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "chu", "bra"};
    auto number = static_cast<uint32_t>(std::pow(many, std::uniform_real_distribution<>(0, 1)(m_random)) * 7919);
    std::string out;
    for (int at = 0; at < syllables; ++at) {
      out += k_syllables[number % 12];
      number /= 12;
    }
    return out;
  }
  std::string date() {
    return std::to_string(1930 + m_random() % 70) + "-0" + std::to_string(1 + m_random() % 9) + "-" +
           std::to_string(10 + m_random() % 19);
  }
  void damage(Row& row) {
    std::string& value = row.values[m_random() % row.values.size()];
    switch (m_random() % 4) {
      case 0:
        value.clear();
        break;
      case 1:
        std::swap(row.values[0], row.values[1]);
        break;
      default:
        if (value.size() > 2) {
          std::swap(value[1], value[2]);
          value.erase(value.size() / 2, m_random() % 2);
        }
    }
  }

  std::mt19937 m_random;
};

std::string person(const Row& row) { return row.key.substr(0, row.key.find('-')); }

std::set<std::pair<std::string, std::string>> by_key(const std::vector<Link>& links, const std::vector<Row>& rows) {
  std::set<std::pair<std::string, std::string>> out;
  for (const Link& each : links) {
    out.insert(std::minmax(rows[each.a].key, rows[each.b].key));
  }
  return out;
}

struct Score {
  double precision = 0;
  double recall = 0;
};

Score score(const Linkage& linked, const std::vector<Row>& rows) {
  double right = 0;
  for (const Link& each : linked.links) {
    right += person(rows[each.a]) == person(rows[each.b]) ? 1 : 0;
  }
  const auto all = std::count_if(rows.begin(), rows.end(), [](const Row& row) { return row.side == 1; });
  return {right / std::max<double>(1, static_cast<double>(linked.links.size())), right / static_cast<double>(all)};
}

// Rule 2: nobody says which pairs are right.
TEST(Linkage, finds_damaged_copies_in_one_file) {
  std::vector<Row> rows = People(1).rows(1500, 0.4, 2);
  const double copies =
      static_cast<double>(std::count_if(rows.begin(), rows.end(), [](const Row& row) { return row.side == 1; }));
  ASSERT_GT(copies, 400);
  std::vector<Row> one = rows;
  for (Row& row : one) {
    row.side = 0;
  }
  const Linkage linked = link(k_people, one);
  const Score found = score(linked, rows);
  EXPECT_GT(found.precision, 0.99);
  EXPECT_GT(found.recall, 0.97);
}

// Rule 5.
TEST(Linkage, finds_damaged_copies_in_another_file_and_gives_each_to_one) {
  const std::vector<Row> rows = People(2).rows(1500, 0.5, 2);
  const Linkage linked = link(k_people, rows);
  const Score found = score(linked, rows);
  EXPECT_GT(found.precision, 0.99);
  EXPECT_GT(found.recall, 0.98);
  EXPECT_TRUE(linked.unique[0] && linked.unique[1]);
  std::set<uint32_t> seen;
  for (const Link& each : linked.links) {
    EXPECT_NE(rows[each.a].side, rows[each.b].side);
    EXPECT_TRUE(seen.insert(each.a).second && seen.insert(each.b).second);
  }
}

// Rule 5.
TEST(Linkage, a_file_with_duplicates_of_its_own_keeps_them) {
  std::vector<Row> rows = People(3).rows(800, 0.6, 1);
  const std::vector<Row> copies(rows.begin(), rows.end());
  for (const Row& row : copies) {
    if (row.side == 1) {
      rows.push_back(row);
      rows.back().key += "bis";
      rows.back().values[3] += "s";
    }
  }
  const Linkage linked = link(k_people, rows);
  EXPECT_TRUE(linked.unique[0]);
  EXPECT_FALSE(linked.unique[1]);
  EXPECT_GT(score(linked, rows).recall, 0.97);
}

TEST(Linkage, where_nothing_is_twice_next_to_nothing_is_linked) {
  const std::vector<Row> rows = People(4).rows(2000, 0, 0);
  EXPECT_LT(link(k_people, rows).links.size(), 10U);
}

// Rule 3.
TEST(Linkage, a_rare_value_weighs_more_than_a_frequent_one) {
  std::vector<Row> rows = People(5).rows(800, 0.4, 1);
  for (size_t at = 0; at < rows.size(); at += 3) {
    rows[at].values[1] = "frequent";
  }
  for (Row& row : rows) {
    row.side = 0;
  }
  const size_t first = rows.size();
  for (const char* family : {"frequent", "zzyzxov"}) {
    for (const char* key : {"x", "y"}) {
      rows.push_back({std::string(key) + family, 0, {"camille", family, "", "", "", ""}});
    }
  }
  const std::vector<std::pair<uint32_t, uint32_t>> asked = {{first, first + 1}, {first + 2, first + 3}};
  const Linkage linked = link(k_people, rows, asked);
  EXPECT_GT(linked.explained[1].weights[1].bits, linked.explained[0].weights[1].bits + 3);
}

// Rule 4: in the other file every region has another word, the same each time.
TEST(Linkage, what_a_category_means_in_the_other_file_is_learned) {
  std::vector<Row> rows = People(8).rows(600, 0.5, 1);
  for (Row& row : rows) {
    if (row.side == 1 && !row.values[5].empty()) {
      std::reverse(row.values[5].begin(), row.values[5].end());
      row.values[5] = "zz " + row.values[5];
    }
  }
  std::vector<std::pair<uint32_t, uint32_t>> asked;
  for (const Link& each : link(k_people, rows).links) {
    if (person(rows[each.a]) == person(rows[each.b]) && !rows[each.a].values[5].empty() &&
        !rows[each.b].values[5].empty()) {
      asked.emplace_back(each.a, each.b);
    }
  }
  ASSERT_GT(asked.size(), 50U);
  const Linkage linked = link(k_people, rows, asked);
  double bits = 0;
  for (const PairExplanation& each : linked.explained) {
    bits += each.weights[5].bits;
  }
  EXPECT_GT(bits / static_cast<double>(asked.size()), 0.5) << "words without a letter in common speak for the pair";
}

TEST(Linkage, a_pair_is_explained_in_bits_that_add_up) {
  const std::vector<Row> rows = People(6).rows(500, 0.5, 1);
  std::vector<std::pair<uint32_t, uint32_t>> asked;
  for (const Link& each : link(k_people, rows).links) {
    asked.emplace_back(each.a, each.b);
  }
  ASSERT_GT(asked.size(), 100U);
  const Linkage linked = link(k_people, rows, asked);
  for (size_t at = 0; at < asked.size(); ++at) {
    const PairExplanation& why = linked.explained[at];
    ASSERT_EQ(why.weights.size(), k_people.fields.size());
    double bits = why.prior_bits;
    for (const FieldWeight& each : why.weights) {
      bits += each.bits;
      EXPECT_TRUE(each.level != Level::missing || each.bits == 0) << "what is missing says nothing";
    }
    EXPECT_NEAR(why.probability, 1 / (1 + std::exp2(-bits)), 1e-6);
    EXPECT_NEAR(why.probability, linked.links[at].probability, 1e-6);
  }
}

// Rule 6.
RC_GTEST_PROP(LinkageProperties, the_order_of_the_rows_is_nothing, ()) {
  std::vector<Row> rows = People(static_cast<uint32_t>(*rc::gen::inRange(0, 1000))).rows(60, 0.5, 2);
  const bool one = *rc::gen::arbitrary<bool>();
  for (Row& row : rows) {
    row.side = one ? 0 : row.side;
  }
  std::vector<Row> shuffled = rows;
  std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(static_cast<uint32_t>(*rc::gen::inRange(0, 1000))));
  const Linkage first = link(k_people, rows);
  const Linkage second = link(k_people, shuffled);
  RC_ASSERT(by_key(first.links, rows) == by_key(second.links, shuffled));
  RC_ASSERT(by_key(first.candidates, rows) == by_key(second.candidates, shuffled));
}

RC_GTEST_PROP(LinkageProperties, links_are_the_pairs_of_the_clusters, ()) {
  std::vector<Row> rows = People(static_cast<uint32_t>(*rc::gen::inRange(0, 1000))).rows(60, 0.5, 2);
  for (Row& row : rows) {
    row.side = 0;
  }
  const Linkage linked = link(k_people, rows);
  std::set<std::pair<uint32_t, uint32_t>> pairs;
  for (const Link& each : linked.links) {
    pairs.emplace(each.a, each.b);
  }
  for (uint32_t a = 0; a < rows.size(); ++a) {
    RC_ASSERT(linked.cluster[a] <= a && linked.cluster[linked.cluster[a]] == linked.cluster[a]);
    for (uint32_t b = a + 1; b < rows.size(); ++b) {
      RC_ASSERT(pairs.contains({a, b}) == (linked.cluster[a] == linked.cluster[b]));
    }
  }
}

// All pairs, the slow way: in a file of one block at most, whoever shares a value or a word is compared.
// Rule 1.
RC_GTEST_PROP(LinkageProperties, no_pair_that_shares_something_is_missed, ()) {
  std::vector<Row> rows = People(static_cast<uint32_t>(*rc::gen::inRange(0, 1000))).rows(16, 0.6, 2);
  RC_PRE(rows.size() <= k_block);
  for (Row& row : rows) {
    row.side = 0;
  }
  const Table table(k_people, rows);
  const Blocks blocks(table);
  std::set<std::pair<uint32_t, uint32_t>> met;
  blocks.each_pair(Blocks::Between::all, [&](uint32_t a, uint32_t b) { RC_ASSERT(met.emplace(a, b).second && a < b); });
  for (uint32_t a = 0; a < table.size(); ++a) {
    for (uint32_t b = a + 1; b < table.size(); ++b) {
      bool shared = false;
      for (size_t field = 0; field < table.fields(); ++field) {
        shared = shared || (table.value_of(field, a) != k_none && table.value_of(field, a) == table.value_of(field, b));
      }
      RC_ASSERT(!shared || met.contains({a, b}));
    }
  }
}

// Rule 1.
TEST(LinkageBlocking, common_values_do_not_explode_and_lose_no_copy) {
  std::vector<Row> rows = People(7).rows(20'000, 0.1, 1);
  for (Row& row : rows) {
    row.side = 0;
    row.values[5] = "everywhere";
    row.values[3] = row.key.size() % 2 == 0 ? "paris" : row.values[3];
  }
  const Table table(k_people, rows);
  const Blocks blocks(table);
  size_t pairs = 0;
  size_t copies = 0;
  blocks.each_pair(Blocks::Between::all, [&](uint32_t a, uint32_t b) {
    ++pairs;
    copies += person(rows[table.row(a)]) == person(rows[table.row(b)]) ? 1 : 0;
  });
  const auto all = static_cast<double>(rows.size() - 20'000);
  EXPECT_LT(pairs, rows.size() * 250) << "of 240 million";
  EXPECT_GT(static_cast<double>(copies), 0.995 * all);
}

// Weights by a table; pairs that it does not have are far apart.
struct Weights {
  std::map<std::pair<uint32_t, uint32_t>, double> of;
  ClusterRules rules() const {
    ClusterRules out;
    out.log_odds = [this](uint32_t a, uint32_t b) {
      const auto at = of.find({a, b});
      return at == of.end() ? -20.0 : at->second;
    };
    return out;
  }
  std::vector<WeighedPair> pairs() const {
    std::vector<WeighedPair> out;
    for (const auto& [pair, bits] : of) {
      out.push_back({pair.first, pair.second, bits, 0});
    }
    return out;
  }
};

// Rule 6.
TEST(LinkageClusters, weak_links_do_not_chain) {
  const Weights weights{{{{0, 1}, 8}, {{1, 2}, 1}, {{2, 3}, 8}}};
  EXPECT_EQ(cluster(4, weights.pairs(), weights.rules()), (std::vector<uint32_t>{0, 0, 2, 2}));
}

TEST(LinkageClusters, one_strong_link_carries_a_doubtful_one) {
  const Weights weights{{{{0, 1}, 12}, {{1, 2}, 9}, {{0, 2}, -3}}};
  EXPECT_EQ(cluster(3, weights.pairs(), weights.rules()), (std::vector<uint32_t>{0, 0, 0}));
}

TEST(LinkageClusters, what_must_stay_apart_does) {
  const Weights weights{{{{0, 1}, 20}, {{0, 2}, 19}}};
  ClusterRules rules = weights.rules();
  rules.apart = [](uint32_t a, uint32_t b) { return std::min(a, b) == 1 && std::max(a, b) == 2; };
  EXPECT_EQ(cluster(3, weights.pairs(), rules), (std::vector<uint32_t>{0, 0, 2}));
}

// Rule 6.
TEST(LinkageClusters, of_equals_the_closer_spelling_comes_first) {
  ClusterRules rules;
  rules.log_odds = [](uint32_t a, uint32_t b) { return a == 0 && b > 0 ? 10.0 : -20.0; };
  const std::vector<WeighedPair> pairs = {{0, 1, 10, 0.5}, {0, 2, 10.01, 0.9}};
  rules.apart = [](uint32_t a, uint32_t b) { return a > 0 && b > 0; };
  EXPECT_EQ(cluster(3, pairs, rules), (std::vector<uint32_t>{0, 1, 0}));
}

// The heaviest assignment of all, by trying all.
double best_assignment(const std::vector<std::vector<double>>& bits, size_t row, std::vector<bool>& taken) {
  if (row == bits.size()) {
    return 0;
  }
  double best = best_assignment(bits, row + 1, taken);
  for (size_t at = 0; at < taken.size(); ++at) {
    if (!taken[at] && bits[row][at] > 0) {
      taken[at] = true;
      best = std::max(best, bits[row][at] + best_assignment(bits, row + 1, taken));
      taken[at] = false;
    }
  }
  return best;
}

RC_GTEST_PROP(LinkageClusters, an_assignment_is_one_to_one_and_near_the_heaviest, ()) {
  constexpr size_t k_side = 4;
  Weights weights;
  std::vector<std::vector<double>> bits(k_side, std::vector<double>(k_side));
  for (uint32_t a = 0; a < k_side; ++a) {
    for (uint32_t b = 0; b < k_side; ++b) {
      bits[a][b] = *rc::gen::inRange(-20, 21);
      weights.of[{a, static_cast<uint32_t>(k_side) + b}] = bits[a][b];
    }
  }
  ClusterRules rules = weights.rules();
  rules.apart = [](uint32_t a, uint32_t b) { return (a < k_side) == (b < k_side); };
  const auto clusters = cluster(2 * k_side, weights.pairs(), rules);
  double sum = 0;
  for (uint32_t b = k_side; b < 2 * k_side; ++b) {
    if (clusters[b] != b) {
      RC_ASSERT(clusters[b] < k_side);
      RC_ASSERT(std::count(clusters.begin() + k_side, clusters.end(), clusters[b]) == 1);
      sum += bits[clusters[b]][b - k_side];
    }
  }
  std::vector<bool> taken(k_side);
  RC_ASSERT(2 * sum >= best_assignment(bits, 0, taken));
}

TEST(Linkage, hostile_rows_lose_nothing) {
  std::vector<Row> rows = People(8).rows(300, 0.3, 1);
  const std::vector<std::string> hostile = {
      "",      "a",      std::string(500, 'x'), "null",     "\xFF\xFE\x00",
      "Ã©tÃ©", "日本語", "&#0;&#xFFFFFFF;",     "?? ?? ??", std::string(30'000, ';')};
  for (size_t at = 0; at < hostile.size(); ++at) {
    rows.push_back({"h" + std::to_string(at), 0, std::vector<std::string>(6, hostile[at])});
    rows.push_back({"i" + std::to_string(at), 1, std::vector<std::string>(at % 3, hostile[at])});
  }
  const Linkage linked = link(k_people, rows);
  EXPECT_EQ(linked.cluster.size(), rows.size());
  for (const Link& each : linked.links) {
    EXPECT_EQ(rows[each.a].key.front() == 'h', rows[each.b].key.front() == 'i');
  }
}

TEST(Linkage, small_inputs) {
  EXPECT_TRUE(link(k_people, {}).links.empty());
  const std::vector<Row> one = {{"a", 0, {"camille", "exemple"}}};
  EXPECT_EQ(link(k_people, one).cluster, std::vector<uint32_t>{0});
  const std::vector<Row> two = {{"a", 0, {"camille", "exemple"}}, {"b", 1, {"camille", "exemple"}}};
  EXPECT_EQ(link(k_people, two).cluster.size(), 2U);
  EXPECT_TRUE(link({}, two).links.empty()) << "no field, no evidence";
}

}  // namespace
}  // namespace pitchblende::linkage
