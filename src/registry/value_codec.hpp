// How a value stands in a payload and in a card: its text alone, or {"v":…,"l":…,"a":{…}}. Pure, any thread.
#pragma once

#include <string>

#include "registry/record.hpp"

namespace pitchblende::registry {

void append_value(std::string& out, const Value& value);
// The members of the object form without the braces: for a card, which adds its own.
void append_value_members(std::string& out, const Value& value);

}  // namespace pitchblende::registry
