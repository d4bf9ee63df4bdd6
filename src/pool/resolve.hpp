// Who is who, for what is due: loads the records concerned, asks resolution, writes assignments.
#pragma once

#include "pool/state.hpp"

namespace pitchblende::pool {

enum class Scope : uint8_t { due, everything };

// Resolves the records that are due together with whatever they may be the same as, or everything. Entities whose
// members or records changed become due for merging. Can be interrupted and done again: what is due leaves only at the
// end.
Result<void> resolve(State& state, Scope scope, const OnProgress& on_progress, SettleReport& report);

// Two places that are to be joined, and the things that have to come along whole.
struct Joining {
  resolution::MentionRef a;
  resolution::MentionRef b;
  std::vector<Id> whole;
};
// What would keep them apart although the last of these decisions says that they are one; nullopt: nothing. Reads only.
Result<std::optional<resolution::Reason>> obstacle_between(store::Store& store, const Joining& joining,
                                                           const std::vector<StandingDecision>& decisions);

// Remakes match_key from all live records.
Result<void> remake_keys(State& state, const OnProgress& on_progress);

}  // namespace pitchblende::pool
