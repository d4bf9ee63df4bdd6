#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "booking/errors.hpp"
#include "booking/local_time.hpp"
#include "pages/address.hpp"
#include "pages/booking/booking_pages.hpp"
#include "pages/thing_facts.hpp"

namespace pitchblende::pages {

namespace {

using booking::Free;
using booking::k_day;
using booking::Part;
using booking::Span;
using booking::Week;
using booking::Zone;
using registry::Kind;

constexpr int64_t k_most_links = 1000;
constexpr int64_t k_week = 7;

struct Named {
  Id id;
  std::string label;
};

// The instrument itself, or those of a platform.
Result<std::vector<Named>> instruments_of(const Site& site, const registry::Card& card, const Words& words) {
  std::vector<Named> found;
  if (card.kind == Kind::equipment) {
    found.push_back({card.id, title_of(card, words)});
    return found;
  }
  TRY_ASSIGN(const auto links, site.registry().links_to(card.id, access::Viewer::visitor(), k_most_links));
  std::vector<Id> ids;
  for (const registry::Link& link : links) {
    if (link.from_kind == Kind::equipment && link.field == "platforms") {
      ids.push_back(link.from);
    }
  }
  for (const search::Hit& hit : site.index()->known(ids, access::Viewer::visitor())) {
    found.push_back({hit.id, std::string(search::title_in(hit.title, words.code()))});
  }
  std::ranges::sort(found, {}, [](const Named& n) { return std::pair(fold(n.label), n.id); });
  return found;
}

Span day_span(const Zone& zone, int64_t day) {
  return {zone.utc(day * k_day).first, zone.utc((day + 1) * k_day).first};
}

// Each day with its parts: for one instrument.
Views days_of(const Week& week, const Zone& zone, int64_t first_day, const Words& words) {
  Views days;
  for (int64_t day = first_day; day < first_day + k_week; ++day) {
    Views parts;
    for (const Part& part : parts_of(week, day_span(zone, day))) {
      constexpr std::array<std::string_view, 3> k_states{"free", "taken", "closed"};
      const std::string state(k_states[static_cast<size_t>(part.state)]);
      parts.push_back(
          view({{"time", time_words(part.span, zone)}, {"state", state}, {"text", words.get("booking." + state)}}));
    }
    View one = view({{"day", day_words(day, words)}});
    one["parts"] = std::move(parts);
    days.push_back(std::move(one));
  }
  return days;
}

// How long each instrument is free each day: for a platform.
Views rows_of(const std::vector<Named>& instruments, const std::vector<Week>& weeks, const Zone& zone,
              int64_t first_day, const Words& words) {
  Views rows;
  for (const Week& week : weeks) {
    const auto named = std::ranges::find(instruments, week.instrument, &Named::id);
    Views cells;
    for (int64_t day = first_day; day < first_day + k_week; ++day) {
      int64_t free = 0;
      bool is_open = false;
      for (const Part& part : parts_of(week, day_span(zone, day))) {
        free += part.state == Free::free ? part.span.ends - part.span.begins : 0;
        is_open = is_open || part.state != Free::closed;
      }
      const std::string state = free > 0 ? "free" : is_open ? "taken" : "closed";
      cells.push_back(view({{"state", state},
                            {"text", free > 0 ? put_in(words.get("booking.hours_free"), "n",
                                                       words.number(static_cast<uint64_t>(free / 3600)))
                                              : words.get("booking." + state)}}));
    }
    View row = view({{"label", named->label},
                     {"url", thing_address(words.code(), Kind::equipment, week.instrument) +
                                 "/week?from=" + booking::day_text(first_day)}});
    row["cells"] = std::move(cells);
    rows.push_back(std::move(row));
  }
  return rows;
}

Result<void> put_week(const Site& site, const registry::Card& card, int64_t first_day, const Words& words, View& body) {
  TRY_ASSIGN(const std::vector<Named> instruments, instruments_of(site, card, words));
  TRY_ASSIGN(const Zone zone, Zone::named(booking::k_home_zone));
  std::vector<Id> ids;
  for (const Named& one : instruments) {
    ids.push_back(one.id);
  }
  const Span span{day_span(zone, first_day).begins, day_span(zone, first_day + k_week - 1).ends};
  const std::vector<Week> weeks = site.settings().booking->weeks(ids, span);
  if (weeks.empty() || (card.kind == Kind::equipment && weeks.front().how == booking::How::request)) {
    body["nothing"] = words.get(card.kind == Kind::equipment ? "booking.request" : "booking.nothing");
    return {};
  }
  if (card.kind != Kind::equipment) {
    Views heads;
    for (int64_t day = first_day; day < first_day + k_week; ++day) {
      heads.push_back(view({{"day", day_words(day, words)}}));
    }
    body["heads"] = std::move(heads);
    body["rows"] = rows_of(instruments, weeks, zone, first_day, words);
    return {};
  }
  body["days"] = days_of(weeks.front(), zone, first_day, words);
  TRY_ASSIGN(const auto terms, site.settings().booking->terms(card.id));
  if (terms && terms->how == booking::How::elsewhere) {
    body["elsewhere"] = safe_address(terms->address);
  }
  return {};
}

Result<http::Answer> answer_week(const Site& site, const http::Request& request, Language language, Id id,
                                 std::string_view kind) {
  const Words& words = site.words(language);
  TRY_ASSIGN(registry::Found found, site.registry().find(id, access::Viewer::visitor()));
  if (!found.card) {
    return site.error(request, language, found.presence == registry::Presence::withdrawn ? 410 : 404);
  }
  const std::string here = thing_address(words.code(), found.card->kind, found.id);
  if (found.id != id || registry::name(found.card->kind) != kind) {
    return redirect(301, here + "/week");
  }
  const std::string label = title_of(*found.card, words);
  View body = view({{"label", label}, {"url", here}});
  const std::string typed(request.parameter("from"));
  const auto day = asked_day(typed, site.settings().booking->now());
  int status = 200;
  body["from"] = typed;
  if (day) {
    const int64_t monday = *day - booking::weekday_of(*day);
    body["from"] = booking::day_text(*day);
    body["week_of"] = put_in(words.get("booking.week_of"), "date", words.date(booking::day_text(monday)));
    body["clock"] = put_in(words.get("booking.clock"), "zone", booking::k_home_zone);
    body["previous"] = here + "/week?from=" + booking::day_text(monday - k_week);
    body["next"] = here + "/week?from=" + booking::day_text(monday + k_week);
    TRY(put_week(site, *found.card, monday, words, body));
  } else {
    status = day.error().kind().status;
    body["problem"] = day.error().message(language);
  }
  const std::string title = words.get("booking.free_times");
  http::Answer answer =
      site.page(request, language, "week", title + " – " + label, std::move(body),
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

std::string day_words(int64_t day, const Words& words) {
  return words.get("booking.weekdays." + std::to_string(booking::weekday_of(day))) + " " +
         words.date(booking::day_text(day));
}

std::string time_words(const booking::Span& span, const Zone& zone) {
  const int64_t begin = zone.local(span.begins);
  const int64_t end = zone.local(span.ends);
  std::string last = booking::local_text(end).substr(11);
  if (last == "00:00") {
    last = "24:00";
  }
  return booking::local_text(begin).substr(11) + " – " + last;
}

http::Answer week_page(const Site& site, const http::Request& request, Language language, std::string_view kind,
                       std::string_view id) {
  const auto parsed = Id::parse(id);
  if (!parsed || (kind != registry::name(Kind::equipment) && kind != registry::name(Kind::platform))) {
    return site.error(request, language, 404, id);
  }
  auto answer = answer_week(site, request, language, *parsed, kind);
  return answer ? std::move(*answer) : site.error(request, language, 500);
}

}  // namespace pitchblende::pages
