// Things as data: JSON, JSON-LD and CSV, of what may be republished. Pure, any thread.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

// The card without what no source allows to be republished; nullopt: nothing is left.
std::optional<registry::Card> open_data(registry::Card seen);

// {"id", "kind", "label", "url", "fields": {name: [{"value", "lang", …attributes, "id" of what it leads to}]},
// "sources"}
boost::json::object thing_json(const Thing& thing);
// schema.org and the other vocabularies of the field descriptions, as one JSON-LD node.
boost::json::object thing_jsonld(const Thing& thing);
// The "@context" of all of them.
boost::json::object jsonld_context();

// One cell of such a table: quoted where it must be; what a spreadsheet would take for a formula begins with an
// apostrophe.
void append_cell(std::string& out, std::string_view text);

// A table (RFC 4180, UTF-8) of things of one kind: id, label, address, then a column for each field that one of them
// has; several values are parted by " | ". Cells that a spreadsheet would take for a formula begin with an apostrophe.
std::string things_csv(const std::vector<registry::Card>& cards, std::string_view language);

}  // namespace pitchblende::pages
