// What the search page says of a query beside its answer: what was not taken as it stands, what was looked for beside
// the words, and where one may go on from here. Any thread.
#pragma once

#include "pages/site.hpp"

namespace pitchblende::pages {

// One sentence for each.
Views note_views(const std::vector<search::QueryNote>& notes, const Words& words);
// The words, and what else was looked for, as one text.
Views translated_views(const std::vector<search::Translated>& translated, const Words& words);
// "experts in lymphoma", "experts en lymphome": what the experts are wanted in; empty: they are not.
std::string_view experts_wanted(std::string_view q);

}  // namespace pitchblende::pages
