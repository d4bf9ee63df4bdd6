#include "insight/figures_json.hpp"

#include <boost/json.hpp>

#include "insight/figure_words.hpp"
#include "insight/insight_rules.hpp"

namespace pitchblende::insight {

namespace {

namespace json = boost::json;

json::array places_json(const std::vector<Place>& places) {
  json::array out;
  for (const Place& place : places) {
    out.push_back({{"id", place.id.text()}, {"name", {{"fr", place.french}, {"en", place.english}}}});
  }
  return out;
}

// Null where nobody knows it of any: 0 would say that there are none.
json::value known_count(const Figures& figures, Figure figure, const Cell& cell) {
  return is_known(figures, figure, cell) ? json::value(count(figures, figure, cell)) : json::value();
}

// A number for each place, and for none of them.
template <typename CellAt>
json::array row_json(const Figures& figures, Figure figure, size_t places, const CellAt& cell_at) {
  json::array out;
  for (size_t at = 0; at <= places; ++at) {
    out.push_back(known_count(figures, figure, cell_at(at == places ? k_in_none : static_cast<uint16_t>(at))));
  }
  return out;
}

json::object figure_json(const Figures& figures, Figure figure, const std::string& base, Language language) {
  json::object out{{"figure", name(figure)},
                   {"label", label(figure, language)},
                   {"definition", definition(figure, language)},
                   {"count", known_count(figures, figure, {})},
                   {"lacking", lacking(figures, figure, {})},
                   {"records", base + records_path(figures, figure, {})}};
  if (const auto whole = whole_of(figure)) {
    out["of"] = name(*whole);
    if (const auto part = share(figures, figure, {})) {
      out["share"] = *part;
    }
  }
  out["by_area"] = row_json(figures, figure, figures.areas.size(), [](uint16_t at) { return Cell{at, std::nullopt}; });
  out["by_institution"] = row_json(figures, figure, figures.institutions.size(), [](uint16_t at) {
    return Cell{std::nullopt, at};
  });
  json::array cells;
  for (size_t at = 0; at <= figures.areas.size(); ++at) {
    const uint16_t area = at == figures.areas.size() ? k_in_none : static_cast<uint16_t>(at);
    cells.push_back(row_json(figures, figure, figures.institutions.size(), [&](uint16_t of) {
      return Cell{area, of};
    }));
  }
  out["cells"] = std::move(cells);
  return out;
}

}  // namespace

json::object figures_json(const Figures& figures, const std::string& base, Language language) {
  json::array all;
  for (size_t at = 0; at < k_figures; ++at) {
    all.push_back(figure_json(figures, figure_at(at), base, language));
  }
  return {{"year", figures.year},
          {"made", figures.made},
          {"reach", access::name(figures.reach)},
          {"areas", places_json(figures.areas)},
          {"institutions", places_json(figures.institutions)},
          {"figures", std::move(all)}};
}

}  // namespace pitchblende::insight
