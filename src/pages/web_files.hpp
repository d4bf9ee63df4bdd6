// The files of web/: from inside the program, or from a folder while somebody works on them. Values.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace pitchblende::pages {

// Path from web/ ("templates/home.mustache") and text, sorted. `folder` empty: those inside the program. Error:
// PAGES_FILE.
Result<std::vector<std::pair<std::string, std::string>>> web_files(const std::string& folder);

}  // namespace pitchblende::pages
