// What a group organises: events that people register for, and the calendar of them.
#include <algorithm>

#include "access/contacts.hpp"
#include "booking/local_time.hpp"
#include "groups/errors.hpp"
#include "groups/event_calendar.hpp"
#include "groups/groups_rules.hpp"
#include "pages/booking/desk.hpp"
#include "pages/groups/event_forms.hpp"
#include "pages/groups/group_pages.hpp"
#include "pages/rich_text.hpp"

namespace pitchblende::pages {

namespace {

using groups::Event;
using groups::Registration;
using groups::Seat;
using registry::Kind;

constexpr int64_t k_back = 400 * booking::k_day;

std::vector<Crumb> crumbs_to(const GroupRoom& room, const std::string& title, const Words& words) {
  return {{words.kinds(Kind::group), "/" + std::string(words.code()) + "/group"},
          {room.label, room.address},
          {words.get("groups.events"), room.address + "/events"},
          {title, {}}};
}

std::string address_of(const GroupRoom& room, const Event& event) {
  return room.address + "/events/" + std::to_string(event.id);
}

Result<http::Answer> list(const Site& site, const http::Request& request, Language language, const GroupRoom& room) {
  const Words& words = site.words(language);
  const int64_t now = site.settings().groups->now();
  TRY_ASSIGN(auto all, site.settings().groups->events_of(room.id, now - k_back));
  // What comes, the next first; then what is over, the last first.
  std::ranges::stable_sort(all, {}, [&](const Event& event) {
    return event.ends > now ? std::pair(0, event.begins) : std::pair(1, -event.begins);
  });
  Views items;
  for (const Event& event : all) {
    View item = view({{"label", in_language(event.title, words)},
                      {"url", address_of(room, event)},
                      {"meta", when_words(event, words) + (event.place.empty() ? "" : " – " + event.place)}});
    item["is_cancelled"] = event.is_cancelled;
    item["is_over"] = event.ends <= now;
    items.push_back(std::move(item));
  }
  const std::string title = words.get("groups.events");
  View body = view({{"heading", title + " – " + room.label},
                    {"none", words.get("groups.no_events")},
                    {"calendar_url", room.address + "/calendar.ics"}});
  if (room.by.leads) {
    body["new_url"] = room.address + "/events/new";
    body["new_label"] = words.get("groups.new_event");
  }
  body["items"] = std::move(items);
  return site.page(request, language, "group_list", title, std::move(body),
                   {{words.kinds(Kind::group), "/" + std::string(words.code()) + "/group"},
                    {room.label, room.address},
                    {title, {}}});
}

// Who comes, for who leads the group: addresses, in the order in which they came.
Result<void> put_list(const Site& site, const std::vector<Registration>& all, const Words& words, View& body) {
  std::vector<int64_t> accounts;
  for (const Registration& each : all) {
    accounts.push_back(each.account);
  }
  TRY_ASSIGN(const auto contacts, site.settings().desk.contacts->of(accounts));
  Views rows;
  for (const Registration& each : all) {
    const auto who = contacts.find(each.account);
    if (each.seat != Seat::given_back && who != contacts.end()) {
      rows.push_back(view(
          {{"who", who->second.email}, {"seat", words.get("groups.seats." + std::string(groups::name(each.seat)))}}));
    }
  }
  body["registered"] = std::move(rows);
  body["leads"] = true;
  return {};
}

Result<void> put_seats(const Site& site, const http::Request& request, const GroupRoom& room, const Event& event,
                       const Words& words, View& body) {
  TRY_ASSIGN(const auto all, site.settings().groups->registrations(event.id));
  const auto with = [&](Seat seat) { return std::ranges::count(all, seat, &Registration::seat); };
  const int64_t taken = with(Seat::registered);
  if (event.is_open && !event.is_cancelled) {
    body["seats"] = event.places == 0 ? words.count("groups.registered", static_cast<uint64_t>(taken))
                                      : put_in(words.count("groups.taken", static_cast<uint64_t>(taken)), "places",
                                               words.number(static_cast<uint64_t>(event.places)));
    if (const int64_t waiting = with(Seat::waiting); waiting > 0) {
      body["waiting"] = words.count("groups.waiting", static_cast<uint64_t>(waiting));
    }
    const bool full = event.places > 0 && taken >= event.places;
    const auto own = std::ranges::find(all, request.who().account, &Registration::account);
    const bool has_seat = request.who().signed_in() && own != all.end() && own->seat != Seat::given_back;
    const bool may = groups::judge_registering(event, site.settings().groups->now()).has_value();
    if (has_seat) {
      body["own_seat"] = words.get("groups.own." + std::string(groups::name(own->seat)));
      body["give_back_action"] = address_of(room, event) + "/give-back";
    } else if (may && request.who().signed_in()) {
      body["enrol_action"] = address_of(room, event) + "/enrol";
      body["enrol_label"] = words.get(full ? "groups.enrol_waiting" : "groups.enrol");
    } else if (may && site.settings().entry.access != nullptr) {
      body["sign_in_url"] =
          "/" + std::string(words.code()) + "/sign-in?next=" + http::percent_encoded(address_of(room, event));
    }
    body["closed"] = !may;
  }
  return room.by.leads ? put_list(site, all, words, body) : Result<void>{};
}

Result<http::Answer> page_of(const Site& site, const http::Request& request, Language language, const GroupRoom& room,
                             const Event& event, const std::optional<Error>& problem) {
  const Words& words = site.words(language);
  const std::string title = in_language(event.title, words);
  View body = view({{"heading", title},
                    {"heading_lang", language_shown(event.title, words)},
                    {"when", when_words(event, words)},
                    {"place", event.place},
                    {"online", event.online},
                    {"rich", rich_html(in_language(event.text, words), words.get("leaves"))},
                    {"rich_lang", language_shown(event.text, words)},
                    {"calendar_url", room.address + "/calendar.ics"}});
  body["is_cancelled"] = event.is_cancelled;
  if (!event.local_closes.empty()) {
    body["closes"] = put_in(words.get("groups.closes_on"), "when", words.date(day_of_clock(event.local_closes)));
  }
  if (room.by.leads) {
    body["edit_url"] = address_of(room, event) + "/edit";
  }
  TRY(put_seats(site, request, room, event, words, body));
  if (problem) {
    body["problem"] = problem->message(language);
  }
  http::Answer answer =
      request.who().signed_in()
          ? form_page(site, request, language, "group_event", title, std::move(body), crumbs_to(room, title, words))
          : site.page(request, language, "group_event", title, std::move(body), crumbs_to(room, title, words));
  answer.status = problem ? problem->kind().status : 200;
  return answer;
}

enum class Step : uint8_t { enrol, give_back };

Result<http::Answer> change_seat(const Site& site, const http::Request& request, Language language,
                                 const GroupRoom& room, const Event& event, Step step) {
  const int64_t account = request.who().account;
  const auto also = [&](store::Transaction& transaction, const groups::Change& change) -> Result<void> {
    TRY(site.settings().entry.access->audit().record(
        transaction, {account, step == Step::enrol ? "enrol" : "give_back_seat", "event", event.id, room.id.text()}));
    return tell_seats(site, transaction, room, event, change, step == Step::enrol ? account : 0);
  };
  std::optional<Error> problem;
  if (step == Step::enrol) {
    const auto seat = site.settings().groups->enrol(event.id, account, also);
    problem = seat ? std::nullopt : std::optional(seat.error());
  } else {
    const auto done = site.settings().groups->give_back(event.id, account, also);
    problem = done ? std::nullopt : std::optional(done.error());
  }
  if (problem) {
    return page_of(site, request, language, room, event, problem);
  }
  if (site.settings().entry.posted) {
    site.settings().entry.posted();
  }
  return redirect(303, address_of(room, event));
}

Result<http::Answer> calendar(const Site& site, Language language, const GroupRoom& room) {
  const Words& words = site.words(language);
  const int64_t now = site.settings().groups->now();
  TRY_ASSIGN(const auto all, site.settings().groups->events_of(room.id, now - k_back));
  std::vector<groups::CalendarEvent> events;
  const std::string& site_address = site.settings().entry.address;
  for (const Event& event : all) {
    events.push_back({event, in_language(event.title, words), plain_text(in_language(event.text, words)),
                      site_address.empty() ? std::string() : site_address + address_of(room, event)});
  }
  const size_t scheme = site_address.find("://");
  const std::string host = scheme == std::string::npos ? std::string("pitchblende") : site_address.substr(scheme + 3);
  http::Answer answer;
  answer.type = "text/calendar; charset=utf-8";
  answer.body = groups::calendar_text(room.label, events, host, now);
  return answer;
}

}  // namespace

std::string day_of_clock(std::string_view local) { return std::string(local.substr(0, 10)); }

Result<Event> event_for(const Site& site, const GroupRoom& room, std::string_view number) {
  TRY_ASSIGN(Event event, site.settings().groups->event(number_in(number)));
  if (event.group != room.id) {
    return fail(groups::errors::unknown);
  }
  return event;
}

void add_group_events(const Site& site, http::Router& router) {
  using http::Method;
  const auto at = [&site](const http::Request& request, Language language, const http::Captures& parts,
                          const std::function<Result<http::Answer>(const GroupRoom&, const Event&)>& go) {
    return at_group(site, request, language, parts[1], For::everyone,
                    [&](const GroupRoom& room) -> Result<http::Answer> {
                      TRY_ASSIGN(const Event event, event_for(site, room, parts[2]));
                      return go(room, event);
                    });
  };
  add_room(site, router, Method::get, "/group/{id}/events", http::Right::everyone,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return at_group(site, request, language, parts[1], For::everyone,
                             [&](const GroupRoom& room) { return list(site, request, language, room); });
           });
  add_room(site, router, Method::get, "/group/{id}/calendar.ics", http::Right::everyone,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return at_group(site, request, language, parts[1], For::everyone,
                             [&](const GroupRoom& room) { return calendar(site, language, room); });
           });
  add_room(site, router, Method::get, "/group/{id}/events/{number}", http::Right::everyone,
           [&site, at](const http::Request& request, Language language, const http::Captures& parts) {
             return at(request, language, parts, [&](const GroupRoom& room, const Event& event) {
               return page_of(site, request, language, room, event, std::nullopt);
             });
           });
  if (site.settings().entry.access == nullptr) {
    return;
  }
  for (const auto& [path, step] : {std::pair{"enrol", Step::enrol}, std::pair{"give-back", Step::give_back}}) {
    add_room(site, router, Method::post, "/group/{id}/events/{number}/" + std::string(path), http::Right::have_account,
             [&site, at, step](const http::Request& request, Language language, const http::Captures& parts) {
               return at(request, language, parts, [&](const GroupRoom& room, const Event& event) {
                 return change_seat(site, request, language, room, event, step);
               });
             });
  }
  add_event_forms(site, router);
}

}  // namespace pitchblende::pages
