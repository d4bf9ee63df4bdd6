// For who looks after an instrument or a platform: who booked what when, as a page and a file; and all that he looks
// after.
#include <algorithm>

#include "booking/errors.hpp"
#include "pages/address.hpp"
#include "pages/booking/booking_pages.hpp"
#include "pages/booking/desk.hpp"
#include "pages/booking/times_views.hpp"
#include "pages/sheet.hpp"
#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

namespace {

using booking::Held;
using booking::k_day;
using booking::Zone;
using registry::Kind;

constexpr int64_t k_days = 31;  // before today and after it, where nobody says which

enum class For : uint8_t { page, file };

// What is looked after.
struct Looked {
  std::string label;
  std::string address;
  std::vector<Id> instruments;
};
struct Period {
  int64_t first_day = 0;
  int64_t last_day = 0;
};

// nullopt: there is none, or he may not know it.
Result<std::optional<Looked>> looked_at(const Site& site, const access::Actor& actor, Kind kind, Id id,
                                        const Words& words) {
  TRY_ASSIGN(const registry::Found found, site.registry().find(id, actor.viewer));
  if (!found.card || found.card->kind != kind) {
    return std::nullopt;
  }
  Looked out{title_of(*found.card, words), thing_address(words.code(), kind, found.id), {found.id}};
  if (kind == Kind::platform) {
    TRY_ASSIGN(out.instruments, instruments_of_platform(site, found.id, actor.viewer));
  }
  return out;
}

// Error: BOOKING_DAY.
Result<Period> period_of(const http::Request& request, int64_t now) {
  TRY_ASSIGN(const int64_t today, asked_day({}, now));
  Period out{today - k_days, today + k_days};
  if (!request.parameter("from").empty()) {
    TRY_ASSIGN(out.first_day, asked_day(request.parameter("from"), now));
  }
  if (!request.parameter("until").empty()) {
    TRY_ASSIGN(out.last_day, asked_day(request.parameter("until"), now));
  }
  return out;
}

SheetCell when_cell(int64_t utc, const Zone& zone, For reader, const Words& words) {
  const int64_t local = zone.local(utc);
  std::string text = booking::local_text(local);
  const std::string order = ordered(utc);
  text[10] = ' ';
  if (reader == For::file) {
    return {std::move(text), {}, {}, order};
  }
  SheetCell out{day_words(booking::day_of(local), words) + ", " + text.substr(11), {}, {}, order};
  out.at = booking::local_text(local);
  return out;
}

// "1.5", in French "1,5"; with a point in a file, where hours of many bookings are added up.
SheetCell hours_cell(int64_t seconds, For reader, const Words& words) {
  const int64_t hundredths = seconds * 100 / 3600;
  std::string text = std::to_string(hundredths / 100);
  if (const int64_t rest = hundredths % 100; rest != 0) {
    text += reader == For::page && words.language() == Language::french ? "," : ".";
    text += std::to_string(rest / 10) + (rest % 10 == 0 ? "" : std::to_string(rest % 10));
  }
  return {std::move(text), {}, {}, ordered(seconds)};
}

std::vector<SheetCell> row_of(const Held& held, const std::string& instrument, const Zone& zone, For reader,
                              const Words& words) {
  return {{instrument, below(words, "/bookings/" + std::to_string(held.id))},
          when_cell(held.span.begins, zone, reader, words),
          when_cell(held.span.ends, zone, reader, words),
          hours_cell(held.span.ends - held.span.begins, reader, words),
          {words.get(held.sort == booking::Sort::use ? "booking.states." + std::string(booking::name(held.state))
                                                     : "booking.maintenance.state")},
          {held.purpose}};
}

std::vector<SheetColumn> columns() {
  return {{"instrument", "booking.instrument"}, {"begins", "booking.begins"}, {"ends", "booking.ends"},
          {"hours", "booking.hours"},           {"state", "booking.state"},   {"purpose", "booking.purpose"}};
}

struct Booked {
  Sheet sheet;
  int64_t seconds = 0;
};

Result<Booked> booked(const Site& site, const Looked& looked, const Period& period, const access::Actor& actor,
                      For reader, const Words& words) {
  std::vector<SheetColumn> heads = columns();
  heads.insert(heads.begin() + 4, {"who", "booking.who"});
  Booked out{Sheet(std::move(heads))};
  const auto names = names_of(site, looked.instruments, actor.viewer, words);
  for (const Id id : looked.instruments) {
    TRY_ASSIGN(const auto terms, site.settings().desk.booking->terms(id));
    if (!terms) {
      continue;
    }
    TRY_ASSIGN(const Zone zone, zone_of(terms));
    const booking::Span span{zone.utc(period.first_day * k_day).first, zone.utc((period.last_day + 1) * k_day).first};
    TRY_ASSIGN(const std::vector<Held> all, site.settings().desk.booking->of_instrument(id, span));
    std::vector<int64_t> accounts;
    for (const Held& held : all) {
      accounts.push_back(held.account);
    }
    TRY_ASSIGN(const People people, People::with_accounts(site, accounts, actor.viewer, words));
    for (const Held& held : all) {
      std::vector<SheetCell> row = row_of(held, names.at(id), zone, reader, words);
      const PersonShown who = booker_of(people, held, words);
      row.insert(row.begin() + 4,
                 reader == For::file && who.has_card() ? SheetCell{whole_name(who)} : person_cell(who));
      out.sheet.add(std::move(row));
      out.seconds += held.sort == booking::Sort::use ? held.span.ends - held.span.begins : 0;
    }
  }
  return out;
}

http::Answer booked_page(const Site& site, const http::Request& request, Language language, const Looked& looked,
                         const Result<Period>& period, Booked found) {
  const Words& words = site.words(language);
  const std::string title = put_in(words.get("booking.desk_of"), "instrument", looked.label);
  const std::string here = looked.address + "/booked";
  View body = view(
      {{"action", here},
       {"from", period ? booking::day_text(period->first_day) : std::string(request.parameter("from"))},
       {"until", period ? booking::day_text(period->last_day) : std::string(request.parameter("until"))},
       {"total", put_in(words.get("booking.hours_booked"), "n", hours_cell(found.seconds, For::page, words).text)}});
  body["period"] = true;
  if (found.sheet.size() > 0) {
    const std::string query =
        period ? "?from=" + booking::day_text(period->first_day) + "&until=" + booking::day_text(period->last_day)
               : std::string();
    found.sheet.sort(request.parameter("sort"));
    body["sheet"] = found.sheet.view(here + query, title, words);
    body["csv_url"] = here + ".csv" + query;
  }
  return desk_page(site, request, language, "booked", title, std::move(body),
                   {{looked.label, looked.address}, {words.get("booking.booked"), {}}},
                   period ? std::nullopt : std::optional(period.error()));
}

Result<http::Answer> answer_booked(const Site& site, const http::Request& request, Language language, Kind kind,
                                   std::string_view id, For reader) {
  const Words& words = site.words(language);
  const access::Actor& actor = request.who();
  const auto parsed = Id::parse(id);
  TRY_ASSIGN(const auto looked,
             parsed ? looked_at(site, actor, kind, *parsed, words) : Result<std::optional<Looked>>(std::nullopt));
  if (!looked) {
    return site.error(request, language, 404);
  }
  TRY_ASSIGN(const access::Object object, site.registry().object_for(*parsed, actor.today));
  if (!access::may(actor, access::Right::look_after, object)) {
    return refused(site, request, language);
  }
  const Result<Period> period = period_of(request, site.settings().desk.booking->now());
  TRY_ASSIGN(Booked found, booked(site, *looked, period.value_or(Period{1, 0}), actor, reader, words));
  return reader == For::file ? found.sheet.csv_answer(words)
                             : booked_page(site, request, language, *looked, period, std::move(found));
}

// Platforms and instruments that his own roles are for.
Result<std::vector<registry::Card>> looked_after_by(const Site& site, const access::Actor& actor) {
  std::vector<Id> ids;
  for (const access::Grant& grant : actor.grants) {
    if (access::in_force(grant, actor.today) &&
        access::scope(grant.role, access::Right::look_after) == access::Scope::own) {
      ids.push_back(grant.object);
    }
  }
  TRY_ASSIGN(std::vector<registry::Card> cards, site.registry().cards(ids, actor.viewer));
  std::erase_if(cards,
                [](const registry::Card& card) { return card.kind != Kind::platform && card.kind != Kind::equipment; });
  return cards;
}

Result<http::Answer> looked_after_page(const Site& site, const http::Request& request, Language language) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const std::vector<registry::Card> cards, looked_after_by(site, request.who()));
  Sheet sheet(
      {{"name", "booking.thing"}, {"list", "booking.booked"}, {"week", "booking.week"}, {"desk", "booking.desk"}});
  for (const registry::Card& card : cards) {
    const std::string whole = thing_address(words.code(), card.kind, card.id);
    std::vector<Id> ids{card.id};
    if (card.kind == Kind::platform) {
      TRY_ASSIGN(ids, instruments_of_platform(site, card.id, request.who().viewer));
      sheet.add({{title_of(card, words), whole},
                 {words.get("booking.see_list"), whole + "/booked"},
                 {words.get("booking.whole_week"), whole + "/week"},
                 {}});
    }
    const auto names = names_of(site, ids, request.who().viewer, words);
    for (const Id id : ids) {
      const std::string here = thing_address(words.code(), Kind::equipment, id);
      sheet.add({{names.at(id), here},
                 {words.get("booking.see_list"), here + "/booked"},
                 {words.get("booking.whole_week"), here + "/week"},
                 {words.get("booking.look_after"), here + "/bookings"}});
    }
  }
  const std::string title = words.get("booking.looked_after");
  View body;
  if (sheet.size() > 0) {
    body["sheet"] = sheet.view({}, title, words);
  }
  return desk_page(site, request, language, "booked", title, std::move(body),
                   {{words.get("booking.mine"), below(words, "/bookings")}, {title, {}}}, std::nullopt);
}

Result<http::Answer> own_file(const Site& site, const http::Request& request, const Words& words) {
  const booking::Booking& booking = *site.settings().desk.booking;
  TRY_ASSIGN(const std::vector<Held> all, booking.of_account(request.who().account, 0));
  std::vector<Id> ids;
  for (const Held& held : all) {
    ids.push_back(held.instrument);
  }
  const auto names = names_of(site, ids, request.who().viewer, words);
  Sheet sheet(columns());
  for (const Held& held : all) {
    TRY_ASSIGN(const auto terms, booking.terms(held.instrument));
    TRY_ASSIGN(const Zone zone, zone_of(terms));
    sheet.add(row_of(held, names.at(held.instrument), zone, For::file, words));
  }
  return sheet.csv_answer(words);
}

}  // namespace

PersonShown booker_of(const People& people, int64_t account, const Words& words) {
  const PersonShown* found = people.find(account);
  // docs/rules/booking.md, rule 21.
  return found != nullptr ? *found : PersonShown{account == 0 ? words.get("booking.at_terminal") : "–", {}, {}, {}};
}

PersonShown booker_of(const People& people, const Held& held, const Words& words) {
  PersonShown out = booker_of(people, held.account, words);
  return held.made_by == 0 ? out : without_address(std::move(out));
}

PersonShown without_address(PersonShown person) {
  if (person.has_card()) {
    person.email.clear();
  }
  return person;
}

void add_booked(const Site& site, http::Router& router) {
  using http::Method;
  constexpr http::Right k_right = http::Right::look_after;
  const auto answered = [&site](const http::Request& request, Language language, Result<http::Answer> answer) {
    return answer ? std::move(*answer) : site.error(request, language, 500);
  };
  for (const Kind kind : {Kind::equipment, Kind::platform}) {
    for (const For reader : {For::page, For::file}) {
      const std::string path = "/" + std::string(registry::name(kind)) + "/{id}/booked";
      add_room(site, router, Method::get, path + (reader == For::file ? ".csv" : ""), k_right,
               [&site, answered, kind, reader](const http::Request& request, Language language,
                                               const http::Captures& parts) {
                 return answered(request, language, answer_booked(site, request, language, kind, parts[1], reader));
               });
    }
  }
  add_room(site, router, Method::get, "/bookings/looked-after", k_right,
           [&site, answered](const http::Request& request, Language language, const http::Captures&) {
             return answered(request, language, looked_after_page(site, request, language));
           });
  add_room(site, router, Method::get, "/bookings.csv", http::Right::have_account,
           [&site, answered](const http::Request& request, Language language, const http::Captures&) {
             return answered(request, language, own_file(site, request, site.words(language)));
           });
}

}  // namespace pitchblende::pages
