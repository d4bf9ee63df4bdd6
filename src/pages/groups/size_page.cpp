// A group's critical size over the years, and what is covered by which key area and by none.
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

using groups::TopicRow;
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
  const insight::Insight& of = *site.settings().insight;
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

Result<http::Answer> size_page(const Site& site, const http::Request& request, Language language,
                               const GroupRoom& room) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const Series series, series_of(site, room.id, request.who().viewer));
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
  body["figures_url"] = "/" + std::string(words.code()) + "/figures?area=" + room.id.text();
  return site.page(request, language, "group_size", title, std::move(body),
                   {{words.kinds(Kind::group), "/" + std::string(words.code()) + "/group"},
                    {room.label, room.address},
                    {title, {}}});
}

// Key areas of this year with their teams.
Result<std::vector<GroupRoom>> areas(const Site& site, const access::Actor& actor, const Words& words) {
  search::Query query;
  query.filters = {{search::Facet::kind, {"group"}}, {search::Facet::type, {"key_area"}}};
  query.order = search::Order::title;
  query.size = 60;
  query.facet_size = 0;
  query.snippets = false;
  std::vector<GroupRoom> out;
  for (const search::Hit& hit : site.index()->search(query, actor.viewer).hits) {
    TRY_ASSIGN(auto room, group_for(site, actor, hit.id, words));
    if (room) {
      out.push_back(std::move(*room));
    }
  }
  return out;
}

std::string why_word(TopicRow::Why why) {
  return why == TopicRow::Why::telling ? "telling" : why == TopicRow::Why::shared ? "shared" : "nobody";
}

View topic_view(const TopicRow& topic, const Words& words) {
  View row = view({{"label", topic.name},
                   {"url", search_address(words.code(), {{"kind", "publication"}, {"concept", topic.name}})},
                   {"all", words.number(static_cast<uint64_t>(topic.all))}});
  const int64_t most = topic.outputs.empty() ? 0 : std::ranges::max(topic.outputs);
  Views cells;
  for (const int64_t count : topic.outputs) {
    View cell = view({{"text", count > 0 ? words.number(static_cast<uint64_t>(count)) : std::string("–")}});
    cell["none"] = count == 0;
    cell["same"] = count > 0 && count == most;
    cells.push_back(std::move(cell));
  }
  row["cells"] = std::move(cells);
  return row;
}

Result<http::Answer> topics_page(const Site& site, const http::Request& request, Language language) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const auto rooms, areas(site, request.who(), words));
  std::vector<groups::Scope> scopes;
  Views heads;
  for (const GroupRoom& room : rooms) {
    scopes.push_back(room.scope);
    heads.push_back(view({{"text", room.label}, {"url", room.address}}));
  }
  Views parts;
  std::optional<TopicRow::Why> last;
  for (const TopicRow& topic : groups::coverage(*site.index(), scopes, request.who().viewer)) {
    if (topic.why != last) {
      parts.push_back(view({{"heading", words.get("groups.why." + why_word(topic.why))}}));
      parts.back().as_object()["rows"] = Views();
      last = topic.why;
    }
    parts.back().at("rows").as_array().push_back(topic_view(topic, words));
  }
  const std::string title = words.get("groups.topics");
  View body = view({{"heading", title}, {"lead", words.get("groups.topics_lead")}});
  body["heads"] = std::move(heads);
  body["span"] = std::to_string(rooms.size() + 2);
  body["parts"] = std::move(parts);
  return site.page(request, language, "group_topics", title, std::move(body),
                   {{words.kinds(Kind::group), "/" + std::string(words.code()) + "/group"}, {title, {}}});
}

}  // namespace

void add_group_size(const Site& site, http::Router& router) {
  if (site.settings().insight != nullptr) {
    add_room(site, router, http::Method::get, "/group/{id}/size", http::Right::everyone,
             [&site](const http::Request& request, Language language, const http::Captures& parts) {
               return at_group(site, request, language, parts[1], For::everyone,
                               [&](const GroupRoom& room) { return size_page(site, request, language, room); });
             });
  }
  add_room(site, router, http::Method::get, "/topics", http::Right::everyone,
           [&site](const http::Request& request, Language language, const http::Captures&) {
             auto answer = topics_page(site, request, language);
             return answer ? std::move(*answer) : site.error(request, language, 500);
           });
}

}  // namespace pitchblende::pages
