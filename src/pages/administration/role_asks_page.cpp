// Roles that people ask for: given or declined by one button. Rule 16 of docs/rules/access.md.
#include "access/errors.hpp"
#include "pages/address.hpp"
#include "pages/administration/roles_pages.hpp"
#include "pages/confirm/typed_thing.hpp"
#include "pages/entry/letters.hpp"
#include "pages/people/people.hpp"

namespace pitchblende::pages {

namespace {

using access::RoleAsk;

// What waits for this reader, with what each is for as it is today.
struct Asked {
  RoleAsk ask;
  access::Object object;
};

Result<std::vector<Asked>> his_asks(const registry::Registry& registry, const access::Access& access,
                                    const access::Actor& actor) {
  std::vector<Asked> out;
  if (!access::may_somewhere(actor, access::Right::grant_role)) {
    return out;
  }
  TRY_ASSIGN(const std::vector<RoleAsk> all, access.asks().waiting());
  for (const RoleAsk& ask : all) {
    TRY_ASSIGN(access::Object object, registry.object_for(ask.object, actor.today));
    if (access::may_grant(actor, ask.role, object)) {
      out.push_back({ask, std::move(object)});
    }
  }
  return out;
}

Result<Listing> asks_listing(const Site& site, const http::Request& request, const Words& words) {
  TRY_ASSIGN(const std::vector<Asked> asks, his_asks(site.registry(), *site.settings().entry.access, request.who()));
  std::vector<std::string> emails;
  for (const auto& [ask, object] : asks) {
    emails.push_back(ask.email);
  }
  TRY_ASSIGN(const People people, People::with_addresses(site, emails, request.who().viewer, words));
  Sheet sheet({{"email", "entry.email"},
               {"name", "admin.roles.name"},
               {"role", "admin.roles.role"},
               {"object", "admin.roles.object"},
               {"why", "admin.asks.why"},
               {"made", "admin.asks.made"},
               {"", "admin.asks.grant"},
               {"", "admin.asks.decline"}});
  for (const auto& [ask, object] : asks) {
    const std::string here = below(words, "/admin/roles/asked/" + std::to_string(ask.id));
    const std::string role = words.get("roles." + std::string(access::name(ask.role)));
    sheet.add({{ask.email},
               name_cell(people.at(ask.email)),
               {role},
               thing_cell(site, ask.object, words),
               {ask.why},
               time_cell(ask.made, words),
               {words.get("admin.asks.grant"), {}, {}, {}, here + "/grant", role + " " + ask.email},
               {words.get("admin.asks.decline"), {}, {}, {}, here + "/decline", role + " " + ask.email}});
  }
  Listing out{"asks", "/admin/roles/asked", std::move(sheet)};
  if (const std::string_view done = request.parameter("done"); done == "granted" || done == "declined") {
    out.body["done"] = words.get("admin.asks.done." + std::string(done));
  }
  out.is_whole = true;
  return out;
}

mail::Letter decline_letter(const Site& site, const RoleAsk& ask) {
  const Language language = ask.language == "fr" ? Language::french : Language::english;
  const Words& words = site.words(language);
  return letter_to(site, language, ask.email,
                   {"role_declined",
                    "admin.asks.letter",
                    {{"role", words.get("roles." + std::string(access::name(ask.role)))},
                     {"object", thing_words(site, ask.object, words)}},
                    "/account/roles"});
}

Result<void> decline(const Site& site, const access::Actor& actor, const RoleAsk& ask) {
  const Entrance& entry = site.settings().entry;
  const std::string verb = "decline_" + std::string(access::name(ask.role));
  return entry.access->do_audited(
      {actor.account, verb, "account", ask.account, ask.object == Id() ? std::string() : ask.object.text()},
      [&](store::Transaction& transaction) -> Result<void> {
        TRY(entry.access->asks().judge(transaction, ask.id, RoleAsk::State::declined, actor.account));
        return entry.outbox == nullptr ? Result<void>() : entry.outbox->post(transaction, decline_letter(site, ask));
      });
}

Result<void> grant(const Site& site, const access::Actor& actor, const RoleAsk& ask, const access::Object& object) {
  access::Access& access = *site.settings().entry.access;
  const auto done =
      access.grant(actor, {ask.email, ask.role, object, {}, {}},
                   [&](store::Transaction& transaction, const access::Holder& holder,
                       const access::GrantRequest& given) -> Result<void> {
                     TRY(access.asks().judge(transaction, ask.id, RoleAsk::State::granted, actor.account));
                     return tell_role(site, transaction, holder, given);
                   });
  // Somebody gave it to him meanwhile: then that is the answer.
  if (!done && done.error().is(access::errors::granted)) {
    return access.do_audited({actor.account, "answer_ask", "account", ask.account, {}},
                             [&](store::Transaction& transaction) {
                               return access.asks().judge(transaction, ask.id, RoleAsk::State::granted, actor.account);
                             });
  }
  return done ? Result<void>() : Result<void>(tl::unexpected(done.error()));
}

enum class Verdict : uint8_t { grant, decline };

Result<void> judge(const Site& site, const access::Actor& actor, int64_t number, Verdict verdict) {
  TRY_ASSIGN(const RoleAsk ask, site.settings().entry.access->asks().find(number));
  TRY_ASSIGN(const access::Object object, site.registry().object_for(ask.object, actor.today));
  if (!access::may_grant(actor, ask.role, object)) {
    return fail(access::errors::may_not);
  }
  return verdict == Verdict::grant ? grant(site, actor, ask, object) : decline(site, actor, ask);
}

http::Answer judged(const Site& site, const http::Request& request, Language language, std::string_view number,
                    Verdict verdict) {
  const Result<void> done = judge(site, request.who(), typed_number(number, 0), verdict);
  if (!done) {
    // Answered by somebody else, taken back, or what it was for is gone: it is there no longer.
    return done.error().is(access::errors::may_not)
               ? refused(site, request, language)
               : site.error(request, language, done.error().kind().status < 500 ? 404 : 500);
  }
  if (site.settings().entry.posted) {
    site.settings().entry.posted();
  }
  return redirect(303, below(site.words(language), "/admin/roles/asked") +
                           (verdict == Verdict::grant ? "?done=granted" : "?done=declined"));
}

}  // namespace

access::TaskSource role_tasks(const registry::Registry& registry, const access::Access& access) {
  return [registry, &access](const access::Actor& actor) -> Result<std::vector<access::Task>> {
    TRY_ASSIGN(const std::vector<Asked> asks, his_asks(registry, access, actor));
    std::vector<access::Task> out;
    if (!asks.empty()) {
      out.push_back({"tasks.roles_to_grant", static_cast<int64_t>(asks.size()), "/admin/roles/asked", {}});
    }
    return out;
  };
}

void add_role_asks(const Site& site, http::Router& router) {
  using http::Request;
  constexpr http::Right k_right = http::Right::grant_role;
  add_listing(site, router, "/admin/roles/asked", k_right,
              [&site](const Request& request, const Words& words, Rows) { return asks_listing(site, request, words); });
  for (const auto& [way, verdict] : {std::pair{"grant", Verdict::grant}, {"decline", Verdict::decline}}) {
    add_room(site, router, http::Method::post, "/admin/roles/asked/{id}/" + std::string(way), k_right,
             [&site, verdict](const Request& request, Language language, const http::Captures& parts) {
               return judged(site, request, language, parts[1], verdict);
             });
  }
}

}  // namespace pitchblende::pages
