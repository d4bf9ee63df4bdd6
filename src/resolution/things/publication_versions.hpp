// Works and what is about them: a preprint, an erratum, a retraction leads to the work whose title and first author it
// has, a later version to the earlier ones, though they are things of their own. Owner: resolution. Pure, any thread.
#pragma once

#include <string>
#include <vector>

#include "registry/card.hpp"

namespace pitchblende::resolution {

// "work:exemple/effects of fiction on examples" for each title of a publication that is a work itself: what its
// preprints and errata link to. "version:1/10.21203/rs.3.rs-1" and the same with its title for what says which version
// it is. Empty for everything else.
std::vector<std::string> work_references(const registry::Card& card);

// Puts to a preprint's, a correction's or a retraction's card the link to its work, to a version's those to the ones
// before it, unless a source gives one.
void link_to_work(registry::Card& card);

}  // namespace pitchblende::resolution
