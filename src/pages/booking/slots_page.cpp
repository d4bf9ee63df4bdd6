#include <algorithm>
#include <array>
#include <charconv>

#include "base/beginning.hpp"
#include "booking/errors.hpp"
#include "booking/local_time.hpp"
#include "pages/address.hpp"
#include "pages/booking/booking_pages.hpp"
#include "pages/booking/desk.hpp"
#include "pages/booking/times_views.hpp"
#include "pages/finding/search_notes.hpp"
#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

namespace {

using booking::k_day;
using booking::k_minute;
using booking::Slot;
using booking::Zone;

constexpr uint32_t k_most_instruments = 5000;
constexpr size_t k_shown = 20;
constexpr std::array<int64_t, 8> k_lengths{30, 60, 120, 180, 240, 480, 1440, 2880};
constexpr std::array<int64_t, 4> k_days{7, 14, 30, 90};

struct Asked {
  std::string q;
  int64_t minutes = 60;
  int64_t first_day = 0;
  int64_t days = 14;
};

// Error: BOOKING_LENGTH.
Result<int64_t> asked_number(std::string_view text, int64_t otherwise, int64_t least, int64_t most) {
  if (text.empty()) {
    return otherwise;
  }
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) {
    return fail(booking::errors::length, beginning(text, 40));
  }
  return value;
}

Result<Asked> asked(const http::Request& request, int64_t now) {
  Asked out;
  out.q = request.parameter("q");
  TRY_ASSIGN(out.minutes, asked_number(request.parameter("minutes"), out.minutes, 5, 7 * 1440));
  TRY_ASSIGN(out.days, asked_number(request.parameter("days"), out.days, 1, 366));
  TRY_ASSIGN(out.first_day, asked_day(request.parameter("from"), now));
  return out;
}

template <size_t N, typename Label>
Views choices(const std::array<int64_t, N>& values, int64_t chosen, Label&& label) {
  Views out;
  const auto add = [&](int64_t value) {
    View one = view({{"value", std::to_string(value)}, {"label", label(value)}});
    one["selected"] = value == chosen;
    out.push_back(std::move(one));
  };
  if (std::ranges::find(values, chosen) == values.end()) {
    add(chosen);
  }
  for (const int64_t value : values) {
    add(value);
  }
  return out;
}

struct Matching {
  std::vector<Id> instruments;
  size_t out_of_use = 0;  // that match too, and are left out
  bool relaxed = false;   // nothing has all the words
  std::vector<search::Translated> translated = {};
};

// `matching`: how the words were taken.
std::vector<Id> with_filter(const search::Index& index, search::Query query, const search::Filter& filter,
                            const access::Actor& actor, Matching& matching) {
  query.filters.push_back(filter);
  query.size = k_most_instruments;
  query.facet_size = 0;
  query.snippets = false;
  std::vector<Id> ids;
  search::Answer answer = index.search(query, actor.viewer);
  matching.relaxed = answer.relaxed;
  matching.translated = std::move(answer.translated);
  for (const search::Hit& hit : answer.hits) {
    ids.push_back(hit.id);
  }
  return ids;
}

// Instruments of which their cards say one of these conditions.
std::vector<Id> in_condition(const search::Index& index, const std::vector<std::string>& conditions,
                             const access::Actor& actor) {
  Matching all;
  std::vector<Id> ids = with_filter(index, {}, {search::Facet::condition, conditions}, actor, all);
  std::ranges::sort(ids);
  return ids;
}

Matching instruments_of(const search::Index& index, const std::string& q, const access::Actor& actor) {
  Matching out;
  search::Query query;
  query.words = q;
  const std::string kind(registry::name(registry::Kind::equipment));
  out.instruments = with_filter(index, query, {search::Facet::kind, {kind}}, actor, out);
  const std::vector<Id> unused = in_condition(index, {"maintenance", "broken", "retired"}, actor);
  out.out_of_use = std::erase_if(out.instruments, [&](Id id) { return std::ranges::binary_search(unused, id); });
  return out;
}

// Who lacks the training is led to where he asks for it; of a visitor nobody knows, and who looks after it needs none.
Result<bool> wants_training(const Site& site, const Slot& slot, const access::Actor& actor) {
  if (!slot.lacks_training || !actor.signed_in() || !access::may_somewhere(actor, access::Right::look_after)) {
    return slot.lacks_training && actor.signed_in();
  }
  TRY_ASSIGN(const access::Object object, site.registry().object_for(slot.instrument, actor.today));
  return !access::may(actor, access::Right::look_after, object);
}

Result<View> slot_view(const Site& site, const Slot& slot, const search::Hit& hit, bool is_degraded,
                       const access::Actor& actor, const Words& words) {
  TRY_ASSIGN(const auto terms, site.settings().desk.booking->terms(slot.instrument));
  TRY_ASSIGN(const Zone zone, Zone::named(terms ? terms->zone : std::string(booking::k_home_zone)));
  const int64_t day = booking::day_of(zone.local(slot.span.begins));
  const std::string address = thing_address(words.code(), registry::Kind::equipment, slot.instrument);
  View out = view({{"label", std::string(search::title_in(hit.title, words.code()))},
                   {"url", address},
                   {"meta", search::title_in(hit.note, words.code())},
                   {"day", day_words(day, words)},
                   {"time", time_words(slot.span, zone)},
                   {"week_url", address + "/week?from=" + booking::day_text(day)}});
  if (slot.how == booking::How::here && site.settings().entry.access != nullptr) {
    TRY_ASSIGN(const bool asks, wants_training(site, slot, actor));
    out[asks ? "training_url" : "book_url"] = book_address(address, slot.span, zone);
  }
  if (slot.how == booking::How::elsewhere) {
    out["elsewhere"] = safe_address(terms ? terms->address : std::string());
  }
  Views badges;
  const auto badge = [&](bool wanted, std::string_view word) {
    if (wanted) {
      badges.push_back(view({{"text", words.get("booking." + std::string(word))}, {"tone", "warn"}}));
    }
  };
  badge(slot.lacks_training, "training");
  badge(slot.awaits_yes, "confirmation");
  badge(slot.how == booking::How::elsewhere, "at_elsewhere");
  if (is_degraded) {
    badges.push_back(view({{"text", words.of_word("degraded")}, {"tone", "warn"}}));
  }
  out["has_badges"] = !badges.empty();
  out["badges"] = std::move(badges);
  return out;
}

// What was found, or what to say in its place.
Result<void> put_found(const Site& site, const Asked& wish, const access::Actor& actor, int64_t now, const Words& words,
                       View& body) {
  const auto index = site.index();
  TRY_ASSIGN(const Zone zone, Zone::named(booking::k_home_zone));
  booking::Wish wanted;
  const Matching matching = instruments_of(*index, wish.q, actor);
  wanted.instruments = matching.instruments;
  wanted.length = wish.minutes * k_minute;
  wanted.window = {zone.utc(wish.first_day * k_day).first, zone.utc((wish.first_day + wish.days) * k_day).first};
  wanted.window.begins = std::min(std::max(wanted.window.begins, now), wanted.window.ends - 1);
  wanted.limit = k_shown;
  TRY_ASSIGN(const std::vector<Slot> slots, site.settings().desk.booking->find_slots(wanted, actor.account));
  std::vector<Id> ids;
  for (const Slot& slot : slots) {
    ids.push_back(slot.instrument);
  }
  const std::vector<search::Hit> hits = index->known(ids, actor.viewer);
  const std::vector<Id> degraded = in_condition(*index, {"degraded"}, actor);
  Views views;
  for (const Slot& slot : slots) {
    const auto hit = std::ranges::find(hits, slot.instrument, &search::Hit::id);
    if (hit != hits.end()) {
      TRY_ASSIGN(View one,
                 slot_view(site, slot, *hit, std::ranges::binary_search(degraded, slot.instrument), actor, words));
      views.push_back(std::move(one));
    }
  }
  if (views.empty()) {
    body["nothing"] = words.get(wanted.instruments.empty() ? "booking.no_instrument" : "booking.none");
  }
  body["translated"] = translated_views(matching.translated, words);
  if (matching.relaxed) {
    body["relaxed"] = words.get("search.relaxed");
  }
  if (matching.out_of_use > 0) {
    body["out_of_use"] = words.count("booking.out_of_use", matching.out_of_use);
  }
  body["slots"] = std::move(views);
  return {};
}

}  // namespace

http::Answer slots_page(const Site& site, const http::Request& request, Language language) {
  const Words& words = site.words(language);
  const int64_t now = site.settings().desk.booking->now();
  Result<Asked> wish = asked(request, now);
  // What was typed stays in the form, also what cannot be.
  Asked shown = wish ? *wish : Asked{};
  View body = view({{"from", wish ? booking::day_text(shown.first_day) : std::string(request.parameter("from"))},
                    {"what", std::string(request.parameter("q"))}});
  body["lengths"] = choices(k_lengths, shown.minutes, [&](int64_t minutes) { return length_words(minutes, words); });
  body["spans"] = choices(k_days, shown.days, [&](int64_t days) {
    return put_in(words.get(days == 1 ? "booking.days_one" : "booking.days_other"), "n",
                  words.number(static_cast<uint64_t>(days)));
  });
  int status = 200;
  if (wish) {
    if (!put_found(site, *wish, request.who(), now, words, body)) {
      return site.error(request, language, 500);
    }
  } else {
    status = wish.error().kind().status;
    body["problem"] = problem_words(wish.error(), words);
  }
  const std::string title = words.get("booking.title");
  http::Answer answer = site.page(request, language, "slots", title, std::move(body), {{title, {}}});
  answer.status = status;
  answer.shared = false;  // it changes with the time and with what is booked
  return answer;
}

}  // namespace pitchblende::pages
