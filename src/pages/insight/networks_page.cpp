// Who works with whom: institutions as a matrix, teams as a graph.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
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
constexpr int k_width = 1100;
constexpr int k_height = 760;
constexpr int k_beside = 90;  // half of a name stands out on either side
constexpr int k_above = 30;
constexpr int k_below = 60;
constexpr int k_line_height = 13;
constexpr int k_letter = 6;    // about as wide
constexpr size_t k_line = 26;  // letters of a line of a name
constexpr size_t k_lines = 2;
constexpr size_t k_colours = 8;

std::string begin(const Words& words) { return "/" + std::string(words.code()); }

std::vector<Crumb> crumbs_to(const AskedFigures& asked, const std::string& title, const Words& words) {
  const std::string year = std::to_string(asked.figures->year);
  return {{put_in(words.get("insight.of_year"), "year", year), begin(words) + "/figures?year=" + year}, {title, {}}};
}

View matrix_grid(const AskedFigures& asked, const Words& words) {
  const auto matrix = insight::collaboration(*asked.figures, asked.cell.area);
  View out =
      view({{"id", "matrix"}, {"title", words.get("insight.matrix")}, {"first", words.get("insight.institution")}});
  out["upright"] = true;
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

Sheet matrix_sheet(const Site& site, const http::Request& request, const AskedFigures& asked, const Words& words);

// A table that its heads sort, with the file of the same rows.
View listed(Sheet sheet, const http::Request& request, std::string_view page, std::string_view file,
            const std::string& caption, const Words& words) {
  const auto asked = [&](std::string_view path) {
    return with_parameters(request, begin(words) + std::string(path), {"year", "area", "institution"});
  };
  return view_with_file(std::move(sheet), request, asked(page), asked(file), caption, words);
}

http::Answer matrix_page(const Site& site, const http::Request& request, Language language, const AskedFigures& asked) {
  const Words& words = site.words(language);
  const std::string title = words.get("insight.matrix");
  View body = view({{"heading", title}, {"lead", words.get("insight.matrix_lead")}});
  body["counted"] = counted_when(*asked.figures, words);
  body["choose"] = choose_figures(site, asked, begin(words) + "/figures/matrix", words);
  body["grids"] = Views{matrix_grid(asked, words)};
  body["pairs"] = listed(matrix_sheet(site, request, asked, words), request, "/figures/matrix", "/figures/matrix.csv",
                         words.get("insight.institution_pairs"), words);
  return site.page(request, language, "figure_matrix", title, std::move(body), crumbs_to(asked, title, words));
}

SheetCell number_cell(int64_t number) { return {.text = std::to_string(number), .order = ordered(number)}; }

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
        sheet.add({{name(a)}, {a == b ? std::string() : name(b)}, number_cell(matrix[a][b])});
      }
    }
  }
  return sheet;
}

int across(double x) { return k_beside + static_cast<int>(std::lround(x * (k_width - 2 * k_beside))); }
int down(double y) { return k_above + static_cast<int>(std::lround(y * (k_height - k_above - k_below))); }

size_t letters_in(std::string_view utf8) {
  return static_cast<size_t>(
      std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// A name in lines that fit below its disc; what is too long ends with dots.
std::vector<std::string> lines_of(std::string_view name) {
  std::vector<std::string> out{""};
  while (!name.empty()) {
    const size_t space = name.find(' ');
    const std::string word(name.substr(0, space));
    name = space == std::string_view::npos ? std::string_view() : name.substr(space + 1);
    std::string& line = out.back();
    if (line.empty() || letters_in(line) + 1 + letters_in(word) <= k_line) {
      line += (line.empty() ? "" : " ") + word;
    } else if (out.size() < k_lines) {
      out.push_back(word);
    } else {
      line += " …";
      break;
    }
  }
  return out;
}

// A colour for each institution of the drawing, those with most teams first; what is left shares the last one.
class Colours {
 public:
  Colours(const insight::Network& network, const std::vector<insight::Place>& institutions) {
    std::map<uint16_t, size_t> teams;
    for (const auto& team : network.teams) {
      if (team.institution && *team.institution < institutions.size()) {
        ++teams[*team.institution];
      }
    }
    std::vector<std::pair<uint16_t, size_t>> order(teams.begin(), teams.end());
    std::ranges::stable_sort(order, std::ranges::greater{}, &std::pair<uint16_t, size_t>::second);
    order.resize(std::min(order.size(), k_colours));
    for (const auto& [institution, count] : order) {
      m_order.push_back(institution);
    }
  }
  size_t of(std::optional<uint16_t> institution) const {
    const auto found = institution ? std::ranges::find(m_order, *institution) : m_order.end();
    return found == m_order.end() ? k_colours : static_cast<size_t>(found - m_order.begin());
  }
  Views legend(const insight::Network& network, const AskedFigures& asked, const Words& words) const {
    Views out;
    for (size_t at = 0; at < m_order.size(); ++at) {
      out.push_back(View{{"colour", at}, {"label", place_name(asked.figures->institutions, m_order[at], words)}});
    }
    if (std::ranges::any_of(network.teams, [&](const auto& team) { return of(team.institution) == k_colours; })) {
      out.push_back(View{{"colour", k_colours}, {"label", words.get("insight.other_institutions")}});
    }
    return out;
  }

 private:
  std::vector<uint16_t> m_order;
};

struct Box {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
  bool meets(const Box& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
  bool is_inside() const { return left >= 0 && top >= 0 && right <= k_width && bottom <= k_height; }
};

// Names beside their discs, one after the other where there is room: below, above, at the right, at the left, farther
// below and above.
class Names {
 public:
  void keep_free(int x, int y, int radius) { m_taken.push_back({x - radius, y - radius, x + radius, y + radius}); }

  Views place(int x, int y, int radius, const std::vector<std::string>& lines) {
    int width = 0;
    for (const std::string& line : lines) {
      width = std::max(width, k_letter * static_cast<int>(letters_in(line)));
    }
    const int height = k_line_height * static_cast<int>(lines.size());
    const int away = radius + 3;
    const int far = away + height;
    const std::array<std::pair<Box, std::string_view>, 6> places{
        {{{x - width / 2, y + away, x + width / 2, y + away + height}, "middle"},
         {{x - width / 2, y - away - height, x + width / 2, y - away}, "middle"},
         {{x + away, y - height / 2, x + away + width, y + height / 2}, "start"},
         {{x - away - width, y - height / 2, x - away, y + height / 2}, "end"},
         {{x - width / 2, y + far, x + width / 2, y + far + height}, "middle"},
         {{x - width / 2, y - far - height, x + width / 2, y - far}, "middle"}}};
    const auto* found = std::ranges::find_if(places, [&](const auto& each) {
      return each.first.is_inside() &&
             std::ranges::none_of(m_taken, [&](const Box& other) { return other.meets(each.first); });
    });
    const auto& [box, anchor] = found == places.end() ? places.front() : *found;
    m_taken.push_back(box);
    Views out;
    for (size_t at = 0; at < lines.size(); ++at) {
      View one = view({{"text", lines[at]}, {"anchor", anchor}});
      one["line_x"] = anchor == "middle" ? x : anchor == "start" ? box.left : box.right;
      one["line_y"] = box.top + k_line_height * static_cast<int>(at + 1) - 3;
      out.push_back(std::move(one));
    }
    return out;
  }

 private:
  std::vector<Box> m_taken;
};

Views dots_of(const insight::Network& network, const std::vector<std::string>& names, const Colours& colours,
              const Words& words) {
  int64_t most_outputs = 1;
  for (const auto& team : network.teams) {
    most_outputs = std::max(most_outputs, team.outputs);
  }
  const auto radius = [&](const insight::NetworkTeam& team) {
    return 8 + static_cast<int>(
                   std::lround(11 * std::sqrt(static_cast<double>(team.outputs) / static_cast<double>(most_outputs))));
  };
  Names placed;
  for (const auto& team : network.teams) {
    placed.keep_free(across(team.x), down(team.y), radius(team));
  }
  Views dots;
  for (size_t at = 0; at < network.teams.size(); ++at) {
    const auto& team = network.teams[at];
    View dot = view({{"label", names[at]}, {"url", thing_address(words.code(), registry::Kind::team, team.team)}});
    dot["x"] = across(team.x);
    dot["y"] = down(team.y);
    dot["r"] = radius(team);
    dot["colour"] = colours.of(team.institution);
    dot["said"] = placed.place(across(team.x), down(team.y), radius(team), lines_of(names[at]));
    dots.push_back(std::move(dot));
  }
  return dots;
}

View drawing_of(const insight::Network& network, const std::vector<std::string>& names, const AskedFigures& asked,
                const Words& words) {
  int64_t most_ties = 1;
  for (const auto& tie : network.ties) {
    most_ties = std::max(most_ties, tie.outputs);
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
  const Colours colours(network, asked.figures->institutions);
  View out{{"width", k_width}, {"height", k_height}};
  out["caption"] = words.get("insight.network");
  out["lines"] = std::move(lines);
  out["dots"] = dots_of(network, names, colours, words);
  out["legend"] = colours.legend(network, asked, words);
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

std::string name_of(const std::unordered_map<Id, std::string>& titles, Id team) {
  const auto found = titles.find(team);
  return found == titles.end() ? team.text() : found->second;
}

// The pairs of teams, and the teams of the drawing.
Sheet pairs_of(const insight::Network& network, const std::unordered_map<Id, std::string>& titles) {
  Sheet sheet({{"a", "insight.team"}, {"b", "insight.with"}, {"together", "insight.outputs"}});
  for (const auto& tie : network.ties) {
    sheet.add({{name_of(titles, network.teams[tie.a].team)},
               {name_of(titles, network.teams[tie.b].team)},
               number_cell(tie.outputs)});
  }
  return sheet;
}

Sheet teams_of(const insight::Network& network, const std::unordered_map<Id, std::string>& titles,
               const AskedFigures& asked, const Words& words) {
  Sheet sheet({{"team", "insight.team"}, {"institution", "insight.institution"}, {"outputs", "insight.outputs"}});
  for (const auto& team : network.teams) {
    sheet.add({{name_of(titles, team.team), thing_address(words.code(), registry::Kind::team, team.team)},
               {team.institution ? place_name(asked.figures->institutions, *team.institution, words) : std::string()},
               number_cell(team.outputs)});
  }
  return sheet;
}

Sheet network_sheet(const Site& site, const http::Request& request, const AskedFigures& asked, const Words& words) {
  const insight::Network network = insight::network(*asked.figures, asked.cell.area, k_teams);
  return pairs_of(network, titles_of(site, request, network, words));
}

Sheet teams_sheet(const Site& site, const http::Request& request, const AskedFigures& asked, const Words& words) {
  const insight::Network network = insight::network(*asked.figures, asked.cell.area, k_teams);
  return teams_of(network, titles_of(site, request, network, words), asked, words);
}

http::Answer network_page(const Site& site, const http::Request& request, Language language,
                          const AskedFigures& asked) {
  const Words& words = site.words(language);
  const insight::Network network = insight::network(*asked.figures, asked.cell.area, k_teams);
  const auto titles = titles_of(site, request, network, words);
  std::vector<std::string> names;
  for (const auto& team : network.teams) {
    names.push_back(name_of(titles, team.team));
  }
  const std::string title = words.get("insight.network");
  View body = view({{"heading", title}, {"lead", words.get("insight.network_lead")}});
  body["counted"] = counted_when(*asked.figures, words);
  body["choose"] = choose_figures(site, asked, begin(words) + "/figures/network", words);
  if (network.left_out > 0) {
    body["left_out"] = words.count("insight.left_out", network.left_out);
  }
  if (!network.teams.empty()) {
    body["drawing"] = drawing_of(network, names, asked, words);
    body["teams"] = listed(teams_of(network, titles, asked, words), request, "/figures/network",
                           "/figures/network/teams.csv", words.get("insight.teams"), words);
    body["pairs"] = listed(pairs_of(network, titles), request, "/figures/network", "/figures/network.csv",
                           words.get("insight.pairs"), words);
  }
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
  for (const auto& [path, page] :
       {std::pair{"/figures/matrix", &matrix_page}, std::pair{"/figures/network", &network_page}}) {
    add(path, [&site, page](const http::Request& request, Language language, const AskedFigures& asked) {
      return page(site, request, language, asked);
    });
  }
  for (const auto& [path, rows] :
       {std::pair{"/figures/matrix.csv", &matrix_sheet}, std::pair{"/figures/network.csv", &network_sheet},
        std::pair{"/figures/network/teams.csv", &teams_sheet}}) {
    add(path, [&site, rows](const http::Request& request, Language language, const AskedFigures& asked) {
      const Words& words = site.words(language);
      Sheet sheet = rows(site, request, asked, words);
      sheet.sort(request.parameter("sort"));
      return sheet.csv_answer(words);
    });
  }
}

}  // namespace pitchblende::pages
