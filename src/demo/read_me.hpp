// What stands beside the files for whoever opens the folder. Owner: demo. Pure functions, any thread.
#pragma once

#include <string>

#include "demo/demo.hpp"

namespace pitchblende::demo {

std::string english_read_me(const Settings& settings);
std::string french_read_me(const Settings& settings);

}  // namespace pitchblende::demo
