// The advanced form, suggestions while typing, and experts in a topic. Any thread.
#pragma once

#include "pages/site.hpp"

namespace pitchblende::pages {

// /{lang}/advanced?q=…: the form with the query in its fields. With ask=1: what the fields say, as a query, on the
// search page. The same without script.
http::Answer advanced_page(const Site& site, const http::Request& request, Language language);
// /{lang}/suggest?q=…: {"q":…,"suggestions":[{"text","kind","kind_label","url"}…]}, of public values only.
http::Answer suggest_answer(const Site& site, const http::Request& request, Language language);
// /{lang}/experts?q=…: people, teams and platforms, each with what shows it; .json as well.
http::Answer experts_page(const Site& site, const http::Request& request, Language language, http::Format format);

}  // namespace pitchblende::pages
