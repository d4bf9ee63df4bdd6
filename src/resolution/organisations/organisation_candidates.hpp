// A part of an affiliation, and the organisations whose names may stand in it. Inside resolution. A window belongs to
// one thread; the functions are pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "resolution/organisations/organisation_data.hpp"

namespace pitchblende::resolution {

constexpr size_t k_window = 64;  // words, a bit each

struct WindowWord {
  uint32_t word = k_no_word;
  uint32_t next = k_no_word;  // place of the next one that is the same
  float weight = 0;
  bool misspelled = false;
};

// Where a part of the words that is a window ends: `begin` is where it starts. Long texts are cut between segments.
size_t window_end(std::span<const AffiliationWord> words, size_t begin);

// At most k_window words, whole segments where they are no longer.
struct Window {
  std::span<const AffiliationWord> printed;
  std::vector<WindowWord> words;
  uint64_t signature = 0;
  std::vector<std::string> countries;                // codes
  std::vector<std::pair<uint32_t, uint32_t>> towns;  // first word and one past the last: segments that are a town
  uint64_t country_words = 0;
  uint64_t unknown_beginnings = 0;  // a bit for those of `words` that are in no name

  // The first place of a word, or k_no_word.
  uint32_t place(uint32_t word) const;
  std::vector<std::pair<uint32_t, uint32_t>> places;  // word → first place; open addressing
};

void read_window(const OrganisationIndex::Data& data, std::span<const AffiliationWord> printed, Window& out);

// How a name lies on the words of a window.
struct Alignment {
  uint32_t name = 0;
  float score = 0;
  float matched = 0;  // weight of the name's words that are there
  float rarest = 0;
  float verbatim = 0;  // of that, what is written the same
  float gap = 0;       // weight of words that stand inside and are not the name's
  uint64_t places = 0;
  uint8_t first = 0;
  uint8_t last = 0;
  uint8_t missing = 0;
  uint8_t missing_heads = 0;
  uint8_t inversions = 0;
  uint8_t gaps = 0;
  uint8_t misspelled = 0;
  uint8_t shortened = 0;
};

struct OrganisationCandidate {
  uint32_t organisation = 0;
  Alignment best;
  float second = 0;  // weight of another name of the same organisation elsewhere in the window
};

constexpr size_t k_candidates = 12;

struct CandidateScratch {
  std::vector<float> scores;
  std::vector<uint32_t> gathered;  // names before they are laid; then the order of `found`
  std::vector<Alignment> found;
  std::vector<uint32_t> seen;  // by name: in which window it was laid last
  uint32_t window = 0;
};

// The best of them, at most k_candidates, the best first; in the order of organisations where they are as good.
void find_candidates(const OrganisationIndex::Data& data, const Window& window, CandidateScratch& scratch,
                     std::vector<OrganisationCandidate>& out);

}  // namespace pitchblende::resolution
