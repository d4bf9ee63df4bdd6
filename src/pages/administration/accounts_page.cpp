// Who has an account: its number, as the log has it, his roles, his sessions, which can be ended.
#include <map>

#include "pages/address.hpp"
#include "pages/administration/administration.hpp"
#include "pages/confirm/typed_thing.hpp"
#include "pages/people/people.hpp"

namespace pitchblende::pages {

namespace {

// The roles of each account today, those by a card too, in words.
Result<std::map<int64_t, std::string>> roles_by_account(const access::Access& access, std::string_view today,
                                                        const Words& words) {
  TRY_ASSIGN(const auto grants, access.grants());
  TRY_ASSIGN(const auto own_roles, access.own_roles());
  std::map<int64_t, std::string> roles;
  for (const access::GrantRow& row : grants) {
    if (access::in_force(row.grant, today)) {
      std::string& own = roles[row.grant.account];
      const std::string role = words.get("roles." + std::string(access::name(row.grant.role)));
      if (own.find(role) == std::string::npos) {
        own += (own.empty() ? "" : ", ") + role;
      }
    }
  }
  for (const access::OwnRole& each : own_roles) {
    std::string& own = roles[each.account];
    const bool everywhere = std::ranges::all_of(each.institutions, [&](Id institution) {
      return std::ranges::find(each.refused_at, institution) != each.refused_at.end();
    });
    const bool refused = !each.refused.empty() || everywhere;
    const std::string_view word = refused ? "admin.accounts.refused" : "admin.accounts.by_card";
    own += (own.empty() ? "" : ", ") + put_in(words.get(word), "role", words.get("roles.researcher"));
  }
  return roles;
}

Result<Listing> accounts_listing(const Site& site, const http::Request& request, const Words& words) {
  const access::Access& access = *site.settings().entry.access;
  TRY_ASSIGN(const auto accounts, access.accounts());
  TRY_ASSIGN(auto roles, roles_by_account(access, request.who().today, words));
  std::vector<int64_t> numbers;
  for (const access::AccountRow& row : accounts) {
    numbers.push_back(row.id);
  }
  TRY_ASSIGN(const People people, People::with_accounts(site, numbers, request.who().viewer, words));
  Sheet sheet({{"number", "admin.accounts.number"},
               {"email", "entry.email"},
               {"name", "admin.roles.name"},
               {"roles", "admin.accounts.roles"},
               {"language", "admin.accounts.language"},
               {"created", "admin.accounts.created"},
               {"seen", "admin.accounts.seen"},
               {"sessions", "admin.accounts.sessions"},
               {"", "admin.action"}});
  for (const access::AccountRow& row : accounts) {
    const std::string number = std::to_string(row.id);
    const bool is_own = row.id == request.who().account;
    const PersonShown* named = people.find(row.id);
    sheet.add({{number, {}, {}, ordered(row.id)},
               {row.email},
               named != nullptr ? name_cell(*named) : SheetCell{},
               {roles[row.id]},
               {words.language(row.language)},
               time_cell(row.created, words),
               row.last_seen.empty() ? SheetCell{words.get("admin.accounts.never")} : time_cell(row.last_seen, words),
               {std::to_string(row.sessions), {}, {}, ordered(row.sessions)},
               row.sessions == 0 || is_own ? SheetCell{}
                                           : SheetCell{words.get("admin.accounts.end"),
                                                       {},
                                                       {},
                                                       {},
                                                       below(words, "/admin/accounts/" + number + "/end"),
                                                       row.email}});
  }
  Listing out{"accounts", "/admin/accounts", std::move(sheet)};
  out.is_whole = true;
  return out;
}

}  // namespace

void add_accounts(const Site& site, http::Router& router) {
  using http::Request;
  using http::Right;
  add_listing(
      site, router, "/admin/accounts", Right::see_audit,
      [&site](const Request& request, const Words& words, Rows) { return accounts_listing(site, request, words); });
  add_room(site, router, http::Method::post, "/admin/accounts/{id}/end", Right::see_audit,
           [&site](const Request& request, Language language, const http::Captures& parts) {
             const auto done = site.settings().entry.access->end_sessions(request.who(), typed_number(parts[1], 0));
             return done ? redirect(303, below(site.words(language), "/admin/accounts"))
                         : site.error(request, language, done.error().kind().status);
           });
}

}  // namespace pitchblende::pages
