// What the registry is told of calls: a call once it is published, an award for each proposal that is funded. Pure but
// for what awards refer to; any thread.
#pragma once

#include "calls/committee.hpp"
#include "registry/registry.hpp"

namespace pitchblende::calls {

// The slice whose records these are, for Pool::publish.
inline constexpr std::string_view k_published_as = "calls";

// Under which key the award of a proposal is published.
std::string award_key(std::string_view proposal);

// `page`: where the call is read; empty: nowhere.
registry::Record call_record(const Call& call, const std::string& page);
Result<registry::Record> award_record(const registry::Registry& registry, const Call& call, const Told& told,
                                      const std::string& page);

}  // namespace pitchblende::calls
