// Things as CSV (RFC 4180, UTF-8), however many they are. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/http.hpp"
#include "pages/site.hpp"
#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

// One cell of a table: quoted where it must be; what a spreadsheet would take for a formula begins with an apostrophe.
void append_cell(std::string& out, std::string_view text);

// A table of things: id, kind, label, address, then a column for each field that one of them has; several values are
// parted by " | ". A link says what it leads to, with role and dates, and has a column more, of ids.
std::string things_csv(const std::vector<Thing>& things, std::string_view language);

// The same as a file, in the order of the list, of what may be republished and the reader may see when its row is made.
// A list of over a thousand is made while it is sent, and has a column for each field of its kinds.
http::Answer things_file(const Site& site, const http::Request& request, Language language, search::List list,
                         const std::string& name);

}  // namespace pitchblende::pages
