// For who looks after an instrument: its bookings with who made them, trainings, its calendar of elsewhere.
#include <algorithm>

#include "access/contacts.hpp"
#include "base/beginning.hpp"
#include "base/text.hpp"
#include "booking/errors.hpp"
#include "pages/address.hpp"
#include "pages/booking/desk_acts.hpp"

namespace pitchblende::pages {

namespace {

using booking::Held;
using booking::Zone;

constexpr int64_t k_ahead = 400 * booking::k_day;
constexpr size_t k_most_notices = 100;

Result<Views> bookings_on(const Site& site, const Instrument& instrument, const access::Viewer& viewer,
                          const Zone& zone, const Words& words) {
  const int64_t now = site.settings().desk.booking->now();
  TRY_ASSIGN(const std::vector<Held> all,
             site.settings().desk.booking->of_instrument(instrument.id, {now, now + k_ahead}));
  std::vector<int64_t> accounts;
  for (const Held& held : all) {
    accounts.push_back(held.account);
  }
  TRY_ASSIGN(const People people, People::with_accounts(site, accounts, viewer, words));
  Views out;
  for (const Held& held : all) {
    out.push_back(held_view(held, span_words(held.span, zone, words), zone, booker_of(people, held, words), words));
  }
  return out;
}

// What was taken of a calendar, and what was left out for which reason.
View reading_view(const booking::calendar::BusyTimes& read, const Words& words) {
  const auto number = [&](int64_t count) { return words.number(static_cast<uint64_t>(count)); };
  Views notices;
  for (const booking::calendar::Notice& each : read.notices) {
    if (notices.size() == k_most_notices) {
      break;
    }
    std::string said = put_in(words.get("booking.calendar.notice"), "line", number(each.line));
    said = put_in(std::move(said), "field", each.field);
    notices.push_back(view({{"text", put_in(std::move(said), "why", each.why.message(words.language()))}}));
  }
  std::string counts = put_in(words.get("booking.calendar.counts"), "read", number(read.read));
  counts = put_in(std::move(counts), "accepted", number(read.accepted));
  View out{{"counts", put_in(std::move(counts), "rejected", number(read.rejected))}};
  if (read.notices.size() > notices.size()) {
    out["more"] = put_in(words.get("booking.calendar.more"), "n",
                         number(static_cast<int64_t>(read.notices.size() - notices.size())));
  }
  out["has_notices"] = !notices.empty();
  out["notices"] = std::move(notices);
  return out;
}

Result<void> put_calendar(const Site& site, const booking::Terms& terms, const Words& words, View& body) {
  TRY_ASSIGN(const auto read, site.settings().desk.calendars->last(terms.instrument));
  const std::string word = !read ? "never" : !read->problem ? "read" : "failed";
  std::string said = put_in(words.get("booking.calendar." + word), "at", read ? moment(words, read->at) : "");
  said = put_in(std::move(said), "n", read ? words.number(static_cast<uint64_t>(read->events)) : "");
  View calendar{{"said", put_in(std::move(said), "problem",
                                read && read->problem ? read->problem->message(words.language()) : "")}};
  calendar["has_address"] = !terms.calendar.empty();
  body["calendar"] = std::move(calendar);
  return {};
}

// What a desk shows beside what is stored: what was typed and is wrong, what was read of a calendar.
struct Said {
  const http::Form* typed = nullptr;
  std::optional<Error> problem = {};
  const booking::calendar::BusyTimes* read = nullptr;
};

Result<http::Answer> desk(const Site& site, const http::Request& request, Language language,
                          const Instrument& instrument, const Said& now_said) {
  const http::Form* typed = now_said.typed;
  const Words& words = site.words(language);
  TRY_ASSIGN(const auto terms, site.settings().desk.booking->terms(instrument.id));
  TRY_ASSIGN(const Zone zone, zone_of(terms));
  View body = view({{"of", instrument.label},
                    {"of_url", instrument.address},
                    {"terms_url", instrument.address + "/terms"},
                    {"trainings_action", instrument.address + "/trainings"},
                    {"end_action", instrument.address + "/trainings/end"},
                    {"here", instrument.address + "/bookings"},
                    {"email", typed == nullptr ? std::string() : std::string(typed->value("email"))},
                    {"since", typed == nullptr ? booking::day_text(booking::day_of(site.settings().desk.booking->now()))
                                               : std::string(typed->value("since"))},
                    {"until", typed == nullptr ? std::string() : std::string(typed->value("until"))},
                    {"maintenance_action", instrument.address + "/maintenance"},
                    {"begins", typed == nullptr ? std::string() : std::string(typed->value("begins"))},
                    {"ends", typed == nullptr ? std::string() : std::string(typed->value("ends"))},
                    {"reason", typed == nullptr ? std::string() : std::string(typed->value("reason"))}});
  body["no_terms"] = !terms;
  body["may_keep"] = terms && terms->how == booking::How::here;
  body["clock"] = clock_words(zone.name(), words);
  TRY_ASSIGN(body["done"], done_on_desk(site, request, instrument, words));
  TRY_ASSIGN(body["bookings"], bookings_on(site, instrument, request.who().viewer, zone, words));
  TRY_ASSIGN(body["trainings"], trainings_on(site, instrument, request.who().viewer, words));
  TRY(put_feeds(site, instrument.by.account, instrument.id, words, body));
  if (terms && terms->how == booking::How::elsewhere) {
    TRY(put_calendar(site, *terms, words, body));
  }
  if (now_said.read != nullptr) {
    body["reading"] = reading_view(*now_said.read, words);
  }
  const std::string title = put_in(words.get("booking.desk_of"), "instrument", instrument.label);
  return desk_page(site, request, language, "desk", title, std::move(body),
                   {{words.kinds(registry::Kind::equipment), below(words, "/equipment")},
                    {instrument.label, instrument.address},
                    {words.get("booking.desk"), {}}},
                   now_said.problem);
}

Result<http::Answer> act(const Site& site, const http::Request& request, Language language,
                         const Instrument& instrument, DeskAct what) {
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 422);
  }
  const auto done = what(site, request.who(), instrument, *form, language);
  return done ? Result<http::Answer>(redirect(303, instrument.address + "/bookings?done=" + *done))
              : desk(site, request, language, instrument, {&*form, done.error()});
}

// A file that was brought, or (none) what stands at the calendar's address now.
Result<booking::calendar::BusyTimes> read_calendar(const Site& site, const Instrument& instrument,
                                                   const http::FormFile* file) {
  booking::Calendars& calendars = *site.settings().desk.calendars;
  return file != nullptr ? calendars.take(instrument.id, file->bytes, file->name.substr(0, 200))
                         : calendars.read(instrument.id);
}

Result<http::Answer> calendar_read(const Site& site, const http::Request& request, Language language,
                                   const Instrument& instrument, bool is_brought) {
  const auto form = http::read_form(request);
  const bool has_file = form && !form->files.empty() && !form->files.front().name.empty();
  if (!form || (is_brought && !has_file)) {
    return desk(site, request, language, instrument, {nullptr, Error(booking::errors::no_file)});
  }
  const auto read = read_calendar(site, instrument, is_brought ? &form->files.front() : nullptr);
  if (!read) {
    return desk(site, request, language, instrument, {nullptr, read.error()});
  }
  TRY(site.settings().entry.access->do_audited(
      {request.who().account, "read_calendar", "equipment", static_cast<int64_t>(instrument.id.bits()), {}},
      [](store::Transaction&) { return Result<void>(); }));
  return desk(site, request, language, instrument, {nullptr, {}, &*read});
}

// Whose object a right is for is known only now.
http::Answer looked_after(const Site& site, const http::Request& request, Language language, std::string_view id,
                          const AtInstrument& go) {
  return at_instrument(site, request, language, id, [&](const Instrument& instrument) -> Result<http::Answer> {
    return instrument.by.looks_after ? go(instrument) : Result<http::Answer>(refused(site, request, language));
  });
}

}  // namespace

void add_looking_after(const Site& site, http::Router& router) {
  using http::Method;
  constexpr http::Right k_right = http::Right::look_after;
  add_room(site, router, Method::get, "/equipment/{id}/bookings", k_right,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return looked_after(site, request, language, parts[1], [&](const Instrument& instrument) {
               return desk(site, request, language, instrument, {});
             });
           });
  for (const auto& [path, is_brought] :
       {std::pair("/equipment/{id}/calendar/files", true), {"/equipment/{id}/calendar/read", false}}) {
    add_room(site, router, Method::post, path, k_right,
             [&site, is_brought](const http::Request& request, Language language, const http::Captures& parts) {
               return looked_after(site, request, language, parts[1], [&](const Instrument& instrument) {
                 return calendar_read(site, request, language, instrument, is_brought);
               });
             });
  }
  for (const auto& [path, what] : {std::pair<std::string_view, DeskAct>{"/equipment/{id}/trainings", train},
                                   {"/equipment/{id}/trainings/end", end_training},
                                   {"/equipment/{id}/maintenance", keep_for_maintenance}}) {
    add_room(site, router, Method::post, path, k_right,
             [&site, what](const http::Request& request, Language language, const http::Captures& parts) {
               return looked_after(site, request, language, parts[1], [&](const Instrument& instrument) {
                 return act(site, request, language, instrument, what);
               });
             });
  }
}

}  // namespace pitchblende::pages
