// All events of a group: those that it organises here, and those that files tell of; as a list and as a calendar.
#include <algorithm>
#include <tuple>

#include "booking/local_time.hpp"
#include "groups/event_calendar.hpp"
#include "pages/address.hpp"
#include "pages/groups/event_forms.hpp"
#include "pages/groups/group_pages.hpp"
#include "pages/rich_text.hpp"
#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

namespace {

using groups::Event;
using registry::Card;
using registry::Kind;

constexpr int64_t k_most_links = 2000;

struct Listed {
  groups::CalendarEvent event;
  std::string begins;  // "2026-03-02T09:00", or what of it is known
  std::string when;
  bool is_over = false;
};

std::string_view text_of(const Card& card, std::string_view field) {
  return card.text(registry::field(Kind::event, field));
}

// The reader's language where it is there.
std::string said(const Card& card, std::string_view field, const Words& words) {
  const auto* found = card.find(registry::field(Kind::event, field));
  std::string out;
  for (const auto& each : found == nullptr ? std::vector<registry::CardValue>() : found->values) {
    if (!each.lost && (out.empty() || each.value.lang == words.code())) {
      out = each.value.text;
    }
  }
  return out;
}

// Events of files whose area or organiser the group is; what is published from here is not told twice.
Result<std::vector<Card>> told_by_files(const Site& site, const GroupRoom& room, const access::Viewer& viewer) {
  TRY_ASSIGN(const auto links, site.registry().links_to(room.id, viewer, k_most_links));
  std::vector<Id> ids;
  for (const registry::Link& link : links) {
    if (link.from_kind == Kind::event && (link.field == "areas" || link.field == "organisers")) {
      ids.push_back(link.from);
    }
  }
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
  TRY_ASSIGN(std::vector<Card> cards, site.registry().cards(ids, viewer));
  std::erase_if(cards, [](const Card& card) {
    return !card.page || std::ranges::any_of(card.sources, [](const registry::CardSource& each) {
      return registry::room_of_source(each.source) == "groups";
    });
  });
  return cards;
}

Listed own(const Event& event, const GroupRoom& room, const Words& words, int64_t now) {
  Listed out;
  out.event.event = event;
  // Who registers gets the address on the event's page; a calendar is everybody's.
  out.event.event.online = event.is_open ? std::string() : event.online;
  out.event.title = in_language(event.title, words);
  out.event.text = plain_text(in_language(event.text, words));
  out.event.address = room.address + "/events/" + std::to_string(event.id);
  out.begins = event.local_begin;
  out.when = when_words(event, words);
  out.is_over = event.ends <= now;
  return out;
}

Listed of_card(const Card& card, const Words& words, std::string_view today) {
  Listed out;
  const std::string_view from = text_of(card, "from");
  const std::string_view to = text_of(card, "to").empty() ? from : text_of(card, "to");
  out.event.title = title_of(card, words);
  out.event.text = said(card, "description", words);
  out.event.address = thing_address(words.code(), Kind::event, card.id);
  out.event.event.place = text_of(card, "place");
  out.event.event.online = text_of(card, "online");
  out.event.uid = "event-" + card.id.text();
  const auto first = booking::read_day(from);
  const auto last = booking::read_day(to);
  out.event.first_day = first ? booking::day_text(*first) : std::string();
  out.event.day_after = first ? booking::day_text(std::max(last.value_or(*first), *first) + 1) : std::string();
  out.begins = from;
  out.when = words.date(from) + (to == from ? "" : " – " + words.date(to));
  out.is_over = !to.empty() && to < today.substr(0, to.size());
  return out;
}

// What comes, the next first; then what is over, the last first.
Result<std::vector<Listed>> events(const Site& site, const http::Request& request, const GroupRoom& room,
                                   const Words& words) {
  const int64_t now = site.settings().groups->now();
  const std::string today = booking::day_text(booking::day_of(now));
  TRY_ASSIGN(const auto organised, site.settings().groups->events_of(room.id, 0));
  TRY_ASSIGN(const auto told, told_by_files(site, room, request.who().viewer));
  std::vector<Listed> out;
  for (const Event& event : organised) {
    out.push_back(own(event, room, words, now));
  }
  for (const Card& card : told) {
    out.push_back(of_card(card, words, today));
  }
  std::ranges::stable_sort(out, [](const Listed& a, const Listed& b) {
    return a.is_over != b.is_over ? b.is_over : a.is_over ? b.begins < a.begins : a.begins < b.begins;
  });
  return out;
}

Result<http::Answer> list(const Site& site, const http::Request& request, Language language, const GroupRoom& room,
                          Rows rows) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const auto all, events(site, request, room, words));
  Sheet sheet(
      {{"event", "groups.event"}, {"when", "groups.when"}, {"place", "groups.place"}, {"state", "groups.cancelled"}});
  for (const Listed& each : all) {
    const bool is_cancelled = each.event.event.is_cancelled;
    const std::string_view state = is_cancelled ? "is_cancelled" : each.is_over ? "over" : "takes_place";
    sheet.add({{each.event.title, each.event.address},
               {each.when, {}, {}, each.begins},
               {each.event.event.place},
               {words.get("groups." + std::string(state)), {}, is_cancelled ? "warn" : "plain"}});
  }
  GroupList of{words.get("groups.events"), "/events", words.get("groups.no_events"), std::move(sheet)};
  of.body["calendar_url"] = room.address + "/calendar.ics";
  if (room.by.leads) {
    of.body["new_url"] = room.address + "/events/new";
    of.body["new_label"] = words.get("groups.new_event");
  }
  return group_list(site, request, language, room, std::move(of), rows);
}

Result<http::Answer> calendar(const Site& site, const http::Request& request, Language language,
                              const GroupRoom& room) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const auto all, events(site, request, room, words));
  const std::string& site_address = site.settings().entry.address;
  std::vector<groups::CalendarEvent> shown;
  for (const Listed& each : all) {
    // A calendar has no place for what is told of a year or month alone.
    if (each.event.uid.empty() || !each.event.first_day.empty()) {
      shown.push_back(each.event);
      shown.back().address = site_address.empty() ? std::string() : site_address + each.event.address;
    }
  }
  http::Answer answer;
  answer.type = "text/calendar; charset=utf-8";
  answer.body = groups::calendar_text(room.label, shown, calendar_host(site), site.settings().groups->now());
  return answer;
}

}  // namespace

void add_event_list(const Site& site, http::Router& router) {
  const auto add = [&](std::string_view path, auto go) {
    add_room(site, router, http::Method::get, path, http::Right::everyone,
             [&site, go](const http::Request& request, Language language, const http::Captures& parts) {
               return at_group(site, request, language, parts[1], For::everyone,
                               [&](const GroupRoom& room) { return go(request, language, room); });
             });
  };
  for (const Rows rows : {Rows::page, Rows::all}) {
    add(rows == Rows::page ? "/group/{id}/events" : "/group/{id}/events.csv",
        [&site, rows](const http::Request& request, Language language, const GroupRoom& room) {
          return list(site, request, language, room, rows);
        });
  }
  add("/group/{id}/calendar.ics", [&site](const http::Request& request, Language language, const GroupRoom& room) {
    return calendar(site, request, language, room);
  });
}

}  // namespace pitchblende::pages
