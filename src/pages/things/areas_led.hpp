// Which key areas an organisation leads: those whose leader holds a position there today. Reads index and registry; any
// thread.
#pragma once

#include "pages/site.hpp"

namespace pitchblende::pages {

// A block of them, or none. `today`: 2024-01-31.
Result<Views> areas_led(const Site& site, Id organisation, std::string_view today, const access::Viewer& viewer,
                        const Words& words);

}  // namespace pitchblende::pages
