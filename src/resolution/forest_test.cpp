#include "resolution/forest.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <sstream>

namespace pitchblende::resolution {
namespace {

constexpr std::string_view k_inputs[] = {"height", "weight"};
constexpr float k_unknown = std::numeric_limits<float>::quiet_NaN();

TEST(Forest, walks_by_threshold_and_by_what_is_missing) {
  const auto forest = Forest::read(
      "# a comment\n"
      "base\t0.5\n"
      "0\t0\theight\t10\t1\t2\t2\t8\n"
      "0\t1\tleaf\t-1\t4\n"
      "0\t2\tweight\t3\t3\t4\t3\t4\n"
      "0\t3\tleaf\t2\t1\n"
      "0\t4\tleaf\t4\t3\n",
      k_inputs);
  ASSERT_TRUE(forest) << forest.error().message();
  EXPECT_FLOAT_EQ(forest->log_odds(std::vector<float>{9, 0}), -0.5F);
  EXPECT_FLOAT_EQ(forest->log_odds(std::vector<float>{10, 2}), 2.5F);
  EXPECT_FLOAT_EQ(forest->log_odds(std::vector<float>{10, 3}), 4.5F);
  EXPECT_FLOAT_EQ(forest->log_odds(std::vector<float>{k_unknown, 3}), 4.5F) << "missing goes to the second";
  EXPECT_FLOAT_EQ(forest->log_odds(std::vector<float>{k_unknown, k_unknown}), 2.5F) << "and then to the first";
}

TEST(Forest, contributions_add_up_to_the_whole) {
  const auto forest = Forest::read(
      "scale\t2\nshift\t-1\n0\t0\theight\t1\t1\t2\t1\t4\n0\t1\tleaf\t-1\t3\n0\t2\tleaf\t3\t1\n"
      "1\t0\tweight\t0\t1\t2\t2\t4\n1\t1\tleaf\t0.5\t2\n1\t2\tleaf\t-0.5\t2\n",
      k_inputs);
  ASSERT_TRUE(forest);
  std::vector<float> by_input;
  const std::vector<float> inputs{2, -1};
  const float start = forest->contributions(inputs, by_input);
  EXPECT_FLOAT_EQ(start + std::accumulate(by_input.begin(), by_input.end(), 0.0F), forest->log_odds(inputs));
  EXPECT_FLOAT_EQ(start, -1) << "both means are nought";
  EXPECT_FLOAT_EQ(by_input[0], 6);
  EXPECT_FLOAT_EQ(by_input[1], 1);
}

// Node by node, as the text says it: the slow way beside the eight trees abreast.
float walk(const std::vector<std::array<float, 2>>& thresholds, const std::vector<float>& inputs) {
  float sum = 0;
  for (size_t tree = 0; tree < thresholds.size(); ++tree) {
    const auto& [first, second] = thresholds[tree];
    const float weight = 0.01F * static_cast<float>(tree + 1);
    sum += inputs[0] < first ? -weight : inputs[1] < second ? weight : 2 * weight;
  }
  return sum;
}

TEST(Forest, trees_abreast_say_what_trees_one_by_one_say) {
  std::mt19937 random(5);
  std::uniform_real_distribution<float> even(0, 1);
  for (const size_t trees : {1U, 7U, 8U, 9U, 30U}) {
    std::vector<std::array<float, 2>> thresholds;
    std::ostringstream text;
    for (size_t tree = 0; tree < trees; ++tree) {
      thresholds.push_back({even(random), even(random)});
      const float weight = 0.01F * static_cast<float>(tree + 1);
      text << tree << "\t0\theight\t" << thresholds.back()[0] << "\t1\t2\t1\t2\n"
           << tree << "\t1\tleaf\t" << -weight << "\t1\n"
           << tree << "\t2\tweight\t" << thresholds.back()[1] << "\t3\t4\t3\t1\n"
           << tree << "\t3\tleaf\t" << weight << "\t1\n"
           << tree << "\t4\tleaf\t" << 2 * weight << "\t1\n";
    }
    const auto forest = Forest::read(text.str(), k_inputs);
    ASSERT_TRUE(forest);
    for (int at = 0; at < 100; ++at) {
      const std::vector<float> inputs{even(random), even(random)};
      EXPECT_NEAR(forest->log_odds(inputs), walk(thresholds, inputs), 1e-4);
    }
  }
}

TEST(Forest, a_slip_in_the_text_is_named_with_its_line) {
  for (const std::string_view text :
       {"0\t0\tlength\t1\t1\t2\t1\t4\n", "0\t0\theight\tx\n", "0\t0\tleaf\n", "0\t0\theight\t1\t1\t2\t7\t4\n",
        "base\tx\n", "0\t0\tleaf\t1\t1\n0\t0\tleaf\t1\t1\n", "0\n"}) {
    const auto forest = Forest::read(text, k_inputs);
    ASSERT_FALSE(forest) << text;
    EXPECT_NE(forest.error().message().find("line"), std::string::npos);
  }
  EXPECT_FALSE(Forest::read("0\t1\theight\t1\t1\t1\t1\t4\n", k_inputs)) << "no way leads back";
  EXPECT_FALSE(Forest::read("0\t0\theight\t1\t1\t2\t1\t4\n", k_inputs)) << "nor nowhere";
}

TEST(Forest, what_the_first_trees_are_against_asks_no_others_and_all_else_asks_all) {
  std::ostringstream text;
  for (int tree = 0; tree < 40; ++tree) {
    text << tree << "\t0\theight\t0\t1\t2\t1\t2\n" << tree << "\t1\tleaf\t-0.1\t1\n" << tree << "\t2\tleaf\t0.1\t1\n";
  }
  const auto forest = Forest::read(text.str(), k_inputs);
  ASSERT_TRUE(forest);
  const std::vector<float> low{-1, 0};
  EXPECT_NEAR(forest->log_odds(std::vector<float>{1, 0}), 4, 1e-4);
  EXPECT_NEAR(forest->log_odds(low), -3.2, 1e-4);
  EXPECT_NEAR(forest->log_odds(low, Forest::Walk::whole), -4, 1e-4);
}

}  // namespace
}  // namespace pitchblende::resolution
