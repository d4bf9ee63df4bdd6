// From records and decisions to a card. Pure, any thread; the order of the records given never changes the card.
//
// For each field the value that wins: a decision, then the source's trust, then the source's own date, then the
// source's name and the record's key bytewise. Fields of many values are the union, values that are equal after
// normalisation joined. A list of mentions (the authors of a paper) is one value: the best record's list is taken
// whole.
#pragma once

#include <span>
#include <vector>

#include "registry/card.hpp"

namespace pitchblende::registry {

struct SourcedRecord {
  Record record;
  CardSource source;
  std::string institution;
  int64_t trust = 0;
};

enum class Ruling : uint8_t { override_, hide, verified };

// A decision about this thing that still holds (undone ones are left out by the caller).
struct CardDecision {
  int64_t number = 0;
  Ruling ruling = Ruling::verified;
  std::string field;  // empty: the whole thing
  Value value;        // override: the new value; hide: the value hidden, empty for the whole field
};

// Never fails; no records gives an empty card. `page` is left true: registry/pages_rule.hpp decides it for persons.
Card merge(Id id, Kind kind, std::vector<SourcedRecord> records, std::span<const CardDecision> decisions);

}  // namespace pitchblende::registry
