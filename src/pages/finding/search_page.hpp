// The search page, lists of a kind, and the same as JSON and CSV. Any thread.
#pragma once

#include "pages/site.hpp"

namespace pitchblende::pages {

// /{lang}/search, and /{lang}/{kind}, which is the list of that kind. Parameters: q, page (from 1 on), sort (relevance,
// newest, name), and any facet by its name, repeated at will.
http::Answer search_page(const Site& site, const http::Request& request, Language language,
                         std::optional<registry::Kind> kind, http::Format format);

// What an address of a list or a search asks for on a day, without its facets: "/search?q=…", "/person?…". nullopt:
// none of ours.
std::optional<search::Query> query_at(std::string_view address, const std::string& today);

}  // namespace pitchblende::pages
