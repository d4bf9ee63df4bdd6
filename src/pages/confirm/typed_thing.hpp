// What somebody typed or pasted for a thing into a form of these rooms. Any thread.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "pages/site.hpp"

namespace pitchblende::pages {

// As registry::thing_named() has it.
std::optional<Id> typed_thing(const Site& site, std::string_view text);
// Each line one; `unknown` gets the first that is nothing.
std::vector<Id> typed_things(const Site& site, std::string_view lines, std::string& unknown);
int64_t typed_number(std::string_view text, int64_t otherwise);

}  // namespace pitchblende::pages
