// A record: what one source says about one thing, normalised. Values, no thread contract.
//
// Text in a Value is clean UTF-8, squeezed; identifiers are normalised (registry/identifiers.hpp). A link's text is a
// reference "scheme:value": an identifier ("ror:013cjyk83", "doi:10.1/x"), a key of the same institution
// ("local:curie/EQ-12"; scheme local is <institution>/<key>) or, when nothing better is known, a name
// ("name:Institut Curie"). A mention's text is the name as printed.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "registry/kinds.hpp"

namespace pitchblende::registry {

struct Value {
  std::string text;
  std::string lang;  // BCP 47, lower case; empty: none or unknown
  std::vector<std::pair<Attribute, std::string>> attributes;

  // The first one, or empty.
  std::string_view get(Attribute attribute) const;
  // Nothing is added when the text is empty.
  Value& with(Attribute attribute, std::string text);
  bool operator==(const Value&) const = default;
};

// Whether what is said from `since` until `until`, both counted in, holds on a day ("2026-03-01"). An empty date bounds
// nothing; a date may be a year or a month alone: it ends with its last day.
bool holds_on(std::string_view since, std::string_view until, std::string_view day);
bool holds_on(const Value& value, std::string_view day);

// Not said by the source in so many words: whose a thing is follows from whose file it stands in
// (docs/rules/provenance.md, rule 6).
void mark_implied(Value& value);
bool is_implied(const Value& value);
void unmark_implied(Value& value);

struct Record {
  Kind kind = Kind::person;
  std::string key;                                // the thing's name within its source: PMID, staff number, ROR id
  std::string date;                               // the source's own date of this version, or empty
  bool deleted = false;                           // a feed's explicit deletion: only kind and key count
  std::vector<std::pair<FieldId, Value>> values;  // in the order the source gives within a field
  std::string unknown;                            // JSON members that this build has no field for: kept as they are

  // Adds a value; empty text adds nothing (the Value returned is then thrown away). The reference is good until the
  // next add.
  Value& add(FieldId field, std::string text, std::string lang = {});
  // The first value of a field, or null.
  const Value* first(FieldId field) const;
  std::string_view text(FieldId field) const;
};

// What is stored: {"title":["x"],"names":[{"v":"x","l":"fr","a":{"type":"acronym","affiliation":["…","…"]}}]}, members
// in the order of their names, values in the source's order; the same record gives the same bytes. A value without lang
// and attributes is its text alone.
std::string encode(const Record& record);
// Reads it back; members unknown to this build go to Record::unknown.
Result<Record> decode(Kind kind, std::string_view key, std::string_view payload);
// BLAKE2b-128 of kind, key and payload.
std::string content_hash(const Record& record, std::string_view payload);

}  // namespace pitchblende::registry
