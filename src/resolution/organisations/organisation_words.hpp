// An affiliation or a name of an organisation as keys that meet across languages, abbreviations and spellings. Inside
// resolution. Pure functions, any thread.
//
// Words that say what kind of thing an organisation is have one key in all languages ("Universität", "Univ." → univ);
// compounds come apart ("Universitätsklinikum" → univ hosp); joining words are left out; Han and kana come as pairs of
// characters, as nothing parts their words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pitchblende::resolution {

struct AffiliationWord {
  std::string key;
  uint32_t spelling = 0;  // hash of the folded word as written
  uint32_t begin = 0;     // bytes of the text
  uint32_t end = 0;
  uint32_t segment = 0;    // grows at commas, semicolons, brackets, ends of sentences
  bool upper = false;      // written in capitals, or a short name with capitals inside
  bool capital = false;    // begins with one
  bool bracket = false;    // inside brackets
  bool separated = false;  // a semicolon or a line's end stands before it
};

// Replaces what `out` holds. Any bytes.
void affiliation_words(std::string_view text, std::vector<AffiliationWord>& out);

// Of a folded word, as AffiliationWord has it.
uint32_t spelling_of(std::string_view folded);

// What stands for the head of an organisation's name: univ, hosp, inst, …
bool is_head_key(std::string_view key);
// What stands for a part of an organisation: department, service, faculty, …
bool is_part_key(std::string_view key);
// What medicine is done in or on: hospital, surgery, …
bool is_medical_key(std::string_view key);
// Inc, GmbH, …
bool is_legal_form_key(std::string_view key);

// ISO 3166 code of the country that one or more keys name, or nothing. `keys` are joined by single spaces.
std::string_view country_of_keys(std::string_view keys);
constexpr size_t k_longest_country = 5;  // keys

// Letters left out, put in, exchanged or swapped between two keys are one at most.
bool within_one_edit(std::string_view a, std::string_view b);

}  // namespace pitchblende::resolution
