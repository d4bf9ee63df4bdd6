// Who works with whom: institutions as a matrix, teams as a graph.
#include <algorithm>
#include <cmath>
#include <tuple>
#include <unordered_map>

#include "insight/figure_words.hpp"
#include "insight/insight_rules.hpp"
#include "insight/network.hpp"
#include "pages/address.hpp"
#include "pages/entry/entry.hpp"
#include "pages/insight/insight_pages.hpp"
#include "pages/sheet.hpp"

namespace pitchblende::pages {

namespace {

using insight::Figure;

constexpr size_t k_teams = 40;
constexpr size_t k_rows = 60;  // pairs in the table
constexpr int k_width = 760;
constexpr int k_height = 520;
constexpr int k_margin = 30;
constexpr int k_colours = 8;

std::string begin(const Words& words) { return "/" + std::string(words.code()); }

std::vector<Crumb> crumbs_to(const AskedFigures& asked, const std::string& title, const Words& words) {
  const std::string year = std::to_string(asked.figures->year);
  return {{put_in(words.get("insight.of_year"), "year", year), begin(words) + "/figures?year=" + year}, {title, {}}};
}

View matrix_grid(const AskedFigures& asked, const Words& words) {
  const auto matrix = insight::collaboration(*asked.figures, asked.cell.area);
  View out =
      view({{"id", "matrix"}, {"title", words.get("insight.matrix")}, {"first", words.get("insight.institution")}});
  Views heads;
  Views rows;
  std::vector<uint16_t> shown;
  std::vector<std::string> without;
  for (size_t a = 0; a < matrix.size(); ++a) {
    const auto at = static_cast<uint16_t>(a);
    matrix[a][a] > 0 ? shown.push_back(at) : without.push_back(place_name(asked.figures->institutions, at, words));
  }
  for (const uint16_t a : shown) {
    const std::string name = place_name(asked.figures->institutions, a, words);
    heads.push_back(view({{"text", name}}));
    View row = view({{"label", name}});
    Views cells;
    for (const uint16_t b : shown) {
      View cell = view({{"text", words.number(static_cast<uint64_t>(matrix[a][b]))}});
      if (matrix[a][b] > 0) {
        const insight::Cell of{asked.cell.area, a};
        cell["url"] = begin(words) + insight::records_path(*asked.figures, Figure::outputs, of) +
                      (a == b ? std::string() : "&with=" + asked.figures->institutions[b].id.text());
      }
      cell["same"] = a == b;
      cells.push_back(std::move(cell));
    }
    row["cells"] = std::move(cells);
    rows.push_back(std::move(row));
  }
  out["heads"] = std::move(heads);
  out["rows"] = std::move(rows);
  out["without"] = without_words(without, words);
  return out;
}

http::Answer matrix_page(const Site& site, const http::Request& request, Language language, const AskedFigures& asked) {
  const Words& words = site.words(language);
  const std::string title = words.get("insight.matrix");
  View body = view({{"heading", title}, {"lead", words.get("insight.matrix_lead")}});
  body["counted"] = counted_when(*asked.figures, words);
  body["choose"] = choose_figures(site, asked, begin(words) + "/figures/matrix", words);
  body["grids"] = Views{matrix_grid(asked, words)};
  body["csv_url"] = with_parameters(request, begin(words) + "/figures/matrix.csv", {"year", "area", "institution"});
  return site.page(request, language, "figure_matrix", title, std::move(body), crumbs_to(asked, title, words));
}

// Each pair of institutions, and each alone, with the outputs that they have.
Sheet matrix_sheet(const Site&, const http::Request&, const AskedFigures& asked, const Words& words) {
  const auto matrix = insight::collaboration(*asked.figures, asked.cell.area);
  Sheet sheet({{"a", "insight.institution"}, {"b", "insight.with"}, {"outputs", "insight.outputs"}});
  for (size_t a = 0; a < matrix.size(); ++a) {
    for (size_t b = a; b < matrix.size(); ++b) {
      if (matrix[a][b] > 0) {
        const auto name = [&](size_t at) {
          return place_name(asked.figures->institutions, static_cast<uint16_t>(at), words);
        };
        sheet.add({{name(a)}, {a == b ? std::string() : name(b)}, {std::to_string(matrix[a][b])}});
      }
    }
  }
  return sheet;
}

int across(double x) { return k_margin + static_cast<int>(std::lround(x * (k_width - 2 * k_margin))); }
int down(double y) { return k_margin + static_cast<int>(std::lround(y * (k_height - 2 * k_margin))); }

View drawing_of(const insight::Network& network, const std::vector<std::string>& names, const Words& words) {
  int64_t most_ties = 1;
  int64_t most_outputs = 1;
  for (const auto& tie : network.ties) {
    most_ties = std::max(most_ties, tie.outputs);
  }
  for (const auto& team : network.teams) {
    most_outputs = std::max(most_outputs, team.outputs);
  }
  Views lines;
  for (const auto& tie : network.ties) {
    const auto& a = network.teams[tie.a];
    const auto& b = network.teams[tie.b];
    lines.push_back(View{{"x1", across(a.x)},
                         {"y1", down(a.y)},
                         {"x2", across(b.x)},
                         {"y2", down(b.y)},
                         {"width", 1 + tie.outputs * 5 / most_ties}});
  }
  Views dots;
  for (size_t at = 0; at < network.teams.size(); ++at) {
    const auto& team = network.teams[at];
    const double size = std::sqrt(static_cast<double>(team.outputs) / static_cast<double>(most_outputs));
    View dot = view({{"label", names[at]}, {"number", std::to_string(at + 1)}});
    dot["x"] = across(team.x);
    dot["y"] = down(team.y);
    dot["r"] = 9 + static_cast<int>(std::lround(11 * size));
    dot["text_y"] = down(team.y) + 4;
    dot["colour"] = team.institution ? *team.institution % k_colours : k_colours;
    dots.push_back(std::move(dot));
  }
  View out{{"width", k_width}, {"height", k_height}};
  out["caption"] = words.get("insight.network");
  out["lines"] = std::move(lines);
  out["dots"] = std::move(dots);
  return out;
}

std::unordered_map<Id, std::string> titles_of(const Site& site, const http::Request& request,
                                              const insight::Network& network, const Words& words) {
  std::vector<Id> ids;
  for (const auto& team : network.teams) {
    ids.push_back(team.team);
  }
  std::unordered_map<Id, std::string> titles;
  for (const search::Hit& hit : site.index()->known(ids, request.who().viewer)) {
    titles[hit.id] = search::title_in(hit.title, words.code());
  }
  return titles;
}

Sheet network_sheet(const Site& site, const http::Request& request, const AskedFigures& asked, const Words& words) {
  const insight::Network network = insight::network(*asked.figures, asked.cell.area, k_teams);
  const auto titles = titles_of(site, request, network, words);
  const auto name = [&](size_t at) {
    const auto found = titles.find(network.teams[at].team);
    return found == titles.end() ? network.teams[at].team.text() : found->second;
  };
  Sheet sheet({{"a", "insight.team"}, {"b", "insight.with"}, {"outputs", "insight.outputs"}});
  for (const auto& tie : network.ties) {
    sheet.add({{name(tie.a)}, {name(tie.b)}, {std::to_string(tie.outputs)}});
  }
  return sheet;
}

http::Answer network_page(const Site& site, const http::Request& request, Language language,
                          const AskedFigures& asked) {
  const Words& words = site.words(language);
  const insight::Network network = insight::network(*asked.figures, asked.cell.area, k_teams);
  auto titles = titles_of(site, request, network, words);
  std::vector<std::string> names;
  Views teams;
  for (size_t at = 0; at < network.teams.size(); ++at) {
    const auto& team = network.teams[at];
    names.push_back(titles.contains(team.team) ? titles[team.team] : team.team.text());
    teams.push_back(
        view({{"number", std::to_string(at + 1)},
              {"label", names.back()},
              {"url", thing_address(words.code(), registry::Kind::team, team.team)},
              {"institution",
               team.institution ? place_name(asked.figures->institutions, *team.institution, words) : std::string()},
              {"outputs", words.number(static_cast<uint64_t>(team.outputs))}}));
  }
  Views pairs;
  for (const auto& tie : network.ties) {
    if (pairs.size() < k_rows) {
      pairs.push_back(view(
          {{"a", names[tie.a]}, {"b", names[tie.b]}, {"outputs", words.number(static_cast<uint64_t>(tie.outputs))}}));
    }
  }
  const std::string title = words.get("insight.network");
  View body = view({{"heading", title}, {"lead", words.get("insight.network_lead")}});
  body["counted"] = counted_when(*asked.figures, words);
  body["choose"] = choose_figures(site, asked, begin(words) + "/figures/network", words);
  if (!network.teams.empty()) {
    body["drawing"] = drawing_of(network, names, words);
  }
  if (network.left_out > 0) {
    body["left_out"] = words.count("insight.left_out", network.left_out);
  }
  body["csv_url"] = with_parameters(request, begin(words) + "/figures/network.csv", {"year", "area", "institution"});
  body["teams"] = std::move(teams);
  body["pairs"] = std::move(pairs);
  return site.page(request, language, "figure_network", title, std::move(body), crumbs_to(asked, title, words));
}

}  // namespace

void add_networks(const Site& site, http::Router& router) {
  const auto add = [&](const std::string& path, auto go) {
    add_room(site, router, http::Method::get, path, http::Right::everyone,
             [&site, go](const http::Request& request, Language language, const http::Captures&) {
               const auto asked = asked_figures(site, request);
               if (!asked) {
                 return site.error(request, language, 500);
               }
               return *asked ? go(request, language, **asked) : no_such_figures(site, request, language);
             });
  };
  for (const auto& [path, page, sheet] : {std::tuple{"/figures/matrix", &matrix_page, &matrix_sheet},
                                          std::tuple{"/figures/network", &network_page, &network_sheet}}) {
    add(path, [&site, page](const http::Request& request, Language language, const AskedFigures& asked) {
      return page(site, request, language, asked);
    });
    add(std::string(path) + ".csv",
        [&site, sheet](const http::Request& request, Language language, const AskedFigures& asked) {
          const Words& words = site.words(language);
          return sheet(site, request, asked, words).csv_answer(words);
        });
  }
}

}  // namespace pitchblende::pages
