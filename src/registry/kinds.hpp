// Each kind and each field, described once: templates, merging, forms, pages, JSON, JSON-LD and search read it from
// here.
//
// Rows stand in registry/kinds/*.cpp. A new field is a new row there and nothing else. Constant data, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "access/visibility.hpp"

namespace pitchblende::registry {

enum class Kind : uint8_t {
  person,
  organisation,
  team,
  group,
  site,
  platform,
  equipment,
  service,
  collection,
  dataset,
  publication,
  project,
  trial,
  patent,
  event,
  concept_,
  call,
  award,
  partnership
};
inline constexpr size_t k_kinds = 19;

enum class FieldType : uint8_t {
  text,        // one language or none
  localized,   // Value::lang says which language
  identifier,  // scheme = FieldDescription::scheme; checked and normalised at the door
  code,        // a word of a controlled list (the field's `codes`, space separated; empty: open list)
  date,        // 2019, 2019-04, 2019-04-30
  number,
  flag,  // "true" or "false"
  url,
  link,    // Value::text is a reference "scheme:value"; attributes from, to, role, order…
  mention  // a person or organisation as printed (Value::text), with attributes; resolution may assign it an entity
};

enum class Cardinality : uint8_t { one, many };

// What a kind of value may carry beside its text. One list for all fields; names as in files and JSON.
enum class Attribute : uint8_t {
  type,
  from,
  to,
  role,
  order,
  title,
  kind,
  share,
  head,
  level,
  since,
  expires,
  amount,
  currency,
  unit,
  property,
  weight,
  major,
  qualifier,
  label,
  family,
  given,
  initials,
  suffix,
  particle,
  honorific,
  orcid,
  isni,
  email,
  identifier,
  affiliation,
  affiliation_id,
  collective,
  corresponding,
  equal,
  deceased,
  printed,
  country,
  city,
  address,
  phone,
  field,
  concept_,
  agency,
  status,
  note,
  url
};
std::string_view name(Attribute attribute);
std::optional<Attribute> attribute(std::string_view name);
// Attributes that more than one value may stand under (affiliation, identifier…) keep their order.

struct FieldDescription {
  std::string_view name;  // snake_case, as in JSON: "given_names"
  FieldType type;
  Cardinality cardinality;
  std::string_view english;  // label
  std::string_view french;
  std::string_view iri;          // schema:givenName, vivo:…, cerif:…
  std::string_view scheme = {};  // identifier: "orcid"; link: the kinds that may stand there, "team organisation"
  std::string_view codes = {};   // code: "founder member partner"
  access::Visibility visibility = access::Visibility::everyone;
  uint8_t weight = 0;  // search weight 0 (not searched) … 10
  bool facet = false;
};

struct KindDescription {
  Kind kind;
  std::string_view name;     // "person"
  std::string_view english;  // label
  std::string_view french;
  std::string_view schema_type;  // "schema:Person"
  std::string_view label_field;  // field that names the thing
  std::span<const FieldDescription> fields;
  std::string_view owner_field = {};  // link that says whose the thing is; empty: that is not said of the kind
};

// A field of a kind: its row's place in the table of all. Stable within one build only; names are what is stored.
struct FieldId {
  uint16_t index = 0xFFFF;
  auto operator<=>(const FieldId&) const = default;
};

std::span<const KindDescription> kinds();
const KindDescription& description(Kind kind);
std::optional<Kind> kind(std::string_view name);
inline std::string_view name(Kind kind) { return description(kind).name; }

std::optional<FieldId> find_field(Kind kind, std::string_view name);
// The same for code that knows the name: a wrong name ends the program, so a test that runs the code finds it.
FieldId field(Kind kind, std::string_view name);
const FieldDescription& description(FieldId field);
Kind kind_of(FieldId field);

}  // namespace pitchblende::registry
