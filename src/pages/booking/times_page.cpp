#include <algorithm>

#include "base/text.hpp"
#include "booking/errors.hpp"
#include "pages/address.hpp"
#include "pages/booking/booking_pages.hpp"
#include "pages/booking/times_views.hpp"
#include "pages/thing_facts.hpp"

namespace pitchblende::pages {

namespace {

using booking::Span;
using booking::Week;
using booking::Zone;
using registry::Kind;

constexpr int64_t k_most_links = 1000;
constexpr int64_t k_week = 7;

// Ids of the instruments of a platform.
Result<std::vector<Id>> ids_of(const Site& site, Id platform) {
  TRY_ASSIGN(const auto links, site.registry().links_to(platform, access::Viewer::visitor(), k_most_links));
  std::vector<Id> ids;
  for (const registry::Link& link : links) {
    if (link.from_kind == Kind::equipment && link.field == "platforms") {
      ids.push_back(link.from);
    }
  }
  return ids;
}

// The instrument itself, or those of a platform.
Result<std::vector<NamedInstrument>> instruments_of(const Site& site, const registry::Card& card, const Words& words) {
  std::vector<NamedInstrument> found;
  if (card.kind == Kind::equipment) {
    found.push_back({card.id, title_of(card, words)});
    return found;
  }
  TRY_ASSIGN(const std::vector<Id> ids, ids_of(site, card.id));
  for (const search::Hit& hit : site.index()->known(ids, access::Viewer::visitor())) {
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

Result<void> put_times(const Site& site, const registry::Card& card, const Days& days, const std::string& here,
                       const Words& words, View& body) {
  TRY_ASSIGN(const std::vector<NamedInstrument> instruments, instruments_of(site, card, words));
  std::vector<Id> ids;
  for (const NamedInstrument& one : instruments) {
    ids.push_back(one.id);
  }
  const std::vector<Week> weeks =
      site.settings().booking->weeks(ids, {days.spans.front().begins, days.spans.back().ends});
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
  if (weeks.front().is_known) {
    body["days"] = days_of(weeks.front(), days, days.spans.size() == 1 ? std::string() : here, words);
  } else {
    body["nothing"] = words.get("booking.not_read");
  }
  TRY_ASSIGN(const auto terms, site.settings().booking->terms(card.id));
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
  body["clock"] = put_in(words.get("booking.clock"), "zone", booking::k_home_zone);
}

Result<http::Answer> answer_times(const Site& site, const http::Request& request, Language language, Id id,
                                  std::string_view kind, Shown shown) {
  const Words& words = site.words(language);
  const std::string page = shown == Shown::day ? "day" : "week";
  TRY_ASSIGN(registry::Found found, site.registry().find(id, access::Viewer::visitor()));
  if (!found.card) {
    return site.error(request, language, found.presence == registry::Presence::withdrawn ? 410 : 404);
  }
  const std::string here = thing_address(words.code(), found.card->kind, found.id);
  if (found.id != id || registry::name(found.card->kind) != kind) {
    return redirect(301, here + "/" + page);
  }
  const std::string label = title_of(*found.card, words);
  const std::string typed(request.parameter("from"));
  const auto day = asked_day(typed, site.settings().booking->now());
  View body = view({{"of", label}, {"of_url", here}, {"action", page}, {"from", typed}});
  int status = 200;
  if (day) {
    TRY_ASSIGN(Zone zone, Zone::named(booking::k_home_zone));
    const int64_t first = shown == Shown::day ? *day : *day - booking::weekday_of(*day);
    body["from"] = booking::day_text(*day);
    put_ways(here, *day, shown, first, words, body);
    TRY(put_times(site, *found.card,
                  Days(std::move(zone), first, shown == Shown::day ? 1 : k_week, site.settings().booking->now()), here,
                  words, body));
  } else {
    status = day.error().kind().status;
    body["problem"] = day.error().message(language);
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

Result<int64_t> asked_day(std::string_view text, int64_t now) {
  if (text.empty()) {
    TRY_ASSIGN(const Zone zone, Zone::named(booking::k_home_zone));
    return booking::day_of(zone.local(now));
  }
  const auto day = booking::read_day(text);
  if (!day) {
    return fail(booking::errors::day, std::string(text.substr(0, 40)));
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

Result<Views> booking_links(const Site& site, const registry::Card& card, const Words& words) {
  Views links;
  if (site.settings().booking == nullptr || (card.kind != Kind::equipment && card.kind != Kind::platform)) {
    return links;
  }
  std::vector<Id> ids{card.id};
  if (card.kind == Kind::platform) {
    TRY_ASSIGN(ids, ids_of(site, card.id));
  }
  const int64_t now = site.settings().booking->now();
  const std::vector<Week> known = site.settings().booking->weeks(ids, {now, now + 1});
  if (std::ranges::all_of(known, [](const Week& each) { return each.how == booking::How::request; })) {
    return links;
  }
  const std::string here = thing_address(words.code(), card.kind, card.id);
  links.push_back(view({{"label", words.get("booking.see_week")}, {"url", here + "/week"}}));
  links.push_back(view({{"label", words.get("booking.see_day")}, {"url", here + "/day"}}));
  if (card.kind == Kind::equipment) {
    links.push_back(
        view({{"label", words.get("booking.similar")},
              {"url", "/" + std::string(words.code()) + "/slots?q=" + http::percent_encoded(sort_of(card))}}));
  }
  return links;
}

}  // namespace pitchblende::pages
