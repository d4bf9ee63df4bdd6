// The fields that a query may name, in both languages, and where each looks. Constant data, any thread.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "search/search.hpp"

namespace pitchblende::search {

enum class FieldTarget : uint8_t {
  text,   // texts of some fields of the registry
  facet,  // values of a facet that have the words
  range,  // values of a facet between two
  kind,   // kinds of things, by their names in either language
  type,   // a kind where the word names one, else the facet "type"
  named,  // things that name another one, by its name: institutions with what is below them, groups, people, platforms
  topic,  // concepts with what is narrower
  open    // open access, open calls, whom something is open to
};

struct QueryField {
  std::string_view name;    // in English, and what a QueryNode holds
  std::string_view french;  // what write_query() writes
  FieldTarget target = FieldTarget::text;
  Facet facet = Facet::kind;
  std::vector<std::string_view> fields = {};  // text: of the registry
  std::vector<registry::Kind> kinds = {};     // named: of the things whose names are looked at
};

// By any of its names, with or without accents and capitals. Every searched field and every identifier of the registry
// is one, by its name there and by its label in either language where that is one word.
const QueryField* find_query_field(std::string_view typed);
// In the order of the rules; those of the registry that have no row of their own are not among them.
const std::vector<QueryField>& query_fields();

// A kind by its name or label in either language, singular or plural: "equipe", "teams".
std::optional<registry::Kind> kind_by_word(std::string_view typed);
// Whether it is a type of things of some kind, by its code or as the site calls it: "company", "entreprise".
bool names_a_type(std::string_view typed);

}  // namespace pitchblende::search
