#include "base/text_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/ubrk.h>
#include <unicode/unistr.h>

namespace pitchblende {
namespace {

using testing::ElementsAre;

std::vector<std::string> folded(std::string_view text) {
  std::vector<std::string> out;
  for (const Token& token : words(text)) {
    out.push_back(token.folded);
  }
  return out;
}

TEST(Words, plain_words) {
  EXPECT_THAT(folded("Mantle-cell lymphoma, in 3 mice."),
              ElementsAre("mantle-cell", "mantle", "cell", "lymphoma", "in", "3", "mice"));
  EXPECT_THAT(folded(""), ElementsAre());
  EXPECT_THAT(folded(" … — !? + - / ' "), ElementsAre());
}

TEST(Words, the_field_s_own_come_whole_and_in_parts) {
  EXPECT_THAT(folded("CAR-T"), ElementsAre("car-t", "car", "t"));
  EXPECT_THAT(folded("p53"), ElementsAre("p53"));
  EXPECT_THAT(folded("PD-1/PD-L1"), ElementsAre("pd-1/pd-l1", "pd-1", "pd", "1", "pd-l1", "pd", "l1"));
  EXPECT_THAT(folded("IL-2"), ElementsAre("il-2", "il", "2"));
  EXPECT_THAT(folded("IL\u20112 IL\u22122"), ElementsAre("il-2", "il", "2", "il-2", "il", "2"));
  EXPECT_THAT(folded("CD8+ T cells"), ElementsAre("cd8+", "cd8", "t", "cells"));
  EXPECT_THAT(folded("CD8⁺"), ElementsAre("cd8+", "cd8"));
  EXPECT_THAT(folded("CD4+CD25+"), ElementsAre("cd4+cd25+", "cd4+", "cd4", "cd25+", "cd25"));
  EXPECT_THAT(folded("TGF-β"), ElementsAre("tgf-β", "tgf", "β"));
  EXPECT_THAT(folded("anti-PD-1"), ElementsAre("anti-pd-1", "anti", "anti-pd", "pd", "pd-1", "1"));
  EXPECT_THAT(folded("1,000 2.5"), ElementsAre("1,000", "1", "000", "2.5", "2", "5"));
}

TEST(Words, elision_is_cut_off) {
  EXPECT_THAT(folded("l'ADN d’Île qu'il"), ElementsAre("adn", "ile", "il"));
  EXPECT_THAT(folded("aujourd’hui"), ElementsAre("aujourd'hui", "aujourd", "hui"));
  EXPECT_THAT(folded("the patient's"), ElementsAre("the", "patient"));
  EXPECT_THAT(folded("O'Exemple"), ElementsAre("o'exemple", "o", "exemple"));
}

TEST(Words, scripts_without_spaces_are_cut_by_icu) {
  EXPECT_THAT(folded("癌症 cell"), ElementsAre("癌症", "cell"));
  EXPECT_EQ(folded("ภาษาไทย").size(), 2U);
}

TEST(Words, offsets_are_those_of_the_text) {
  const std::string text = "Sur l’IL-2";
  const std::vector<Token> tokens = words(text);
  ASSERT_EQ(tokens.size(), 4U);
  EXPECT_EQ(text.substr(tokens[1].begin, tokens[1].end - tokens[1].begin), "IL-2");
  EXPECT_EQ(text.substr(tokens[3].begin, tokens[3].end - tokens[3].begin), "2");
}

TEST(Words, a_long_compound_has_no_whole_and_costs_no_more_than_its_length) {
  std::string text;
  for (int i = 0; i < 100000; ++i) {
    text += "a-";
  }
  EXPECT_EQ(words(text).size(), 100000U);
  std::string elisions;
  for (int i = 0; i < 200000; ++i) {
    elisions += "l'";
  }
  EXPECT_THAT(folded(elisions + "air"), ElementsAre("air"));
}

std::vector<std::string> words_by_icu(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(text);
  UBreakIterator* iterator = ubrk_open(UBRK_WORD, "", wide.getBuffer(), wide.length(), &status);
  std::vector<std::string> out;
  int32_t from = ubrk_first(iterator);
  for (int32_t to = ubrk_next(iterator); to != UBRK_DONE; to = ubrk_next(iterator)) {
    if (ubrk_getRuleStatus(iterator) >= UBRK_WORD_NONE_LIMIT) {
      std::string word;
      wide.tempSubStringBetween(from, to).toUTF8String(word);
      out.push_back(fold(word));
    }
    from = to;
  }
  ubrk_close(iterator);
  return out;
}

// Without connectors (and the ; that UAX 29 allows within numbers) our words are those of UAX 29.
RC_GTEST_PROP(Words, agree_with_icu_on_latin, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(
      std::vector<std::string>{"a",  "Z",  "é", "e\u0301", "œ", "ß", "ł", "β",      "Ж", "7", "53",    " ",
                               "  ", "\n", "(", "!",       ")", "—", "“", "\u00A0", "%", "Ş", "\u00AD"}));
  std::string text;
  for (const std::string& piece : pieces) {
    text += piece;
  }
  std::vector<std::string> ours;
  for (const Token& token : words(text)) {
    ours.push_back(fold(text.substr(token.begin, token.end - token.begin)));
  }
  RC_ASSERT(ours == words_by_icu(text));
}

RC_GTEST_PROP(Words, any_bytes_give_valid_words_within_the_text, (const std::string& random)) {
  const std::string text = random + *rc::gen::container<std::string>(
                                        rc::gen::elementOf(std::string("aé\xC3-+/'.,& 1\xE2\x80\x99\xFF\xE7\x99\x8C")));
  for (const Token& token : words(text)) {
    RC_ASSERT(token.begin < token.end);
    RC_ASSERT(token.end <= text.size());
    RC_ASSERT(is_valid_utf8(token.folded));
    RC_ASSERT(!token.folded.empty());
  }
}

// A word is passed over when nothing but ASCII letters and digits is in it and nobody wants its first one; whatever
// stands around it, the others are all met.
RC_GTEST_PROP(Words, those_passed_over_are_others, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(
      std::vector<std::string>{"alpha", "Beta", "b2", "CD4", "é", "e\xCC\x81", "-",  "/",  "+", ",",
                               ".",     "'",    "(",  " ",   " ", " ",         ", ", ". ", "1", "癌"}));
  std::string text;
  for (const std::string& piece : pieces) {
    text += piece;
  }
  Beginnings wanted;
  wanted.add("bc");
  wanted.add("1");
  wanted.add("alphabet");
  const auto is_other = [&](const Chunk& chunk) {
    const std::string_view written = std::string_view(text).substr(chunk.begin, chunk.end - chunk.begin);
    return written.find_first_not_of("alphetABC0123456789bcdD") == std::string_view::npos && written[0] != '1' &&
           !(written.size() > 1 && (written[0] | 0x20) == 'b' && (written[1] | 0x20) == 'c') &&
           fold(written.substr(0, 4)) != "alph";
  };
  const auto met = [&](bool passing) {
    std::vector<std::pair<uint32_t, uint32_t>> chunks;
    ChunkScanner scanner(text);
    Chunk chunk;
    while (true) {
      if (passing) {
        scanner.pass_over_others(wanted);
      }
      if (!scanner.next(chunk)) {
        break;
      }
      if (!is_other(chunk)) {
        chunks.emplace_back(chunk.begin, chunk.end);
      }
    }
    return chunks;
  };
  RC_ASSERT(met(true) == met(false));
}

TEST(Words, whole_sentences_are_passed_over) {
  ChunkScanner scanner("alpha gamma, delta. epsilon beta gamma");
  Beginnings wanted;
  wanted.add("beta");
  scanner.pass_over_others(wanted);
  Chunk chunk;
  ASSERT_TRUE(scanner.next(chunk));
  EXPECT_EQ(chunk.begin, 28U);
}

TEST(Stems, of_both_languages) {
  EXPECT_EQ(stem("lymphomas", StemLanguage::english), "lymphoma");
  EXPECT_EQ(stem("cellules", StemLanguage::french), stem("cellule", StemLanguage::french));
  EXPECT_EQ(stem("lymphomas", StemLanguage::none), "lymphomas");
  EXPECT_EQ(stem("p53s", StemLanguage::english), "p53s");
  EXPECT_EQ(stem("is", StemLanguage::english), "is");
  EXPECT_EQ(stem("", StemLanguage::french), "");
}

TEST(Stems, stop_words) {
  EXPECT_TRUE(is_stop_word("the", StemLanguage::english));
  EXPECT_FALSE(is_stop_word("the", StemLanguage::french));
  EXPECT_TRUE(is_stop_word("des", StemLanguage::french));
  EXPECT_FALSE(is_stop_word("cancer", StemLanguage::english));
  EXPECT_FALSE(is_stop_word("the", StemLanguage::none));
}

TEST(Stems, languages) {
  EXPECT_EQ(stem_language("fre"), StemLanguage::french);
  EXPECT_EQ(stem_language("fr-ca"), StemLanguage::french);
  EXPECT_EQ(stem_language("eng"), StemLanguage::english);
  EXPECT_EQ(stem_language("de"), StemLanguage::none);
  EXPECT_EQ(guess_language("The role of the immune system in tumours"), StemLanguage::english);
  EXPECT_EQ(guess_language("Le rôle du système immunitaire dans les tumeurs"), StemLanguage::french);
  EXPECT_EQ(guess_language("Cancer du sein"), StemLanguage::french);
  EXPECT_EQ(guess_language("p53"), StemLanguage::none);
  EXPECT_EQ(guess_language("Zellbiologie und Krebsforschung"), StemLanguage::none);
}

}  // namespace
}  // namespace pitchblende
