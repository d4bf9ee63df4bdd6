// What a decision on who is who speaks of: a record or a name on one. Inside pool. Reads only; any thread.
#pragma once

#include "pool/state.hpp"

namespace pitchblende::pool {

// A record or a name on it, standing for a thing when that was named.
struct Subject {
  registry::Kind kind = registry::Kind::person;
  StandingDecision::End end;
  int64_t entity = 0;
  bool whole_thing = false;
  std::string asked;  // as the curator named it
};

// Why nothing is known at a place that somebody named: no such record, or what is printed there is nobody.
Error not_there(store::Store& store, const resolution::MentionRef& ref);

Result<Subject> first_of(store::Store& store, const Judgement& judgement);
Result<Subject> second_of(store::Store& store, const Judgement& judgement, const Subject& a);

}  // namespace pitchblende::pool
