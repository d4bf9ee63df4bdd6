// Two groups of mentions of one name, each looked at as a whole: where it stands over the years and who is beside it.
// Nobody is for years at two places that have nothing to do with each other. Owner: resolution. One thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "resolution/people/people_traits.hpp"

namespace pitchblende::resolution {

class Lives {
 public:
  // Of a large group some mentions that are spread over it.
  Lives(const PeopleFeatures& people, std::span<const uint32_t> a, std::span<const uint32_t> b);

  // Both say where they are.
  bool both_placed() const { return !m_small.placed.empty() && !m_large.placed.empty(); }
  // Some place of one is some place of the other: a named institution, nearly all words, an address, a confirmed paper.
  // A town is no place: half a country has it in common.
  bool one_place() const;
  // Of the smaller group, the share of mentions beside whom somebody stands who stands beside the larger one too; −1:
  // it names nobody.
  float shared_company() const;
  // Their years overlap, and the smaller one has more than a single paper.
  bool meanwhile() const;
  // How alike what their papers are about is, on average: −1 … 1; −1 where nothing is known.
  float topic_likeness() const;
  // The same years, many papers each, and nobody who is ever beside both: two people even in one institution.
  bool strangers() const;
  // How many others of the full name may be expected, by the pool: given names that the family name stands beside, and
  // how many families have this one.
  float others_expected() const;

 private:
  struct Life {
    std::vector<uint32_t> mentions;
    std::vector<uint32_t> placed;      // one mention for each place
    std::vector<uint32_t> companions;  // forms, sorted
    uint32_t papers = 0;               // whose year is known
    int first_year = 0;
    int last_year = 0;
  };
  static Life life(const PeopleFeatures& people, std::span<const uint32_t> group);

  const PeopleFeatures& m_people;
  Life m_small;
  Life m_large;
};

}  // namespace pitchblende::resolution
