// What people decided on who is who, as it stands today: decisions follow the author that they spoke of. Inside pool.
//
// Reads only; any thread.
#pragma once

#include <string>
#include <vector>

#include "pool/resolve.hpp"
#include "pool/state.hpp"

namespace pitchblende::pool {

// The names that a record prints, in the order of its parts: part n is the n-th.
std::vector<std::string> printed_names(const registry::Record& record);
// Tells whether a list of names is still the same one.
std::string list_hash(const std::vector<std::string>& names);

// Where a decision's author stands now: at the same place when the list is as it was, else where his name stands, once.
// 0: nowhere, or in two places.
int32_t part_now(int32_t part, std::string_view name, std::string_view list, const std::vector<std::string>& names);

// Decisions same, different, attach and detach that nobody undid, by number.
Result<std::vector<StandingDecision>> standing_decisions(store::Store& store);
// The same, at the places where their authors stand now, each with whether it can be applied. `records`: those that
// matter, for which texts are read; null: all.
Result<void> follow_authors(store::Store& store, std::vector<StandingDecision>& decisions,
                            const std::vector<int64_t>* records);

// What resolution is told. What is detached from a thing is kept from all that the thing holds, unless that was
// detached from it as well.
std::vector<resolution::Decision> as_told(const std::vector<StandingDecision>& decisions,
                                          const std::vector<resolution::Mention>& mentions);

// What a person joined is not taken apart again for its names: those are what he passed over. In a full run it is
// settled as it stands; of records that changed (`due`), in any run, the names that its other members go by are. The
// places that were joined by decisions behind `followed` bring along what they are one with.
void keep_joined(std::vector<resolution::Mention>& mentions, const std::vector<StandingDecision>& decisions,
                 int64_t followed, Scope scope, const std::vector<int64_t>& due);

// The decisions that a further one would contradict, by themselves or as a chain (a is b, b is c, a is not c). Empty:
// none.
std::vector<StandingDecision> contradicted(const std::vector<StandingDecision>& decisions,
                                           const std::vector<resolution::MentionRef>& a,
                                           const std::vector<resolution::MentionRef>& b, bool joins);

}  // namespace pitchblende::pool
