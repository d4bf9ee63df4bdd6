// From the record of anything but a person to what can be compared. Owner: resolution. Pure, any thread.
#pragma once

#include "resolution/resolution.hpp"

namespace pitchblende::resolution {

// Puts to part 0 of a record its names, places, partners and context. Of a publication the context is year, first
// author, form and version (publication_title.hpp), of equipment make and model, as instruments.hpp compares them, of
// what stands somewhere country and town, else year.
void describe_thing(Mention& mention, const registry::Record& record);

}  // namespace pitchblende::resolution
