// Takes a person out of the pool: docs/rules/erasure.md. Called under the pool's lock.
#pragma once

#include "pool/state.hpp"

namespace pitchblende::pool {

// What must not be found in the folder's files afterwards.
struct Erasing {
  ErasureReport report;
  std::vector<std::string> needles;
};

// Everything that is truth, in one transaction: after it he is gone from there, and what is derived is due.
Result<Erasing> erase_truth(State& state, const Erasure& erasure);
// Whether an erasure was begun and its traces are not gone yet.
Result<bool> is_erasing(State& state);
// After what was due is settled: index, log and file without a trace. Without needles (after a crash) the file is
// written anew to be sure.
Result<void> erase_traces(State& state, const std::vector<std::string>& needles, ErasureReport& report);

}  // namespace pitchblende::pool
