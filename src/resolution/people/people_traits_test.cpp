#include "resolution/people/people_traits.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
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
    mention.origin = "pubmed/" + std::to_string(1000 + number) + "#1";
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

float trait(const Input& input, Trait wanted, uint32_t a, uint32_t b) {
  const Ordered ordered(input);
  const PeopleFeatures features(ordered);
  Traits traits;
  EXPECT_TRUE(compare(features, a, b, traits));
  return traits[static_cast<size_t>(wanted)];
}

float about(const Input& input, uint32_t a, uint32_t b) { return trait(input, Trait::about, a, b); }

TEST(PeopleTraits, papers_on_one_subject_are_about_one_thing) {
  const Input input = papers_on_two_subjects(400);
  EXPECT_GT(about(input, 0, 1), 0.5F) << "they have no word in common";
  EXPECT_LT(about(input, 0, 3), 0);
}

TEST(PeopleTraits, a_small_pool_does_not_know_what_papers_are_about) {
  EXPECT_TRUE(std::isnan(about(papers_on_two_subjects(40), 0, 1)));
}

TEST(PeopleTraits, whoever_says_no_place_is_where_those_beside_are) {
  Input input;
  const auto paper = [&](const char* own, const char* beside) {
    Mention mention;
    mention.ref = {static_cast<int64_t>(input.mentions.size()) + 1, 1};
    mention.origin = "pubmed/" + std::to_string(mention.ref.record) + "#1";
    mention.family = "exemple";
    mention.given = "camille";
    if (*own != 0) {
      mention.affiliations = {own};
    }
    auto setting = std::make_shared<Setting>();
    setting->year = 2010;
    const std::string_view places[] = {own, beside};
    set_places(*setting, places);
    mention.setting = setting;
    input.mentions.push_back(std::move(mention));
  };
  paper("institut du nord;lille", "");
  paper("", "institut du nord;lille");
  paper("", "hopital du sud;nice");
  paper("institut du nord;lille", "hopital du sud;nice");
  paper("", "");
  EXPECT_NEAR(trait(input, Trait::places_beside, 0, 1), 1, 1e-5);
  EXPECT_LT(trait(input, Trait::places_beside, 0, 2), 0.3F);
  EXPECT_NEAR(trait(input, Trait::places_beside_part, 2, 3), 1, 1e-5);
  EXPECT_TRUE(std::isnan(trait(input, Trait::places_beside, 0, 3))) << "both say where they are themselves";
  EXPECT_TRUE(std::isnan(trait(input, Trait::places_beside, 0, 4))) << "nobody there says a place";
}

}  // namespace
}  // namespace pitchblende::resolution
