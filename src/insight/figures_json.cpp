#include "insight/figures_json.hpp"

#include <boost/json.hpp>
#include <numeric>

#include "insight/figure_words.hpp"
#include "insight/insight_rules.hpp"

namespace pitchblende::insight {

namespace {

namespace json = boost::json;

// Each place and none of them, or the one that was asked for.
std::vector<uint16_t> columns(const std::vector<Place>& places, std::optional<uint16_t> asked) {
  if (asked) {
    return {*asked};
  }
  std::vector<uint16_t> out(places.size());
  std::iota(out.begin(), out.end(), uint16_t{0});
  out.push_back(k_in_none);
  return out;
}

json::array places_json(const std::vector<Place>& places, std::optional<uint16_t> asked) {
  json::array out;
  for (const uint16_t at : columns(places, asked)) {
    if (at != k_in_none) {
      const Place& place = places.at(at);
      out.push_back({{"id", place.id.text()}, {"name", {{"fr", place.french}, {"en", place.english}}}});
    }
  }
  return out;
}

// Null where nobody knows it of any: 0 would say that there are none.
json::value known_count(const Figures& figures, Figure figure, const Cell& cell) {
  return is_known(figures, figure, cell) ? json::value(count(figures, figure, cell)) : json::value();
}

template <typename CellAt>
json::array row_json(const Figures& figures, Figure figure, const std::vector<uint16_t>& places,
                     const CellAt& cell_at) {
  json::array out;
  for (const uint16_t at : places) {
    out.push_back(known_count(figures, figure, cell_at(at)));
  }
  return out;
}

json::object figure_json(const Figures& figures, Figure figure, const Cell& within, const std::string& base,
                         Language language) {
  const auto areas = columns(figures.areas, within.area);
  const auto institutions = columns(figures.institutions, within.institution);
  json::object out{{"figure", name(figure)},
                   {"label", label(figure, language)},
                   {"definition", definition(figure, language)},
                   {"count", known_count(figures, figure, within)},
                   {"lacking", lacking(figures, figure, within)},
                   {"records", base + records_path(figures, figure, within)}};
  if (const auto whole = whole_of(figure)) {
    out["of"] = name(*whole);
    if (const auto part = share(figures, figure, within)) {
      out["share"] = *part;
    }
  }
  out["by_area"] = row_json(figures, figure, areas, [&](uint16_t at) { return Cell{at, within.institution}; });
  out["by_institution"] = row_json(figures, figure, institutions, [&](uint16_t at) { return Cell{within.area, at}; });
  json::array cells;
  for (const uint16_t area : areas) {
    cells.push_back(row_json(figures, figure, institutions, [&](uint16_t of) { return Cell{area, of}; }));
  }
  out["cells"] = std::move(cells);
  return out;
}

}  // namespace

json::object figures_json(const Figures& figures, const Cell& within, const std::string& base, Language language) {
  json::array all;
  for (size_t at = 0; at < k_figures; ++at) {
    all.push_back(figure_json(figures, figure_at(at), within, base, language));
  }
  return {{"year", figures.year},
          {"made", figures.made},
          {"reach", access::name(figures.reach)},
          {"areas", places_json(figures.areas, within.area)},
          {"institutions", places_json(figures.institutions, within.institution)},
          {"figures", std::move(all)}};
}

}  // namespace pitchblende::insight
