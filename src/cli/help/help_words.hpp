// The words of `--help` in French. Inside cli; constant data, any thread.
#pragma once

#include <string_view>

namespace pitchblende::cli {

// Of a description of a command or an option; empty: there is none, which a test does not allow.
std::string_view french_help(std::string_view english);

}  // namespace pitchblende::cli
