// A link from a letter: one card, said to be right with one button, or corrected there. Rules 1 to 10 of
// docs/rules/confirm.md.
#include "confirm/errors.hpp"
#include "pages/confirm/confirm_pages.hpp"
#include "pages/confirm/held_card.hpp"
#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

namespace {

std::string here(const Words& words, std::string_view secret, std::string_view rest = {}) {
  return "/" + std::string(words.code()) + "/confirm/" + std::string(secret) + std::string(rest);
}

// Rule 3: whoever was asked sees all that is kept of the card, as if it was his own.
HeldCard held_by_link(const confirm::Opened& opened, std::string_view secret, const Words& words) {
  return {opened.card, owner_of(opened.card), here(words, secret), "confirm.link.lead",
          put_in(words.get("confirm.link.holder"), "email", opened.ask.email) + " " +
              put_in(words.get("confirm.link.until"), "date", words.date(opened.ask.expires.substr(0, 10)))};
}

http::Answer or_told(const Site& site, const http::Request& request, Language language, Result<http::Answer> answer) {
  return answer ? std::move(*answer) : told_of_link(site, request, language, answer.error());
}

http::Answer look(const Site& site, const http::Request& request, Language language, std::string_view secret) {
  const auto opened = site.settings().upkeep.confirm->look_at(secret);
  return opened ? or_told(site, request, language,
                          held_page(site, request, language, held_by_link(*opened, secret, site.words(language)), {}))
                : told_of_link(site, request, language, opened.error());
}

http::Answer say_right(const Site& site, const http::Request& request, Language language, std::string_view secret) {
  const auto done = site.settings().upkeep.confirm->confirm(secret);
  return done ? redirect(303, here(site.words(language), secret, "/done"))
              : told_of_link(site, request, language, done.error());
}

http::Answer correct(const Site& site, const http::Request& request, Language language, std::string_view secret) {
  confirm::Confirm& confirm = *site.settings().upkeep.confirm;
  const auto answered = [&]() -> Result<http::Answer> {
    TRY_ASSIGN(const confirm::Opened opened, confirm.look_at(secret));
    return corrected(
        site, request, language, held_by_link(opened, secret, site.words(language)),
        [&](const auto& edits, const std::string& word) { return confirm.correct(secret, edits, word); },
        [&](const confirm::Plan&) { return here(site.words(language), secret, "/done"); });
  };
  return or_told(site, request, language, answered());
}

http::Answer thanks(const Site& site, const http::Request& request, Language language, std::string_view secret) {
  const auto ask = site.settings().upkeep.confirm->ask_of(secret);
  if (!ask) {
    return told_of_link(site, request, language, ask.error());
  }
  const Words& words = site.words(language);
  if (!ask->is_answered()) {
    return redirect(303, here(words, secret));
  }
  const std::string key = "confirm.done." + std::string(confirm::name(ask->state));
  View body =
      view({{"message", words.get(key)},
            {"advice", put_in(words.get("confirm.done.advice"), "date", words.date(ask->answered.substr(0, 10)))}});
  const auto found = site.registry().find(ask->card, access::Viewer::visitor());
  if (found && found->card && found->card->page) {
    body["card_url"] =
        "/" + std::string(words.code()) + "/" + std::string(registry::name(found->card->kind)) + "/" + found->id.text();
    body["card_label"] = title_of(*found->card, words);
  }
  const std::string title = words.get("confirm.done.title");
  return form_page(site, request, language, "thanks", title, std::move(body), {{title, {}}});
}

}  // namespace

http::Answer told_of_link(const Site& site, const http::Request& request, Language language, const Error& error) {
  const Words& words = site.words(language);
  return closed_page(site, request, language, error,
                     {words.get("confirm.link.closed"), words.get("confirm.link.advice")});
}

void add_links(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_all = http::Right::everyone;
  add_room(site, router, Method::get, "/confirm/{secret}", k_all,
           [&site](const Request& request, Language language, const Captures& parts) {
             return look(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/confirm/{secret}", k_all,
           [&site](const Request& request, Language language, const Captures& parts) {
             return say_right(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/confirm/{secret}/correct", k_all,
           [&site](const Request& request, Language language, const Captures& parts) {
             return correct(site, request, language, parts[1]);
           });
  add_room(site, router, Method::get, "/confirm/{secret}/done", k_all,
           [&site](const Request& request, Language language, const Captures& parts) {
             return thanks(site, request, language, parts[1]);
           });
}

void add_confirm(const Site& site, http::Router& router) {
  add_links(site, router);
  add_held(site, router);
  add_campaigns(site, router);
  add_workbooks(site, router);
}

}  // namespace pitchblende::pages
