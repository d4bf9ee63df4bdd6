#include "search/snippet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "search/segment_builder.hpp"

namespace pitchblende::search {
namespace {

using testing::ElementsAre;

Hit hit_of(const std::string& title, const std::string& text, const std::string& words,
           const std::string& lang = "en") {
  Document document;
  document.id = Id(1);
  document.title = title;
  document.texts.push_back({title, lang, 8, access::Visibility::everyone});
  document.texts.push_back({text, lang, 1, access::Visibility::everyone});
  std::vector<Document> documents;
  documents.push_back(std::move(document));
  SegmentBuilder builder;
  Hit hit;
  SnippetMaker(understand(words)).fill(hit, *builder.build(std::move(documents)), 0, access::Viewer::visitor());
  return hit;
}

std::vector<std::string> marked(const Hit& hit) {
  std::vector<std::string> out;
  for (const auto& [begin, end] : hit.marks) {
    out.push_back(hit.snippet.substr(begin, end - begin));
  }
  return out;
}

std::string filler(int words) {
  std::string out;
  for (int i = 0; i < words; ++i) {
    out += "filler ";
  }
  return out;
}

TEST(Snippet, shows_the_words_that_matched) {
  const Hit hit = hit_of("A title", "Many Lymphomas are found in mice, l’ADN too.", "lymphoma mouse adn");
  EXPECT_EQ(hit.title, "A title");
  EXPECT_EQ(hit.snippet, "Many Lymphomas are found in mice, l’ADN too.");
  EXPECT_THAT(marked(hit), ElementsAre("Lymphomas", "ADN"));
}

TEST(Snippet, says_nothing_that_the_title_says) {
  EXPECT_EQ(hit_of("Camille Exemple", "Camille", "").snippet, "");
  EXPECT_EQ(hit_of(two_titles("Axe du foie", "Liver area"), "Liver area", "").snippet, "");
}

// The first hit's snippet for a reader, of a thing with these texts.
Hit hit_for(Language reader, const std::vector<std::pair<std::string, std::string>>& texts, const std::string& words) {
  Document document;
  document.id = Id(1);
  document.title = "A title";
  for (const auto& [text, lang] : texts) {
    document.texts.push_back({text, lang, 4, access::Visibility::everyone});
  }
  std::vector<Document> documents;
  documents.push_back(std::move(document));
  SegmentBuilder builder;
  Hit hit;
  SnippetMaker(understand(words), reader).fill(hit, *builder.build(std::move(documents)), 0, access::Viewer::visitor());
  return hit;
}

// docs/rules/search.md, rule 4.5.
TEST(Snippet, is_in_the_readers_language_where_two_say_as_much) {
  const std::string french = "Cet axe étudie les lymphomes du foie, leurs causes, leur évolution et leurs traitements.";
  const std::string english = "This area studies lymphoma of the liver and how it is treated.";
  for (const std::string words : {"", "lymphoma"}) {
    const Hit hit = hit_for(Language::english, {{french + " lymphoma", "fr"}, {english, "en"}}, words);
    EXPECT_EQ(hit.snippet, english) << words;
    EXPECT_EQ(hit.snippet_language, Language::english);
  }
  EXPECT_EQ(hit_for(Language::french, {{french, "fr"}, {english, "en"}}, "").snippet, french);
  EXPECT_EQ(hit_for(Language::french, {{english, "en"}, {french, "fr"}}, "").snippet, french);
  // What shows more of the words comes first, and a keyword is no text.
  EXPECT_EQ(hit_for(Language::french, {{french, "fr"}, {english, "en"}}, "treated").snippet, english);
  EXPECT_EQ(hit_for(Language::french, {{english, "en"}, {"foie", "fr"}}, "").snippet, english);
}

TEST(Snippet, says_where_it_is_cut) {
  const Hit whole = hit_of("A title", "Many lymphomas.", "lymphoma");
  EXPECT_FALSE(whole.snippet_cut_before || whole.snippet_cut_after);
  const Hit piece = hit_of("A title", filler(100) + "one lymphoma here " + filler(100), "lymphoma");
  EXPECT_TRUE(piece.snippet_cut_before && piece.snippet_cut_after);
}

TEST(Titles, are_shown_to_who_reads_them) {
  const std::string both = two_titles("Axe du foie", "Liver area");
  EXPECT_EQ(title_in(both, "fr"), "Axe du foie");
  EXPECT_EQ(title_in(both, "en"), "Liver area");
  EXPECT_EQ(two_titles("CNRS", "CNRS"), "CNRS");
  EXPECT_EQ(title_in("CNRS", "en"), "CNRS");
}

TEST(Snippet, is_cut_where_most_of_the_words_are) {
  const Hit hit =
      hit_of("A title", filler(100) + "one lymphoma here " + filler(100) + "a lymphoma of the liver " + filler(90),
             "lymphoma liver");
  EXPECT_LE(hit.snippet.size(), k_snippet);
  EXPECT_THAT(marked(hit), ElementsAre("lymphoma", "liver"));
  EXPECT_TRUE(hit.snippet.starts_with("filler ")) << hit.snippet;
}

TEST(Snippet, compounds_are_marked_as_they_stand) {
  EXPECT_THAT(marked(hit_of("x", "With CAR-T and PD-1/PD-L1.", "car-t pdl1")), ElementsAre("CAR-T", "PD-L1"));
}

TEST(Snippet, a_match_in_the_title_alone_shows_the_beginning_of_the_text) {
  const Hit hit = hit_of("A lymphoma", filler(100), "lymphoma");
  EXPECT_TRUE(hit.snippet.starts_with("filler filler"));
  EXPECT_LE(hit.snippet.size(), k_snippet);
  EXPECT_THAT(hit.marks, ElementsAre());
}

// The most different words that begin and end within a piece, token by token and place by place.
size_t most_words_within(const std::string& text, const std::vector<std::string>& wanted, size_t size) {
  size_t most = 0;
  const std::vector<Token> tokens = words(text);
  for (const Token& first : tokens) {
    std::set<std::string> met;
    for (const Token& token : tokens) {
      const std::string term = term_of(token, StemLanguage::english);
      if (token.begin >= first.begin && token.end <= first.begin + size &&
          std::find(wanted.begin(), wanted.end(), term) != wanted.end()) {
        met.insert(term);
      }
    }
    most = std::max(most, met.size());
  }
  return most;
}

TEST(Snippet, a_compound_at_the_end_of_the_piece_is_shown_whole) {
  const std::string text = filler(8) + "mouse mouse liver liver mouse liver " + filler(20) + "skin-liver ";
  EXPECT_THAT(marked(hit_of("A title", text, "liver mouse skin")), testing::Contains("skin"));
}

RC_GTEST_PROP(Snippet, no_other_piece_shows_more_of_the_words, ()) {
  const auto pieces = rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(
      std::vector<std::string>{"liver ", "mouse ", "skin-liver ", "skin ", filler(1), filler(4), filler(20)}));
  std::string text;
  for (const std::string& piece : *rc::gen::resize(60, pieces)) {
    text += piece;
  }
  const std::vector<std::string> wanted = {"liver", "mous", "skin"};
  const Hit hit = hit_of("A title", text, "liver mouse skin");
  std::set<std::string> shown;
  for (const std::string& mark : marked(hit)) {
    for (const Token& token : words(mark)) {
      shown.insert(term_of(token, StemLanguage::english));
    }
  }
  // A piece has sixty bytes before its first word, and ends before a compound that it would cut.
  RC_ASSERT(shown.size() >= most_words_within(text, wanted, k_snippet - 60 - std::string("skin-liver").size()));
  // All of them that stand in the piece are marked.
  size_t in_piece = 0;
  for (const Token& token : words(hit.snippet)) {
    const std::string term = term_of(token, StemLanguage::english);
    in_piece += std::find(wanted.begin(), wanted.end(), term) != wanted.end() ? 1 : 0;
  }
  RC_ASSERT(in_piece == hit.marks.size());
}

TEST(Snippet, a_text_with_all_the_words_comes_before_a_later_one) {
  const std::string found = "A lymphoma of the liver. " + filler(60) + "lymphoma liver";
  const Hit hit = hit_of("A title", found, "lymphoma liver");
  EXPECT_THAT(marked(hit), ElementsAre("lymphoma", "liver"));
  EXPECT_TRUE(hit.snippet.starts_with("A lymphoma")) << hit.snippet;
}

// What lets most words of a text be passed over without being stemmed.
RC_GTEST_PROP(Snippet, stems_begin_as_their_words_do, ()) {
  const auto pieces = rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(std::vector<std::string>{
      "a",  "b",    "d",   "e",    "i",     "l",       "s",      "t",     "y",     "u",    "x",  "1",   "ying", "ies",
      "ed", "sses", "eux", "ment", "ation", "ization", "bility", "usion", "logie", "ence", "ee", "oua", "ici",  "kn"}));
  std::string word;
  for (const std::string& piece : *rc::gen::resize(8, pieces)) {
    word += piece;
  }
  RC_PRE(!word.empty());
  for (const StemLanguage language : {StemLanguage::english, StemLanguage::french}) {
    const std::string stemmed = stem(word, language);
    RC_ASSERT(!stemmed.empty());
    RC_ASSERT(stemmed[0] == word[0]);
    RC_ASSERT(stemmed.size() < 2 || stemmed[1] == word[1] || (stemmed[1] == 'i' && word[1] == 'y'));
    RC_ASSERT(stemmed.size() < 6 || word.starts_with(stemmed.substr(0, 4)));
  }
}

TEST(Snippet, a_word_whose_stem_has_another_second_letter_is_marked) {
  EXPECT_THAT(marked(hit_of("x", "About dying cells.", "die")), ElementsAre("dying"));
}

RC_GTEST_PROP(Snippet, hostile_texts_give_valid_pieces, ()) {
  const auto pieces = rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(std::vector<std::string>{
      "liver", "livers ", "é", "癌症", "\xFF", "\xE2\x82", "e\u0301", "-", "CD8+", " ", "\u202E", "ﷺ", "👩‍🔬",
      "\xC0\x80", "IL-2", "ภาษา", "\t", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}));
  std::string text;
  for (const std::string& piece : *rc::gen::resize(400, pieces)) {
    text += piece;
  }
  const Hit hit = hit_of(text.substr(0, text.size() / 3), text, "liver 癌症 CD8+ il-2 é", "fr");
  RC_ASSERT(is_valid_utf8(hit.title));
  RC_ASSERT(is_valid_utf8(hit.snippet));
  RC_ASSERT(hit.snippet.size() <= k_snippet);
  uint32_t last = 0;
  for (const auto& [begin, end] : hit.marks) {
    RC_ASSERT(last <= begin && begin < end && end <= hit.snippet.size());
    RC_ASSERT(is_valid_utf8(std::string_view(hit.snippet).substr(begin, end - begin)));
    last = end;
  }
}

}  // namespace
}  // namespace pitchblende::search
