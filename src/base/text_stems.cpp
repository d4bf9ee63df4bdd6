// Stems by Snowball, stop words, and which of the two languages a text is in. All of it works on folded words.
#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/text_words.hpp"

namespace pitchblende {

namespace {

using Word = std::string_view;

// Sorted, folded. Single letters that elision leaves (c, d, l…) are not there: vitamin D, CAR T.
constexpr std::array k_english_stops = std::to_array<Word>(
    {"a",       "about",   "above", "after",  "again", "against", "all",     "also",  "am",      "among",  "an",
     "and",     "any",     "are",   "as",     "at",    "be",      "because", "been",  "before",  "being",  "below",
     "between", "both",    "but",   "by",     "can",   "could",   "did",     "do",    "does",    "doing",  "down",
     "during",  "each",    "few",   "for",    "from",  "further", "had",     "has",   "have",    "having", "he",
     "her",     "here",    "hers",  "him",    "his",   "how",     "however", "i",     "if",      "in",     "into",
     "is",      "it",      "its",   "itself", "me",    "more",    "most",    "my",    "no",      "nor",    "not",
     "of",      "off",     "on",    "once",   "only",  "or",      "other",   "our",   "ours",    "out",    "over",
     "own",     "same",    "she",   "should", "so",    "some",    "such",    "than",  "that",    "the",    "their",
     "theirs",  "them",    "then",  "there",  "these", "they",    "this",    "those", "through", "to",     "too",
     "under",   "until",   "up",    "upon",   "using", "very",    "was",     "we",    "were",    "what",   "when",
     "where",   "whether", "which", "while",  "who",   "whom",    "why",     "will",  "with",    "within", "without",
     "would",   "you",     "your"});

constexpr std::array k_french_stops = std::to_array<Word>(
    {"a",     "afin",   "ai",    "ainsi", "alors",  "apres", "as",    "au",    "aucun",   "aucune",  "aussi",
     "autre", "autres", "aux",   "avec",  "avoir",  "ce",    "ceci",  "cela",  "celle",   "celles",  "celui",
     "ces",   "cet",    "cette", "ceux",  "chaque", "chez",  "comme", "dans",  "de",      "depuis",  "des",
     "dont",  "du",     "elle",  "elles", "en",     "entre", "est",   "et",    "etaient", "etait",   "etant",
     "ete",   "etre",   "eux",   "font",  "il",     "ils",   "je",    "la",    "le",      "les",     "leur",
     "leurs", "lors",   "lui",   "ma",    "mais",   "me",    "meme",  "memes", "mes",     "moi",     "mon",
     "ne",    "ni",     "nos",   "notre", "nous",   "on",    "ont",   "or",    "ou",      "par",     "parmi",
     "pas",   "peut",   "plus",  "pour",  "qu",     "quand", "que",   "quel",  "quelle",  "quelles", "quels",
     "qui",   "sa",     "sans",  "se",    "selon",  "sera",  "ses",   "si",    "soit",    "son",     "sont",
     "sous",  "sur",    "ta",    "te",    "tes",    "toi",   "ton",   "tous",  "tout",    "toute",   "toutes",
     "tres",  "tu",     "un",    "une",   "vers",   "vos",   "votre", "vous",  "y"});

template <size_t Size>
bool has(const std::array<Word, Size>& sorted, Word word) {
  return std::binary_search(sorted.begin(), sorted.end(), word);
}

struct StemmerCloser {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Stemmer = std::unique_ptr<sb_stemmer, StemmerCloser>;

sb_stemmer* stemmer_of(StemLanguage language) {
  thread_local const Stemmer english(sb_stemmer_new("english", "UTF_8"));
  thread_local const Stemmer french(sb_stemmer_new("french", "UTF_8"));
  return language == StemLanguage::english ? english.get() : french.get();
}

bool is_left_alone(Word word) {
  size_t letters = 0;
  for (const char c : word) {
    if ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '/' || c == '.') {
      return true;
    }
    letters += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  }
  return letters < 3 || word.size() > 256;
}

}  // namespace

std::string stem(std::string_view folded_word, StemLanguage language) {
  if (language == StemLanguage::none || is_left_alone(folded_word)) {
    return std::string(folded_word);
  }
  sb_stemmer* stemmer = stemmer_of(language);
  const sb_symbol* symbols = sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(folded_word.data()),
                                             static_cast<int>(folded_word.size()));
  if (symbols == nullptr || sb_stemmer_length(stemmer) <= 0) {
    return std::string(folded_word);
  }
  return {reinterpret_cast<const char*>(symbols), static_cast<size_t>(sb_stemmer_length(stemmer))};
}

bool is_stop_word(std::string_view folded_word, StemLanguage language) {
  switch (language) {
    case StemLanguage::english:
      return has(k_english_stops, folded_word);
    case StemLanguage::french:
      return has(k_french_stops, folded_word);
    case StemLanguage::none:
      break;
  }
  return false;
}

StemLanguage stem_language(std::string_view code) {
  const std::string_view language = code.substr(0, code.find_first_of("-_"));
  if (language == "fr" || language == "fre" || language == "fra") {
    return StemLanguage::french;
  }
  return language == "en" || language == "eng" ? StemLanguage::english : StemLanguage::none;
}

StemLanguage guess_language(std::string_view text) {
  constexpr size_t k_enough = 4096;  // bytes
  constexpr int k_short = 6;         // words: a title, where one frequent word says enough
  int english = 0;
  int french = 0;
  int count = 0;
  for (const Token& token : words(text.substr(0, k_enough))) {
    const bool in_english = has(k_english_stops, token.folded);
    const bool in_french = has(k_french_stops, token.folded);
    english += in_english && !in_french ? 1 : 0;
    french += in_french && !in_english ? 1 : 0;
    ++count;
  }
  const int best = std::max(english, french);
  const int other = std::min(english, french);
  if (best <= 2 * other || (best < 2 && (count < 3 || count > k_short))) {
    return StemLanguage::none;
  }
  return english > french ? StemLanguage::english : StemLanguage::french;
}

}  // namespace pitchblende
