#include "pages/groups/event_forms.hpp"

#include <algorithm>

#include "booking/local_time.hpp"
#include "groups/errors.hpp"
#include "pages/booking/desk.hpp"

namespace pitchblende::pages {

namespace {

using groups::Event;

constexpr int64_t k_longest = 20'000;
constexpr int64_t k_longest_title = 150;
constexpr int64_t k_longest_place = 250;

std::string local_of(int64_t utc, const std::string& typed) {
  const auto zone = booking::Zone::named(booking::k_home_zone);
  return !typed.empty() || !zone || utc == 0 ? typed : booking::local_text(zone->local(utc));
}

http::Form shown(const Event& event) {
  return {{{"title_fr", event.title.french},
           {"title_en", event.title.english},
           {"text_fr", event.text.french},
           {"text_en", event.text.english},
           {"begins", local_of(event.begins, event.local_begin)},
           {"ends", local_of(event.ends, event.local_end)},
           {"place", event.place},
           {"online", event.online},
           {"open", event.is_open ? "yes" : "no"},
           {"places", std::to_string(event.places)},
           {"closes", event.local_closes},
           {"cancelled", event.is_cancelled ? "yes" : "no"}},
          {}};
}

GroupForm form_of(const GroupRoom& room, const Words& words, const Event& stored, http::Form typed) {
  GroupForm form;
  form.title = words.get(stored.id == 0 ? "groups.new_event" : "groups.edit_event");
  form.lead = words.get("groups.marks");
  form.action = room.address + "/events/" + (stored.id == 0 ? "new" : std::to_string(stored.id) + "/edit") +
                "?revision=" + std::to_string(stored.revision);
  form.button = "groups.save";
  form.fields = {{"title_fr", "groups.title_fr", "text", Wanted::no, k_longest_title},
                 {"title_en", "groups.title_en", "text", Wanted::no, k_longest_title},
                 {"begins", "groups.begins", "datetime-local", Wanted::yes},
                 {"ends", "groups.ends", "datetime-local", Wanted::yes},
                 {"place", "groups.place", "text", Wanted::no, k_longest_place},
                 {"online", "groups.online", "url", Wanted::no, k_longest_place},
                 {"text_fr", "groups.text_fr", "textarea", Wanted::no, k_longest},
                 {"text_en", "groups.text_en", "textarea", Wanted::no, k_longest},
                 {"open",
                  "groups.open",
                  "select",
                  Wanted::no,
                  0,
                  {{"yes", words.get("groups.is_open")}, {"no", words.get("groups.is_not_open")}}},
                 {"places", "groups.places", "number", Wanted::no, 0},
                 {"closes", "groups.closes", "datetime-local", Wanted::no}};
  if (stored.id != 0) {
    form.fields.push_back({"cancelled",
                           "groups.cancelled",
                           "select",
                           Wanted::no,
                           0,
                           {{"no", words.get("groups.takes_place")}, {"yes", words.get("groups.is_cancelled")}}});
  }
  form.typed = std::move(typed);
  return form;
}

Result<Event> event_in(const http::Form& form, Event event) {
  TRY_ASSIGN(const booking::Zone zone, booking::Zone::named(booking::k_home_zone));
  const auto time = [&](std::string_view name) {
    return booking::typed_time(zone, form.value(name), booking::Which::first);
  };
  event.title = {one_line(form, "title_fr"), one_line(form, "title_en")};
  event.text = {std::string(form.value("text_fr")), std::string(form.value("text_en"))};
  event.local_begin = one_line(form, "begins");
  event.local_end = one_line(form, "ends");
  event.local_closes = one_line(form, "closes");
  event.place = one_line(form, "place");
  event.online = one_line(form, "online");
  event.is_open = form.value("open") != "no";
  event.is_cancelled = form.value("cancelled") == "yes";
  const std::string places = one_line(form, "places");
  event.places = number_in(places);
  if (event.places == 0 && !places.empty() && places != "0") {
    event.places = -1;  // no number: refused by the rule
  }
  TRY_ASSIGN(event.begins, time("begins"));
  TRY_ASSIGN(event.ends, time("ends"));
  event.closes = event.begins;
  if (!event.local_closes.empty()) {
    TRY_ASSIGN(event.closes, time("closes"));
  }
  return event;
}

// Whom a change concerns who come already; empty: nothing of it changed.
std::string_view news_for_guests(const Event& before, const Event& after) {
  if (before.is_cancelled != after.is_cancelled) {
    return after.is_cancelled ? "cancelled" : "takes_place";
  }
  const bool moved = before.begins != after.begins || before.ends != after.ends || before.place != after.place ||
                     before.online != after.online;
  return before.id != 0 && moved && !after.is_cancelled ? "moved" : "";
}

Result<int64_t> store_event(const Site& site, const GroupRoom& room, const Event& before, const Event& wanted) {
  std::vector<groups::Registration> guests;
  if (before.id != 0) {
    TRY_ASSIGN(guests, site.settings().groups->registrations(before.id));
  }
  return site.settings().groups->put(
      wanted, room.by, [&](store::Transaction& transaction, const groups::Change& change) -> Result<void> {
        TRY(group_deed(site, transaction, room, "write_event", room.by.account));
        Event stored = wanted;
        stored.id = change.number;
        ++stored.revision;
        if (const std::string_view kind = news_for_guests(before, stored); !kind.empty()) {
          TRY(tell_guests(site, transaction, room, stored, guests, kind));
        }
        return tell_seats(site, transaction, room, stored, change, 0);
      });
}

Result<http::Answer> write(const Site& site, const http::Request& request, Language language, const GroupRoom& room,
                           const Event& before) {
  const Words& words = site.words(language);
  const auto typed = http::read_form(request);
  if (!typed) {
    return site.error(request, language, 422);
  }
  auto wanted = event_in(*typed, before);
  Result<int64_t> number = tl::unexpected(Error(groups::errors::unknown));
  if (wanted) {
    wanted->revision = number_in(request.parameter("revision"));
    number = store_event(site, room, before, *wanted);
  } else {
    number = tl::unexpected(wanted.error());
  }
  if (number) {
    if (site.settings().entry.posted) {
      site.settings().entry.posted();
    }
    return redirect(303, room.address + "/events/" + std::to_string(*number));
  }
  Event stored = before;
  if (before.id != 0) {
    TRY_ASSIGN(stored, site.settings().groups->event(before.id));
  }
  return group_form_again(site, request, language, room, form_of(room, words, stored, *typed), number.error(),
                          shown(stored));
}

}  // namespace

void add_event_forms(const Site& site, http::Router& router) {
  const auto form = [&site](const http::Request& request, Language language, const http::Captures& parts) {
    return at_group(site, request, language, parts[1], For::its_leader,
                    [&](const GroupRoom& room) -> Result<http::Answer> {
                      Event event;
                      event.group = room.id;
                      if (parts.size() > 2) {
                        TRY_ASSIGN(event, event_for(site, room, parts[2]));
                      }
                      return request.method == http::Method::post
                                 ? write(site, request, language, room, event)
                                 : group_form(site, request, language, room,
                                              form_of(room, site.words(language), event, shown(event)));
                    });
  };
  for (const http::Method method : {http::Method::get, http::Method::post}) {
    add_room(site, router, method, "/group/{id}/events/new", http::Right::lead_group, form);
    add_room(site, router, method, "/group/{id}/events/{number}/edit", http::Right::lead_group, form);
  }
}

}  // namespace pitchblende::pages
