// One's own roles: which there are and why, which are asked for, and the form that asks. docs/rules/access.md, rules 15
// and 16.
#include "access/errors.hpp"
#include "pages/address.hpp"
#include "pages/administration/roles_pages.hpp"
#include "pages/confirm/typed_thing.hpp"
#include "pages/entry/entry.hpp"

namespace pitchblende::pages {

namespace {

using access::RoleAsk;

// Whoever runs the system is made at the terminal, or asks its administrators in person.
bool may_be_asked(access::Role role) { return role != access::Role::system_administrator; }

std::vector<FormField> fields(const Words& words) {
  return {role_field(words, may_be_asked),
          {.name = "object", .word = "account.ask.object"},
          {.name = "why",
           .word = "account.ask.why",
           .type = "textarea",
           .wanted = Wanted::yes,
           .longest = static_cast<int64_t>(access::k_longest_why)}};
}

std::string field_of_ask(const Error& error) {
  return error.is(access::errors::why) ? "why" : error.is(access::errors::asked) ? "role" : field_of_role(error);
}

Result<Views> asks_of(const Site& site, const access::Actor& actor, const Words& words) {
  TRY_ASSIGN(const std::vector<RoleAsk> asks, site.settings().entry.access->asks().of(actor.account));
  Views out;
  for (const RoleAsk& ask : asks) {
    const bool waits = ask.state == RoleAsk::State::asked;
    const std::string& at = waits ? ask.made : ask.judged;
    out.push_back(
        view({{"role", words.get("roles." + std::string(access::name(ask.role)))},
              {"object", thing_words(site, ask.object, words)},
              {"why", ask.why},
              {"state", words.get("account.ask.states." + std::string(access::name(ask.state)))},
              {"tone", ask.state == RoleAsk::State::granted ? "good" : "plain"},
              {"when", moment(words, at)},
              {"stamp", moment_stamp(at)},
              {"action", waits ? below(words, "/account/roles/" + std::to_string(ask.id) + "/take-back") : ""}}));
  }
  return out;
}

http::Answer page(const Site& site, const http::Request& request, Language language, const http::Form* typed = nullptr,
                  const std::optional<Error>& problem = {}) {
  const Words& words = site.words(language);
  auto asks = asks_of(site, request.who(), words);
  if (!asks) {
    return site.error(request, language, 500);
  }
  View body;
  body["roles"] = roles_of(site, request.who(), words);
  body["asks"] = std::move(*asks);
  body["done"] = request.parameter("done") == "1";
  http::Form offered;
  offered.fields = {{"role", std::string(request.parameter("role"))},
                    {"object", std::string(request.parameter("object"))}};
  std::vector<FormProblem> problems;
  if (problem) {
    problems.push_back({field_of_ask(*problem), role_problem(*problem, words)});
  }
  body["form"] = form_view(words, below(words, "/account/roles"), "account.ask.send", fields(words),
                           typed != nullptr ? typed : &offered, problems);
  const std::string title = words.get("account.ask.title");
  http::Answer answer = form_page(site, request, language, "account_roles", title, std::move(body),
                                  {{words.get("account.title"), below(words, "/account")}, {title, {}}});
  answer.status = problem ? problem->kind().status : answer.status;
  return answer;
}

Result<void> ask(const Site& site, const access::Actor& actor, const http::Form& form) {
  const auto role = access::role(form.value("role"));
  if (!role || !may_be_asked(*role)) {
    return fail(access::errors::role, std::string(form.value("role").substr(0, 100)));
  }
  // A thing that he may not know is none: a form tells nobody that it is there.
  access::Object object;
  if (access::is_for_an_object(*role)) {
    TRY_ASSIGN(object, typed_object(site, form.value("object"), actor.today));
    TRY_ASSIGN(const registry::Found seen, site.registry().find(object.id, actor.viewer));
    if (object.id != Id() && !seen.card) {
      return fail(access::errors::unknown, object.id.text());
    }
  }
  TRY(site.settings().entry.access->asks().ask(actor, *role, object, std::string(form.value("why"))));
  return {};
}

http::Answer asked(const Site& site, const http::Request& request, Language language) {
  const auto form = http::read_form(request);
  const Result<void> done = form ? ask(site, request.who(), *form) : tl::unexpected(form.error());
  return done ? redirect(303, below(site.words(language), "/account/roles?done=1"))
              : page(site, request, language, form ? &*form : nullptr, done.error());
}

}  // namespace

void add_role_asking(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_own = http::Right::have_account;
  add_room(
      site, router, Method::get, "/account/roles", k_own,
      [&site](const Request& request, Language language, const Captures&) { return page(site, request, language); });
  add_room(
      site, router, Method::post, "/account/roles", k_own,
      [&site](const Request& request, Language language, const Captures&) { return asked(site, request, language); });
  add_room(site, router, Method::post, "/account/roles/{id}/take-back", k_own,
           [&site](const Request& request, Language language, const Captures& parts) {
             const auto done =
                 site.settings().entry.access->asks().take_back(request.who().account, typed_number(parts[1], 0));
             return done ? redirect(303, below(site.words(language), "/account/roles"))
                         : site.error(request, language, done.error().kind().status == 404 ? 404 : 500);
           });
}

}  // namespace pitchblende::pages
