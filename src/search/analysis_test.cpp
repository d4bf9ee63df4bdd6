#include "search/analysis.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pitchblende::search {
namespace {

using testing::ElementsAre;

std::string sign(Need need) {
  switch (need) {
    case Need::wanted:
      return "";
    case Need::required:
      return "!";
    case Need::scored:
      return "~";
    case Need::weighed:
      return "=";
    case Need::excluded:
      return "-";
  }
  return "?";
}

// The words as understood, each by its shortest form.
std::vector<std::string> understood(std::string_view typed) {
  std::vector<std::string> out;
  for (const Word& word : understand(typed).words) {
    std::string shortest = word.forms.front();
    for (const std::string& form : word.forms) {
      shortest = form.size() < shortest.size() ? form : shortest;
    }
    out.push_back(sign(word.need) + shortest);
  }
  return out;
}

// docs/rules/search.md, 1.3.
TEST(SearchAnalysis, a_word_is_its_forms_in_both_languages) {
  const Wish wish = understand("Cliniques");
  ASSERT_EQ(wish.words.size(), 1U);
  EXPECT_THAT(wish.words[0].forms, ElementsAre("cliniqu", "cliniques"));
}

TEST(SearchAnalysis, quotes_require_and_a_minus_excludes) {
  EXPECT_THAT(understood("mouse \"liver\" -rat"), ElementsAre("mous", "!liv", "-rat"));
  EXPECT_THAT(understood("« foie gras » rat"), ElementsAre("!foi", "!gras", "rat"));
  EXPECT_THAT(understood("a \"lost quote"), ElementsAre("!lost", "!quot"));
  EXPECT_THAT(understood("-\"two mice\" rat"), ElementsAre("-two", "-mic", "rat"));
  EXPECT_THAT(understood("anti - body"), ElementsAre("anti", "bodi"));
}

// Rule 1.3.
TEST(SearchAnalysis, stop_words_count_only_when_there_is_nothing_else) {
  EXPECT_THAT(understood("the role of the liver"), ElementsAre("rol", "liv"));
  EXPECT_THAT(understood("de la"), ElementsAre("de", "la"));
  EXPECT_THAT(understood("\"the\" liver"), ElementsAre("!the", "liv"));
  EXPECT_THAT(understood("OR of death"), ElementsAre("or", "death"));
  EXPECT_THAT(understood("car t cells"), ElementsAre("car", "t", "cel"));
}

// Rule 1.3.
TEST(SearchAnalysis, compounds_want_their_parts_and_prefer_the_whole) {
  EXPECT_THAT(understood("CAR-T"), ElementsAre("car", "t", "~car-t"));
  EXPECT_THAT(understood("IL-2"), ElementsAre("il2"));
  EXPECT_THAT(understood("IL2"), ElementsAre("il2"));
  EXPECT_THAT(understood("PD-1/PD-L1"), ElementsAre("pd1", "pdl1", "~pd-1/pd-l1"));
  EXPECT_THAT(understood("CD8+"), ElementsAre("cd8", "~cd8+"));
  EXPECT_THAT(understood("-CAR-T"), ElementsAre("-car-t"));
  EXPECT_THAT(understood("l’Île-de-France"),
              ElementsAre("ile", "de", "franc", "~ile-de-france", "~ile-de", "~de-france"));
}

TEST(SearchAnalysis, a_word_twice_is_one) {
  EXPECT_THAT(understood("Cell cell \"CELL\""), ElementsAre("!cel"));
  EXPECT_THAT(understood("cell -cell"), ElementsAre("cel", "-cel"));
}

TEST(SearchAnalysis, limits_are_said) {
  std::string many;
  for (int i = 0; i < 40; ++i) {
    many += "w" + std::to_string(i) + " ";
  }
  const Wish wish = understand(many);
  EXPECT_EQ(wish.words.size(), k_most_words);
  EXPECT_EQ(wish.ignored.size(), 8U);
  EXPECT_EQ(wish.ignored.front(), "w32");

  const Wish cut = understand(std::string(1020, 'a') + " éééé " + std::string(2000, 'b'));
  EXPECT_EQ(cut.words.size(), 2U);
  EXPECT_EQ(cut.words[0].forms.front().size(), k_longest_term);
  ASSERT_EQ(cut.ignored.size(), 1U);
  EXPECT_LE(cut.ignored[0].size(), 80U);

  EXPECT_THAT(understand("?!").ignored, ElementsAre("?!"));
  EXPECT_THAT(understand("  ").ignored, ElementsAre());
}

}  // namespace
}  // namespace pitchblende::search
