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
// `where` beside: while an import is under way, and cards are remade later only; who comes second to a card would not
// see what the first one said (POOL_BUSY).
enum class Where : uint8_t { alone, beside };
Result<std::vector<int64_t>> record_decisions(State& state, const std::vector<Judgement>& judgements,
                                              const Pool::Also& also, Where where);

}  // namespace pitchblende::pool
