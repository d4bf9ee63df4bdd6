// The houses that a printed affiliation names by their whole name, part by part: the quick reading, for whoever reads
// many. A door of pool. Pure, any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace pitchblende::pool {

// "Institut Curie, PSL, 75005 Paris" → "name:institut curie", "name:75005 paris": references by name, to be looked up.
// A part that many houses have ("Department of Surgery", "UK") is left out.
void houses_in(std::string_view affiliation, const std::function<void(std::string ref)>& on_ref);

}  // namespace pitchblende::pool
