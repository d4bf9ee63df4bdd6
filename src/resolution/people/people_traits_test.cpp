#include "resolution/people/people_traits.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace pitchblende::resolution {
namespace {

// Papers of one name, each with some of forty words, by turns of one subject and of another; the first two are on the
// first subject and have no word in common.
Input papers_on_two_subjects(uint32_t count) {
  std::mt19937 draws(1);
  Input input;
  for (uint32_t number = 0; number < count; ++number) {
    Mention mention;
    mention.ref = {number + 1, 1};
    mention.origin = "pubmed/" + std::to_string(number) + "#1";
    mention.family = "exemple";
    mention.given = "camille";
    auto setting = std::make_shared<Setting>();
    const uint32_t subject = number < 2 || number % 2 == 0 ? 1000 : 2000;
    for (uint32_t word = 0; word < 8; ++word) {
      setting->words.push_back(subject + (number < 2 ? number * 8 + word : static_cast<uint32_t>(draws() % 40)));
    }
    std::sort(setting->words.begin(), setting->words.end());
    setting->words.erase(std::unique(setting->words.begin(), setting->words.end()), setting->words.end());
    mention.setting = setting;
    input.mentions.push_back(std::move(mention));
  }
  return input;
}

float about(const Input& input, uint32_t a, uint32_t b) {
  Ordered ordered{input, std::vector<uint32_t>(input.mentions.size())};
  std::iota(ordered.order.begin(), ordered.order.end(), 0);
  const PeopleFeatures features(ordered);
  Traits traits;
  EXPECT_TRUE(compare(features, a, b, traits));
  return traits[static_cast<size_t>(Trait::about)];
}

TEST(PeopleTraits, papers_on_one_subject_are_about_one_thing) {
  const Input input = papers_on_two_subjects(400);
  EXPECT_GT(about(input, 0, 1), 0.5F) << "they have no word in common";
  EXPECT_LT(about(input, 0, 3), 0);
}

TEST(PeopleTraits, a_small_pool_does_not_know_what_papers_are_about) {
  EXPECT_TRUE(std::isnan(about(papers_on_two_subjects(40), 0, 1)));
}

}  // namespace
}  // namespace pitchblende::resolution
