// One run of one source: records are staged as they are read, compared with what is stored, and applied when the run is
// whole.
//
// Staging writes a record's new version beside the present one; applying only points at it. A run that is interrupted
// while staging leaves nothing that is seen and is cleaned away; one that is interrupted while applying is taken up
// again.
#pragma once

#include "pool/pool.hpp"
#include "pool/state.hpp"

namespace pitchblende::pool {

Result<RunReport> import_run(State& state, const SourceSettings& source, const std::vector<std::string>& files,
                             const ImportOptions& options, const OnProgress& on_progress);

// At start: runs left staging are cleaned away, runs left applying are applied.
Result<void> recover_runs(State& state);

}  // namespace pitchblende::pool
