// The roles of an account as they stand: those that were given, and what he is by his card. Inside access; any thread.
#pragma once

#include <string>
#include <vector>

#include "access/access.hpp"

namespace pitchblende::access {

// Of an account that has signed in: its address is proved. What follows from a card (rule 15) has no number.
Result<std::vector<Grant>> known_roles(store::Store& store, const Things& things, int64_t account,
                                       const std::string& email, std::string_view today);
// Rule 4, with the ids under which his institutions own things.
Viewer whole_viewer(const std::vector<Grant>& grants, std::string_view today, const Things& things);

}  // namespace pitchblende::access
