// The pieces that pages are made of, as views (web/README.md says what each holds). Any thread; views that were made
// while a ViewMemory lived are of its thread and end before it.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pages/words.hpp"
#include "search/search.hpp"

namespace pitchblende::pages {

// The views that a thread makes while it lives stand in one block of memory, which is given back as a whole: a page has
// a thousand of them, and half of what they cost was to find room for each and to give it back.
class ViewMemory {
 public:
  ViewMemory();
  ~ViewMemory();
  ViewMemory(const ViewMemory&) = delete;
  ViewMemory& operator=(const ViewMemory&) = delete;
  // That of the one that lives in this thread, or the ordinary one.
  static boost::json::storage_ptr here();

 private:
  std::optional<boost::json::monotonic_resource> m_memory;  // none inside of another one
};

class View : public boost::json::object {
 public:
  using Members = std::initializer_list<std::pair<boost::json::string_view, boost::json::value_ref>>;
  View() : object(ViewMemory::here()) {}
  View(Members members) : object(members, ViewMemory::here()) {}
  View(const boost::json::object& other) : object(other, ViewMemory::here()) {}
};

class Views : public boost::json::array {
 public:
  Views() : array(ViewMemory::here()) {}
  Views(std::initializer_list<boost::json::value_ref> items) : array(items, ViewMemory::here()) {}
  Views(const boost::json::array& other) : array(other, ViewMemory::here()) {}
};

// Members with an empty text are left out, so that a template does not enter them.
View view(std::initializer_list<std::pair<std::string_view, std::string_view>> texts);

// Lines of a text that somebody wrote, each a paragraph: [{text}].
Views paragraphs_of(std::string_view text);

View hit_view(const search::Hit& hit, const Words& words);
// A hit's snippet into its view, its matching words apart: "snippet" [{text, mark}], "has_snippet", and "snippet_lang"
// where that is not the page's; nothing where it has none.
void put_snippet(const search::Hit& hit, const Words& words, View& out);
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
