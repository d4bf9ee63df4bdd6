// What an OrganisationIndex holds. Inside resolution; written once by build(), then only read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "resolution/organisations/organisation_words.hpp"
#include "resolution/organisations/organisations.hpp"

namespace pitchblende::resolution {

constexpr uint32_t k_no_word = UINT32_MAX;

constexpr uint8_t k_no_beginning = UINT8_MAX;
constexpr size_t k_shortest = 3;     // letters of a shortened word
constexpr size_t k_shortenable = 5;  // letters of the whole one
// Which of 64 bits stands for the first letters of a word of at least k_shortest.
inline uint8_t beginning_bit(std::string_view key) {
  uint32_t letters = 0;
  for (size_t at = 0; at < k_shortest; ++at) {
    letters = letters << 8 | static_cast<unsigned char>(key[at]);
  }
  return static_cast<uint8_t>((letters * 0x9E3779B1U) >> 26);
}

struct IndexedWord {
  float weight = 0;             // how rare it is among the organisations
  uint32_t short_spelling = 0;  // "univ", which is how each language shortens it; 0: it has none
  bool head = false;
  bool part = false;
  bool medical = false;
  uint8_t beginning = k_no_beginning;  // beginning_bit of its first letters, where it is long enough to be shortened
};

struct IndexedName {
  uint32_t organisation = 0;
  uint32_t first = 0;  // of Data::name_words
  uint16_t count = 0;
  OrganisationNameKind kind = OrganisationNameKind::label;
  bool short_form = false;  // an acronym, or one short word
  bool mixed = false;       // a short form that is not written in capitals
  bool townless = false;    // without its own town, which many leave out
  float weight = 0;         // of all its words
  uint32_t text = 0;        // of Data::texts
};

struct Dated {
  uint32_t organisation = 0;
  std::string from;
  std::string to;
};

struct IndexedOrganisation {
  std::string id;
  std::string country;
  std::string town;                          // the first one, as described
  std::vector<std::vector<uint32_t>> towns;  // words of each
  std::vector<Dated> parents;
  std::vector<Dated> successors;
  std::vector<uint32_t> related;  // sorted
  std::string closed;
  OrganisationType type = OrganisationType::other;
  float renown = 0;
  uint32_t children = 0;
  bool medical = false;   // by its kind or a name
  float medical_kin = 0;  // logarithm of how many of those under it and related to it are
};

// Of a word: a name that holds it, among the words of which at least one has to be there for the name to be.
struct Posting {
  uint64_t signature = 0;  // a bit for each word of the name
  uint32_t name = 0;
  uint32_t missing = 0;  // of its words that may be missing, at most
};

struct TextHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
template <typename T>
using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

constexpr float k_least_coverage = 0.6F;

inline uint64_t signature_bit(uint32_t word) { return uint64_t{1} << ((word * 0x9E3779B1U) >> 26); }

struct OrganisationIndex::Data {
  std::vector<IndexedOrganisation> organisations;  // in the order of their ids
  std::vector<IndexedName> names;
  std::vector<uint32_t> name_words;
  std::vector<uint32_t> name_spellings;  // of each of name_words, as written
  std::vector<std::string> texts;
  ByText<uint32_t> word_ids;
  std::vector<IndexedWord> words;
  std::vector<std::string_view> word_keys;
  std::vector<uint32_t> posting_begin;  // by word, one more at the end
  std::vector<Posting> postings;
  std::vector<std::pair<uint32_t, uint32_t>> misspellings;  // hash of a word with a letter left out, word; sorted
  std::vector<uint32_t> misspelling_begin;                  // by the upper bits of the hash
  ByText<std::vector<uint32_t>> by_domain;
  ByText<std::vector<uint32_t>> by_unit;
  ByText<std::string> towns;  // keys joined by spaces → a country, or nothing where there are several
  float unknown_weight = 0;   // of a word that no name has

  uint32_t word(std::string_view key) const {
    const auto found = word_ids.find(key);
    return found == word_ids.end() ? k_no_word : found->second;
  }
  const uint32_t* words_of(const IndexedName& name) const { return name_words.data() + name.first; }
  // The word meant by one that is not there, one letter off; k_no_word where there is none.
  uint32_t near_word(std::string_view key) const;
};

constexpr unsigned k_misspelling_bits = 16;
uint32_t misspelling_hash(std::string_view key, size_t without);

std::unique_ptr<OrganisationIndex::Data> build_organisation_data(
    std::span<const OrganisationDescription> organisations);

// Nearest first, those in force on `date`; cycles are gone round once.
std::vector<uint32_t> parents_in_force(const OrganisationIndex::Data& data, uint32_t organisation,
                                       std::string_view date);
bool is_above(const OrganisationIndex::Data& data, uint32_t parent, uint32_t child);
// What it became by `date`: itself where it goes on, or where what became of it is not known.
uint32_t successor_in_force(const OrganisationIndex::Data& data, uint32_t organisation, std::string_view date);

}  // namespace pitchblende::resolution
