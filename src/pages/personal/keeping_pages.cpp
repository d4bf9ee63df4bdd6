// What he keeps: favourites by a star on every thing's page, quick links.
#include "pages/address.hpp"
#include "pages/entry/forms.hpp"
#include "pages/personal/personal_pages.hpp"
#include "personal/errors.hpp"

namespace pitchblende::pages {

namespace {

using http::Captures;
using http::Request;
using personal::Personal;

http::Answer told_as_json(const View& told) {
  http::Answer answer = json_answer(told, http::Format::json);
  answer.shared = false;
  answer.keep = http::Keep::never;
  return answer;
}

bool wants_json(const Request& request) {
  std::string path;
  return http::take_format(path, request.header("accept")) == http::Format::json;
}

http::Answer keep(const Site& site, const Request& request, Language language, std::string_view id) {
  const auto form = http::read_form(request);
  const auto thing = Id::parse(id);
  const auto now = thing ? site.registry().find(*thing, request.who().viewer) : registry::Found();
  if (!form || !now || !now->card) {
    return site.error(request, language, 404);
  }
  const bool yes = form->value("keep") == "yes";
  const auto done = site.settings().own.personal->keep(request.who().account, now->id,
                                                       yes ? Personal::Keep::yes : Personal::Keep::no);
  if (!done && done.error().is(personal::errors::many)) {
    return after(site, request, language, {}, "/account/favourites");
  }
  if (done && wants_json(request)) {
    return told_as_json(View{{"id", now->id.text()}, {"favourite", yes}});
  }
  const std::string next = access::own_path(form->value("next"));
  return done && !next.empty() ? redirect(303, next)
                               : after(site, request, language, done,
                                       "/" + std::string(registry::name(now->card->kind)) + "/" + now->id.text());
}

http::Answer favourites_page(const Site& site, const Request& request, Language language, http::Format format) {
  const auto shelf = site.settings().own.personal->shelf(request.who().account);
  if (!shelf) {
    return site.error(request, language, 500);
  }
  const Words& words = site.words(language);
  if (format == http::Format::json) {
    Views things;
    for (const search::Hit& hit : site.index()->known(shelf->favourites, request.who().viewer)) {
      View each = view({{"id", hit.id.text()},
                        {"kind", registry::name(hit.kind)},
                        {"label", search::title_in(hit.title, words.code())},
                        {"url", thing_address(words.code(), hit.kind, hit.id)}});
      things.push_back(std::move(each));
    }
    return told_as_json(View{{"favourites", std::move(things)}});
  }
  View body;
  body["favourites"] = thing_links(site, shelf->favourites, request.who().viewer, words);
  const std::string title = words.get("personal.favourites");
  return form_page(site, request, language, "favourites", title, std::move(body),
                   {{words.get("account.title"), below(words, "/account")}, {title, {}}});
}

http::Answer links_page(const Site& site, const Request& request, Language language, const http::Form& form,
                        const Error& error) {
  const Words& words = site.words(language);
  View body;
  const std::string field = error.is(personal::errors::label)     ? "label"
                            : error.is(personal::errors::address) ? "address"
                                                                  : "";
  body["form"] = form_view(words, below(words, "/account/links"), "personal.link_add",
                           {{.name = "label", .word = "personal.link_label", .wanted = Wanted::yes, .longest = 200},
                            {.name = "address", .word = "personal.link_address", .wanted = Wanted::yes}},
                           &form, {{field, error.message(language)}});
  const std::string title = words.get("personal.links");
  http::Answer answer = form_page(site, request, language, "own_form", title, std::move(body),
                                  {{words.get("account.title"), below(words, "/account")}, {title, {}}});
  answer.status = error.kind().status;
  return answer;
}

http::Answer add_link(const Site& site, const Request& request, Language language) {
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 500);
  }
  const auto done = site.settings().own.personal->add_link(
      request.who().account, {0, std::string(form->value("label")), std::string(form->value("address"))});
  return !done && done.error().kind().status < 500 ? links_page(site, request, language, *form, done.error())
                                                   : after(site, request, language, done, "/account#links");
}

}  // namespace

Result<void> put_star(const Site& site, const Request& request, Id thing, View& body) {
  const personal::Personal* personal = site.settings().own.personal;
  if (personal == nullptr || !request.who().signed_in()) {
    return {};
  }
  const int64_t account = request.who().account;
  TRY_ASSIGN(const bool is_kept, personal->is_favourite(account, thing));
  personal->note_seen(account, thing);
  const std::string language = request.path.substr(0, 3);
  View star = view(
      {{"action", language + "/favourites/" + thing.text()}, {"keep", is_kept ? "no" : "yes"}, {"next", request.path}});
  star["kept"] = is_kept;
  body["star"] = std::move(star);
  body["form_token"] = form_token(site, request);
  return {};
}

void add_keeping(const Site& site, http::Router& router) {
  using http::Method;
  constexpr http::Right k_own = http::Right::have_account;
  add_room(site, router, Method::post, "/favourites/{id}", k_own,
           [&site](const Request& request, Language language, const Captures& parts) {
             return keep(site, request, language, parts[1]);
           });
  add_room(site, router, Method::get, "/account/favourites", k_own,
           [&site](const Request& request, Language language, const Captures&) {
             return favourites_page(site, request, language,
                                    wants_json(request) ? http::Format::json : http::Format::html);
           });
  add_room(site, router, Method::get, "/account/favourites.json", k_own,
           [&site](const Request& request, Language language, const Captures&) {
             return favourites_page(site, request, language, http::Format::json);
           });
  add_room(site, router, Method::post, "/account/links", k_own,
           [&site](const Request& request, Language language, const Captures&) {
             return add_link(site, request, language);
           });
  add_room(site, router, Method::post, "/account/links/{id}/remove", k_own,
           [&site](const Request& request, Language language, const Captures& parts) {
             return after(site, request, language,
                          site.settings().own.personal->remove_link(request.who().account, number_of(parts[1])),
                          "/account#links");
           });
}

}  // namespace pitchblende::pages
