// The pieces that pages are made of, as views (web/README.md says what each holds). Pure, any thread.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pages/words.hpp"
#include "search/search.hpp"

namespace pitchblende::pages {

using View = boost::json::object;
using Views = boost::json::array;

// Members with an empty text are left out, so that a template does not enter them.
View view(std::initializer_list<std::pair<std::string_view, std::string>> texts);

View hit_view(const search::Hit& hit, const Words& words);
// A block of the given id; its title is words.blocks.<id>.
View block(std::string_view id, const Words& words);
View hits_block(std::string_view id, const std::vector<search::Hit>& hits, uint64_t count, const std::string& more,
                const Words& words);

struct Count {
  std::string label;
  std::string url;
  uint64_t count = 0;
};
// Shares of a whole, the largest first: a bar and a number in each row.
View bars_block(std::string_view id, const std::vector<Count>& counts, const Words& words);
// A number for each year from the first to the last, those without any too; at most the last 60.
View years_block(std::string_view id, std::vector<std::pair<int, uint64_t>> years, const Words& words);

}  // namespace pitchblende::pages
