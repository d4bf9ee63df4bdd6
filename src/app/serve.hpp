// `pitchblende serve`: the folder opened, the site served, commands of others carried out, until somebody stops it.
#pragma once

#include "cli/commands.hpp"

namespace pitchblende::app {

// Errors: CLI_SERVED with the address of the server that is there; HTTP_PORT; those of opening the folder.
Result<cli::Exit> serve(const cli::Options& options, const cli::Streams& streams);

}  // namespace pitchblende::app
