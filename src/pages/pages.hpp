// What people see: the site's pages and the same as data. Front door of pages.
//
// Pages reads the registry and the index and owns neither; any thread may ask for an answer. Visitors see what is
// public.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "booking/booking.hpp"
#include "http/http.hpp"
#include "registry/registry.hpp"
#include "search/search.hpp"

namespace pitchblende::pages {

struct Settings {
  std::string name;        // of the consortium, as a heading
  std::string consortium;  // reference of its own card ("local:demo/GIP"): its description opens the site
  std::string notice;      // shown on every page: "invented data"
  std::string contact;     // e-mail address, or empty
  std::string web_folder;  // templates, styles and words are read from there; empty: those inside the program
  const booking::Booking* booking = nullptr;              // null: no pages of booking
  std::map<std::string, std::string> source_titles = {};  // how pages name a source; others stand by their names
};

using CurrentIndex = std::function<std::shared_ptr<const search::Index>()>;

class Pages {
 public:
  // Error: PAGES_WORDS, HTTP_TEMPLATES: a file of the web folder that cannot be used.
  static Result<std::unique_ptr<Pages>> open(const registry::Registry& registry, CurrentIndex index, Settings settings);
  virtual ~Pages() = default;

  // Every page, list, file and redirect of the site. `this` must outlive the router.
  virtual void add_to(http::Router& router) const = 0;
  // The page of an error that no handler made: 404 for what no route takes, 500.
  virtual http::Answer error(const http::Request& request, int status) const = 0;
};

}  // namespace pitchblende::pages
