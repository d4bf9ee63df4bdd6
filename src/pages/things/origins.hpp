// Which source, and which of its dates, each value of a card comes from: foldable beside a field, and in the JSON.
// Pure, any thread. docs/rules/provenance.md.
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <string>
#include <vector>

#include "pages/blocks.hpp"
#include "registry/card.hpp"

namespace pitchblende::pages {

// Whom a page may name for a card's values.
struct Tellers {
  std::vector<std::string> sources;  // by their place in the card, "Institut Curie (2026-03-01)"; empty: unnamed
  std::map<int64_t, std::string> decisions;  // by number, "a person, on …"
  bool sole = false;  // all is of one source, as the card's foot says: only what follows from whose it is is told
};

// A value that stands, with its words on the page.
struct Told {
  const registry::CardValue* value = nullptr;
  std::string text;
  std::string how = {};  // what is to be told of how the source says it; empty: in so many words
};
// {of, lines [{who, what}]}: `what` where not everything of the field is his, or something follows from whose it is;
// empty: nobody is to be named. Rules 1 to 3, 5.
View origins_view(const Tellers& tellers, const std::vector<Told>& told, const std::string& label);

// {field: [{"source", "date", "values": [places in the field]}]}, of what may be republished; a decision is of the
// source "pitchblende:decision". `told`: by field, the values that its JSON has, in their order; `decided`: when, by
// number. Rule 4.
boost::json::object origins_json(const registry::Card& card,
                                 const std::map<std::string, std::vector<const registry::CardValue*>>& told,
                                 const std::map<int64_t, std::string>& decided);

}  // namespace pitchblende::pages
