#include "resolution/people/topic_space.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace pitchblende::resolution {
namespace {

// Words of one field are 1000 … 1039, of the other 2000 … 2039; each text has a few of one of them.
std::vector<Setting> texts_of_two_fields(size_t count) {
  std::mt19937 draws(1);
  std::vector<Setting> texts;
  for (size_t number = 0; number < count; ++number) {
    Setting text;
    for (int word = 0; word < 8; ++word) {
      text.words.push_back((number % 2 == 0 ? 1000 : 2000) + static_cast<uint32_t>(draws() % 40));
    }
    std::sort(text.words.begin(), text.words.end());
    text.words.erase(std::unique(text.words.begin(), text.words.end()), text.words.end());
    texts.push_back(text);
  }
  return texts;
}

TopicSpace space_of(const std::vector<Setting>& texts) {
  TopicSpace space;
  for (const Setting& text : texts) {
    space.add(text);
  }
  space.place();
  return space;
}

Setting text_with(std::vector<uint32_t> words) {
  Setting text;
  text.words = std::move(words);
  return text;
}

TEST(TopicSpace, TextsOfOneFieldAreNearWithoutAWordInCommon) {
  auto texts = texts_of_two_fields(400);
  texts.push_back(text_with({1000, 1001, 1002, 1003, 1004}));
  texts.push_back(text_with({1020, 1021, 1022, 1023, 1024}));
  texts.push_back(text_with({2000, 2001, 2002, 2003, 2004}));
  const TopicSpace space = space_of(texts);
  EXPECT_GT(space.likeness(400, 401), 0.7F);
  EXPECT_LT(space.likeness(400, 402), -0.3F);
  EXPECT_NEAR(space.likeness(400, 400), 1, 1e-4);
}

TEST(TopicSpace, TheOrderOfTextsHardlyMatters) {
  auto texts = texts_of_two_fields(300);
  const TopicSpace space = space_of(texts);
  std::reverse(texts.begin(), texts.end());
  const TopicSpace reversed = space_of(texts);
  for (uint32_t other = 1; other < 20; ++other) {
    EXPECT_NEAR(space.likeness(0, other), reversed.likeness(299, 299 - other), 0.02F);
  }
}

TEST(TopicSpace, HeadingsCountBesideWords) {
  auto texts = texts_of_two_fields(400);
  texts.push_back(text_with({1000, 1001}));
  texts.push_back(text_with({1000, 1001}));
  texts.back().terms = {2000, 2001, 2002};
  texts.push_back(text_with({2010, 2011, 2012}));
  const TopicSpace space = space_of(texts);
  EXPECT_GT(space.likeness(401, 402), space.likeness(400, 402));
}

TEST(TopicSpace, NothingIsKnownOfWhatSharesNoWordNorInASmallPool) {
  auto texts = texts_of_two_fields(TopicSpace::k_least_texts);
  texts.push_back(text_with({9}));
  texts.emplace_back();
  const TopicSpace space = space_of(texts);
  EXPECT_FALSE(std::isnan(space.likeness(0, 1)));
  EXPECT_TRUE(std::isnan(space.likeness(0, TopicSpace::k_least_texts)));
  EXPECT_TRUE(std::isnan(space.likeness(TopicSpace::k_least_texts + 1, 0)));
  EXPECT_TRUE(std::isnan(space_of(texts_of_two_fields(TopicSpace::k_least_texts - 1)).likeness(0, 2)));
}

}  // namespace
}  // namespace pitchblende::resolution
