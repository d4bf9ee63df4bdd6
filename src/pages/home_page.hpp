// The first page, and those of text: about, glossary, contacts, accessibility. Any thread.
#pragma once

#include "pages/site.hpp"

namespace pitchblende::pages {

http::Answer home_page(const Site& site, const http::Request& request, Language language);
// The glossary's terms as JSON or CSV; in another form: 404.
http::Answer glossary_data(const Site& site, const http::Request& request, Language language, http::Format format);
// "about", "glossary", "contacts", "accessibility"; another name: 404.
http::Answer text_page(const Site& site, const http::Request& request, Language language, std::string_view name);

}  // namespace pitchblende::pages
