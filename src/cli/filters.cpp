#include "cli/filters.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "cli/errors.hpp"
#include "cli/matching.hpp"
#include "registry/code_words.hpp"

namespace pitchblende::cli {

namespace {

using search::Facet;

std::string names_of_facets() {
  std::string out;
  for (size_t at = 0; at < search::k_facets; ++at) {
    out += (at == 0 ? "" : ", ") + std::string(search::name(static_cast<Facet>(at)));
  }
  return out;
}

// The codes that a facet may have, where every field that feeds it has a closed list; else empty.
std::string codes_of(Facet facet) {
  const std::string_view field_name = facet == Facet::role ? "consortium_roles" : search::name(facet);
  std::set<std::string_view> seen;
  std::string out;
  for (const registry::KindDescription& kind : registry::kinds()) {
    for (const registry::FieldDescription& field : kind.fields) {
      if (field.name != field_name) {
        continue;
      }
      if (field.type != registry::FieldType::code || field.codes.empty()) {
        return {};
      }
      for (const std::string_view code : registry::codes_of(*registry::find_field(kind.kind, field.name))) {
        out += seen.insert(code).second ? (out.empty() ? "" : " ") + std::string(code) : std::string();
      }
    }
  }
  return out;
}

Result<std::string> kind_of(const std::string& value) {
  for (const registry::KindDescription& kind : registry::kinds()) {
    const std::string typed = normalised(value);
    if (kind.name == value || normalised(kind.english) == typed || normalised(kind.french) == typed) {
      return std::string(kind.name);
    }
  }
  return fail(errors::kind, value);
}

Result<std::string> year_of(const std::string& value) {
  const bool year = value.size() == 4 && value.find_first_not_of("0123456789") == std::string::npos;
  return year ? Result<std::string>(value) : fail(errors::filter_value, value, "year", InBoth{"2024", "2024"});
}

// A thing by its id, a reference, or its name.
Result<std::string> thing_of(const std::string& value, const registry::Registry& registry,
                             const access::Viewer& viewer) {
  const bool bare = !Id::parse(value) && value.find(':') == std::string::npos;
  TRY_ASSIGN(const Id id, id_of(registry, bare ? "name:" + value : value));
  TRY_ASSIGN(const registry::Found found, registry.find(id, viewer));
  return found.card ? Result<std::string>(found.id.text()) : fail(errors::not_found, value);
}

Result<std::string> value_of(Facet facet, const std::string& value, const registry::Registry& registry,
                             const access::Viewer& viewer) {
  if (counts_things(facet)) {
    return thing_of(value, registry, viewer);
  }
  if (facet == Facet::kind) {
    return kind_of(value);
  }
  if (facet == Facet::year) {
    return year_of(value);
  }
  const std::string codes = codes_of(facet);
  const auto meant = codes.empty() ? std::optional<std::string_view>(value) : registry::code_meant(codes, value);
  return meant ? Result<std::string>(std::string(*meant))
               : fail(errors::filter_value, value, search::name(facet), registry::words_of_codes(codes));
}

}  // namespace

bool counts_things(Facet facet) {
  return facet == Facet::institution || facet == Facet::group || facet == Facet::person || facet == Facet::platform ||
         facet == Facet::broader;
}

Result<search::Filter> filter_of(const std::string& said, const registry::Registry& registry,
                                 const access::Viewer& viewer) {
  const size_t equals = said.find('=');
  for (size_t at = 0; at < search::k_facets && equals != std::string::npos; ++at) {
    const auto facet = static_cast<Facet>(at);
    if (search::name(facet) == std::string_view(said).substr(0, equals)) {
      TRY_ASSIGN(std::string value, value_of(facet, said.substr(equals + 1), registry, viewer));
      return search::Filter{facet, {std::move(value)}};
    }
  }
  return fail(errors::filter, said, names_of_facets());
}

}  // namespace pitchblende::cli
