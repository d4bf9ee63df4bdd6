// What a card says, as views: its title, its texts, its facts. Pure, any thread.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "pages/blocks.hpp"
#include "pages/things/origins.hpp"
#include "registry/registry.hpp"

namespace pitchblende::pages {

// A card with what its references lead to, as the viewer may see them.
struct Thing {
  registry::Card card;
  std::vector<registry::Link> links;   // out of it
  std::vector<registry::Named> named;  // whom its mentions name
  std::map<Id, std::string> titles;    // of what it links to, in the reader's language; where there is none, the label
  std::string site = {};               // "https://pool.example.org": what addresses of our own begin with
  std::map<std::string, std::string, std::less<>> topics;  // as the reader's language calls them; others as they are
  std::optional<Tellers> tellers = {};                     // whom each field names as its source; none: it names nobody
};

// Where a thing's values lead; the thing must live as long.
class Leads {
 public:
  explicit Leads(const Thing& thing);
  // What a link leads to, whom a mention names; null: nothing and nobody that the viewer may know.
  const registry::Link* link(const registry::FieldDescription& field, const registry::CardValue& value) const;
  const registry::Named* named(registry::FieldId field, const registry::CardValue& value) const;

 private:
  std::unordered_map<std::string, const registry::Link*> m_links;   // field and reference
  std::unordered_map<std::string, const registry::Named*> m_named;  // field and text as printed
};

// Whether a field's values are topics, which vocabularies may know.
bool holds_topics(const registry::FieldDescription& field);
// The name in the reader's language where there is one.
std::string title_of(const registry::Card& card, const Words& words);
// What stands under the title: acronym, positions, journal and year…
std::string subtitle_of(const Thing& thing, const Words& words);
// "open access", "closed in 2012", "founder", "verified".
Views badges_of(const registry::Card& card, std::string_view today, const Words& words);
// Descriptions, abstracts, objectives: a prose block for each field, in the reader's language where there is one.
Views prose_of(const Thing& thing, const Words& words);
// Facts of the field's own page part: `aside` has identifiers, dates, addresses; the rest says what the thing is.
View facts_of(const Thing& thing, bool aside, const Words& words);
// Who says its name, which stands above all facts: [{of, lines}].
Views origins_of_name(const Thing& thing, const Words& words);
// A block for each field that leads to many things.
Views link_blocks_of(const Thing& thing, const Words& words);

}  // namespace pitchblende::pages
