// A card: the merged view of one thing. Values, no thread contract.
//
// Cards are computed from records and decisions (registry/merging.hpp), stored as JSON text for quick reading, and
// never edited or migrated.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/visibility.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "registry/record.hpp"

namespace pitchblende::registry {

// A record that a card is made of.
struct CardSource {
  int64_t record = 0;
  std::string source;
  std::string key;
  std::string date;
  bool republish = true;
  access::Visibility visibility = access::Visibility::everyone;
};

// Sources of the program's own rooms, where people say things on the site: "pitchblende:groups",
// "pitchblende:groups:owner" for what not everybody sees.
inline constexpr std::string_view k_room_sources = "pitchblende:";
// "groups"; empty: a source from outside.
std::string_view room_of_source(std::string_view source);

struct CardValue {
  Value value;
  std::vector<uint32_t> sources;  // places in Card::sources, best first
  bool lost = false;              // another value of a one-valued field won
  int64_t decision = 0;           // made by a person's decision
  bool hidden = false;            // a decision hides it from everyone but curators
};

struct CardField {
  FieldId field;
  std::vector<CardValue> values;  // best first
};

struct Card {
  Id id;
  Kind kind = Kind::person;
  std::string label;
  bool page = true;                                              // false: known, but has no page, index entry or feed
  access::Visibility visibility = access::Visibility::everyone;  // of the whole thing
  std::vector<Id> owners;                                        // institutions, sorted
  bool verified = false;
  std::vector<CardSource> sources;  // best first
  std::vector<CardField> fields;    // in the order of their names

  const CardField* find(FieldId field) const;
  // The winning value's text, or empty.
  std::string_view text(FieldId field) const;
};

// The id under which an institution owns things: from its short name, the same on every machine.
Id institution_id(std::string_view institution);

std::string encode(const Card& card);
Result<Card> decode_card(Id id, Kind kind, std::string_view body);

// The form in which a link's reference is compared: names are normalised, everything else stands as it is.
std::string link_key(std::string_view ref);

// What names the thing, from the values in the card that are not hidden; empty: nothing does.
std::string label_of(const Card& card);
// The same from what everybody may see: lists show it to whoever may know the thing.
std::string public_label(const Card& card);

// What everybody may see of its names in a language: the label that is not over, no alias; empty where there is none.
std::string_view public_name_in(const Card& card, std::string_view language);

// What of a value may be seen: the strictest of the field's, its best visible source's and a decision's.
access::Visibility visibility_of(const Card& card, const CardField& field, const CardValue& value);
// The card as a viewer may see it: values that he may not see are not there, nor are sources that nothing seen came
// from. nullopt: he may not know that it exists.
std::optional<Card> seen_by(Card card, const access::Viewer& viewer);

}  // namespace pitchblende::registry
