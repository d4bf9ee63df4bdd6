// Things to tick in a form: those that are ticked, then what was looked for. Any thread.
#pragma once

#include <string_view>
#include <vector>

#include "pages/site.hpp"

namespace pitchblende::pages {

// Into `out`: choices [{value, label, note, checked}], and nothing, where nothing was found. `kinds`: those that may be
// found, "platform team"; `find`: words, a page's address or an id; empty: nothing was looked for.
void put_choices(const Site& site, const access::Viewer& viewer, const std::vector<Id>& ticked, std::string_view find,
                 std::string_view kinds, const Words& words, View& out);
// Ids of values that a form sent, each once; what is none is left out.
std::vector<Id> ids_in(const std::vector<std::string_view>& values);

}  // namespace pitchblende::pages
