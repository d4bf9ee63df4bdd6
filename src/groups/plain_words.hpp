// A text in Markdown in plain words, as cards and lists show it. Inside groups; pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace pitchblende::groups {

// Without marks of headings, quotes and emphasis; a link is its words, wherever it leads. What a page shows as a page
// is rendered in pages: here nothing is HTML.
std::string plain_words(std::string_view markdown);

}  // namespace pitchblende::groups
