#include "base/text.hpp"

#include "base/beginning.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace pitchblende {
namespace {

using std::string_literals::operator""s;
using std::string_view_literals::operator""sv;

std::string utf8(char32_t c) {
  std::string out;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += {static_cast<char>(0xC0 | (c >> 6)), static_cast<char>(0x80 | (c & 0x3F))};
  } else if (c < 0x10000) {
    out += {static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 0x3F)),
            static_cast<char>(0x80 | (c & 0x3F))};
  } else {
    out += {static_cast<char>(0xF0 | (c >> 18)), static_cast<char>(0x80 | ((c >> 12) & 0x3F)),
            static_cast<char>(0x80 | ((c >> 6) & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
  }
  return out;
}

// Text as it comes: ASCII, white space of all kinds, letters of several scripts, and now and then any byte.
rc::Gen<std::string> any_text() {
  const auto piece = rc::gen::weightedOneOf<std::string>(
      {{6, rc::gen::map(rc::gen::inRange<int>(0x20, 0x7F), [](int c) { return std::string(1, static_cast<char>(c)); })},
       {3, rc::gen::element(" "s, "  "s, "\n"s, "\t"s, "\r\n"s, "\u00A0"s, "\u2009"s, "\u3000"s, "\u2028"s)},
       {3,
        rc::gen::element("é"s, "œ"s, "ß"s, "ø"s, "İ"s, "ﬁ"s, "β"s, "ς"s, "й"s, "Щ"s, "中"s, "한"s, "𝒳"s, "e\u0301"s)},
       {1, rc::gen::map(rc::gen::inRange<int>(0, 0x10FFFF), [](int c) { return utf8(static_cast<char32_t>(c)); })},
       {1, rc::gen::map(rc::gen::inRange<int>(0, 256), [](int c) { return std::string(1, static_cast<char>(c)); })}});
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& pieces) {
    std::string out;
    for (const std::string& part : pieces) {
      out += part;
    }
    return out;
  });
}

TEST(Utf8, TellsGoodFromBad) {
  for (const std::string_view good : {""sv, "plain"sv, "é œ β й 中 𝒳"sv, "\0"sv, "\x7F"sv, "0123456789abcdefé"sv}) {
    EXPECT_TRUE(is_valid_utf8(good)) << good;
  }
  for (const std::string_view bad :
       {"\x80"sv, "\xC3"sv, "\xC3("sv, "\xC0\xAF"sv, "\xE0\x80\xAF"sv, "\xED\xA0\x80"sv, "\xF4\x90\x80\x80"sv, "\xFE"sv,
        "\xFF"sv, "0123456789abcdef\xE9"sv, "\xF0\x9F\x92"sv}) {
    EXPECT_FALSE(is_valid_utf8(bad));
  }
}

TEST(Utf8, CleaningReplacesWrongBytesAndDropsControls) {
  EXPECT_EQ(clean_utf8(""), "");
  EXPECT_EQ(clean_utf8("two\twords\nand a line that is longer than thirty-two bytes"),
            "two\twords\nand a line that is longer than thirty-two bytes");
  EXPECT_EQ(clean_utf8("a\0b\x01\x1F\r\nc"sv), "ab\nc");
  EXPECT_EQ(clean_utf8("Universit\xE9 de Paris"), "Universit\uFFFD de Paris");
  EXPECT_EQ(clean_utf8("Université"), "Université");
  EXPECT_EQ(clean_utf8("\xE2\x82"), "\uFFFD") << "one cut character is one replacement";
  EXPECT_EQ(clean_utf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD") << "a surrogate is three wrong bytes";
  EXPECT_EQ(clean_utf8("x\xFFy\xFE"), "x\uFFFDy\uFFFD");
}

TEST(Squeeze, LeavesOneSpaceBetweenWords) {
  EXPECT_EQ(squeeze(""), "");
  EXPECT_EQ(squeeze("   "), "");
  EXPECT_EQ(squeeze("a"), "a");
  EXPECT_EQ(squeeze(" a  b "), "a b");
  EXPECT_EQ(squeeze("already one space between these words here"), "already one space between these words here");
  EXPECT_EQ(squeeze("seven77  after a word that ends on a border"), "seven77 after a word that ends on a border");
  EXPECT_EQ(squeeze("eight888 "), "eight888");
  EXPECT_EQ(squeeze("eight888  x"), "eight888 x");
  EXPECT_EQ(squeeze("a\r\n\tb\vc\fd"), "a b c d");
  EXPECT_EQ(squeeze("\u00A0Institut\u2009\u3000Exemple\u2028"), "Institut Exemple");
  EXPECT_EQ(squeeze("é  è"), "é è");
  EXPECT_EQ(squeeze("a \xFF b"), "a \uFFFD b");
  EXPECT_EQ(squeeze("\xFF"), "\uFFFD");
}

TEST(Trim, TakesWhiteSpaceOffTheEnds) {
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim(" \n"), "");
  EXPECT_EQ(trim("  a b  "), "a b");
  EXPECT_EQ(trim("\u00A0é\u3000"), "é");
  EXPECT_EQ(trim("\x80 "), "\x80");
}

TEST(Fold, MakesSpellingsEqual) {
  const std::pair<std::string_view, std::string_view> cases[] = {{"", ""},
                                                                 {"Hematology AND Oncology", "hematology and oncology"},
                                                                 {"@AZ[`az{", "@az[`az{"},
                                                                 {"Hématologie", "hematologie"},
                                                                 {"He\u0301matologie", "hematologie"},
                                                                 {"ŒDÈME Œuvre", "oedeme oeuvre"},
                                                                 {"Straße", "strasse"},
                                                                 {"STRASSE", "strasse"},
                                                                 {"Łódź Ørsted Đorđe Ħal", "lodz orsted dorde hal"},
                                                                 {"l’œil — “ici”", "l'oeil - \"ici\""},
                                                                 {"O´Exemple", "o'exemple"},
                                                                 {"ﬁbrose", "fibrose"},
                                                                 {"TGF-Β", "tgf-β"},
                                                                 {"100 µm", "100 μm"},
                                                                 {"ΣΊΣΥΦΟΣ", "σισυφοσ"},
                                                                 {"Σίσυφος", "σισυφοσ"},
                                                                 {"Йод", "иод"},
                                                                 {"İstanbul Iğdır", "istanbul igdir"},
                                                                 {"ＦＵＬＬ　ｗｉｄｔｈ", "full width"},
                                                                 {"²³H", "23h"},
                                                                 {"co\u00ADopé\u200Bra", "coopera"},
                                                                 {"\u00C5ngstr\u00F6m", "angstrom"}};
  for (const auto& [given, wanted] : cases) {
    EXPECT_EQ(fold(given), wanted) << given;
  }
  EXPECT_EQ(fold("a\xFF"), "a\uFFFD");
}

// The table in front of ICU must say for every code point what folding twice says.
TEST(Fold, IsAFixedPointForEveryCodePoint) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) {
      continue;
    }
    const std::string once = fold(utf8(c));
    ASSERT_EQ(fold(once), once) << "U+" << std::hex << static_cast<uint32_t>(c);
  }
}

RC_GTEST_PROP(FoldProperty, IsIdempotentAndValid, ()) {
  const std::string text = *any_text();
  const std::string once = fold(text);
  RC_ASSERT(is_valid_utf8(once));
  RC_ASSERT(fold(once) == once);
  // Folding knows no neighbours.
  const std::string other = *any_text();
  if (is_valid_utf8(text)) {
    RC_ASSERT(fold(text + other) == once + fold(other));
  }
}

TEST(FoldToLatin, PutsNamesIntoLatinLetters) {
  EXPECT_EQ(fold_to_latin("Exemple-Durand"), "exemple-durand");
  EXPECT_EQ(fold_to_latin("Примеров"), "primerov");
  EXPECT_EQ(fold_to_latin("Щукин Хан"), "shchukin khan");
  EXPECT_EQ(fold_to_latin("Παράδειγμα"), "paradeigma");
  EXPECT_EQ(fold_to_latin("Φ Χ"), "ph ch");
  EXPECT_EQ(fold_to_latin("Éxemple ΑΒ x"), "exemple ab x");
  // As long as no word ends, pieces are put into Latin letters apart, in linear time.
  std::string long_word;
  for (int i = 0; i < 20000; ++i) {
    long_word += "α";
  }
  EXPECT_EQ(fold_to_latin(long_word), std::string(20000, 'a'));
}

TEST(Normalised, KeepsLettersAndDigits) {
  EXPECT_EQ(normalised("L'Oréal S.A."), "l oreal s a");
  EXPECT_EQ(normalised("  (UMR 7104) — CNRS/Inserm "), "umr 7104 cnrs inserm");
  EXPECT_EQ(normalised("..."), "");
  EXPECT_EQ(normalised("TGF-β1"), "tgf β1");
  EXPECT_EQ(normalised("a\xFFz"), "a z");
}

RC_GTEST_PROP(NormalisedProperty, IsSqueezedIdempotentAndBlindToCase, ()) {
  const std::string text = *any_text();
  const std::string once = normalised(text);
  RC_ASSERT(is_valid_utf8(once));
  RC_ASSERT(squeeze(once) == once);
  RC_ASSERT(normalised(once) == once);
  RC_ASSERT(normalised(fold(text)) == once);
}

// The obvious way, for clean text: one character after the other.
std::string slow_squeeze(const std::string& clean) {
  std::string out;
  bool pending = false;
  for (size_t at = 0; at < clean.size();) {
    size_t size = 1;
    while (!is_valid_utf8(std::string_view(clean).substr(at, size))) {
      ++size;
    }
    const std::string one = clean.substr(at, size);
    at += size;
    static const std::string k_spaces[] = {" ",      "\t",     "\n",     "\v",     "\f",     "\r",     "\u0085",
                                           "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004",
                                           "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200A", "\u2028",
                                           "\u2029", "\u202F", "\u205F", "\u3000"};
    if (std::find(std::begin(k_spaces), std::end(k_spaces), one) != std::end(k_spaces)) {
      pending = true;
      continue;
    }
    if (pending && !out.empty()) {
      out += ' ';
    }
    pending = false;
    out += one;
  }
  return out;
}

RC_GTEST_PROP(SqueezeProperty, AgreesWithTheObviousWay, ()) {
  const std::string text = clean_utf8(*any_text());
  RC_ASSERT(is_valid_utf8(text));
  RC_ASSERT(squeeze(text) == slow_squeeze(text));
  RC_ASSERT(squeeze(squeeze(text)) == squeeze(text));
  RC_ASSERT(squeeze(trim(text)) == squeeze(text));
}

RC_GTEST_PROP(Utf8Property, CleaningGivesValidTextAndLeavesGoodTextAlone, ()) {
  const std::string text = *any_text();
  const std::string clean = clean_utf8(text);
  RC_ASSERT(is_valid_utf8(clean));
  RC_ASSERT(clean_utf8(clean) == clean);
  bool good = is_valid_utf8(text);
  for (const char c : text) {
    good = good && (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n');
  }
  RC_ASSERT(good == (clean == text));
  RC_ASSERT(is_valid_utf8(squeeze(text)));
}

TEST(Countries, AreNamedInBothLanguages) {
  EXPECT_EQ(country_name("DE", "fr"), "Allemagne");
  EXPECT_EQ(country_name("DE", "en"), "Germany");
  EXPECT_EQ(country_name("CI", "fr"), "Côte d’Ivoire");
  EXPECT_EQ(country_name("ZQ", "fr"), "ZQ");
}

TEST(Languages, AreNamedInBothLanguages) {
  EXPECT_EQ(language_name("en", "fr"), "anglais");
  EXPECT_EQ(language_name("en", "en"), "English");
  EXPECT_EQ(language_name("pt", "fr"), "portugais");
  EXPECT_EQ(language_name("qqq", "fr"), "qqq");
  EXPECT_EQ(language_name("", "fr"), "");
}

RC_GTEST_PROP(BeginningTest, NeverHalfALetter, ()) {
  std::string text;
  for (const char32_t c : *rc::gen::container<std::vector<char32_t>>(rc::gen::inRange<char32_t>(1, 0xD7FF))) {
    text += utf8(c);
  }
  const auto bytes = *rc::gen::inRange<size_t>(0, 100);
  const std::string cut = beginning(text, bytes);
  RC_ASSERT(is_valid_utf8(cut));
  RC_ASSERT(text.starts_with(cut));
  RC_ASSERT(cut.size() <= bytes);
  RC_ASSERT(cut.size() == text.size() || cut.size() + 3 >= bytes);
  RC_ASSERT(count_letters(cut) <= count_letters(text));
}

}  // namespace
}  // namespace pitchblende
