// `check`: is the store whole, does what is derived follow from what is true, does the index answer for both.
#pragma once

#include "pool/state.hpp"

namespace pitchblende::pool {

Result<CheckReport> check_all(State& state, const OnProgress& on_progress);

}  // namespace pitchblende::pool
