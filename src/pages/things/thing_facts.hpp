// What a card says, as views: its title, its texts, its facts. Pure, any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pages/blocks.hpp"
#include "registry/registry.hpp"

namespace pitchblende::pages {

// A card with what its references lead to, as the viewer may see them.
struct Thing {
  registry::Card card;
  std::vector<registry::Link> links;   // out of it
  std::vector<registry::Named> named;  // whom its mentions name
  std::map<Id, std::string> titles;    // of what it links to, in the reader's language; where there is none, the label
  std::string site = {};               // "https://pool.example.org": what addresses of our own begin with
};

// The name in the reader's language where there is one.
std::string title_of(const registry::Card& card, const Words& words);
// What stands under the title: acronym, positions, journal and year…
std::string subtitle_of(const Thing& thing, const Words& words);
// "open access", "closed in 2012", "founder", "verified".
Views badges_of(const registry::Card& card, const Words& words);
// Descriptions, abstracts, objectives: a prose block for each field, in the reader's language where there is one.
Views prose_of(const registry::Card& card, const Words& words);
// Facts of the field's own page part: `aside` has identifiers, dates, addresses; the rest says what the thing is.
View facts_of(const Thing& thing, bool aside, const Words& words);
// A block for each field that leads to many things.
Views link_blocks_of(const Thing& thing, const Words& words);

}  // namespace pitchblende::pages
