// Texts that people write with a few marks: safe HTML of them. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace pitchblende::pages {

// Paragraphs parted by empty lines, "## " headings (as h3, h4: a page has its own above), "- " and "1. " lists,
// **strong**, *emphasis*, [words](https://…). Everything else is text; addresses are http, https, mailto, or paths of
// this site.
std::string rich_html(std::string_view text);
// The same without marks, for descriptions and calendars.
std::string plain_text(std::string_view text);

}  // namespace pitchblende::pages
