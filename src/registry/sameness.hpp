// When two values of a field say the same thing. Pure; any thread.
#pragma once

#include <string>

#include "registry/kinds.hpp"
#include "registry/record.hpp"

namespace pitchblende::registry {

// Two values with different keys never say the same thing.
std::string sameness(const FieldDescription& field, const Value& value);
// A code that holds for a time: two of them with one key are one where their periods meet, as far as both say when.
bool has_period(const FieldDescription& field, const Value& value);
bool same_period(const Value& a, const Value& b);
bool periods_meet(const Value& a, const Value& b);
// What a decision on `decided` speaks of: the value, and for a code its period; without one, all of them.
bool speaks_of(const FieldDescription& field, const Value& decided, const Value& value);

}  // namespace pitchblende::registry
