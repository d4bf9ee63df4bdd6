// What a group's own page shows beside its card: what it says of itself, its news, what it organises, who is in it.
#include <algorithm>

#include "pages/address.hpp"
#include "pages/groups/group_pages.hpp"
#include "pages/rich_text.hpp"

namespace pitchblende::pages {

namespace {

constexpr int64_t k_news = 5;
constexpr size_t k_events = 6;
constexpr size_t k_members = 60;

void put_ways(const Site& site, const GroupRoom& room, const Words& words, View& body) {
  Views ways;
  const auto add = [&](std::string_view word, std::string_view path) {
    ways.push_back(view({{"label", words.get(word)}, {"url", room.address + std::string(path)}}));
  };
  if (site.settings().insight != nullptr) {
    add("groups.size", "/size");
  }
  add("groups.events", "/events");
  add("groups.news", "/news");
  ways.push_back(view({{"label", words.get("groups.topics")}, {"url", "/" + std::string(words.code()) + "/topics"}}));
  if (room.by.leads) {
    add("groups.write_presentation", "/presentation");
    add("groups.members", "/members");
    add("groups.new_news", "/news/new");
    add("groups.new_event", "/events/new");
  }
  // What can be done from its card as from any other's comes after.
  if (const auto* others = body.if_contains("ways"); others != nullptr && others->is_array()) {
    for (const auto& other : others->get_array()) {
      ways.push_back(other);
    }
  }
  body["ways"] = std::move(ways);
}

Result<void> add_presentation(const Site& site, const GroupRoom& room, const Words& words, Views& blocks) {
  TRY_ASSIGN(const groups::Presentation said, site.settings().groups->presentation(room.id));
  const std::string& text = in_language(said.text, words);
  if (!text.empty()) {
    View block = view({{"id", "presentation"}, {"title", words.get("groups.presentation")}});
    block["rich"] = rich_html(text, words.get("leaves"));
    block["rich_lang"] = language_shown(said.text, words);
    blocks.push_back(std::move(block));
  }
  return {};
}

Result<void> add_news(const Site& site, const GroupRoom& room, const Words& words, Views& blocks) {
  TRY_ASSIGN(const auto all, site.settings().groups->news_of(room.id, k_news * 2));
  Views items;
  for (const groups::News& each : all) {
    if (!each.is_withdrawn && items.size() < k_news) {
      items.push_back(view({{"label", in_language(each.title, words)},
                            {"url", room.address + "/news/" + std::to_string(each.id)},
                            {"meta", words.date(each.published)}}));
    }
  }
  if (!items.empty()) {
    View block = view({{"id", "news"}, {"title", words.get("groups.news")}});
    block["hits"] = View{{"items", std::move(items)}};
    block["more"] = View{{"url", room.address + "/news"}, {"label", words.get("groups.all_news")}};
    blocks.push_back(std::move(block));
  }
  return {};
}

Result<void> add_events(const Site& site, const GroupRoom& room, const Words& words, Views& blocks) {
  TRY_ASSIGN(const auto all, site.settings().groups->events_of(room.id, site.settings().groups->now()));
  Views items;
  for (const groups::Event& each : all) {
    if (!each.is_cancelled && items.size() < k_events) {
      items.push_back(view({{"label", in_language(each.title, words)},
                            {"url", room.address + "/events/" + std::to_string(each.id)},
                            {"meta", when_words(each, words) + (each.place.empty() ? "" : " – " + each.place)}}));
    }
  }
  if (!items.empty()) {
    View block = view({{"id", "coming-events"}, {"title", words.get("groups.coming")}});
    block["hits"] = View{{"items", std::move(items)}};
    block["more"] = View{{"url", room.address + "/events"}, {"label", words.get("groups.all_events")}};
    blocks.push_back(std::move(block));
  }
  return {};
}

// Confirmed members, as the reader may know them.
Result<void> add_members(const Site& site, const GroupRoom& room, const access::Viewer& viewer, const Words& words,
                         Views& blocks) {
  TRY_ASSIGN(const auto members, site.settings().groups->members(room.id));
  std::vector<Id> ids;
  for (const groups::Member& member : members) {
    if (member.decided == groups::Decided::confirmed) {
      ids.push_back(member.person);
    }
  }
  auto hits = site.index()->known(ids, viewer);
  if (!hits.empty()) {
    const size_t count = hits.size();
    hits.resize(std::min(hits.size(), k_members));
    View block = hits_block("person", hits, count, {}, words);
    block["id"] = "confirmed";
    block["title"] = words.get("groups.confirmed");
    blocks.push_back(std::move(block));
  }
  return {};
}

}  // namespace

Result<void> put_group_site(const Site& site, const http::Request& request, Id group, const Words& words, View& body,
                            Views& blocks) {
  TRY_ASSIGN(const auto room, group_for(site, request.who(), group, words));
  if (!room) {
    return {};
  }
  put_ways(site, *room, words, body);
  Views own;
  TRY(add_presentation(site, *room, words, own));
  TRY(add_events(site, *room, words, own));
  TRY(add_news(site, *room, words, own));
  for (auto& block : blocks) {
    own.push_back(std::move(block));
  }
  TRY(add_members(site, *room, request.who().viewer, words, own));
  blocks = std::move(own);
  return {};
}

}  // namespace pitchblende::pages
