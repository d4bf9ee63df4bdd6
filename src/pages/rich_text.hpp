// Texts that people write in Markdown (CommonMark): safe HTML of them. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace pitchblende::pages {

// A line is a line. Headings begin at `top` (3: h3) and never skip a level. Tags are shown as they were typed, pictures
// by their words alone. Addresses are http, https, mailto, or paths of this site: a link to anything else is its words.
// `leaves`: said to who hears a link that leads elsewhere.
std::string rich_html(std::string_view text, std::string_view leaves, int top = 3);
// The same without marks, for descriptions and calendars.
std::string plain_text(std::string_view text);

}  // namespace pitchblende::pages
