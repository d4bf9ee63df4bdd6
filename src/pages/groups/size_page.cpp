// A group's critical size over the years.
#include <algorithm>
#include <array>
#include <map>

#include "insight/figure_words.hpp"
#include "insight/insight.hpp"
#include "insight/insight_rules.hpp"
#include "pages/address.hpp"
#include "pages/groups/group_pages.hpp"
#include "pages/insight/insight_pages.hpp"
#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

namespace {

using insight::Figure;
using registry::Kind;

constexpr int k_years = 6;
constexpr std::array k_shown{Figure::people, Figure::teams,     Figure::outputs,   Figure::outputs_between,
                             Figure::grants, Figure::equipment, Figure::platforms, Figure::awards};

// What a year gathers until it is over: its last number is that of the year before.
bool adds_up(Figure figure) {
  return figure == Figure::outputs || figure == Figure::outputs_between || figure == Figure::awards;
}

using Series = std::map<Figure, std::vector<std::pair<int, uint64_t>>>;

// The figures of a group for each of the last years; years in which it was not are 0.
Result<Series> series_of(const Site& site, Id group, const access::Viewer& viewer) {
  const insight::Insight& of = *site.insight();
  Series out;
  for (int year = of.this_year() - k_years + 1; year <= of.this_year(); ++year) {
    TRY_ASSIGN(const auto figures, of.figures(year, viewer));
    const auto found = std::ranges::find(figures->areas, group, &insight::Place::id);
    const auto at = static_cast<uint16_t>(found - figures->areas.begin());
    for (const Figure figure : k_shown) {
      const bool is_there = found != figures->areas.end();
      out[figure].emplace_back(
          year, is_there ? static_cast<uint64_t>(insight::count(*figures, figure, {at, std::nullopt})) : 0);
    }
  }
  return out;
}

Sheet size_sheet(const Series& series, const Words& words) {
  Sheet sheet({{"figure", "groups.figure"}, {"year", "groups.year"}, {"number", "groups.number"}});
  for (const Figure figure : k_shown) {
    for (const auto& [year, number] : series.at(figure)) {
      sheet.add({{std::string(insight::label(figure, words.language()))},
                 {std::to_string(year)},
                 {.text = std::to_string(number), .order = ordered(static_cast<int64_t>(number))}});
    }
  }
  return sheet;
}

// A row for each figure, a column for each year; numbers lead to what they count.
View size_grid(const Series& series, Id group, const Words& words) {
  View out = view({{"id", "numbers"}, {"title", words.get("groups.numbers")}, {"first", words.get("groups.figure")}});
  Views heads;
  for (const auto& [year, number] : series.at(k_shown.front())) {
    heads.push_back(view({{"text", std::to_string(year)}}));
  }
  out["heads"] = std::move(heads);
  Views rows;
  for (const Figure figure : k_shown) {
    View row = view({{"label", insight::label(figure, words.language())}});
    Views cells;
    for (const auto& [year, number] : series.at(figure)) {
      View cell = view({{"text", words.number(number)}});
      if (number > 0) {
        cell["url"] = "/" + std::string(words.code()) + "/figures/records?year=" + std::to_string(year) +
                      "&figure=" + std::string(insight::name(figure)) + "&area=" + group.text();
      }
      cells.push_back(std::move(cell));
    }
    row["cells"] = std::move(cells);
    rows.push_back(std::move(row));
  }
  out["rows"] = std::move(rows);
  return out;
}

Result<http::Answer> size_page(const Site& site, const http::Request& request, Language language, const GroupRoom& room,
                               Rows rows) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const Series series, series_of(site, room.id, request.who().viewer));
  if (rows == Rows::all) {
    Sheet file = size_sheet(series, words);
    file.sort(request.parameter("sort"));
    return file.csv_answer(words);
  }
  Views blocks;
  for (const Figure figure : k_shown) {
    View block = years_block("outputs", series.at(figure), words);
    const std::string label(insight::label(figure, language));
    block["id"] = "size-" + std::string(insight::name(figure));
    block["title"] = label;
    const auto& [year, number] = *(series.at(figure).end() - (adds_up(figure) ? 2 : 1));
    block["count"] = words.number(number) + " (" + std::to_string(year) + ")";
    if (auto* years = block.if_contains("years")) {
      years->as_object()["caption"] = label;
    }
    block["definition"] = insight::definition(figure, language);
    blocks.push_back(std::move(block));
  }
  const std::string title = words.get("groups.size");
  View body = view({{"heading", title + " – " + room.label}, {"lead", words.get("groups.size_lead")}});
  body["blocks"] = std::move(blocks);
  body["grids"] = Views{size_grid(series, room.id, words)};
  body["csv_url"] = room.address + "/size.csv";
  body["figures_url"] = "/" + std::string(words.code()) + "/figures?area=" + room.id.text();
  return site.page(request, language, "group_size", title, std::move(body),
                   {{words.kinds(Kind::group), "/" + std::string(words.code()) + "/group"},
                    {room.label, room.address},
                    {title, {}}});
}

}  // namespace

void add_group_size(const Site& site, http::Router& router) {
  if (site.settings().insight == nullptr) {
    return;
  }
  for (const Rows rows : {Rows::page, Rows::all}) {
    add_room(site, router, http::Method::get, rows == Rows::page ? "/group/{id}/size" : "/group/{id}/size.csv",
             http::Right::everyone,
             [&site, rows](const http::Request& request, Language language, const http::Captures& parts) {
               return at_group(site, request, language, parts[1], For::everyone,
                               [&](const GroupRoom& room) { return size_page(site, request, language, room, rows); });
             });
  }
}

}  // namespace pitchblende::pages
