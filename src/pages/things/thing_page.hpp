// The page of one thing, and the same as JSON, JSON-LD and CSV. Any thread.
#pragma once

#include "pages/site.hpp"

namespace pitchblende::pages {

// /{lang}/{kind}/{id}. Merged, or of another kind: redirect; withdrawn: 410; never was, or may not be known: 404.
http::Answer thing_page(const Site& site, const http::Request& request, Language language, std::string_view kind,
                        std::string_view id, http::Format format);
// /id/{scheme}/{value}: to the page of what has this identifier, in the reader's language; scheme pitchblende is our
// id.
http::Answer identifier_page(const Site& site, const http::Request& request, std::string_view scheme,
                             std::string_view value);

}  // namespace pitchblende::pages
