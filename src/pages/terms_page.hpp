// Our own words of JSON-LD (pb:…), each with what it means and whose it is. Any thread.
#pragma once

#include "pages/site.hpp"

namespace pitchblende::pages {

// A page, or JSON-LD for whoever asks for data; as CSV: 404.
http::Answer terms_page(const Site& site, const http::Request& request, Language language, http::Format format);

}  // namespace pitchblende::pages
