#include "pages/address.hpp"
#include "pages/administration/administration.hpp"

namespace pitchblende::pages {

std::vector<Crumb> administration_crumbs(const Words& words, const std::vector<Crumb>& rest) {
  std::vector<Crumb> out{{words.get("account.title"), below(words, "/account")},
                         {words.get("admin.title"), below(words, "/admin")}};
  out.insert(out.end(), rest.begin(), rest.end());
  return out;
}

namespace {

constexpr size_t k_most_rows = 500;
constexpr size_t k_few_rows = 20;  // which one sees without looking for them

// Of what was asked for, and the box that asks.
void put_find(const http::Request& request, const Words& words, Listing& listing, View& body) {
  const std::string_view q = request.parameter("q");
  if (!q.empty() || listing.sheet.size() > k_few_rows) {
    View find{{"action", below(words, listing.path)}, {"label", words.get("admin.find")}};
    find["q"] = q;
    find["sort"] = request.parameter("sort");
    body["find_row"] = std::move(find);
  }
  listing.sheet.find(q);
}

}  // namespace

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
  if (listing.is_whole) {
    put_find(request, words, listing, body);
  }
  listing.sheet.sort(request.parameter("sort"));
  if (const size_t all = listing.sheet.size(); listing.is_whole && all > k_most_rows) {
    listing.sheet.cut(k_most_rows);
    body["cut"] = put_in(put_in(words.get("admin.cut"), "most", words.number(k_most_rows)), "all", words.number(all));
  }
  if (listing.sheet.size() > 0) {
    const std::string here = with_parameters(request, below(words, listing.path), {"state", "before", "q"});
    body["sheet"] = listing.sheet.view(here, title, words);
    body["csv_url"] = with_parameters(request, below(words, listing.path + ".csv"), {"state", "q"});
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
             auto listing = make(request, words, Rows::all);
             if (listing && listing->is_whole) {
               listing->sheet.find(request.parameter("q"));
             }
             return listing ? listing->sheet.csv_answer(words) : site.error(request, language, 500);
           });
}

}  // namespace pitchblende::pages
