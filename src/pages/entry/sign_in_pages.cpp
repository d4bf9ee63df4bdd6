// A link by e-mail, what it opens, and signing out.
#include "access/errors.hpp"
#include "pages/entry/entry.hpp"
#include "pages/entry/letters.hpp"

namespace pitchblende::pages {

namespace {

constexpr int64_t k_session_seconds = 60 * 86'400;

http::Answer sign_in_page(const Site& site, const http::Request& request, Language language, View body,
                          int status = 200) {
  const Words& words = site.words(language);
  const std::string title = words.get("entry.sign_in");
  body["action"] = "/" + std::string(words.code()) + "/sign-in";
  if (site.settings().entry.outbox == nullptr) {
    body["no_mail"] = true;
  }
  http::Answer answer = form_page(site, request, language, "sign_in", title, std::move(body), {{title, {}}});
  answer.status = status;
  return answer;
}

http::Answer not_signed_in(const Site& site, const http::Request& request, Language language, const Error& error,
                           View body = {}) {
  body["problem"] = message_alone(error, site.words(language));
  return sign_in_page(site, request, language, std::move(body), error.kind().status);
}

mail::Letter letter_of(const Site& site, const access::Link& link, std::string_view secret) {
  const Language language = link.language == "fr" ? Language::french : Language::english;
  return letter_to(site, language, link.email,
                   {"sign_in", "entry.letter", {}, "/sign-in/" + std::string(secret), link.expires});
}

http::Answer ask(const Site& site, const http::Request& request, Language language) {
  const Entrance& entry = site.settings().entry;
  const auto form = http::read_form(request);
  const std::string email(form ? form->value("email") : "");
  const std::string next = access::own_path(form ? form->value("next") : "");
  access::LinkRequest asked{email, std::string(browser_secret(site, request)), std::string(site.words(language).code()),
                            next, client_address(request)};
  const auto done = entry.access->ask_link(
      asked, [&](store::Transaction& transaction, const access::Link& link, std::string_view secret) {
        return entry.outbox->post(transaction, letter_of(site, link, secret));
      });
  if (!done) {
    return not_signed_in(site, request, language, done.error(), View{{"email", email}, {"next", next}});
  }
  if (entry.posted) {
    entry.posted();
  }
  return sign_in_page(site, request, language,
                      View{{"sent", put_in(site.words(language).get("entry.sent"), "email", email)}});
}

http::Answer look(const Site& site, const http::Request& request, Language language, std::string_view secret) {
  const auto link = site.settings().entry.access->look_at_link(secret, browser_secret(site, request));
  if (!link) {
    return not_signed_in(site, request, language, link.error());
  }
  const Words& words = site.words(language);
  return sign_in_page(site, request, language,
                      View{{"open", put_in(words.get("entry.open"), "email", link->email)},
                           {"open_action", "/" + std::string(words.code()) + "/sign-in/" + std::string(secret)}});
}

http::Answer open(const Site& site, const http::Request& request, Language language, std::string_view secret) {
  const auto opened = site.settings().entry.access->open_link(secret, browser_secret(site, request),
                                                              request.header("user-agent"), client_address(request));
  if (!opened) {
    return not_signed_in(site, request, language, opened.error());
  }
  const std::string account = "/" + std::string(site.words(language).code()) + "/account";
  http::Answer answer = redirect(303, opened->next.empty() ? account : opened->next);
  answer.headers.emplace_back("Set-Cookie",
                              set_cookie(site, http::k_session_cookie, opened->session, k_session_seconds));
  return answer;
}

http::Answer sign_out(const Site& site, const http::Request& request, Language language) {
  const auto ended = site.settings().entry.access->end_session(request.who(), request.who().session);
  if (!ended && !ended.error().is(access::errors::unknown)) {
    return site.error(request, language, 500);
  }
  http::Answer answer = redirect(303, "/" + std::string(site.words(language).code()) + "/");
  answer.headers.emplace_back("Set-Cookie", set_cookie(site, http::k_session_cookie, "", 0));
  return answer;
}

}  // namespace

void add_sign_in(const Site& site, http::Router& router) {
  using http::Method;
  using http::Right;
  add_room(site, router, Method::get, "/sign-in", Right::everyone,
           [&site](const http::Request& request, Language language, const http::Captures&) {
             return sign_in_page(site, request, language, View{{"next", access::own_path(request.parameter("next"))}});
           });
  add_room(site, router, Method::post, "/sign-in", Right::everyone,
           [&site](const http::Request& request, Language language, const http::Captures&) {
             return ask(site, request, language);
           });
  add_room(site, router, Method::get, "/sign-in/{secret}", Right::everyone,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return look(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/sign-in/{secret}", Right::everyone,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return open(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/sign-out", Right::have_account,
           [&site](const http::Request& request, Language language, const http::Captures&) {
             return sign_out(site, request, language);
           });
}

}  // namespace pitchblende::pages
