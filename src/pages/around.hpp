// What stands around a thing in the index: its outputs, people, places and topics, counted. Reads the index alone, any
// thread.
#pragma once

#include "pages/site.hpp"

namespace pitchblende::pages {

struct Around {
  Views blocks;  // lists of things, the outputs first
  Views aside;   // plots: outputs over time, topics, collaborators, partners
};

// Of a person, an organisation, a team or a group; of a concept what is about it; of any other kind nothing: its links
// say it. A group has what `group:` finds. `teams`: how many the page lists already.
Around around(const Site& site, registry::Kind kind, Id id, size_t teams, const access::Viewer& viewer,
              const Words& words);

// What the things found are about, the most frequent first: concepts without MeSH's check tags (Humans, Male, Mice …).
// Ask for so many concepts more.
inline constexpr uint32_t k_check_tags = 23;
std::vector<search::FacetCount> topics_of(const search::Answer& answer);

// Facet counts as rows: ids become the titles of what they name, codes become words. `keep` makes the address of each.
std::vector<Count> counted(const search::Index& index, const std::vector<search::FacetCount>& counts,
                           search::Facet facet, const access::Viewer& viewer, const Words& words,
                           const std::function<std::string(const std::string& value)>& address);
// Years and counts of an answer with facets.
std::vector<std::pair<int, uint64_t>> years_of(const search::Answer& answer);

// Who has which role in the consortium today: a block for each role, for the consortium's own page.
Views roles_in_consortium(const Site& site, const access::Viewer& viewer, const Words& words);

}  // namespace pitchblende::pages
