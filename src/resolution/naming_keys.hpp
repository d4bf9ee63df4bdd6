// The names under which a mention meets others, as text. Owner: resolution. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "resolution/resolution.hpp"

namespace pitchblende::resolution {

// People: each form of the family names with the initial, and kin_keys(). Other things: thing_keys().
std::vector<std::string> naming_keys(const Mention& mention);
// Each form of a family name with the initial.
std::vector<std::string> person_keys(std::string_view family, std::string_view given);

}  // namespace pitchblende::resolution
