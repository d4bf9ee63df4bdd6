// From words to terms of the index, and from what a person typed to what must, may and must not stand in a document.
//
// Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"

namespace pitchblende::search {

inline constexpr size_t k_longest_term = 64;     // bytes; longer words are cut, in texts and queries alike
inline constexpr size_t k_longest_query = 1024;  // bytes
inline constexpr size_t k_most_words = 32;

// The term of a word of a text in a language: its stem; a compound stands as it is, but IL-2 and IL2 are one.
std::string term_of(const Token& token, StemLanguage language);

enum class Need : uint8_t {
  wanted,    // must match; when nothing has all of them, one must
  required,  // must match in any case: typed in quotes
  scored,    // the whole of a compound whose parts are wanted: raises those that have it
  weighed,   // for the score alone: what must stand where is asked otherwise
  excluded   // must not match
};

// A word of a query: any of its forms (as typed, English stem, French stem) is the word.
struct Word {
  Need need = Need::wanted;
  std::vector<std::string> forms;  // sorted, no doubles
  std::string folded = {};         // as typed
};

struct Wish {
  std::vector<Word> words;           // as typed, no doubles
  std::vector<std::string> ignored;  // what could not be used: beyond the limits, or no word at all
};

// A chunk of a text (base/text_words.hpp) as it is asked for: its parts in their order (a code such as IL-2 is one
// part), and what is whole of them: for the score.
struct ChunkParts {
  std::vector<Token> parts;
  std::vector<Token> wholes;
};
ChunkParts parts_of_chunk(std::string_view chunk);
Word word_of(const Token& token, Need need);
// The words of a text one after the other, as phrases compare them: folded, not stemmed, a code without its hyphen.
std::vector<std::string> atoms_of(std::string_view text);

// Puts words together, no doubles, stop words only when there is nothing else.
class WishMaker {
 public:
  // A run of characters, as typed.
  void want(std::string_view text) { each_chunk(text, Need::wanted); }
  void exclude(std::string_view text) { each_chunk(text, Need::excluded); }
  void take(std::string_view chunk, Need need);
  // What is asked otherwise but counts; a word that is wanted as well stays so.
  void weigh(std::string_view text) { each_chunk(text, Need::weighed); }
  // `asked_otherwise`: there is more to the query than these words.
  Wish finish(bool asked_otherwise);

 private:
  void each_chunk(std::string_view text, Need need);
  void add(Word&& word);

  Wish m_wish;
  std::vector<Word> m_stops;
  size_t m_count = 0;
};

// "quoted" words are required, -word is excluded; stop words count only when there is nothing else.
Wish understand(std::string_view typed);

}  // namespace pitchblende::search
