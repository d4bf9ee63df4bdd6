// Things as data, of what may be republished: JSON and JSON-LD; as CSV: thing_table.hpp. Any thread.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

// The card without what no source allows to be republished; nullopt: nothing is left.
std::optional<registry::Card> open_data(registry::Card seen);

// Cards as things, without what no source allows to be republished, and where they lead, read for all of them at once.
enum class Leading : uint8_t { links, links_and_people };
Result<std::vector<Thing>> open_things(const registry::Registry& registry, std::vector<registry::Card> seen,
                                       Leading leading, const access::Viewer& viewer);

// {"id", "kind", "label", "url", "fields": {name: [{"value", "lang", …attributes, "id" of what it leads to}]},
// "sources"}
boost::json::object thing_json(const Thing& thing);
// Which source, and which of its dates, each of those values comes from: {name: [{"source", "date", "values":
// [places]}]}.
boost::json::object thing_origins(const Thing& thing, const std::map<int64_t, std::string>& decided);
// schema.org and the other vocabularies of the field descriptions, as one JSON-LD node.
boost::json::object thing_jsonld(const Thing& thing);
// The "@context" of all of them, on a site of that address ("https://pool.example.org"), and how its own terms begin.
boost::json::object jsonld_context(const std::string& site);
std::string terms_begin(const std::string& site);

}  // namespace pitchblende::pages
