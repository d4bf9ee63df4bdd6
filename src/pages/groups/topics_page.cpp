// What is covered by which key area and by none: outputs by topic and area, and what no area works on.
#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "pages/address.hpp"
#include "pages/groups/group_pages.hpp"
#include "search/query/query_text.hpp"

namespace pitchblende::pages {

namespace {

using groups::TopicRow;
using registry::Kind;
using search::Facet;

constexpr uint32_t k_areas = 60;
constexpr uint32_t k_above = 60;     // concepts from which the tops of vocabularies are climbed to
constexpr size_t k_looked_up = 400;  // of these, and of what is above them
constexpr size_t k_tops = 40;

search::Query bare(Kind kind) {
  search::Query query;
  query.filters = {{Facet::kind, {std::string(registry::name(kind))}}};
  query.size = 0;
  query.facet_size = 0;
  query.snippets = false;
  return query;
}

// Key areas of this year with their teams.
Result<std::vector<GroupRoom>> areas(const Site& site, const access::Actor& actor, const Words& words) {
  search::Query query = bare(Kind::group);
  query.filters.push_back({Facet::type, {"key_area"}});
  query.order = search::Order::title;
  query.size = k_areas;
  std::vector<GroupRoom> out;
  for (const search::Hit& hit : site.index()->search(query, actor.viewer).hits) {
    TRY_ASSIGN(auto room, group_for(site, actor, hit.id, words));
    if (room) {
      out.push_back(std::move(*room));
    }
  }
  return out;
}

// What stands at the top of the vocabularies: concepts with something below them and nothing above.
Result<std::vector<Id>> tops(const Site& site, const access::Viewer& viewer) {
  std::vector<Id> open;
  for (const auto& each :
       groups::counts_of_most(*site.index(), bare(Kind::concept_), Facet::broader, k_above, viewer)) {
    if (const auto id = Id::parse(each.value)) {
      open.push_back(*id);
    }
  }
  std::set<Id> seen(open.begin(), open.end());
  std::vector<Id> out;
  for (size_t at = 0; at < open.size() && at < k_looked_up; ++at) {
    TRY_ASSIGN(const auto links, site.registry().links_from(open[at], viewer));
    bool is_top = true;
    for (const registry::Link& link : links) {
      if (link.field == "broader" && link.to != open[at]) {
        is_top = false;
        if (seen.insert(link.to).second) {
          open.push_back(link.to);
        }
      }
    }
    if (is_top && out.size() < k_tops) {
      out.push_back(open[at]);
    }
  }
  return out;
}

struct Row {
  TopicRow of;
  std::string label;  // in the reader's language, where a vocabulary has it
  std::string url;
};

// A topic's name in the reader's language: of the concept that is called so.
std::string label_of(const search::Index& index, const std::string& topic, const access::Viewer& viewer,
                     const Words& words) {
  search::Query query = bare(Kind::concept_);
  search::QueryNode root;
  root.children = search::plain_phrase(topic);
  query.words = search::write_query(root, search::QueryLanguage::english);
  query.translation = search::Translation::none;
  query.size = 5;
  for (const search::Hit& hit : index.search(query, viewer).hits) {
    if (normalised(search::title_in(hit.title, "en")) == normalised(topic)) {
      return std::string(search::title_in(hit.title, words.code()));
    }
  }
  return topic;
}

Result<std::vector<Row>> rows_of(const Site& site, const access::Actor& actor, const std::vector<GroupRoom>& rooms,
                                 const Words& words) {
  const auto index = site.index();
  std::vector<groups::Scope> scopes;
  for (const GroupRoom& room : rooms) {
    scopes.push_back(room.scope);
  }
  std::vector<Row> out;
  std::set<std::string> named;
  for (TopicRow& each : groups::coverage(*index, scopes, actor.viewer)) {
    const std::string label =
        words.language() == Language::french ? label_of(*index, each.name, actor.viewer, words) : each.name;
    const std::string url = search_address(words.code(), {{"kind", "publication"}, {"concept", each.name}});
    named.insert(normalised(each.name));
    out.push_back({std::move(each), label, url});
  }
  TRY_ASSIGN(const auto above, tops(site, actor.viewer));
  for (const search::Hit& hit : index->known(above, actor.viewer)) {
    const std::string name(search::title_in(hit.title, "en"));
    const auto bare_top = scopes.empty() ? std::nullopt : groups::uncovered(*index, scopes, name, actor.viewer);
    if (bare_top && !named.contains(normalised(name))) {
      out.push_back({*bare_top, std::string(search::title_in(hit.title, words.code())),
                     thing_address(words.code(), Kind::concept_, hit.id)});
    }
  }
  return out;
}

// The outputs that a cell counts.
std::string address_of(const TopicRow& topic, const groups::Scope& area, const Words& words) {
  std::vector<std::pair<std::string, std::string>> query{{"kind", "publication"}, {"concept", topic.name}};
  for (const std::string& year : groups::years(area.this_year)) {
    query.emplace_back("year", year);
  }
  for (const Id team : area.teams) {
    query.emplace_back("institution", team.text());
  }
  return search_address(words.code(), query);
}

View row_view(const Row& row, const std::vector<GroupRoom>& rooms, const Words& words) {
  const TopicRow& topic = row.of;
  View out = view({{"label", row.label}, {"url", row.url}, {"all", words.number(static_cast<uint64_t>(topic.all))}});
  const int64_t most = topic.outputs.empty() ? 0 : std::ranges::max(topic.outputs);
  Views cells;
  for (size_t at = 0; at < topic.outputs.size(); ++at) {
    const int64_t count = topic.outputs[at];
    View cell = view({{"text", count > 0 ? words.number(static_cast<uint64_t>(count)) : std::string("–")},
                      {"counted_url", count > 0 ? address_of(topic, rooms[at].scope, words) : std::string()}});
    cell["none"] = count == 0;
    cell["same"] = count > 0 && count == most;
    cells.push_back(std::move(cell));
  }
  out["cells"] = std::move(cells);
  return out;
}

constexpr std::pair<TopicRow::Why, std::string_view> k_parts[] = {
    {TopicRow::Why::telling, "telling"}, {TopicRow::Why::shared, "shared"}, {TopicRow::Why::nobody, "nobody"}};

// Each part is there, and says so where nothing is in it.
Views parts_of(const std::vector<Row>& rows, const std::vector<GroupRoom>& rooms, const Words& words) {
  Views out;
  for (const auto& [why, word] : k_parts) {
    View part = view({{"heading", words.get("groups.why." + std::string(word))}});
    Views shown;
    for (const Row& row : rows) {
      if (row.of.why == why) {
        shown.push_back(row_view(row, rooms, words));
      }
    }
    if (shown.empty()) {
      part["empty"] = words.get("groups.why_none." + std::string(word));
    }
    part["rows"] = std::move(shown);
    out.push_back(std::move(part));
  }
  return out;
}

// By a column of the table: "topic", "all", an area's id; downwards with "-" before it. Parts stay apart.
void sort_rows(std::vector<Row>& rows, std::string_view by, const std::vector<GroupRoom>& rooms) {
  const bool down = by.starts_with('-');
  const std::string_view key = by.substr(down ? 1 : 0);
  const auto room = std::ranges::find_if(rooms, [&](const GroupRoom& each) { return each.id.text() == key; });
  const auto at = static_cast<size_t>(room - rooms.begin());
  const auto order = [&](const Row& row) -> std::pair<int64_t, std::string> {
    if (key == "topic") {
      return {0, normalised(row.label)};
    }
    return {at < row.of.outputs.size() ? row.of.outputs[at] : row.of.all, {}};
  };
  if (key == "topic" || key == "all" || room != rooms.end()) {
    std::ranges::stable_sort(
        rows, [&](const Row& a, const Row& b) { return down ? order(b) < order(a) : order(a) < order(b); });
  }
}

// The heads of the table, each with the address that sorts by it: numbers downwards first.
View head_view(const std::string& text, const std::string& url, const std::string& key, std::string_view sorted_by,
               const Words& words) {
  const bool down_first = key != "topic";
  const std::string first = (down_first ? "-" : "") + key;
  const std::string second = (down_first ? "" : "-") + key;
  View out = view({{"text", text},
                   {"url", url},
                   {"sort_url", below(words, "/topics?sort=" + (sorted_by == first ? second : first))}});
  out["up"] = sorted_by == key;
  out["down"] = sorted_by == "-" + key;
  return out;
}

http::Answer topics_file(const std::vector<Row>& rows, const std::vector<GroupRoom>& rooms, const Words& words) {
  std::vector<SheetColumn> columns{{"topic", "groups.topic"}, {"part", "groups.part"}};
  for (const GroupRoom& room : rooms) {
    columns.push_back({room.id.text(), room.label});  // no word of ours: it stands as it is
  }
  columns.push_back({"all", "groups.all_outputs"});
  Sheet sheet(std::move(columns));
  for (const Row& row : rows) {
    const auto* part = std::ranges::find(k_parts, row.of.why, &std::pair<TopicRow::Why, std::string_view>::first);
    std::vector<SheetCell> cells{{row.label}, {words.get("groups.why." + std::string(part->second))}};
    for (const int64_t count : row.of.outputs) {
      cells.push_back({std::to_string(count)});
    }
    cells.push_back({std::to_string(row.of.all)});
    sheet.add(std::move(cells));
  }
  return sheet.csv_answer(words);
}

Result<http::Answer> topics_page(const Site& site, const http::Request& request, Language language, Rows wanted) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const auto rooms, areas(site, request.who(), words));
  TRY_ASSIGN(auto rows, rows_of(site, request.who(), rooms, words));
  const std::string_view by = request.parameter("sort");
  sort_rows(rows, by, rooms);
  if (wanted == Rows::all) {
    return topics_file(rows, rooms, words);
  }
  Views heads;
  for (const GroupRoom& room : rooms) {
    heads.push_back(head_view(room.label, room.address, room.id.text(), by, words));
  }
  const std::string title = words.get("groups.topics");
  View body = view({{"heading", title}, {"lead", words.get("groups.topics_lead")}});
  body["heads"] = std::move(heads);
  body["topic_head"] = head_view(words.get("groups.topic"), {}, "topic", by, words);
  body["all_head"] = head_view(words.get("groups.all_outputs"), {}, "all", by, words);
  body["span"] = std::to_string(rooms.size() + 2);
  body["parts"] = rows.empty() ? Views() : parts_of(rows, rooms, words);
  body["csv_url"] = with_parameters(request, below(words, "/topics.csv"), {"sort"});
  return site.page(request, language, "group_topics", title, std::move(body),
                   {{words.kinds(Kind::group), "/" + std::string(words.code()) + "/group"}, {title, {}}});
}

}  // namespace

void add_group_topics(const Site& site, http::Router& router) {
  for (const Rows rows : {Rows::page, Rows::all}) {
    add_room(site, router, http::Method::get, rows == Rows::page ? "/topics" : "/topics.csv", http::Right::everyone,
             [&site, rows](const http::Request& request, Language language, const http::Captures&) {
               auto answer = topics_page(site, request, language, rows);
               return answer ? std::move(*answer) : site.error(request, language, 500);
             });
  }
}

}  // namespace pitchblende::pages
