#include "pages/address.hpp"
#include "pages/administration/administration.hpp"

namespace pitchblende::pages {

std::vector<Crumb> administration_crumbs(const Words& words, const std::vector<Crumb>& rest) {
  std::vector<Crumb> out{{words.get("account.title"), below(words, "/account")},
                         {words.get("admin.title"), below(words, "/admin")}};
  out.insert(out.end(), rest.begin(), rest.end());
  return out;
}

http::Answer listing_page(const Site& site, const http::Request& request, Language language, Listing listing) {
  const Words& words = site.words(language);
  const std::string word = "admin." + listing.room;
  const std::string title = listing.title.empty() ? words.get(word + ".title") : listing.title;
  View body = std::move(listing.body);
  if (words.has(word + ".lead")) {
    body["lead"] = words.get(word + ".lead");
  }
  if (words.has(word + ".give")) {
    body["form_title"] = words.get(word + ".give");
  }
  listing.sheet.sort(request.parameter("sort"));
  if (listing.sheet.size() > 0) {
    const std::string here = with_parameters(request, below(words, listing.path), {"state", "before"});
    body["sheet"] = listing.sheet.view(here, title, words);
    body["csv_url"] = with_parameters(request, below(words, listing.path + ".csv"), {"state"});
  }
  if (listing.older > 0) {
    const std::string here = with_parameters(request, below(words, listing.path), {"state"});
    body["older"] =
        here + (here.find('?') == std::string::npos ? "?" : "&") + "before=" + std::to_string(listing.older);
  }
  return form_page(site, request, language, "listing", title, std::move(body),
                   administration_crumbs(words, {{title, {}}}));
}

void add_listing(const Site& site, http::Router& router, const std::string& path, http::Right right,
                 const MakeListing& make) {
  add_room(site, router, http::Method::get, path, right,
           [&site, make](const http::Request& request, Language language, const http::Captures&) {
             auto listing = make(request, site.words(language), Rows::page);
             return listing ? listing_page(site, request, language, std::move(*listing))
                            : site.error(request, language, 500);
           });
  add_room(site, router, http::Method::get, path + ".csv", right,
           [&site, make](const http::Request& request, Language language, const http::Captures&) {
             const Words& words = site.words(language);
             const auto listing = make(request, words, Rows::all);
             return listing ? listing->sheet.csv_answer(words) : site.error(request, language, 500);
           });
}

}  // namespace pitchblende::pages
