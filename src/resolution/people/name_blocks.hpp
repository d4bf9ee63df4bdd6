// Which names are compared with one another: those of one family name and initial, and those that are kin. Owner:
// resolution. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "resolution/people/people_features.hpp"

namespace pitchblende::resolution {

struct NameBlocks {
  std::vector<std::vector<uint32_t>> names;  // in the order of first sight, which is that of the mentions
  // From here on blocks of kin: of their pairs those that are newly_met() count. What one name brings together comes
  // first.
  size_t first_of_kin = 0;
};
NameBlocks name_blocks(const PeopleFeatures& people);

// Whether two names are kin that no block of a family name and an initial brings together.
bool newly_met(const PeopleFeatures& people, uint32_t name_a, uint32_t name_b);

}  // namespace pitchblende::resolution
