// Whether two rows of one key may be one thing. Inside sources; pure functions, any thread.
#pragma once

#include "registry/record.hpp"

namespace pitchblende::sources {

// Names of people share a word, names of things say the same. What one of the two leaves unsaid is no difference.
bool agree_in(registry::FieldId field, const registry::Record& one, const registry::Record& other);

}  // namespace pitchblende::sources
