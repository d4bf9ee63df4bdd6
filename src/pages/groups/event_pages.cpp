// An event that a group organises: its page, and who comes.
#include <algorithm>

#include "access/contacts.hpp"
#include "booking/local_time.hpp"
#include "groups/errors.hpp"
#include "groups/groups_rules.hpp"
#include "pages/booking/desk.hpp"
#include "pages/groups/event_forms.hpp"
#include "pages/groups/group_pages.hpp"
#include "pages/people/people.hpp"
#include "pages/rich_text.hpp"

namespace pitchblende::pages {

namespace {

using groups::Event;
using groups::Registration;
using groups::Seat;
using registry::Kind;

std::vector<Crumb> crumbs_to(const GroupRoom& room, const std::string& title, const Words& words) {
  return {{words.kinds(Kind::group), "/" + std::string(words.code()) + "/group"},
          {room.label, room.address},
          {words.get("groups.events"), room.address + "/events"},
          {title, {}}};
}

std::string address_of(const GroupRoom& room, const Event& event) {
  return room.address + "/events/" + std::to_string(event.id);
}

// Who comes, for who leads the group: names and addresses, in the order in which they came.
Result<Sheet> who_comes(const Site& site, const std::vector<Registration>& all, const Words& words) {
  std::vector<int64_t> accounts;
  for (const Registration& each : all) {
    accounts.push_back(each.account);
  }
  TRY_ASSIGN(const People people, People::with_accounts(site, accounts, access::Viewer::visitor(), words));
  Sheet sheet({{"turn", "groups.turn"}, {"who", "groups.who"}, {"name", "admin.roles.name"}, {"seat", "groups.seat"}});
  for (const Registration& each : all) {
    const PersonShown* who = people.find(each.account);
    if (each.seat != Seat::given_back && who != nullptr) {
      sheet.add({{std::to_string(each.turn), {}, {}, ordered(each.turn)},
                 {who->email},
                 name_cell(*who),
                 {words.get("groups.seats." + std::string(groups::name(each.seat)))}});
    }
  }
  return sheet;
}

Result<void> put_list(const Site& site, const http::Request& request, const GroupRoom& room, const Event& event,
                      const std::vector<Registration>& all, const Words& words, View& body) {
  TRY_ASSIGN(Sheet sheet, who_comes(site, all, words));
  sheet.sort(request.parameter("sort"));
  if (sheet.size() > 0) {
    body["sheet"] = sheet.view(address_of(room, event), words.get("groups.who_comes"), words);
    body["csv_url"] = address_of(room, event) + "/registered.csv";
  }
  body["leads"] = true;
  return {};
}

Result<void> put_seats(const Site& site, const http::Request& request, const GroupRoom& room, const Event& event,
                       const Words& words, View& body) {
  TRY_ASSIGN(const auto all, site.settings().groups->registrations(event.id));
  const auto with = [&](Seat seat) { return std::ranges::count(all, seat, &Registration::seat); };
  const int64_t taken = with(Seat::registered);
  const auto own = std::ranges::find(all, request.who().account, &Registration::account);
  const bool is_his = request.who().signed_in() && own != all.end();
  // Rule 12.
  const bool sees_online = !event.is_open || room.by.leads || (is_his && own->seat == Seat::registered);
  if (!event.online.empty()) {
    body[sees_online ? "online" : "online_kept"] = sees_online ? event.online : words.get("groups.online_kept");
  }
  if (event.is_open && !event.is_cancelled) {
    body["seats"] = event.places == 0 ? words.count("groups.registered", static_cast<uint64_t>(taken))
                                      : put_in(words.count("groups.taken", static_cast<uint64_t>(taken)), "places",
                                               words.number(static_cast<uint64_t>(event.places)));
    if (const int64_t waiting = with(Seat::waiting); waiting > 0) {
      body["waiting"] = words.count("groups.waiting", static_cast<uint64_t>(waiting));
    }
    const bool full = event.places > 0 && taken >= event.places;
    const bool has_seat = is_his && own->seat != Seat::given_back;
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
  return room.by.leads ? put_list(site, request, room, event, all, words, body) : Result<void>{};
}

Result<http::Answer> page_of(const Site& site, const http::Request& request, Language language, const GroupRoom& room,
                             const Event& event, const std::optional<Error>& problem) {
  const Words& words = site.words(language);
  const std::string title = in_language(event.title, words);
  View body = view({{"heading", title},
                    {"heading_lang", language_shown(event.title, words)},
                    {"when", when_words(event, words)},
                    {"place", event.place},
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
    body["problem"] = problem_words(*problem, words);
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
    return tell_seats(site, transaction, room, event, change, account);
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
  add_event_list(site, router);
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
  add_room(site, router, Method::get, "/group/{id}/events/{number}/registered.csv", http::Right::lead_group,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return at_group(site, request, language, parts[1], For::its_leader,
                             [&](const GroupRoom& room) -> Result<http::Answer> {
                               TRY_ASSIGN(const Event event, event_for(site, room, parts[2]));
                               TRY_ASSIGN(const auto all, site.settings().groups->registrations(event.id));
                               const Words& words = site.words(language);
                               TRY_ASSIGN(const Sheet sheet, who_comes(site, all, words));
                               return sheet.csv_answer(words);
                             });
           });
  add_event_forms(site, router);
}

}  // namespace pitchblende::pages
