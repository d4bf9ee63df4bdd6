// What stands where a name does and is nobody's: “et al.” among people, `null` for a given name. Owner: registry. Pure,
// any thread.
#pragma once

#include <string_view>

namespace pitchblende::registry {

// “et al.”, “and others”, in one field or parted in two: people who are not named.
bool stands_for_others(std::string_view family, std::string_view given);

// What an export writes where it knows no given name: null, n/a, a dash. A family name may be Null, given names Na and
// Nan.
bool says_no_given_name(std::string_view given);

}  // namespace pitchblende::registry
