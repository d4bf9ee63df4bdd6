// A person's decision about records, kept for ever; what it concerns becomes due.
#pragma once

#include "pool/state.hpp"

namespace pitchblende::pool {

// Checks the decision and stores it. "same" and "different" are kept between the oldest records of the two things, the
// others on the oldest record of the one: they follow the record wherever resolution takes it.
Result<int64_t> record_decision(State& state, const Judgement& judgement);

}  // namespace pitchblende::pool
