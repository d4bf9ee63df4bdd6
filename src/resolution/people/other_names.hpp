// The other names that a list gives of a person: a birth name alone, or a whole name. Owner: resolution. Pure, any
// thread.
#pragma once

#include <string_view>
#include <vector>

#include "resolution/people/person_name.hpp"

namespace pitchblende::resolution {

inline constexpr size_t k_other_names = 8;  // of one person; more say nothing new

// “MARTIN” of Marie Durand is Marie Martin, as are “Marie MARTIN”, “née Martin” and “Martin, M.” (what it leaves out
// she has by her own name); “Bill Durand” of William Durand is a name as well. Adds none that says no more than `own`.
void add_other_name(std::vector<PersonName>& names, std::string_view said, const PersonName& own);

}  // namespace pitchblende::resolution
