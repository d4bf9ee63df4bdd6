// What a browser calls itself, as people call it. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "pages/words.hpp"

namespace pitchblende::pages {

// "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0" → "Firefox on Linux"; what says neither is
// itself. Nothing is decided by it: anybody may send any name.
std::string agent_words(std::string_view agent, const Words& words);

}  // namespace pitchblende::pages
