// The figures of a year: their page, workbook and data, what stands behind each, who works with whom. Any thread.
#pragma once

#include "insight/insight_types.hpp"
#include "pages/site.hpp"

namespace pitchblende::pages {

// Routes of this folder; the site has `insight`.
void add_insight(const Site& site, http::Router& router);

// Parts of add_insight.
void add_networks(const Site& site, http::Router& router);

// Which figures a request asks for: ?year=&area=&institution=&with=, ids or "none".
struct AskedFigures {
  std::shared_ptr<const insight::Figures> figures;
  insight::Cell cell;
  std::optional<uint16_t> with;  // a second institution, of outputs in common
};
// nullopt: there are none of that year, or no such area or institution.
Result<std::optional<AskedFigures>> asked_figures(const Site& site, const http::Request& request);
// 404 that says which of the two is not there: a year with figures, or what was chosen.
http::Answer no_such_figures(const Site& site, const http::Request& request, Language language);
// The form by which a reader chooses year and area, as a view for {{>choose_figures}}.
View choose_figures(const Site& site, const AskedFigures& asked, const std::string& action, const Words& words);
// "Counted on 24 November 2026 from what everybody may see."
View counted_when(const insight::Figures& figures, const Words& words);
// "Nothing to count that year for: …"; empty: of all something does.
std::string without_words(const std::vector<std::string>& names, const Words& words);
std::string place_name(const std::vector<insight::Place>& places, uint16_t at, const Words& words);

}  // namespace pitchblende::pages
