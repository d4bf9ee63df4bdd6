// How a kind's rows are written down: one short call per field, in registry/kinds/<kind>.cpp. Owner: registry; nobody
// else includes it. Constant data, any thread.
//
// Prefixes of IRIs: schema (schema.org), vivo, cerif (w3id.org/cerif/model), foaf, skos, dcterms, dcat, bibo, org
// (W3C), datacite, and pb for what no vocabulary has a word for.
#pragma once

#include "registry/kinds.hpp"

namespace pitchblende::registry::rows {

inline constexpr Cardinality k_one = Cardinality::one;
inline constexpr Cardinality k_many = Cardinality::many;

// What every row has, in the order in which a row is read aloud.
struct Words {
  std::string_view name;
  std::string_view english;
  std::string_view french;
  std::string_view iri;
};

constexpr FieldDescription row(FieldType type, Cardinality cardinality, const Words& words) {
  return {words.name, type, cardinality, words.english, words.french, words.iri};
}
constexpr FieldDescription text(Cardinality cardinality, const Words& words) {
  return row(FieldType::text, cardinality, words);
}
constexpr FieldDescription localized(Cardinality cardinality, const Words& words) {
  return row(FieldType::localized, cardinality, words);
}
constexpr FieldDescription date(const Words& words) { return row(FieldType::date, k_one, words); }
constexpr FieldDescription number(const Words& words) { return row(FieldType::number, k_one, words); }
constexpr FieldDescription flag(const Words& words) { return row(FieldType::flag, k_one, words); }
constexpr FieldDescription url(Cardinality cardinality, const Words& words) {
  return row(FieldType::url, cardinality, words);
}
constexpr FieldDescription mention(Cardinality cardinality, const Words& words) {
  return row(FieldType::mention, cardinality, words);
}
// A field of codes; an empty list is an open one.
constexpr FieldDescription code(Cardinality cardinality, const Words& words, std::string_view codes = {}) {
  FieldDescription field = row(FieldType::code, cardinality, words);
  field.codes = codes;
  return field;
}
// `kinds`: those that may stand at the other end, space separated.
constexpr FieldDescription link(Cardinality cardinality, const Words& words, std::string_view kinds) {
  FieldDescription field = row(FieldType::link, cardinality, words);
  field.scheme = kinds;
  return field;
}
// The scheme is the field's name unless said otherwise. Found by who types it, so searched a little.
constexpr FieldDescription identifier(Cardinality cardinality, const Words& words, std::string_view scheme = {}) {
  FieldDescription field = row(FieldType::identifier, cardinality, words);
  field.scheme = scheme.empty() ? words.name : scheme;
  field.weight = 2;
  return field;
}

constexpr FieldDescription searched(uint8_t weight, FieldDescription field) {
  field.weight = weight;
  return field;
}
constexpr FieldDescription faceted(FieldDescription field) {
  field.facet = true;
  return field;
}
constexpr FieldDescription shown_to(access::Visibility visibility, FieldDescription field) {
  field.visibility = visibility;
  return field;
}

// The name that an institution's own files give the thing: staff numbers are nobody else's business.
inline constexpr FieldDescription k_local_id = [] {
  FieldDescription field =
      identifier(k_many, {"local_id", "Local identifier", "Identifiant local", "schema:identifier"}, "local");
  field.weight = 0;
  field.visibility = access::Visibility::institution;
  return field;
}();

extern const KindDescription k_person, k_organisation, k_team, k_group, k_site, k_platform, k_equipment, k_service,
    k_collection, k_dataset, k_publication, k_project, k_trial, k_patent, k_event, k_concept, k_call, k_award,
    k_partnership;

}  // namespace pitchblende::registry::rows
