// An instrument booked: the form, and what it says when somebody was there before.
#include <algorithm>

#include "base/beginning.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"
#include "booking/booking_rules.hpp"
#include "booking/errors.hpp"
#include "confirm/addresses.hpp"
#include "pages/address.hpp"
#include "pages/booking/series.hpp"
#include "pages/confirm/typed_thing.hpp"
#include "pages/requests/training.hpp"

namespace pitchblende::pages {

namespace {

using booking::Held;
using booking::k_minute;
using booking::Span;
using booking::Terms;
using booking::Zone;

// What is to be written again into the form.
struct Typed {
  TypedTime time;
  std::string purpose;
  std::string whom = {};  // for somebody else: an address, or a card
  Repeat repeat = {};
  Views times = {};  // what came of each of a series that could not be booked
};

// Of a person whose card he may see, though he may not see the address on it: it is written to, and never shown.
Result<std::optional<std::string>> address_of_card(const Site& site, const access::Actor& actor, Id card) {
  TRY_ASSIGN(const registry::Found found, site.registry().find(card, actor.viewer));
  if (!found.card || found.card->kind != registry::Kind::person) {
    return std::nullopt;
  }
  TRY_ASSIGN(const auto whole, site.registry().cards({found.id}, access::Viewer::everything()));
  return whole.empty() ? std::nullopt : confirm::address_of_person(whole.front());
}

// Whose the booking is to be; 0: his who makes it. Error: BOOKING_NO_ADDRESS.
Result<int64_t> account_for(const Site& site, const access::Actor& actor, const std::string& whom, const Words& words) {
  const std::string text = beginning(trim(whom), 254);
  if (text.empty()) {
    return 0;
  }
  auto email = access::email_address(text);
  if (const auto card = email ? std::nullopt : typed_thing(site, text)) {
    TRY_ASSIGN(email, address_of_card(site, actor, *card));
  }
  if (!email) {
    return fail(booking::errors::no_address, text);
  }
  TRY_ASSIGN(const access::Holder holder, site.settings().entry.access->known(*email, std::string(words.code())));
  return holder.account;
}

// On what terms, in words.
View terms_view(const Terms& terms, const Words& words) {
  View out =
      view({{"between", put_in(put_in(words.get("booking.between"), "least", length_words(terms.smallest, words)),
                               "most", length_words(terms.largest, words))},
            {"ahead", put_in(words.get("booking.ahead"), "n", words.number(static_cast<uint64_t>(terms.horizon)))}});
  if (terms.notice > 0) {
    out["notice"] = put_in(words.get("booking.notice"), "length", length_words(terms.notice, words));
  }
  if (terms.confirmed) {
    out["confirmed"] = words.get("booking.confirmation");
  }
  return out;
}

// The first free time where the address says none.
Result<TypedTime> offered(const Site& site, const Instrument& instrument, const Terms& terms, const Zone& zone) {
  const int64_t now = site.settings().desk.booking->now();
  TRY_ASSIGN(const auto slots,
             site.settings().desk.booking->find_slots(
                 {{instrument.id}, terms.smallest * k_minute, {now, now + terms.horizon * booking::k_day}, 1},
                 instrument.by.account));
  if (slots.empty()) {
    return TypedTime{{}, std::to_string(terms.smallest), {}};
  }
  return typed_of(slots.front().span, zone);
}

// How he asks for the training; where he has asked, what became of that.
Result<void> put_asking(const Site& site, const access::Actor& actor, const Instrument& instrument, const Words& words,
                        View& body) {
  if (site.settings().asking.requests == nullptr) {
    return {};
  }
  TRY_ASSIGN(const auto asked, training_asked(site, actor, instrument.id));
  if (asked && asked->thread.state != requests::State::done) {
    body["asked"] = view({{"text", asked_words(*asked, words)},
                          {"why", asked->thread.reason},
                          {"request_url", below(words, "/requests/" + std::to_string(asked->request.id))}});
  }
  if (!asked || !requests::is_open(asked->thread.state)) {
    body["training"] = view({{"ask_action", below(words, "/requests/new")},
                             {"to", instrument.id.text()},
                             {"once", random_secret().substr(0, 32)},
                             {"subject", put_in(words.get("booking.training_subject"), "instrument", instrument.label)},
                             {"text", put_in(words.get("booking.training_text"), "instrument", instrument.label)}});
  }
  return {};
}

// What he lacks. The answer: whether there is a day on which he may book, and a form is of use.
Result<bool> put_training(const Site& site, const access::Actor& actor, const Instrument& instrument,
                          const Terms& terms, const Span& wanted, const Words& words, View& body) {
  TRY_ASSIGN(const std::vector<booking::Training> all, site.settings().desk.trainings->of(instrument.by.account));
  if (booking::judge_training(terms, all, wanted, instrument.by)) {
    return true;
  }
  const int64_t today = booking::day_of(site.settings().desk.booking->now());
  const bool some_day = std::ranges::any_of(all, [&](const booking::Training& each) {
    return each.instrument == terms.instrument && (!each.last_day || *each.last_day >= today);
  });
  if (some_day && wanted == Span()) {
    return true;  // no time was understood
  }
  body["lacks_training"] = words.get("booking.training_missing");
  body["untrained"] = !some_day;
  TRY(put_asking(site, actor, instrument, words, body));
  return some_day;
}

Result<http::Answer> form_of(const Site& site, const http::Request& request, Language language,
                             const Instrument& instrument, const std::optional<Terms>& terms, Typed typed,
                             const std::optional<Error>& problem) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const Zone zone, zone_of(terms));
  const std::string title = put_in(words.get("booking.book_it"), "instrument", instrument.label);
  View body = view({{"of", instrument.label},
                    {"of_url", instrument.address},
                    {"purpose", typed.purpose},
                    {"whom", typed.whom},
                    {"action", instrument.address + "/book"}});
  body["for_others"] = instrument.by.looks_after;
  body["times_told"] = std::move(typed.times);
  put_repeat(typed.repeat, body);
  std::optional<Error> said = problem;
  if (!terms || terms->how != booking::How::here) {
    body["not_here"] = words.get("booking.errors.not_here");
    said = said ? said : std::optional(Error(booking::errors::not_here));
    if (terms && terms->how == booking::How::elsewhere) {
      body["elsewhere"] = safe_address(terms->address);
    }
  } else {
    if (typed.time.from.empty() && !problem) {
      TRY_ASSIGN(typed.time, offered(site, instrument, *terms, zone));
    }
    put_time(typed.time, *terms, zone, words, body);
    body["terms"] = terms_view(*terms, words);
    body["clock"] = clock_words(terms->zone, words);
    const auto span = span_of(typed.time, zone);
    TRY_ASSIGN(const bool may_book,
               put_training(site, request.who(), instrument, *terms, span.value_or(Span()), words, body));
    if (problem && may_book && is_about_time(*problem) && !typed.repeat.weekly) {
      // What was wanted is taken: from there on.
      const int64_t after =
          span ? std::max(span->begins, site.settings().desk.booking->now()) : site.settings().desk.booking->now();
      const int64_t length = span ? span->ends - span->begins : terms->smallest * k_minute;
      TRY_ASSIGN(body["free"], next_free(site, instrument, length, after, zone, words));
    }
  }
  return desk_page(site, request, language, "book", title, std::move(body),
                   {{words.kinds(registry::Kind::equipment), "/" + std::string(words.code()) + "/equipment"},
                    {instrument.label, instrument.address},
                    {words.get("booking.book"), {}}},
                   said);
}

Result<http::Answer> show(const Site& site, const http::Request& request, Language language,
                          const Instrument& instrument) {
  TRY_ASSIGN(const auto terms, site.settings().desk.booking->terms(instrument.id));
  Typed typed{typed_in(request), std::string(request.parameter("purpose"))};
  if (typed.time.minutes.empty() && terms) {
    typed.time.minutes = std::to_string(terms->smallest);
  }
  return form_of(site, request, language, instrument, terms, std::move(typed), std::nullopt);
}

// One, or (weekly) many.
struct Made {
  std::optional<Held> one;
  std::optional<Series> series;
};

Result<Made> book(const Site& site, const http::Request& request, const Instrument& instrument, const Zone& zone,
                  const Typed& typed, const Words& words) {
  TRY_ASSIGN(const Span span, span_of(typed.time, zone));
  booking::Wanted wanted{instrument.id, span, typed.purpose};
  if (instrument.by.looks_after) {
    TRY_ASSIGN(wanted.account, account_for(site, request.who(), typed.whom, words));
  }
  const int64_t booker = wanted.account != 0 ? wanted.account : instrument.by.account;
  TRY_ASSIGN(const BookingLetters letters, BookingLetters::prepare(site, request.who(), instrument, booker));
  Made out;
  if (typed.repeat.weekly) {
    TRY_ASSIGN(out.series, book_series(site, instrument, wanted, typed.repeat, zone, letters));
    return out;
  }
  TRY_ASSIGN(out.one, site.settings().desk.booking->book(wanted, instrument.by,
                                                         [&](store::Transaction& transaction, const Held& held) {
                                                           return letters.post(transaction, held, Change::booked, zone);
                                                         }));
  return out;
}

// What came of each time of a series.
Result<http::Answer> show_series(const Site& site, const http::Request& request, Language language,
                                 const Instrument& instrument) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const auto terms, site.settings().desk.booking->terms(instrument.id));
  TRY_ASSIGN(const Zone zone, zone_of(terms));
  const auto spans = series_in(request, zone);
  if (!terms || !spans) {
    return form_of(site, request, language, instrument, terms, Typed{typed_in(request), {}},
                   spans ? std::nullopt : std::optional(spans.error()));
  }
  const std::string title = words.get("booking.repeat.booked");
  View body = view({{"of", instrument.label}, {"of_url", instrument.address}, {"mine_url", below(words, "/bookings")}});
  body["done"] = request.parameter("done") == "booked" ? words.get("booking.repeat.letter") : std::string();
  TRY_ASSIGN(body["times_told"], series_told(site, instrument, *terms, *spans, zone, words));
  return desk_page(site, request, language, "series", title, std::move(body),
                   {{instrument.label, instrument.address}, {title, {}}}, std::nullopt);
}

Result<http::Answer> take(const Site& site, const http::Request& request, Language language,
                          const Instrument& instrument) {
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 422);
  }
  TRY_ASSIGN(const auto terms, site.settings().desk.booking->terms(instrument.id));
  TRY_ASSIGN(const Zone zone, zone_of(terms));
  Typed typed{typed_in(*form), std::string(form->value("purpose")), std::string(form->value("whom")), repeat_in(*form)};
  const auto made = book(site, request, instrument, zone, typed, site.words(language));
  if (!made) {
    return form_of(site, request, language, instrument, terms, typed, made.error());
  }
  if (made->series && !made->series->is_booked()) {
    typed.times = series_views(*made->series, zone, site.words(language));
    const auto wrong = std::ranges::find_if(made->series->each, [](const Result<Held>& each) {
      return !each && !each.error().is(booking::errors::together);
    });
    return form_of(site, request, language, instrument, terms, typed, wrong->error());
  }
  if (site.settings().entry.posted) {
    site.settings().entry.posted();
  }
  if (made->series) {
    return redirect(303, series_address(instrument, typed.time, made->series->spans.size()) + "&done=booked");
  }
  return redirect(303, below(site.words(language), "/bookings/" + std::to_string(made->one->id)) +
                           (made->one->made_by == 0 ? "?done=booked" : "?done=booked_for"));
}

}  // namespace

void add_book(const Site& site, http::Router& router) {
  add_room(site, router, http::Method::get, "/equipment/{id}/book", http::Right::book,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return at_instrument(site, request, language, parts[1], [&](const Instrument& instrument) {
               return show(site, request, language, instrument);
             });
           });
  add_room(site, router, http::Method::post, "/equipment/{id}/book", http::Right::book,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return at_instrument(site, request, language, parts[1], [&](const Instrument& instrument) {
               return take(site, request, language, instrument);
             });
           });
  add_room(site, router, http::Method::get, "/equipment/{id}/book/series", http::Right::book,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return at_instrument(site, request, language, parts[1], [&](const Instrument& instrument) {
               return show_series(site, request, language, instrument);
             });
           });
}

}  // namespace pitchblende::pages
