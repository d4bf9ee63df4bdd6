// What waits for a yes, for who looks after instruments: answered from the list, one or a whole series. Rule 25 of
// docs/rules/booking.md.
#include <algorithm>
#include <tuple>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "booking/errors.hpp"
#include "pages/address.hpp"
#include "pages/booking/booking_letters.hpp"
#include "pages/booking/times_views.hpp"

namespace pitchblende::pages {

namespace {

using booking::Held;
using booking::k_day;
using booking::Seen;
using booking::State;
using booking::Zone;

Result<std::vector<Held>> waiting_for(const registry::Registry& registry, const booking::Booking& booking,
                                      const access::Actor& actor) {
  std::vector<Held> out;
  if (!access::may_somewhere(actor, access::Right::look_after)) {
    return out;
  }
  TRY_ASSIGN(const std::vector<Held> all, booking.requested());
  std::map<Id, bool> known;
  for (const Held& held : all) {
    auto found = known.find(held.instrument);
    if (found == known.end()) {
      TRY_ASSIGN(const access::Object object, registry.object_for(held.instrument, actor.today));
      found = known.emplace(held.instrument, access::may(actor, access::Right::look_after, object)).first;
    }
    if (found->second) {
      out.push_back(held);
    }
  }
  return out;
}

// Bookings of one person for one purpose at the same hours of the same weekday: answered together, or one by one.
struct Asked {
  std::vector<Held> all;  // by begin
  Zone zone;
};

Result<std::vector<Asked>> asked_together(const Site& site, const std::vector<Held>& waiting) {
  using Key = std::tuple<Id, int64_t, std::string, int64_t, int64_t>;
  std::map<Key, size_t> known;
  std::vector<Asked> out;
  for (const Held& held : waiting) {
    TRY_ASSIGN(const auto terms, site.settings().desk.booking->terms(held.instrument));
    TRY_ASSIGN(const Zone zone, zone_of(terms));
    const Key key{held.instrument, held.account, held.purpose, held.span.ends - held.span.begins,
                  zone.local(held.span.begins) % (7 * k_day)};
    const auto [at, is_new] = known.emplace(key, out.size());
    if (is_new) {
      out.push_back({{}, zone});
    }
    out[at->second].all.push_back(held);
  }
  return out;
}

// What was sent and could not be done: what was typed stays.
struct Refused {
  std::vector<int64_t> bookings;
  std::string reason;
  Error error;
};

bool is_among(const std::vector<int64_t>& bookings, const Held& held) {
  return std::ranges::find(bookings, held.id) != bookings.end();
}

// "Tuesday, 09:00 – 11:00: 10 times, 3 March 2026 – 5 May 2026"
std::string each_week_words(const Asked& asked, const Words& words) {
  const booking::Span& first = asked.all.front().span;
  const auto day = [&](const Held& held) { return booking::day_of(asked.zone.local(held.span.begins)); };
  std::string out =
      put_in(words.get("booking.repeat.each"), "weekday",
             words.get("booking.weekdays." + std::to_string(booking::weekday_of(day(asked.all.front())))));
  out = put_in(std::move(out), "hours", time_words(first, asked.zone));
  out = put_in(std::move(out), "n", words.number(asked.all.size()));
  return put_in(std::move(out), "period",
                words.period(booking::day_text(day(asked.all.front())), booking::day_text(day(asked.all.back()))));
}

View asked_view(const Asked& asked, const std::string& label, const PersonShown& who,
                const std::optional<Refused>& refused, const Words& words) {
  const Held& first = asked.all.front();
  View out = held_view(first, label, asked.zone, who, words);
  const bool is_series = asked.all.size() > 1;
  const bool is_refused =
      refused && std::ranges::any_of(asked.all, [&](const Held& held) { return is_among(refused->bookings, held); });
  Views times;
  for (const Held& held : asked.all) {
    View one = held_view(held, label, asked.zone, {}, words);
    one["value"] = std::to_string(held.id) + "." + std::to_string(held.revision);
    one["checked"] = !is_refused || is_among(refused->bookings, held);
    times.push_back(std::move(one));
  }
  if (is_series) {
    out["when"] = each_week_words(asked, words);
  }
  out["of_url"] = thing_address(words.code(), registry::Kind::equipment, first.instrument);
  out["number"] = std::to_string(first.id);
  out["is_series"] = is_series;
  out["some"] = is_refused && is_series;
  out["reason"] = is_refused ? refused->reason : std::string();
  out["problem"] = is_refused ? problem_words(refused->error, words) : std::string();
  out["times"] = std::move(times);
  return out;
}

std::string done_words(const http::Request& request, const Words& words) {
  const std::string_view done = request.parameter("done");
  const auto count = [&](std::string_view name) { return static_cast<uint64_t>(number_in(request.parameter(name))); };
  if ((done != "confirmed" && done != "declined") || count("n") == 0) {
    return {};
  }
  std::string out = words.count("booking.waited." + std::string(done), count("n"));
  return count("left") == 0 ? out : out + " " + words.count("booking.waited.left", count("left"));
}

Result<http::Answer> waiting_page(const Site& site, const http::Request& request, Language language,
                                  const std::optional<Refused>& refused) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const std::vector<Held> all, waiting_for(site.registry(), *site.settings().desk.booking, request.who()));
  std::vector<Id> ids;
  std::vector<int64_t> accounts;
  for (const Held& held : all) {
    ids.push_back(held.instrument);
    accounts.push_back(held.account);
  }
  const auto names = names_of(site, ids, request.who().viewer, words);
  TRY_ASSIGN(const People people, People::with_accounts(site, accounts, request.who().viewer, words));
  TRY_ASSIGN(const std::vector<Asked> together, asked_together(site, all));
  Views rows;
  bool is_shown = false;  // beside what it is about
  for (const Asked& each : together) {
    const Held& first = each.all.front();
    rows.push_back(asked_view(each, names.at(first.instrument), booker_of(people, first, words), refused, words));
    is_shown = is_shown || !rows.back().at("problem").as_string().empty();
  }
  View body{{"waiting", std::move(rows)},
            {"action", below(words, "/bookings/waiting")},
            {"done", refused ? std::string() : done_words(request, words)}};
  const std::string title = words.get("booking.waiting");
  http::Answer answer = desk_page(site, request, language, "bookings_waiting", title, std::move(body),
                                  {{words.get("booking.mine"), below(words, "/bookings")}, {title, {}}},
                                  refused && !is_shown ? std::optional(refused->error) : std::nullopt);
  answer.status = refused ? refused->error.kind().status : answer.status;
  return answer;
}

// "12.3": the booking as he saw it.
Seen seen_in(std::string_view text) {
  const size_t dot = std::min(text.find('.'), text.size());
  return {number_in(text.substr(0, dot)), dot < text.size() ? number_in(text.substr(dot + 1)) : 0};
}

// Of one instrument and one person.
using Chosen = std::map<std::pair<Id, int64_t>, std::vector<Seen>>;

// nullopt: one of them is none, or not his to answer.
Result<std::optional<Chosen>> chosen_in(const Site& site, const access::Actor& actor, const http::Form& form) {
  Chosen out;
  std::map<Id, bool> known;
  for (const auto& [name, value] : form.fields) {
    if (name != "booking") {
      continue;
    }
    const Seen seen = seen_in(value);
    const auto held = site.settings().desk.booking->held(seen.booking);
    if (!held) {
      return held.error().is(booking::errors::unknown) ? Result<std::optional<Chosen>>(std::nullopt)
                                                       : tl::unexpected(held.error());
    }
    auto his = known.find(held->instrument);
    if (his == known.end()) {
      TRY_ASSIGN(const access::Object object, site.registry().object_for(held->instrument, actor.today));
      his = known.emplace(held->instrument, access::may(actor, access::Right::look_after, object)).first;
    }
    if (!his->second) {
      return std::nullopt;
    }
    out[{held->instrument, held->account}].push_back(seen);
  }
  return out;
}

struct Answered {
  size_t done = 0;
  size_t left = 0;
  std::optional<Error> problem = {};  // of the first that is left
};

Result<Answered> answer_all(const Site& site, const http::Request& request, const Chosen& chosen, Change change,
                            const std::string& reason, const Words& words) {
  Answered out;
  const State to = change == Change::confirmed ? State::confirmed : State::declined;
  for (const auto& [of, seen] : chosen) {
    TRY_ASSIGN(const auto instrument, instrument_for(site, request.who(), of.first, words));
    if (!instrument) {
      return fail(booking::errors::unknown);
    }
    TRY_ASSIGN(const auto terms, site.settings().desk.booking->terms(of.first));
    TRY_ASSIGN(const Zone zone, zone_of(terms));
    TRY_ASSIGN(const BookingLetters letters, BookingLetters::prepare(site, request.who(), *instrument, of.second));
    TRY_ASSIGN(const auto done, site.settings().desk.booking->answer_each(
                                    seen, to, reason, instrument->by,
                                    [&](store::Transaction& transaction, const std::vector<Held>& now) {
                                      return letters.post_all(transaction, now, change, zone);
                                    }));
    for (const Result<Held>& one : done) {
      out.done += one ? 1 : 0;
      out.left += one ? 0 : 1;
      out.problem = one || out.problem ? out.problem : std::optional(one.error());
    }
  }
  return out;
}

Result<http::Answer> take(const Site& site, const http::Request& request, Language language) {
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 422);
  }
  const Words& words = site.words(language);
  TRY_ASSIGN(const auto chosen, chosen_in(site, request.who(), *form));
  if (!chosen) {
    return site.error(request, language, 404);
  }
  Refused refused{{}, std::string(form->value("reason")), Error(booking::errors::none_chosen)};
  for (const auto& [of, seen] : *chosen) {
    for (const Seen& each : seen) {
      refused.bookings.push_back(each.booking);
    }
  }
  if (chosen->empty()) {
    refused.bookings.push_back(number_in(form->value("of")));
    return waiting_page(site, request, language, refused);
  }
  const bool is_yes = form->value("do") == "confirm";
  const auto answered = answer_all(site, request, *chosen, is_yes ? Change::confirmed : Change::declined,
                                   is_yes ? std::string() : refused.reason, words);
  if (!answered || answered->done == 0) {
    refused.error = answered ? *answered->problem : answered.error();
    return waiting_page(site, request, language, refused);
  }
  if (site.settings().entry.posted) {
    site.settings().entry.posted();
  }
  return redirect(303, below(words, "/bookings/waiting") + "?done=" + (is_yes ? "confirmed" : "declined") +
                           "&n=" + std::to_string(answered->done) + "&left=" + std::to_string(answered->left));
}

}  // namespace

access::TaskSource booking_tasks(const registry::Registry& registry, const booking::Booking& booking) {
  return [registry, &booking](const access::Actor& actor) -> Result<std::vector<access::Task>> {
    TRY_ASSIGN(const std::vector<Held> all, waiting_for(registry, booking, actor));
    std::vector<access::Task> tasks;
    if (!all.empty()) {
      tasks.push_back({"tasks.bookings_to_confirm", static_cast<int64_t>(all.size()), "/bookings/waiting",
                       booking::day_text(booking::day_of(all.front().span.begins))});
    }
    return tasks;
  };
}

void add_waiting(const Site& site, http::Router& router) {
  using http::Method;
  constexpr http::Right k_right = http::Right::look_after;
  const auto answered = [&site](const http::Request& request, Language language, Result<http::Answer> answer) {
    return answer ? std::move(*answer) : site.error(request, language, 500);
  };
  add_room(site, router, Method::get, "/bookings/waiting", k_right,
           [&site, answered](const http::Request& request, Language language, const http::Captures&) {
             return answered(request, language, waiting_page(site, request, language, std::nullopt));
           });
  add_room(site, router, Method::post, "/bookings/waiting", k_right,
           [&site, answered](const http::Request& request, Language language, const http::Captures&) {
             return answered(request, language, take(site, request, language));
           });
}

}  // namespace pitchblende::pages
