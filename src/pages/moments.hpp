// Times as people read them, by the consortium's own clock: that of Paris. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "pages/blocks.hpp"
#include "pages/words.hpp"

namespace pitchblende::pages {

// "2026-11-24T11:20", a time on the wall: "24 November 2026, 11:20 (Paris)".
std::string wall_time(std::string_view local, const Words& words);
// A time of the store, "2026-11-24T10:20:30Z", by the consortium's clock; anything else as it is.
std::string moment(const Words& words, std::string_view at);
// The same for machines, <time datetime> and files: "2026-11-24T11:20:30+01:00"; empty: it is no time.
std::string moment_stamp(std::string_view at);
// A word with {when} in it, for the template {{>moment}}: {before, when, stamp, after}.
View moment_in(const Words& words, std::string_view key, std::string_view at);

}  // namespace pitchblende::pages
