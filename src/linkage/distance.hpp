// How far two spellings are apart: Jaro–Winkler and Damerau–Levenshtein. Owner: linkage. Pure functions, any thread.
//
// Over code points; bytes that are not UTF-8 count as one each. A lost letter, `?`, is any letter: "j?rome" is as far
// from "jerome" as "jerome" itself.
#pragma once

#include <cstdint>
#include <string_view>

namespace pitchblende::linkage {

inline constexpr char k_lost_letter = '?';

// 0 (nothing in common) to 1 (equal). Jaro (1989) with Winkler's prefix (1990): up to four letters, 0.1 each, from 0.7
// on. Two empty texts are equal.
double jaro_winkler(std::string_view a, std::string_view b);

// Insertions, losses, exchanges of a letter and of two neighbours (optimal string alignment), at most `limit` + 1: what
// is further is not counted out.
uint32_t damerau_levenshtein(std::string_view a, std::string_view b, uint32_t limit);

// Letters and digits, each a code point.
uint32_t length(std::string_view text);

}  // namespace pitchblende::linkage
