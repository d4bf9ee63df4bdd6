// The learned models that ship with the program. Owner: resolution. Immutable, any thread.
#pragma once

#include "resolution/forest.hpp"

namespace pitchblende::resolution {

// Whether two mentions are one person (people_traits.hpp); trained by bench/resolution, reviewed, in models/people.tsv.
const Forest& people_model();

}  // namespace pitchblende::resolution
