// What somebody typed into a form that was not taken, given back to him so that he can copy it. Nothing of it is
// stored. Any thread.
#pragma once

#include "http/form.hpp"
#include "pages/site.hpp"

namespace pitchblende::pages {

// Whether people type or choose what goes by that name, or our own pages put it there.
bool is_typed_name(std::string_view name);
// For the template {{>typed}}: "typed" [{n, label, text, rows}], "files_again" where files came along, "typed_cut"
// where it is more than a page holds. Nothing of a request without a form.
void put_typed(const http::Request& request, const Words& words, View& body);
// The address of the page with the form, as its browser says, where something answers there; else of the nearest page
// above it; empty: none.
std::string address_of_form(const http::Router& router, const http::Request& request);
// A way on from there, which leaves the page with his words open: into "ways_on" [{url, label}].
void add_way_on(View& body, const std::string& url, const std::string& label);

}  // namespace pitchblende::pages
