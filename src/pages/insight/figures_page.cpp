#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "insight/errors.hpp"
#include "insight/figure_words.hpp"
#include "insight/figures_json.hpp"
#include "insight/insight.hpp"
#include "insight/insight_rules.hpp"
#include "insight/workbook.hpp"
#include "pages/address.hpp"
#include "pages/entry/entry.hpp"
#include "pages/insight/insight_pages.hpp"
#include "pages/thing_table.hpp"

namespace pitchblende::pages {

namespace {

using insight::Cell;
using insight::Figure;
using insight::Figures;

constexpr int k_years_back = 12;
constexpr size_t k_page = 50;  // records on a page

std::string begin(const Words& words) { return "/" + std::string(words.code()); }

const insight::Insight& insight_of(const Site& site) { return *site.insight(); }

bool is_counted(const Site& site, Figure figure) {
  return (figure != Figure::hours || insight_of(site).counts_hours()) &&
         (figure != Figure::requests || insight_of(site).counts_requests());
}

int64_t number_in(std::string_view text, int64_t otherwise) {
  int64_t out = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() ? out : otherwise;
}

// 0: what was asked is no year.
int year_asked(const Site& site, const http::Request& request) {
  const std::string_view text = request.parameter("year");
  const bool year =
      text.size() == 4 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return text.empty() ? insight_of(site).this_year() : year ? static_cast<int>(number_in(text, 0)) : 0;
}

// An id of one of these, "none", or nothing; nullopt: something else.
using Choice = std::optional<uint16_t>;
std::optional<Choice> chosen(std::string_view text, const std::vector<insight::Place>& places) {
  if (text.empty()) {
    return std::make_optional<Choice>();
  }
  if (text == "none") {
    return std::make_optional<Choice>(insight::k_in_none);
  }
  const auto id = Id::parse(text);
  const auto found = std::ranges::find(places, id.value_or(Id()), &insight::Place::id);
  if (!id || found == places.end()) {
    return std::nullopt;
  }
  return std::make_optional<Choice>(static_cast<uint16_t>(found - places.begin()));
}

std::string share_of(const Figures& figures, Figure figure, const Cell& cell, const Words& words) {
  const auto part = insight::share(figures, figure, cell);
  if (!part) {
    return {};
  }
  const auto tenths = static_cast<int64_t>(std::lround(*part * 1000));
  const bool french = words.language() == Language::french;
  return std::to_string(tenths / 10) + (french ? "," : ".") + std::to_string(tenths % 10) + (french ? " %" : "%");
}

// Where nobody knows it of any, no number: it would say that there are none.
std::string number_words(const Figures& figures, Figure figure, const Cell& cell, const Words& words) {
  return insight::is_known(figures, figure, cell)
             ? words.number(static_cast<uint64_t>(insight::count(figures, figure, cell)))
             : "–";
}

bool counts_nothing(const Site& site, const Figures& figures, const Cell& cell) {
  for (size_t at = 0; at < insight::k_figures; ++at) {
    if (is_counted(site, insight::figure_at(at)) && insight::count(figures, insight::figure_at(at), cell) > 0) {
      return false;
    }
  }
  return true;
}

Views figure_views(const Site& site, const AskedFigures& asked, const Words& words) {
  Views out;
  for (size_t at = 0; at < insight::k_figures; ++at) {
    const Figure figure = insight::figure_at(at);
    View one = view({{"label", insight::label(figure, words.language())},
                     {"definition", insight::definition(figure, words.language())}});
    if (!is_counted(site, figure)) {
      one["missing"] = words.get("insight.not_counted");
      out.push_back(std::move(one));
      continue;
    }
    const int64_t number = insight::count(*asked.figures, figure, asked.cell);
    one["is_counted"] = true;
    one["number"] = number_words(*asked.figures, figure, asked.cell, words);
    one["figure"] = insight::name(figure);
    if (number > 0) {
      one["url"] = begin(words) + insight::records_path(*asked.figures, figure, asked.cell);
    }
    if (std::string share = share_of(*asked.figures, figure, asked.cell, words); !share.empty()) {
      one["share"] = put_in(words.get("insight.share"), "share", share);
    }
    if (const int64_t lacks = insight::lacking(*asked.figures, figure, asked.cell); lacks > 0) {
      one["missing"] =
          words.number(static_cast<uint64_t>(lacks)) + " " + std::string(insight::lack(figure, words.language()));
    }
    out.push_back(std::move(one));
  }
  return out;
}

// A row of numbers with links to what stands behind each.
View row_of(const Site& site, const Figures& figures, const std::string& label, const Cell& cell, const Words& words) {
  Views cells;
  for (size_t at = 0; at < insight::k_figures; ++at) {
    const Figure figure = insight::figure_at(at);
    if (!is_counted(site, figure)) {
      continue;
    }
    const int64_t number = insight::count(figures, figure, cell);
    View one = view({{"text", number_words(figures, figure, cell, words)}});
    if (number > 0) {
      one["url"] = begin(words) + insight::records_path(figures, figure, cell);
    }
    cells.push_back(std::move(one));
  }
  View row = view({{"label", label}});
  row["cells"] = std::move(cells);
  return row;
}

enum class Side : uint8_t { institutions, areas };

// A table of all figures, a row for each institution or area, of the other one as it was chosen.
View grid_of(const Site& site, const AskedFigures& asked, Side side, const Words& words) {
  const bool by_institution = side == Side::institutions;
  const auto& places = by_institution ? asked.figures->institutions : asked.figures->areas;
  View out = view({{"id", by_institution ? "by-institution" : "by-area"},
                   {"title", words.get(by_institution ? "insight.by_institution" : "insight.by_area")},
                   {"first", words.get(by_institution ? "insight.institution" : "insight.area")}});
  out["upright"] = true;
  Views heads;
  for (size_t at = 0; at < insight::k_figures; ++at) {
    if (is_counted(site, insight::figure_at(at))) {
      heads.push_back(view({{"text", insight::label(insight::figure_at(at), words.language())}}));
    }
  }
  out["heads"] = std::move(heads);
  Views rows;
  std::vector<std::string> without;
  const auto add = [&](const std::string& label, std::optional<uint16_t> at) {
    Cell cell = asked.cell;
    (by_institution ? cell.institution : cell.area) = at;
    if (!at || !counts_nothing(site, *asked.figures, cell)) {
      rows.push_back(row_of(site, *asked.figures, label, cell, words));
    } else if (*at != insight::k_in_none) {
      without.push_back(label);
    }
  };
  for (size_t at = 0; at < places.size(); ++at) {
    add(place_name(places, static_cast<uint16_t>(at), words), static_cast<uint16_t>(at));
  }
  add(place_name(places, insight::k_in_none, words), insight::k_in_none);
  add(std::string(insight::word_of_all(words.language())), std::nullopt);
  out["rows"] = std::move(rows);
  out["without"] = without_words(without, words);
  return out;
}

std::string query_of(const AskedFigures& asked) {
  std::string path = insight::records_path(*asked.figures, Figure::outputs, asked.cell);
  const size_t year = path.find("?year=");
  const size_t figure = path.find("&figure=");
  const size_t rest = path.find('&', figure + 1);
  return path.substr(year, figure - year) + (rest == std::string::npos ? std::string() : path.substr(rest));
}

std::string title_of_year(const Figures& figures, const Words& words) {
  return put_in(words.get("insight.of_year"), "year", std::to_string(figures.year));
}

http::Answer html(const Site& site, const http::Request& request, Language language, const AskedFigures& asked) {
  const Words& words = site.words(language);
  const std::string title = title_of_year(*asked.figures, words);
  View body = view({{"lead", words.get("insight.lead")}});
  body["counted"] = counted_when(*asked.figures, words);
  body["choose"] = choose_figures(site, asked, begin(words) + "/figures", words);
  body["figures"] = figure_views(site, asked, words);
  if (asked.cell.area) {
    body["of_area"] = place_name(asked.figures->areas, *asked.cell.area, words);
  }
  Views grids;
  grids.push_back(grid_of(site, asked, Side::institutions, words));
  if (!asked.cell.area) {
    grids.push_back(grid_of(site, asked, Side::areas, words));
  }
  body["grids"] = std::move(grids);
  const std::string query = query_of(asked);
  body["workbook_url"] = begin(words) + "/figures.xlsx" + query;
  body["json_url"] = begin(words) + "/figures.json" + query;
  body["csv_url"] = begin(words) + "/figures.csv" + query;
  body["matrix_url"] = begin(words) + "/figures/matrix" + query;
  body["network_url"] = begin(words) + "/figures/network" + query;
  http::Answer answer = site.page(request, language, "figures", title, std::move(body), {{title, {}}});
  answer.shared = false;  // bookings change them without the index
  return answer;
}

// Files of two key areas lie in one folder under two names.
std::string file_named(const AskedFigures& asked, const std::string& ending) {
  std::string name = "pitchblende-figures-" + std::to_string(asked.figures->year);
  for (const auto& [at, places] :
       {std::pair{asked.cell.area, &asked.figures->areas}, {asked.cell.institution, &asked.figures->institutions}}) {
    if (at) {
      name += "-" + (*at == insight::k_in_none ? "none" : places->at(*at).id.text());
    }
  }
  return "attachment; filename=\"" + name + "." + ending + "\"";
}

http::Answer workbook_answer(const Site& site, const http::Request& request, Language language,
                             const AskedFigures& asked) {
  const std::string address = site.settings().entry.address;
  const auto bytes = insight::workbook(
      *asked.figures,
      {language, site.settings().name, address.empty() ? std::string() : address + begin(site.words(language)),
       insight_of(site).counts_hours(), insight_of(site).counts_requests(), asked.cell,
       insight::names_of_teams(*asked.figures, *site.index(), request.who().viewer, language)});
  if (!bytes) {
    return site.error(request, language, 500);
  }
  http::Answer answer;
  answer.type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  answer.body = *bytes;
  answer.headers.emplace_back("Content-Disposition", file_named(asked, "xlsx"));
  return answer;
}

// A row for each figure of all, of each institution and of each area, as the tables of the page have them.
http::Answer figures_csv(const Site& site, const AskedFigures& asked, const Words& words) {
  http::Answer answer;
  answer.type = http::media_type(http::Format::csv);
  answer.headers.emplace_back("Content-Disposition", file_named(asked, "csv"));
  answer.body = "\xEF\xBB\xBFyear,area,institution,figure,label,number,lacking\r\n";
  const Figures& figures = *asked.figures;
  const auto name = [&](const std::vector<insight::Place>& places, std::optional<uint16_t> at) {
    return at ? place_name(places, *at, words) : std::string();
  };
  const auto add = [&](const Cell& cell) {
    for (size_t at = 0; at < insight::k_figures; ++at) {
      const Figure figure = insight::figure_at(at);
      if (!is_counted(site, figure)) {
        continue;
      }
      answer.body += std::to_string(figures.year) + ",";
      append_cell(answer.body, name(figures.areas, cell.area));
      answer.body += ',';
      append_cell(answer.body, name(figures.institutions, cell.institution));
      answer.body += "," + std::string(insight::name(figure)) + ",";
      append_cell(answer.body, std::string(insight::label(figure, words.language())));
      answer.body += "," +
                     (insight::is_known(figures, figure, cell) ? std::to_string(insight::count(figures, figure, cell))
                                                               : std::string()) +
                     "," + std::to_string(insight::lacking(figures, figure, cell)) + "\r\n";
    }
  };
  add(asked.cell);
  for (size_t at = 0; at < figures.institutions.size(); ++at) {
    add({asked.cell.area, static_cast<uint16_t>(at)});
  }
  for (size_t at = 0; at < figures.areas.size() && !asked.cell.area; ++at) {
    add({static_cast<uint16_t>(at), asked.cell.institution});
  }
  return answer;
}

// What stands behind one number.
struct Behind {
  Figure figure;
  std::vector<Id> ids;
  std::string address;  // of the list, without its page
};

http::Answer records_csv(const Site& site, const http::Request& request, Language language, Behind behind) {
  search::List list{std::move(behind.ids), {}};
  std::array<bool, registry::k_kinds> met{};
  for (const search::Hit& hit : site.index()->known(list.ids, request.who().viewer)) {
    met[static_cast<size_t>(hit.kind)] = true;
  }
  for (size_t kind = 0; kind < met.size(); ++kind) {
    if (met[kind]) {
      list.kinds.push_back(static_cast<registry::Kind>(kind));
    }
  }
  return things_file(site, request, language, std::move(list), std::string(insight::name(behind.figure)) + ".csv");
}

http::Answer records_html(const Site& site, const http::Request& request, Language language, const AskedFigures& asked,
                          const Behind& behind) {
  const Words& words = site.words(language);
  const std::string label(insight::label(behind.figure, language));
  const size_t pages = std::max<size_t>(1, (behind.ids.size() + k_page - 1) / k_page);
  const auto page =
      static_cast<size_t>(std::clamp<int64_t>(number_in(request.parameter("page"), 1), 1, static_cast<int64_t>(pages)));
  const size_t first = std::min(behind.ids.size(), (page - 1) * k_page);
  const std::vector<Id> shown(behind.ids.begin() + static_cast<ptrdiff_t>(first),
                              behind.ids.begin() + static_cast<ptrdiff_t>(std::min(behind.ids.size(), first + k_page)));
  Views hits;
  for (const search::Hit& hit : site.index()->known(shown, request.who().viewer)) {
    hits.push_back(hit_view(hit, words));
  }
  View body = view({{"heading", label + " – " + std::to_string(asked.figures->year)},
                    {"definition", insight::definition(behind.figure, language)},
                    {"count_text", words.count("results", behind.ids.size())},
                    {"csv_url", begin(words) + "/figures/records.csv" + behind.address}});
  body["counted"] = counted_when(*asked.figures, words);
  body["hits"] = std::move(hits);
  Views where;
  if (asked.cell.area) {
    where.push_back(view({{"text", place_name(asked.figures->areas, *asked.cell.area, words)}}));
  }
  if (asked.cell.institution) {
    where.push_back(view({{"text", place_name(asked.figures->institutions, *asked.cell.institution, words)}}));
  }
  if (asked.with) {
    where.push_back(view({{"text", place_name(asked.figures->institutions, *asked.with, words)}}));
  }
  body["where"] = std::move(where);
  const std::string here = begin(words) + "/figures/records" + behind.address + "&page=";
  if (page > 1) {
    body["previous"] = here + std::to_string(page - 1);
  }
  if (page < pages) {
    body["next"] = here + std::to_string(page + 1);
  }
  return site.page(request, language, "figure_records", label, std::move(body),
                   {{title_of_year(*asked.figures, words), begin(words) + "/figures" + query_of(asked)}, {label, {}}});
}

http::Answer records(const Site& site, const http::Request& request, Language language, http::Format format) {
  const auto asked = asked_figures(site, request);
  if (!asked) {
    return site.error(request, language, 500);
  }
  const auto figure = insight::figure(request.parameter("figure"));
  if (!*asked || !figure || !is_counted(site, *figure)) {
    return no_such_figures(site, request, language);
  }
  const Figures& figures = *(*asked)->figures;
  const Cell& cell = (*asked)->cell;
  constexpr std::string_view k_path = "/figures/records";
  Behind behind{*figure, insight::records(figures, *figure, cell),
                insight::records_path(figures, *figure, cell).substr(k_path.size())};
  if (const auto with = (*asked)->with;
      with && *with != insight::k_in_none && cell.institution && *figure == Figure::outputs) {
    behind.ids = insight::common_outputs(figures, cell.area, *cell.institution, *with);
    behind.address += "&with=" + figures.institutions[*with].id.text();
  }
  return format == http::Format::csv ? records_csv(site, request, language, std::move(behind))
                                     : records_html(site, request, language, **asked, behind);
}

using WithFigures = std::function<http::Answer(const AskedFigures& asked)>;

http::Answer with_figures(const Site& site, const http::Request& request, Language language, const WithFigures& go) {
  const auto asked = asked_figures(site, request);
  if (!asked) {
    return site.error(request, language, 500);
  }
  return *asked ? go(**asked) : no_such_figures(site, request, language);
}

}  // namespace

std::string without_words(const std::vector<std::string>& names, const Words& words) {
  std::string all;
  for (const std::string& name : names) {
    all += (all.empty() ? "" : ", ") + name;
  }
  return all.empty() ? all : put_in(words.get("insight.without"), "names", all);
}

std::string place_name(const std::vector<insight::Place>& places, uint16_t at, const Words& words) {
  return std::string(at == insight::k_in_none ? insight::word_of_none(words.language())
                                              : insight::name_in(places.at(at), words.language()));
}

View counted_when(const Figures& figures, const Words& words) {
  const std::string key =
      figures.reach == access::Visibility::everyone ? "insight.counted_public" : "insight.counted_members";
  return moment_in(words, key, figures.made);
}

http::Answer no_such_figures(const Site& site, const http::Request& request, Language language) {
  const bool of_year = insight_of(site).figures(year_asked(site, request), request.who().viewer).has_value();
  return site.error(request, language, 404, {}, of_year ? "404" : "no_figures");
}

Result<std::optional<AskedFigures>> asked_figures(const Site& site, const http::Request& request) {
  auto figures = insight_of(site).figures(year_asked(site, request), request.who().viewer);
  if (!figures) {
    return figures.error().is(insight::errors::year) ? Result<std::optional<AskedFigures>>(std::nullopt)
                                                     : tl::unexpected(figures.error());
  }
  const auto area = chosen(request.parameter("area"), (*figures)->areas);
  const auto institution = chosen(request.parameter("institution"), (*figures)->institutions);
  const auto with = chosen(request.parameter("with"), (*figures)->institutions);
  if (!area || !institution || !with) {
    return std::nullopt;
  }
  return AskedFigures{*figures, {*area, *institution}, *with};
}

View choose_figures(const Site& site, const AskedFigures& asked, const std::string& action, const Words& words) {
  View out = view({{"action", action}});
  Views years;
  const int last = std::max(insight_of(site).this_year(), asked.figures->year);
  const int first = std::min(last - k_years_back, asked.figures->year);
  for (int year = last; year >= first; --year) {
    View one = view({{"value", std::to_string(year)}, {"label", std::to_string(year)}});
    one["selected"] = year == asked.figures->year;
    years.push_back(std::move(one));
  }
  out["years"] = std::move(years);
  Views areas;
  for (size_t at = 0; at < asked.figures->areas.size(); ++at) {
    View one = view({{"value", asked.figures->areas[at].id.text()},
                     {"label", place_name(asked.figures->areas, static_cast<uint16_t>(at), words)}});
    one["selected"] = asked.cell.area == at;
    areas.push_back(std::move(one));
  }
  out["areas"] = std::move(areas);
  return out;
}

void add_insight(const Site& site, http::Router& router) {
  using http::Method;
  constexpr http::Right k_right = http::Right::everyone;
  add_room(site, router, Method::get, "/figures", k_right,
           [&site](const http::Request& request, Language language, const http::Captures&) {
             return with_figures(site, request, language,
                                 [&](const AskedFigures& asked) { return html(site, request, language, asked); });
           });
  add_room(site, router, Method::get, "/figures.xlsx", k_right,
           [&site](const http::Request& request, Language language, const http::Captures&) {
             return with_figures(site, request, language, [&](const AskedFigures& asked) {
               return workbook_answer(site, request, language, asked);
             });
           });
  add_room(site, router, Method::get, "/figures.csv", k_right,
           [&site](const http::Request& request, Language language, const http::Captures&) {
             return with_figures(site, request, language, [&](const AskedFigures& asked) {
               return figures_csv(site, asked, site.words(language));
             });
           });
  add_room(site, router, Method::get, "/figures.json", k_right,
           [&site](const http::Request& request, Language language, const http::Captures&) {
             return with_figures(site, request, language, [&](const AskedFigures& asked) {
               const std::string base = site.settings().entry.address + begin(site.words(language));
               auto answer =
                   json_answer(insight::figures_json(*asked.figures, asked.cell, base, language), http::Format::json);
               answer.shared = false;  // bookings change them without the index
               return answer;
             });
           });
  for (const auto& [path, format] :
       {std::pair{"/figures/records", http::Format::html}, std::pair{"/figures/records.csv", http::Format::csv}}) {
    add_room(site, router, Method::get, path, k_right,
             [&site, format](const http::Request& request, Language language, const http::Captures&) {
               return records(site, request, language, format);
             });
  }
  add_networks(site, router);
}

}  // namespace pitchblende::pages
