// Addresses: of our own pages, and of what others keep about a thing. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "http/http.hpp"
#include "pages/words.hpp"
#include "registry/kinds.hpp"

namespace pitchblende::pages {

// A path of the site below its language: "/calls" → "/fr/calls".
std::string below(const Words& words, std::string_view path);
// "/fr/person/7ZK…"
std::string thing_address(std::string_view language, registry::Kind kind, Id id);
// "/id/pitchblende/7ZK…": the thing itself, whatever the language; redirects to its page.
std::string thing_name(Id id);
// "/fr/search?q=…&kind=…" of values that are not encoded yet; those that are empty are left out.
std::string search_address(std::string_view language, const std::vector<std::pair<std::string, std::string>>& query);
// A path of the site with those of these parameters that were asked for: "/fr/requests/all?state=new".
std::string with_parameters(const http::Request& request, std::string path,
                            std::initializer_list<std::string_view> names);
// Where the owner of a scheme shows a value: "https://orcid.org/…"; empty: nowhere.
std::string outside_address(std::string_view scheme, std::string_view value);
// The address as it may be shown and followed: http and https alone; empty: not safe.
std::string safe_address(std::string_view url);

}  // namespace pitchblende::pages
