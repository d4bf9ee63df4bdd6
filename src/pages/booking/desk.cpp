#include "pages/booking/desk.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "booking/errors.hpp"
#include "pages/address.hpp"
#include "pages/booking/times_views.hpp"
#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

namespace {

using booking::k_minute;
using booking::Span;
using booking::Terms;
using booking::Zone;
using registry::Kind;

constexpr size_t k_most_lengths = 48;
constexpr size_t k_suggestions = 3;

}  // namespace

Result<std::optional<Instrument>> instrument_for(const Site& site, const access::Actor& actor, Id id,
                                                 const Words& words) {
  TRY_ASSIGN(const registry::Found found, site.registry().find(id, actor.viewer));
  if (!found.card || found.card->kind != Kind::equipment) {
    return std::nullopt;
  }
  Instrument out{
      found.id, title_of(*found.card, words), thing_address(words.code(), Kind::equipment, found.id), {}, {}};
  TRY_ASSIGN(out.object, site.registry().object_for(found.id, actor.today));
  out.by = {actor.account, access::may(actor, access::Right::look_after, out.object)};
  return out;
}

http::Answer at_instrument(const Site& site, const http::Request& request, Language language, std::string_view id,
                           const AtInstrument& go) {
  const auto parsed = Id::parse(id);
  if (!parsed) {
    return site.error(request, language, 404, id);
  }
  const auto instrument = instrument_for(site, request.who(), *parsed, site.words(language));
  if (!instrument) {
    return site.error(request, language, 500);
  }
  if (!*instrument) {
    return site.error(request, language, 404, id);
  }
  auto answer = go(**instrument);
  return answer ? std::move(*answer) : site.error(request, language, 500);
}

TypedTime typed_in(const http::Form& form) {
  return {std::string(form.value("from")), std::string(form.value("minutes")), std::string(form.value("which"))};
}

TypedTime typed_in(const http::Request& request) {
  return {std::string(request.parameter("from")), std::string(request.parameter("minutes")),
          std::string(request.parameter("which"))};
}

Result<Span> span_of(const TypedTime& typed, const Zone& zone) {
  const booking::Which which = typed.which == "first"    ? booking::Which::first
                               : typed.which == "second" ? booking::Which::second
                                                         : booking::Which::unsaid;
  TRY_ASSIGN(const int64_t begins, booking::typed_time(zone, beginning(typed.from, 40), which));
  int64_t minutes = 0;
  const char* end = typed.minutes.data() + typed.minutes.size();
  const auto [rest, error] = std::from_chars(typed.minutes.data(), end, minutes);
  if (error != std::errc() || rest != end || minutes < 1 || minutes > 366 * 1440) {
    return fail(booking::errors::minutes, beginning(typed.minutes, 40));
  }
  return Span{begins, begins + minutes * k_minute};
}

TypedTime typed_of(const Span& span, const Zone& zone) {
  const int64_t local = zone.local(span.begins);
  const booking::Meant meant = zone.utc(local);
  std::string which;
  if (meant.odd == booking::Odd::doubled) {
    which = meant.first == span.begins ? "first" : "second";
  }
  return {booking::local_text(local), std::to_string((span.ends - span.begins) / k_minute), which};
}

void put_time(const TypedTime& typed, const Terms& terms, const Zone& zone, const Words& words, View& body) {
  body["from"] = typed.from;
  body["step_seconds"] = terms.step * k_minute;
  const int64_t chosen = number_in(typed.minutes);
  std::vector<int64_t> lengths;
  for (int64_t minutes = terms.smallest; minutes <= terms.largest; minutes += terms.step) {
    lengths.push_back(minutes);
    // Long ones in longer strides: nobody chooses among hundreds.
    if (lengths.size() >= k_most_lengths / 2) {
      minutes = std::max(minutes, minutes * 5 / 4 / terms.step * terms.step - terms.step);
    }
  }
  for (const int64_t minutes : {terms.largest, chosen}) {
    if (minutes > 0 && std::ranges::find(lengths, minutes) == lengths.end()) {
      lengths.push_back(minutes);
    }
  }
  std::ranges::sort(lengths);
  Views choices;
  for (const int64_t minutes : lengths) {
    View one = view({{"value", std::to_string(minutes)}, {"label", length_words(minutes, words)}});
    one["selected"] = minutes == chosen;
    choices.push_back(std::move(one));
  }
  body["lengths"] = std::move(choices);
  // Rule 15: of an hour that comes twice one is asked for.
  const auto local = booking::read_local(typed.from);
  if (local && zone.utc(*local).odd == booking::Odd::doubled) {
    View twice{{"first", typed.which == "first"}, {"second", typed.which == "second"}};
    body["twice"] = std::move(twice);
  }
}

std::string book_address(const std::string& instrument, const Span& span, const Zone& zone) {
  const TypedTime typed = typed_of(span, zone);
  return instrument + "/book?from=" + http::percent_encoded(typed.from) + "&minutes=" + typed.minutes +
         (typed.which.empty() ? "" : "&which=" + typed.which);
}

Result<Views> next_free(const Site& site, const Instrument& instrument, int64_t length, int64_t after, const Zone& zone,
                        const Words& words) {
  Views out;
  booking::Wish wish{{instrument.id}, length, {after, after + 60 * booking::k_day}, 1};
  for (size_t i = 0; i < k_suggestions; ++i) {
    TRY_ASSIGN(const auto slots, site.settings().desk.booking->find_slots(wish, instrument.by.account));
    if (slots.empty()) {
      break;
    }
    const Span& span = slots.front().span;
    const TypedTime typed = typed_of(span, zone);
    out.push_back(view({{"label", span_words(span, zone, words)},
                        {"begin", typed.from},
                        {"lasts", typed.minutes},
                        {"meant", typed.which}}));
    wish.window.begins = span.ends;
  }
  return out;
}

bool is_about_time(const Error& error) {
  namespace wrong = booking::errors;
  return error.is(wrong::taken) || error.is(wrong::closed) || error.is(wrong::past) || error.is(wrong::soon) ||
         error.is(wrong::horizon) || error.is(wrong::step) || error.is(wrong::no_such_hour);
}

std::string span_words(const Span& span, const Zone& zone, const Words& words) {
  const int64_t first = booking::day_of(zone.local(span.begins));
  const int64_t last = booking::day_of(zone.local(span.ends - 1));
  if (first == last) {
    return day_words(first, words) + ", " + time_words(span, zone);
  }
  return day_words(first, words) + ", " + booking::local_text(zone.local(span.begins)).substr(11) + " – " +
         day_words(booking::day_of(zone.local(span.ends)), words) + ", " +
         booking::local_text(zone.local(span.ends)).substr(11);
}

std::string clock_words(std::string_view zone, const Words& words) {
  std::string city(zone.substr(zone.rfind('/') + 1));  // npos + 1: all of it
  std::ranges::replace(city, '_', ' ');
  const bool elided = !city.empty() && std::string_view("aeiou").find(fold(city).front()) != std::string_view::npos;
  return put_in(put_in(words.get(elided ? "booking.clock_elided" : "booking.clock"), "city", city), "zone", zone);
}

std::string length_words(int64_t minutes, const Words& words) {
  if (minutes % 60 != 0) {
    const std::string left =
        put_in(words.get("booking.minutes"), "n", words.number(static_cast<uint64_t>(minutes % 60)));
    return minutes < 60 ? left : length_words(minutes / 60 * 60, words) + " " + left;
  }
  return put_in(words.get(minutes == 60 ? "booking.hours_one" : "booking.hours_other"), "n",
                words.number(static_cast<uint64_t>(minutes / 60)));
}

View held_view(const booking::Held& held, const std::string& label, const Zone& zone, const PersonShown& who,
               const Words& words) {
  const std::string state(booking::name(held.state));
  const bool is_maintenance = held.sort == booking::Sort::maintenance && booking::holds_time(held.state);
  View out = view({{"label", label},
                   {"url", "/" + std::string(words.code()) + "/bookings/" + std::to_string(held.id)},
                   {"when", span_words(held.span, zone, words)},
                   {"purpose", held.purpose},
                   {"state", words.get(is_maintenance ? "booking.maintenance.state" : "booking.states." + state)},
                   {"tone", is_maintenance                            ? "plain"
                            : held.state == booking::State::confirmed ? "good"
                            : held.state == booking::State::requested ? "warn"
                                                                      : "plain"}});
  put_person(who, out);
  return out;
}

std::map<Id, std::string> names_of(const Site& site, std::vector<Id> ids, const access::Viewer& viewer,
                                   const Words& words) {
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::map<Id, std::string> out;
  for (const search::Hit& hit : site.index()->known(ids, viewer)) {
    out[hit.id] = search::title_in(hit.title, words.code());
  }
  for (const Id id : ids) {
    out.emplace(id, words.get("booking.instrument") + " " + id.text());  // it is gone from the registry
  }
  return out;
}

Result<Zone> zone_of(const std::optional<Terms>& terms) {
  return Zone::named(terms ? std::string_view(terms->zone) : booking::k_home_zone);
}

int64_t number_in(std::string_view text) {
  int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() ? out : 0;
}

std::string problem_words(const Error& error, const Words& words) {
  const auto named = [&](const std::string& arg) {
    if (const auto local = booking::read_local(arg)) {
      return day_words(booking::day_of(*local), words) + ", " + booking::local_text(*local).substr(11);
    }
    if (booking::read_day(arg)) {
      return words.date(arg);
    }
    if ((error.is(booking::errors::state) || error.is(booking::errors::already)) && booking::state(arg)) {
      return words.get("booking.states." + arg);
    }
    return arg;
  };
  std::vector<std::string> args;
  for (const std::string& arg : error.args()) {
    args.push_back(named(arg));
  }
  // From when to when: a day that both have in common is said once.
  if (error.is(booking::errors::taken) || error.is(booking::errors::closed)) {
    const auto begin = booking::read_local(error.args().front());
    const auto end = booking::read_local(error.args().back());
    if (begin && end && booking::day_of(*begin) == booking::day_of(*end - 1)) {
      const std::string last = booking::local_text(*end).substr(11);
      args.back() = last == "00:00" ? "24:00" : last;
    }
  }
  if (std::string_view(error.kind().code).starts_with("BOOKING_TERMS_")) {
    const std::string& field = error.args().front();
    args.front() =
        words.get(field.starts_with("day") ? "booking.weekdays." + field.substr(3) : "booking.terms." + field);
  }
  return message_alone(error, args, words);
}

http::Answer desk_page(const Site& site, const http::Request& request, Language language, std::string_view name,
                       const std::string& title, View body, const std::vector<Crumb>& crumbs,
                       const std::optional<Error>& problem) {
  if (problem) {
    body["problem"] = problem_words(*problem, site.words(language));
  }
  http::Answer answer = form_page(site, request, language, name, title, std::move(body), crumbs);
  answer.status = problem ? problem->kind().status : 200;
  return answer;
}

void add_booking(const Site& site, http::Router& router) {
  add_book(site, router);
  add_bookings(site, router);
  add_looking_after(site, router);
  add_waiting(site, router);
  add_booked(site, router);
  add_terms(site, router);
  add_feeds(site, router);
}

access::RoomSource booking_room(const booking::Booking& booking) {
  return [&booking](const access::Looking& looking) -> Result<std::vector<access::RoomLine>> {
    TRY_ASSIGN(const auto all, booking.of_account(looking.actor.account, booking.now()));
    const auto coming = std::count_if(all.begin(), all.end(),
                                      [](const booking::Held& held) { return booking::holds_time(held.state); });
    std::vector<access::RoomLine> lines{{"booking.coming_count", coming, "/bookings"}};
    const auto after = std::ranges::count_if(looking.actor.grants, [&](const access::Grant& grant) {
      return grant.role == access::Role::platform_manager && access::in_force(grant, looking.actor.today);
    });
    if (after > 0) {
      lines.push_back({"booking.looked_after_count", after, "/bookings/looked-after"});
    }
    return lines;
  };
}

}  // namespace pitchblende::pages
