// A command, from its words to its exit code. One thread a command.
#pragma once

#include <string>
#include <vector>

#include "cli/commands.hpp"

namespace pitchblende::cli {

// In a data folder that is open already, for somebody who works in `directory`: only commands that write. `arguments`
// without the program's name.
int carry_out(const std::vector<std::string>& arguments, const std::string& directory, const std::string& folder,
              Workplace& place, const Streams& streams);

}  // namespace pitchblende::cli
