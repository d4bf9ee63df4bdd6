// The names under which a mention meets others, as text. Owner: resolution. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "resolution/resolution.hpp"

namespace pitchblende::resolution {

// People: each form of the family name with the initial. Other things: those of their names that tell enough.
std::vector<std::string> naming_keys(const Mention& mention);
std::vector<std::string> person_keys(std::string_view family, std::string_view given);

// Whether things of this kind with this name may be one thing.
bool tells_enough(registry::Kind kind, std::string_view name);

}  // namespace pitchblende::resolution
