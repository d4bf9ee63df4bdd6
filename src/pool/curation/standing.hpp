// Whether a decision on who is who can stand beside those that do, and beside what is never broken. Inside pool. Reads
// only; any thread.
#pragma once

#include "pool/curation/subject.hpp"

namespace pitchblende::pool {

// The error names both by what their cards are called, and what speaks against it.
Result<void> can_stand(store::Store& store, const Judgement& judgement, const Subject& a, const Subject& b);

}  // namespace pitchblende::pool
