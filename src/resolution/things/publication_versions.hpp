// Works and what is about them: a preprint, an erratum, a retraction leads to the work whose title and first author it
// has, though they are things of their own. Owner: resolution. Pure, any thread.
#pragma once

#include <string>
#include <vector>

#include "registry/card.hpp"

namespace pitchblende::resolution {

// "work:exemple/effects of fiction on examples" for each title of a publication that is a work itself: what its
// preprints and errata link to. Empty for everything else.
std::vector<std::string> work_references(const registry::Card& card);

// Puts to a preprint's, a correction's or a retraction's card the link to its work, unless a source gives one.
void link_to_work(registry::Card& card);

}  // namespace pitchblende::resolution
