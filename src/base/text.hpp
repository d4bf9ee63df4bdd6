// Text as search and resolution need it: folding, words, stems, clean UTF-8.
//
// Pure functions, any thread (stemmers and transliterators are thread-local). All input may be any bytes; all output is
// valid UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pitchblende {

bool is_valid_utf8(std::string_view bytes);
// Bytes that are not UTF-8 become U+FFFD; NUL and other C0 controls but tab and newline are dropped.
std::string clean_utf8(std::string_view bytes);
// Runs of white space (Unicode) become one space; ends trimmed. Done to every value at the registry's door.
std::string squeeze(std::string_view text);
std::string_view trim(std::string_view text);

// The form in which two spellings are the same: NFKD, marks removed, case folded (œ → oe, ß → ss, ø → o, ł → l,
// typographic quotes and dashes to ASCII). Latin, Greek and Cyrillic keep their script. Linear; an ASCII fast path.
std::string fold(std::string_view text);
// The same, non-Latin letters put into Latin ones too (Cyrillic, Greek, …): for comparing names.
std::string fold_to_latin(std::string_view text);

// fold() and then everything but letters and digits as single spaces: "L'Oréal S.A." → "l oreal s a".
std::string normalised(std::string_view text);

struct Token {
  uint32_t begin = 0;  // byte offsets in the text given
  uint32_t end = 0;
  std::string folded;
};
// Words by ICU's rules (UAX 29) refined for the field: `CAR-T`, `p53`, `PD-1/PD-L1`, `IL-2`, `CD8+`, `TGF-β` come whole
// and in parts (the whole first, then its parts, overlapping offsets); French elision (l', d', qu'…) is cut off.
// Only words: no white space, no bare punctuation.
std::vector<Token> words(std::string_view text);

enum class StemLanguage : uint8_t { none, english, french };
// Snowball's stem of a folded word (for French the stemmer runs on the folded word: what matters is that query and text
// agree). A word with a digit, or of under 3 letters, is its own stem.
std::string stem(std::string_view folded_word, StemLanguage language);
bool is_stop_word(std::string_view folded_word, StemLanguage language);
// "fr", "fre", "fra" → french; "en", "eng" → english; anything else none.
StemLanguage stem_language(std::string_view code);
// A guess from the frequent words of the two languages; none when unsure.
StemLanguage guess_language(std::string_view text);

// A country's name in a language ("fr", "en") from its ISO 3166-1 code; the code itself when nobody has it.
std::string country_name(std::string_view code, std::string_view language);
// "en" in "fr": anglais; what is no language stays.
std::string language_name(std::string_view code, std::string_view language);

}  // namespace pitchblende
