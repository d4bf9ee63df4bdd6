// One's own bookings, and one of them: moved, given back, answered.
#include <algorithm>
#include <array>

#include "booking/booking_rules.hpp"
#include "booking/errors.hpp"
#include "pages/address.hpp"
#include "pages/booking/booking_letters.hpp"

namespace pitchblende::pages {

namespace {

using booking::Held;
using booking::State;
using booking::Terms;
using booking::Zone;

constexpr int64_t k_back = 31 * booking::k_day;

// A booking with all that its page is about.
struct Case {
  Held held;
  Instrument instrument;
  Terms terms;
  Zone zone;
};

// nullopt: there is none, or it is nobody's business but its booker's and of who looks after the instrument.
Result<std::optional<Case>> case_of(const Site& site, const access::Actor& actor, int64_t number, const Words& words) {
  auto held = site.settings().desk.booking->held(number);
  if (!held) {
    return held.error().is(booking::errors::unknown) ? Result<std::optional<Case>>(std::nullopt)
                                                     : tl::unexpected(held.error());
  }
  TRY_ASSIGN(auto instrument, instrument_for(site, actor, held->instrument, words));
  TRY_ASSIGN(const auto terms, site.settings().desk.booking->terms(held->instrument));
  if (!instrument || !terms || (held->account != actor.account && !instrument->by.looks_after)) {
    return std::nullopt;
  }
  TRY_ASSIGN(Zone zone, zone_of(terms));
  return Case{std::move(*held), std::move(*instrument), *terms, std::move(zone)};
}

// Who booked gives back; who looks after the instrument cancels for another, or ends its maintenance.
std::string ending_of(const Case& found) {
  return found.held.sort == booking::Sort::maintenance       ? "maintenance"
         : found.held.account == found.instrument.by.account ? "own"
                                                             : "another";
}

// What he can do with it now.
void put_actions(const Site& site, const Case& found, const Words& words, View& body) {
  const int64_t now = site.settings().desk.booking->now();
  const auto may = [&](State to) {
    return booking::judge_change(found.terms, found.held, to, now, found.instrument.by).has_value();
  };
  body["may_move"] = booking::holds_time(found.held.state) && may(found.held.state);
  body["may_cancel"] = may(State::cancelled);
  body["cancel"] = words.get("booking.ending." + ending_of(found) + ".button");
  body["reason_owed"] = found.held.sort == booking::Sort::use && found.held.account != found.instrument.by.account;
  body["may_answer"] = found.held.state == State::requested && may(State::confirmed);
}

Result<http::Answer> page_of(const Site& site, const http::Request& request, Language language, const Case& found,
                             const std::optional<TypedTime>& typed, std::string_view reason,
                             const std::optional<Error>& problem) {
  const Words& words = site.words(language);
  const std::string here = below(words, "/bookings/" + std::to_string(found.held.id));
  PersonShown who;
  if (found.instrument.by.looks_after) {
    TRY_ASSIGN(const People people, People::with_accounts(site, {found.held.account}, request.who().viewer, words));
    who = booker_of(people, found.held, words);
  }
  View body{{"booking", held_view(found.held, found.instrument.label, found.zone, who, words)}};
  for (const auto& [name, value] : std::initializer_list<std::pair<std::string_view, std::string>>{
           {"of", found.instrument.label},
           {"of_url", found.instrument.address},
           {"action", here},
           {"why", found.held.reason},
           {"reason", std::string(reason)},
           {"clock", clock_words(found.terms.zone, words)}}) {
    body[name] = value;
  }
  body["revision"] = found.held.revision;
  if (found.held.made_by != 0) {
    TRY_ASSIGN(const People people, People::with_accounts(site, {found.held.made_by}, request.who().viewer, words));
    body["made_by"] = booker_of(people, found.held.made_by, words).name;
  }
  put_actions(site, found, words, body);
  put_time(typed ? *typed : typed_of(found.held.span, found.zone), found.terms, found.zone, words, body);
  if (problem && typed && is_about_time(*problem)) {
    const auto span = span_of(*typed, found.zone);
    const int64_t now = site.settings().desk.booking->now();
    TRY_ASSIGN(body["free"], next_free(site, found.instrument, found.held.span.ends - found.held.span.begins,
                                       span ? std::max(span->begins, now) : now, found.zone, words));
  }
  constexpr std::array<std::string_view, 6> k_done{"booked",    "booked_for", "moved",
                                                   "cancelled", "confirmed",  "declined"};
  const std::string_view done = request.parameter("done");
  if (!problem && std::ranges::find(k_done, done) != k_done.end()) {
    const bool waits = found.held.state == State::requested;
    const std::string word = waits && done == "booked"  ? "requested"
                             : waits && done == "moved" ? "moved_waits"
                                                        : std::string(done);
    body["done"] =
        words.get(done == "cancelled" ? "booking.ending." + ending_of(found) + ".done" : "booking.done." + word);
  }
  return desk_page(site, request, language, "booking", words.get("booking.one"), std::move(body),
                   {{words.get("booking.mine"), below(words, "/bookings")}, {words.get("booking.one"), {}}}, problem);
}

using WithCase = std::function<Result<http::Answer>(const Case& found)>;

http::Answer at_booking(const Site& site, const http::Request& request, Language language, std::string_view number,
                        const WithCase& go) {
  const auto found = case_of(site, request.who(), number_in(number), site.words(language));
  if (!found) {
    return site.error(request, language, 500);
  }
  if (!*found) {
    return site.error(request, language, 404);
  }
  auto answer = go(**found);
  return answer ? std::move(*answer) : site.error(request, language, 500);
}

Result<Held> change(const Site& site, const http::Request& request, const http::Form& form, const Case& found,
                    Change what) {
  const booking::Seen seen{found.held.id, number_in(form.value("revision"))};
  TRY_ASSIGN(const BookingLetters letters,
             BookingLetters::prepare(site, request.who(), found.instrument, found.held.account));
  const booking::Also also = [&](store::Transaction& transaction, const Held& held) {
    return letters.post(transaction, held, what, found.zone);
  };
  booking::Booking& booking = *site.settings().desk.booking;
  if (what == Change::moved) {
    TRY_ASSIGN(const booking::Span span, span_of(typed_in(form), found.zone));
    return booking.move(seen, span, found.instrument.by, also);
  }
  const State to = what == Change::cancelled   ? State::cancelled
                   : what == Change::confirmed ? State::confirmed
                                               : State::declined;
  return booking.answer(seen, to, std::string(form.value("reason")), found.instrument.by, also);
}

// What was typed stays, and what is there now is shown beside it.
Result<http::Answer> change_page(const Site& site, const http::Request& request, Language language, const Case& found,
                                 Change what, std::string_view word) {
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 422);
  }
  const auto held = change(site, request, *form, found, what);
  if (held) {
    if (site.settings().entry.posted) {
      site.settings().entry.posted();
    }
    return redirect(
        303, below(site.words(language), "/bookings/" + std::to_string(held->id)) + "?done=" + std::string(word));
  }
  TRY_ASSIGN(const auto now, case_of(site, request.who(), found.held.id, site.words(language)));
  const auto typed = what == Change::moved ? std::optional(typed_in(*form)) : std::nullopt;
  return page_of(site, request, language, now ? *now : found, typed, form->value("reason"), held.error());
}

Result<http::Answer> mine(const Site& site, const http::Request& request, Language language) {
  const Words& words = site.words(language);
  const int64_t now = site.settings().desk.booking->now();
  TRY_ASSIGN(const std::vector<Held> all,
             site.settings().desk.booking->of_account(request.who().account, now - k_back));
  std::vector<Id> ids;
  for (const Held& held : all) {
    ids.push_back(held.instrument);
  }
  const auto names = names_of(site, ids, request.who().viewer, words);
  Views coming;
  Views past;
  for (const Held& held : all) {
    TRY_ASSIGN(const auto terms, site.settings().desk.booking->terms(held.instrument));
    TRY_ASSIGN(const Zone zone, zone_of(terms));
    (held.span.ends > now && booking::holds_time(held.state) ? coming : past)
        .push_back(held_view(held, names.at(held.instrument), zone, {}, words));
  }
  View body{{"coming", std::move(coming)},
            {"past", std::move(past)},
            {"slots_url", below(words, "/slots")},
            {"csv_url", below(words, "/bookings.csv")}};
  if (access::may_somewhere(request.who(), access::Right::look_after)) {
    body["waiting_url"] = below(words, "/bookings/waiting");
    body["looked_after_url"] = below(words, "/bookings/looked-after");
  }
  TRY(put_feeds(site, request.who().account, Id(), words, body));
  const std::string title = words.get("booking.mine");
  return desk_page(site, request, language, "bookings", title, std::move(body), {{title, {}}}, std::nullopt);
}

}  // namespace

void add_bookings(const Site& site, http::Router& router) {
  using http::Method;
  constexpr http::Right k_own = http::Right::have_account;
  add_room(site, router, Method::get, "/bookings", k_own,
           [&site](const http::Request& request, Language language, const http::Captures&) {
             auto answer = mine(site, request, language);
             return answer ? std::move(*answer) : site.error(request, language, 500);
           });
  add_room(site, router, Method::get, "/bookings/{number}", k_own,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return at_booking(site, request, language, parts[1], [&](const Case& found) {
               return page_of(site, request, language, found, std::nullopt, {}, std::nullopt);
             });
           });
  for (const auto& [path, what, word] : {std::tuple{"move", Change::moved, "moved"},
                                         {"cancel", Change::cancelled, "cancelled"},
                                         {"confirm", Change::confirmed, "confirmed"},
                                         {"decline", Change::declined, "declined"}}) {
    add_room(site, router, Method::post, "/bookings/{number}/" + std::string(path), k_own,
             [&site, what, word](const http::Request& request, Language language, const http::Captures& parts) {
               return at_booking(site, request, language, parts[1], [&](const Case& found) {
                 return change_page(site, request, language, found, what, word);
               });
             });
  }
}

}  // namespace pitchblende::pages
