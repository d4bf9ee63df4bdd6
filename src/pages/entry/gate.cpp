#include <algorithm>

#include "access/errors.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"
#include "http/errors.hpp"
#include "pages/entry/entry.hpp"
#include "pages/entry/typed_words.hpp"

namespace pitchblende::pages {

namespace {

constexpr std::string_view k_browser_cookie = "pb_browser";
constexpr int64_t k_year = 365 * 86'400;

bool is_secure(const Site& site) { return site.settings().entry.address.starts_with("https://"); }

std::string token_of(std::string_view secret) { return hash256_hex("form\n" + std::string(secret)); }

// Old: from a page of ours, and signed by another session than there is now.
enum class Sent : uint8_t { own, old, foreign, unreadable };

// docs/rules/access.md, rule 10. A form is signed by the session's secret, for a visitor by the browser's.
Sent how_sent(const Site& site, const http::Request& request) {
  // Without TLS it is somebody's own machine, which he may call by any of its names.
  if (!http::is_from_own_page(request, is_secure(site) ? std::string_view(site.settings().entry.address) : "")) {
    return Sent::foreign;
  }
  const std::string_view secret =
      request.who().signed_in() ? std::string_view(request.who().session_secret) : browser_secret(site, request);
  const auto form = http::read_form(request);
  if (!form && form.error().is(http::errors::form)) {
    return Sent::unreadable;
  }
  const bool signed_here = !secret.empty() && form && equal_secrets(form->value("form_token"), token_of(secret));
  return signed_here ? Sent::own : Sent::old;
}

// RFC 8058: a mail program stops letters by the secret in the address that the letter gave it; it has no cookie.
bool bears_its_proof(const http::Request& request) {
  const bool stops = request.path.starts_with("/fr/stop/") || request.path.starts_with("/en/stop/");
  const auto form = stops ? http::read_form(request) : Result<http::Form>(http::Form());
  return stops && form && form->value("List-Unsubscribe") == "One-Click";
}

http::Answer told(const Site& site, const http::Request& request, Language language, int status, std::string_view word,
                  View body = {}) {
  const Words& words = site.words(language);
  const std::string key = "entry." + std::string(word);
  body["status"] = status;
  body["message"] = words.get(key + ".message");
  body["advice"] = words.get(key + ".advice");
  http::Answer answer = site.page(request, language, "error", words.get(key + ".title"), std::move(body), {});
  answer.status = status;
  answer.shared = false;
  answer.keep = http::Keep::never;
  return answer;
}

std::string sign_in_address(const Words& words, const std::string& next) {
  return "/" + std::string(words.code()) + "/sign-in" + (next.empty() ? "" : "?next=" + http::percent_encoded(next));
}

// Nobody's words are lost with his session: docs/rules/access.md, rule 10. `form`: the address of its page.
http::Answer told_with_words(const Site& site, const http::Request& request, Language language, std::string_view word,
                             const std::string& form) {
  const Words& words = site.words(language);
  View body;
  put_typed(request, words, body);
  if (!request.who().signed_in() && word != "may_not") {
    add_way_on(body, sign_in_address(words, form), words.get("entry.sign_in"));
  }
  if (!form.empty() && word == "old_form") {
    add_way_on(body, form, words.get("entry.old_form.again"));
  }
  return told(site, request, language, 403, word, std::move(body));
}

}  // namespace

std::string cookie_name(const Site& site, std::string_view name) {
  return (is_secure(site) ? "__Host-" : "") + std::string(name);
}

std::string set_cookie(const Site& site, std::string_view name, std::string_view value, int64_t seconds) {
  return cookie_name(site, name) + "=" + std::string(value) +
         "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(seconds) + (is_secure(site) ? "; Secure" : "");
}

std::string_view browser_secret(const Site& site, const http::Request& request) {
  return http::cookie(request, cookie_name(site, k_browser_cookie));
}

std::string client_address(const http::Request& request) {
  const std::string_view forwarded = request.header("x-forwarded-for");
  const bool proxied = request.peer == "127.0.0.1" || request.peer == "::1";
  const size_t comma = forwarded.rfind(',');
  const std::string_view last = trim(comma == std::string_view::npos ? forwarded : forwarded.substr(comma + 1));
  return proxied && !last.empty() ? std::string(last) : request.peer;
}

http::Answer answer_admitted(const Site& site, const http::Router& router, const http::Request& request,
                             Language language) {
  const access::Access* access = site.settings().entry.access;
  const bool writes = request.method == http::Method::post;
  const std::string_view session = access == nullptr || request.header("cookie").empty()
                                       ? std::string_view()
                                       : http::cookie(request, cookie_name(site, http::k_session_cookie));
  if (session.empty() && !writes) {
    return router.answer(request);
  }
  http::Request own = request;
  if (!session.empty()) {
    auto actor = access->actor(session);
    if (!actor) {
      return site.error(request, language, 500);
    }
    own.actor = std::move(*actor);
  }
  const Sent sent = writes && router.takes(own) ? how_sent(site, own) : Sent::own;
  if (sent == Sent::unreadable) {
    return told(site, own, language, 400, "unreadable_form");
  }
  if (sent == Sent::foreign && !bears_its_proof(request)) {
    return told(site, own, language, 403, "foreign_form");
  }
  const auto right = writes ? router.right_of(own) : std::nullopt;
  const bool needs_session = right && !own.who().signed_in() && !access::may_somewhere(own.who(), *right);
  if (needs_session || (sent == Sent::old && !bears_its_proof(request))) {
    return told_with_words(site, own, language, needs_session ? "signed_out" : "old_form",
                           address_of_form(router, own));
  }
  http::Answer answer = router.answer(own);
  if (own.who().signed_in() || writes) {
    answer.shared = false;
    answer.keep =
        answer.keep == http::Keep::validated ? (writes ? http::Keep::never : http::Keep::personal) : answer.keep;
  }
  return answer;
}

http::Answer refused(const Site& site, const http::Request& request, Language language) {
  if (request.who().signed_in() || request.method == http::Method::post) {
    return told_with_words(site, request, language, request.who().signed_in() ? "may_not" : "signed_out", {});
  }
  std::string there = request.path;
  char before = '?';
  for (const auto& [name, value] : request.query) {
    there += before + http::percent_encoded(name) + "=" + http::percent_encoded(value);
    before = '&';
  }
  http::Answer answer = redirect(303, sign_in_address(site.words(language), access::own_path(there)));
  answer.keep = http::Keep::never;
  return answer;
}

std::string form_token(const Site& site, const http::Request& request) {
  const std::string_view secret =
      request.who().signed_in() ? std::string_view(request.who().session_secret) : browser_secret(site, request);
  return secret.empty() ? std::string() : token_of(secret);
}

http::Answer form_page(const Site& site, const http::Request& request, Language language, std::string_view name,
                       const std::string& title, View body, const std::vector<Crumb>& crumbs) {
  std::string secret(request.who().signed_in() ? std::string_view(request.who().session_secret)
                                               : browser_secret(site, request));
  const bool fresh = secret.empty();
  if (fresh) {
    secret = random_secret();
  }
  body["form_token"] = token_of(secret);
  body["noindex"] = true;
  http::Answer answer = site.page(request, language, name, title, std::move(body), crumbs);
  answer.shared = false;
  answer.keep = http::Keep::never;
  if (fresh) {
    answer.headers.emplace_back("Set-Cookie", set_cookie(site, k_browser_cookie, secret, k_year));
  }
  return answer;
}

http::Answer closed_page(const Site& site, const http::Request& request, Language language, const Error& error,
                         const Closed& closed) {
  const int status = error.kind().status;
  if (status >= 500 && status != 503) {
    return site.error(request, language, 500);
  }
  View body{{"status", status},
            {"message", message_alone(error, site.words(language))},
            {"advice", closed.advice},
            {"noindex", true}};
  if (request.method == http::Method::post) {
    put_typed(request, site.words(language), body);
  }
  http::Answer answer = site.page(request, language, "error", closed.title, std::move(body), {});
  answer.status = status;
  answer.shared = false;
  answer.keep = http::Keep::never;
  return answer;
}

void add_room(const Site& site, http::Router& router, http::Method method, std::string_view path, http::Right right,
              RoomHandler handler) {
  router.add({method, "/{lang}" + std::string(path), right,
              [&site, handler = std::move(handler)](const http::Request& request, const http::Captures& parts) {
                const auto language = language_of(parts[0]);
                return language ? handler(request, *language, parts)
                                : site.error(request, http::preferred_language(request.header("accept-language")), 404);
              }});
}

void add_entry(const Site& site, http::Router& router) {
  add_sign_in(site, router);
  add_account(site, router);
  add_role_asking(site, router);
}

}  // namespace pitchblende::pages
