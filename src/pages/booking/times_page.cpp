#include <algorithm>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "booking/errors.hpp"
#include "pages/address.hpp"
#include "pages/booking/booking_pages.hpp"
#include "pages/booking/desk.hpp"
#include "pages/booking/times_views.hpp"
#include "pages/requests/training.hpp"
#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

namespace {

using booking::Span;
using booking::Week;
using booking::Zone;
using registry::Kind;

constexpr int64_t k_most_links = 1000;
constexpr int64_t k_week = 7;
constexpr int64_t k_weeks_ahead = 8;

// The instrument itself, or those of a platform.
Result<std::vector<NamedInstrument>> instruments_of(const Site& site, const registry::Card& card,
                                                    const access::Viewer& viewer, const Words& words) {
  std::vector<NamedInstrument> found;
  if (card.kind == Kind::equipment) {
    found.push_back({card.id, title_of(card, words)});
    return found;
  }
  TRY_ASSIGN(const std::vector<Id> ids, instruments_of_platform(site, card.id, viewer));
  for (const search::Hit& hit : site.index()->known(ids, viewer)) {
    found.push_back({hit.id, std::string(search::title_in(hit.title, words.code()))});
  }
  std::ranges::sort(found, {}, [](const NamedInstrument& n) { return std::pair(fold(n.label), n.id); });
  return found;
}

// What others of its sort have in their cards too: its first technique, else what it is.
std::string sort_of(const registry::Card& card) {
  for (const std::string_view name : {"techniques", "type"}) {
    const auto id = registry::find_field(card.kind, name);
    const registry::CardField* field = id ? card.find(*id) : nullptr;
    if (field != nullptr && !field->values.empty()) {
      return field->values.front().value.text;
    }
  }
  return {};
}

// Where the shortest booking at the beginning of a free time is made; empty: none has place in it.
PartAddress booked_from(const booking::Terms& terms, const std::string& here, const Days& days) {
  return [&terms, &here, &days](const Span& span) {
    const int64_t step = terms.step * booking::k_minute;
    const int64_t earliest = days.now + terms.notice * booking::k_minute;
    Span wanted{span.begins, 0};
    if (wanted.begins < earliest) {
      wanted.begins += (earliest - wanted.begins + step - 1) / step * step;
    }
    wanted.ends = wanted.begins + terms.smallest * booking::k_minute;
    return wanted.ends <= span.ends ? book_address(here, wanted, days.zone) : std::string();
  };
}

// What a time is taken for: maintenance with its reason; to who looks after the instrument, by whom. To others that it
// is, and nothing more.
Result<PartAddress> takers(const Site& site, Id instrument, const Days& days, const access::Actor& actor,
                           const Words& words) {
  bool names = site.settings().desk.contacts != nullptr && access::may_somewhere(actor, access::Right::look_after);
  if (names) {
    TRY_ASSIGN(const access::Object object, site.registry().object_for(instrument, actor.today));
    names = access::may(actor, access::Right::look_after, object);
  }
  TRY_ASSIGN(auto all, site.settings().desk.booking->of_instrument(
                           instrument, {days.spans.front().begins, days.spans.back().ends}));
  std::vector<int64_t> accounts;
  for (const booking::Held& held : all) {
    accounts.push_back(held.account);
  }
  TRY_ASSIGN(const People people,
             names ? People::with_accounts(site, accounts, actor.viewer, words) : Result<People>(People()));
  return PartAddress([all = std::move(all), people, names, zone = days.zone, &words](const Span& span) {
    std::string out;
    bool others = false;
    for (const booking::Held& held : all) {
      const bool is_use = held.sort == booking::Sort::use;
      const bool is_here = booking::overlap(held.span, span);
      others = others || (is_here && is_use && !names);
      if (is_here && (names || !is_use)) {
        const Span shown{std::max(held.span.begins, span.begins), std::min(held.span.ends, span.ends)};
        // Its hours stand before it where it takes all of them.
        const bool is_whole = shown.begins == span.begins && shown.ends == span.ends;
        out += (out.empty() ? "" : "; ") + (is_whole ? std::string() : time_words(shown, zone) + " ") +
               (is_use ? booker_of(people, held.account, words).name
                       : put_in(words.get("booking.maintenance.shown"), "reason", held.purpose));
      }
    }
    return out.empty() || !others ? out : out + "; " + words.get("booking.taken");
  });
}

Result<void> put_times(const Site& site, const registry::Card& card, const Days& days, const std::string& here,
                       const access::Actor& actor, const Words& words, View& body) {
  const access::Viewer& viewer = actor.viewer;
  TRY_ASSIGN(const std::vector<NamedInstrument> instruments, instruments_of(site, card, viewer, words));
  std::vector<Id> ids;
  for (const NamedInstrument& one : instruments) {
    ids.push_back(one.id);
  }
  const std::vector<Week> weeks =
      site.settings().desk.booking->weeks(ids, {days.spans.front().begins, days.spans.back().ends});
  if (weeks.empty() || (card.kind == Kind::equipment && weeks.front().how == booking::How::request)) {
    body["nothing"] = words.get(card.kind == Kind::equipment ? "booking.request" : "booking.nothing");
    return {};
  }
  if (card.kind != Kind::equipment) {
    if (days.spans.size() == 1) {
      body["lines"] = day_rows(instruments, weeks, days, words);
    } else {
      body["heads"] = day_heads(days, here, words);
      body["rows"] = week_rows(instruments, weeks, days, words);
    }
    return {};
  }
  TRY_ASSIGN(const auto terms, site.settings().desk.booking->terms(card.id));
  if (weeks.front().is_known) {
    const bool is_here = terms && terms->how == booking::How::here && site.settings().entry.access != nullptr;
    TRY_ASSIGN(const PartAddress by, takers(site, card.id, days, actor, words));
    body["days"] = days_of(weeks.front(), days, days.spans.size() == 1 ? std::string() : here,
                           is_here ? booked_from(*terms, here, days) : PartAddress(), by, words);
  } else {
    body["nothing"] = words.get("booking.not_read");
  }
  if (terms && terms->how == booking::How::elsewhere) {
    body["elsewhere"] = safe_address(terms->address);
  }
  return {};
}

// Where the reader goes on: the days before and after, the other view.
void put_ways(const std::string& here, int64_t asked, Shown shown, int64_t first_day, const Words& words, View& body) {
  const bool is_day = shown == Shown::day;
  const std::string page = here + (is_day ? "/day?from=" : "/week?from=");
  const int64_t step = is_day ? 1 : k_week;
  body["previous"] = page + booking::day_text(first_day - step);
  body["next"] = page + booking::day_text(first_day + step);
  body["previous_label"] = words.get(is_day ? "booking.previous_day" : "booking.previous");
  body["next_label"] = words.get(is_day ? "booking.next_day" : "booking.next");
  body["other_view"] = here + (is_day ? "/week?from=" : "/day?from=") + booking::day_text(asked);
  body["other_view_label"] = words.get(is_day ? "booking.whole_week" : "booking.one_day");
  body["shown"] = is_day ? day_words(first_day, words)
                         : put_in(words.get("booking.week_of"), "date", words.date(booking::day_text(first_day)));
  body["clock"] = clock_words(booking::k_home_zone, words);
}

// The Monday of the first week, from this one on, that still has open hours; that of this week where none is near.
Result<int64_t> next_open_week(const Site& site, const registry::Card& card, const access::Actor& actor,
                               const Words& words, int64_t today, const Zone& zone) {
  const int64_t now = site.settings().desk.booking->now();
  const int64_t monday = today - booking::weekday_of(today);
  TRY_ASSIGN(const std::vector<NamedInstrument> instruments, instruments_of(site, card, actor.viewer, words));
  std::vector<Id> ids;
  for (const NamedInstrument& one : instruments) {
    ids.push_back(one.id);
  }
  for (int64_t week = 0; week < k_weeks_ahead; ++week) {
    const int64_t first = monday + week * k_week;
    const Span span{std::max(now, zone.utc(first * booking::k_day).first),
                    zone.utc((first + k_week) * booking::k_day).first};
    if (std::ranges::any_of(site.settings().desk.booking->weeks(ids, span),
                            [](const Week& each) { return !each.open.empty(); })) {
      return first;
    }
  }
  return monday;
}

Result<http::Answer> answer_times(const Site& site, const http::Request& request, Language language, Id id,
                                  std::string_view kind, Shown shown) {
  const Words& words = site.words(language);
  const std::string page = shown == Shown::day ? "day" : "week";
  TRY_ASSIGN(registry::Found found, site.registry().find(id, request.who().viewer));
  if (!found.card) {
    return site.error(request, language, found.presence == registry::Presence::withdrawn ? 410 : 404);
  }
  const std::string here = thing_address(words.code(), found.card->kind, found.id);
  if (found.id != id || registry::name(found.card->kind) != kind) {
    return redirect(301, here + "/" + page);
  }
  const std::string label = title_of(*found.card, words);
  const std::string typed(request.parameter("from"));
  const auto day = asked_day(typed, site.settings().desk.booking->now());
  View body = view({{"of", label}, {"of_url", here}, {"action", page}, {"from", typed}});
  int status = 200;
  if (day) {
    TRY_ASSIGN(Zone zone, Zone::named(booking::k_home_zone));
    int64_t first = shown == Shown::day ? *day : *day - booking::weekday_of(*day);
    if (shown == Shown::week && typed.empty()) {
      TRY_ASSIGN(const int64_t open, next_open_week(site, *found.card, request.who(), words, *day, zone));
      body["later"] = open > first ? words.get("booking.next_open_week") : std::string();
      first = open;
    }
    const int64_t asked = std::max(first, *day);
    body["from"] = booking::day_text(asked);
    put_ways(here, asked, shown, first, words, body);
    TRY(put_times(site, *found.card,
                  Days(std::move(zone), first, shown == Shown::day ? 1 : k_week, site.settings().desk.booking->now()),
                  here, request.who(), words, body));
  } else {
    status = day.error().kind().status;
    body["problem"] = problem_words(day.error(), words);
  }
  const std::string title = words.get("booking.free_times");
  http::Answer answer =
      site.page(request, language, "times", title + " – " + label, std::move(body),
                {{words.kinds(found.card->kind), "/" + std::string(words.code()) + "/" + std::string(kind)},
                 {label, here},
                 {title, {}}});
  answer.status = status;
  answer.shared = false;
  return answer;
}

}  // namespace

Result<std::vector<Id>> instruments_of_platform(const Site& site, Id platform, const access::Viewer& viewer) {
  TRY_ASSIGN(const auto links, site.registry().links_to(platform, viewer, k_most_links));
  std::vector<Id> ids;
  for (const registry::Link& link : links) {
    if (link.from_kind == Kind::equipment && link.field == "platforms") {
      ids.push_back(link.from);
    }
  }
  return ids;
}

Result<int64_t> asked_day(std::string_view text, int64_t now) {
  if (text.empty()) {
    TRY_ASSIGN(const Zone zone, Zone::named(booking::k_home_zone));
    return booking::day_of(zone.local(now));
  }
  const auto day = booking::read_day(text);
  if (!day) {
    return fail(booking::errors::day, beginning(text, 40));
  }
  return *day;
}

http::Answer times_page(const Site& site, const http::Request& request, Language language, std::string_view kind,
                        std::string_view id, Shown shown) {
  const auto parsed = Id::parse(id);
  if (!parsed || (kind != registry::name(Kind::equipment) && kind != registry::name(Kind::platform))) {
    return site.error(request, language, 404, id);
  }
  auto answer = answer_times(site, request, language, *parsed, kind, shown);
  return answer ? std::move(*answer) : site.error(request, language, 500);
}

void add_times(const Site& site, http::Router& router) {
  constexpr http::Right k_everyone = http::Right::everyone;
  add_room(site, router, http::Method::get, "/slots", k_everyone,
           [&site](const http::Request& request, Language language, const http::Captures&) {
             return slots_page(site, request, language);
           });
  for (const Shown shown : {Shown::day, Shown::week}) {
    add_room(site, router, http::Method::get, shown == Shown::day ? "/{kind}/{id}/day" : "/{kind}/{id}/week",
             k_everyone, [&site, shown](const http::Request& request, Language language, const http::Captures& parts) {
               return times_page(site, request, language, parts[1], parts[2], shown);
             });
  }
}

Result<Views> booking_links(const Site& site, const registry::Card& card, const access::Actor& actor,
                            const Words& words) {
  Views links;
  if (site.settings().desk.booking == nullptr || (card.kind != Kind::equipment && card.kind != Kind::platform)) {
    return links;
  }
  std::vector<Id> ids{card.id};
  if (card.kind == Kind::platform) {
    TRY_ASSIGN(ids, instruments_of_platform(site, card.id, actor.viewer));
  }
  const std::string here = thing_address(words.code(), card.kind, card.id);
  const auto link = [&](std::string_view word, std::string url) {
    links.push_back(view({{"label", words.get("booking." + std::string(word))}, {"url", std::move(url)}}));
  };
  const int64_t now = site.settings().desk.booking->now();
  const std::vector<Week> known = site.settings().desk.booking->weeks(ids, {now, now + 1});
  if (!std::ranges::all_of(known, [](const Week& each) { return each.how == booking::How::request; })) {
    if (card.kind == Kind::equipment && known.front().how == booking::How::here &&
        site.settings().entry.access != nullptr) {
      link("book", here + "/book");
      TRY_ASSIGN(const auto asked, training_asked(site, actor, card.id));
      if (asked && requests::is_open(asked->thread.state)) {
        links.push_back(view({{"label", asked_words(*asked, words)},
                              {"url", below(words, "/requests/" + std::to_string(asked->request.id))}}));
      }
    }
    link("see_week", here + "/week");
    link("see_day", here + "/day");
    if (card.kind == Kind::equipment) {
      link("similar", "/" + std::string(words.code()) + "/slots?q=" + http::percent_encoded(sort_of(card)));
    }
  }
  if (access::may_somewhere(actor, access::Right::look_after)) {
    TRY_ASSIGN(const access::Object object, site.registry().object_for(card.id, actor.today));
    if (access::may(actor, access::Right::look_after, object)) {
      if (card.kind == Kind::equipment) {
        link("look_after", here + "/bookings");
      }
      link("booked", here + "/booked");
    }
  }
  return links;
}

}  // namespace pitchblende::pages
