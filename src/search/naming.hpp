// What is called by the very words of a query comes first: the whole of a name is a term of its own, beside its words.
// "INSERM" is the institute before what has the word in a longer name.
//
// Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

#include "search/analysis.hpp"
#include "search/query/query_text.hpp"

namespace pitchblende::search {

inline constexpr uint8_t k_name_weight = 255;  // whoever has the name has it whole, however long its texts are

// The term of a text as a whole: its words, folded and with nothing between them but a space. No word of a text is one,
// for it begins with "=". Empty: no words, more than eight, or longer than a term may be.
std::string name_term(std::string_view text);

// Adds to what was understood the wish that a document be called so: by the words and phrases that were typed outside
// fields and parentheses. Whoever excludes something means no name.
void wish_for_name(std::string_view typed, Wish& wish);
void wish_for_name(const QueryNode& root, Wish& wish);

}  // namespace pitchblende::search
