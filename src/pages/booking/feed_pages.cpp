// Secret calendar addresses: made, seen once, revoked; and the calendars under them.
#include "booking/errors.hpp"
#include "pages/address.hpp"
#include "pages/booking/desk.hpp"

namespace pitchblende::pages {

namespace {

// Rule 16: seen this once.
Result<http::Answer> make(const Site& site, const http::Request& request, Language language,
                          const std::optional<Instrument>& instrument) {
  const Words& words = site.words(language);
  const booking::By by = instrument ? instrument->by : booking::By{request.who().account, false};
  const auto secret = site.settings().desk.feeds->make(instrument ? instrument->id : Id(), by);
  const std::string title = words.get("booking.feed.title");
  const std::string back = instrument ? instrument->address + "/bookings" : below(words, "/bookings");
  View body = view({{"back", back}});
  if (secret) {
    body["address"] = site.settings().entry.address + below(words, "/calendar/" + *secret + ".ics");
  }
  return desk_page(site, request, language, "feed", title, std::move(body),
                   {{words.get(instrument ? "booking.desk" : "booking.mine"), back}, {title, {}}},
                   secret ? std::nullopt : std::optional(secret.error()));
}

Result<http::Answer> revoke(const Site& site, const http::Request& request, Language language, int64_t feed) {
  booking::By by{request.who().account, false};
  if (const auto known = site.settings().desk.feeds->feed(feed); known && known->instrument != Id()) {
    TRY_ASSIGN(const access::Object object, site.registry().object_for(known->instrument, request.who().today));
    by.looks_after = access::may(request.who(), access::Right::look_after, object);
  }
  const auto done = site.settings().desk.feeds->revoke(feed, by);
  if (!done) {
    return site.error(request, language, done.error().kind().status);
  }
  const auto form = http::read_form(request);
  const std::string back = form ? access::own_path(form->value("back")) : std::string();
  return redirect(303, back.empty() ? below(site.words(language), "/bookings") : back);
}

// An instrument's address is of use as long as who made it looks after the instrument.
Result<bool> looks_after(const Site& site, const std::string& today, int64_t account, Id instrument) {
  const auto current = [&](Id id) { return site.registry().current(id).value_or(id).value_or(id); };
  TRY_ASSIGN(const access::Actor owner, site.settings().desk.contacts->actor(account, today, current));
  TRY_ASSIGN(const access::Object object, site.registry().object_for(current(instrument), today));
  return access::may(owner, access::Right::look_after, object);
}

http::Answer calendar(const Site& site, const http::Request& request, Language language, std::string_view name) {
  const Words& words = site.words(language);
  if (name.ends_with(".ics")) {
    name.remove_suffix(4);
  }
  const booking::FeedWords said{
      [&](Id instrument) { return names_of(site, {instrument}, access::Viewer::visitor(), words).at(instrument); },
      words.get("booking.mine"), words.get("booking.taken")};
  auto text = site.settings().desk.feeds->read(name, said, [&](int64_t account, Id instrument) {
    // A calendar program is a visitor, who has no day of his own.
    const std::string today = booking::day_text(booking::day_of(site.settings().desk.booking->now()));
    return looks_after(site, today, account, instrument);
  });
  if (!text) {
    return site.error(request, language, text.error().kind().status);
  }
  http::Answer answer;
  answer.type = "text/calendar; charset=utf-8";
  answer.body = std::move(*text);
  answer.headers.emplace_back("X-Robots-Tag", "noindex");
  answer.keep = http::Keep::never;
  return answer;
}

}  // namespace

Result<void> put_feeds(const Site& site, int64_t account, Id instrument, const Words& words, View& body) {
  const booking::Feeds& known = *site.settings().desk.feeds;
  TRY_ASSIGN(const auto feeds, instrument == Id() ? known.of_account(account) : known.of_instrument(instrument));
  std::vector<int64_t> makers;
  for (const booking::Feed& feed : feeds) {
    makers.push_back(feed.account);
  }
  TRY_ASSIGN(const People people, People::with_accounts(site, makers, access::Viewer::visitor(), words));
  Views rows;
  for (const booking::Feed& feed : feeds) {
    const PersonShown* maker = instrument == Id() ? nullptr : people.find(feed.account);
    rows.push_back(view({{"made", moment(words, feed.made)},
                         {"by", maker != nullptr ? maker->name : std::string()},
                         {"action", below(words, "/bookings/feeds/" + std::to_string(feed.id) + "/revoke")}}));
  }
  body["feeds"] = std::move(rows);
  body["feeds_action"] = instrument == Id()
                             ? below(words, "/bookings/feeds")
                             : thing_address(words.code(), registry::Kind::equipment, instrument) + "/feeds";
  return {};
}

void add_feeds(const Site& site, http::Router& router) {
  using http::Method;
  const auto answered = [&site](const http::Request& request, Language language, Result<http::Answer> answer) {
    return answer ? std::move(*answer) : site.error(request, language, 500);
  };
  add_room(site, router, Method::post, "/bookings/feeds", http::Right::have_account,
           [&site, answered](const http::Request& request, Language language, const http::Captures&) {
             return answered(request, language, make(site, request, language, std::nullopt));
           });
  add_room(site, router, Method::post, "/bookings/feeds/{number}/revoke", http::Right::have_account,
           [&site, answered](const http::Request& request, Language language, const http::Captures& parts) {
             return answered(request, language, revoke(site, request, language, number_in(parts[1])));
           });
  add_room(site, router, Method::post, "/equipment/{id}/feeds", http::Right::look_after,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return at_instrument(site, request, language, parts[1], [&](const Instrument& instrument) {
               return make(site, request, language, instrument);
             });
           });
  add_room(site, router, Method::get, "/calendar/{secret}", http::Right::everyone,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return calendar(site, request, language, parts[1]);
           });
}

}  // namespace pitchblende::pages
