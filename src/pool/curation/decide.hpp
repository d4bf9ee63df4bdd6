// A person's decision about records, kept for ever; what it concerns becomes due.
#pragma once

#include "pool/state.hpp"

namespace pitchblende::pool {

// Checks the decision and stores it. One on who is who is kept between two records, or names on them: those that were
// named, or the oldest ones of the two things; one on a value is kept on the oldest record. They follow these wherever
// resolution takes them. Refused: what contradicts a decision that stands (POOL_CONTRADICTS names it), and what joins
// that which is never joined.
Result<int64_t> record_decision(State& state, const Judgement& judgement);
// Several on cards at once, after `also` (empty: nothing) in its transaction. Refused: one on who is who, which has to
// be weighed against those before it (POOL_ONE_AT_A_TIME).
Result<std::vector<int64_t>> record_decisions(State& state, const std::vector<Judgement>& judgements,
                                              const Pool::Also& also);

}  // namespace pitchblende::pool
