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
  excluded   // must not match
};

// A word of a query: any of its forms (as typed, English stem, French stem) is the word.
struct Word {
  Need need = Need::wanted;
  std::vector<std::string> forms;  // sorted, no doubles
};

struct Wish {
  std::vector<Word> words;           // as typed, no doubles
  std::vector<std::string> ignored;  // what could not be used: beyond the limits, or no word at all
};

// "quoted" words are required, -word is excluded; stop words count only when there is nothing else.
Wish understand(std::string_view typed);

}  // namespace pitchblende::search
