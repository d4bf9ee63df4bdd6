// Who has which role: given and ended here.
#include <algorithm>
#include <map>

#include "access/errors.hpp"
#include "base/beginning.hpp"
#include "pages/address.hpp"
#include "pages/administration/roles_pages.hpp"
#include "pages/confirm/typed_thing.hpp"

namespace pitchblende::pages {

namespace {

std::vector<FormField> role_fields(const Words& words) {
  return {{.name = "email", .word = "entry.email", .type = "email", .wanted = Wanted::yes, .longest = 254},
          role_field(words, nullptr),
          {.name = "object", .word = "admin.roles.object"},
          {.name = "starts", .word = "admin.roles.starts", .type = "date"},
          {.name = "ends", .word = "admin.roles.ends", .type = "date"}};
}

std::string standing(const access::Grant& grant, std::string_view today) {
  return access::in_force(grant, today) ? "now" : grant.starts > today ? "coming" : "over";
}

// What roles are for, each looked up once: of ten thousand researchers' there are few.
class RoleThings {
 public:
  struct Thing {
    access::Object object;
    SheetCell cell;
  };
  RoleThings(const Site& site, const access::Actor& actor, const Words& words)
      : m_site(site), m_actor(actor), m_words(words) {}

  Result<const Thing*> of(Id id) {
    const auto known = m_known.find(id);
    if (known != m_known.end()) {
      return &known->second;
    }
    TRY_ASSIGN(access::Object object, m_site.registry().object_for(id, m_actor.today));
    return &m_known.emplace(id, Thing{std::move(object), thing_cell(m_site, id, m_words)}).first->second;
  }

 private:
  const Site& m_site;
  const access::Actor& m_actor;
  const Words& m_words;
  std::map<Id, Thing> m_known;
};

// Researchers by their card, each for his institutions that the reader could give the role for; whom staff refuses it.
Result<void> add_own_roles(const Site& site, const access::Actor& actor, const Words& words, RoleThings& things,
                           Sheet& sheet) {
  TRY_ASSIGN(const std::vector<access::OwnRole> all, site.settings().entry.access->own_roles());
  const bool may_refuse = access::may_grant(actor, access::Role::researcher, access::Object());
  const std::string role = words.get("roles.researcher");
  std::vector<std::string> emails;
  for (const access::OwnRole& each : all) {
    emails.push_back(each.email);
  }
  TRY_ASSIGN(const People people, People::with_addresses(site, emails, actor.viewer, words));
  for (const access::OwnRole& each : all) {
    const bool refused = !each.refused.empty();
    // Whom it is refused though no card speaks for him any more: of no institution, for who may allow it.
    std::vector<Id> institutions = each.institutions;
    institutions.resize(institutions.empty() && may_refuse ? 1 : institutions.size());
    for (const Id institution : institutions) {
      TRY_ASSIGN(const RoleThings::Thing* thing, things.of(institution));
      const bool refused_here = std::ranges::find(each.refused_at, institution) != each.refused_at.end();
      // For all of them, by who may; what one institution refuses is allowed again for that one.
      const bool for_all = may_refuse && (refused || !refused_here);
      if (!may_refuse && !access::may_grant(actor, access::Role::researcher, thing->object)) {
        continue;
      }
      SheetCell end;
      if (for_all || !refused) {
        const std::string way = refused || refused_here ? "allow" : "refuse";
        end.text = words.get("admin.roles." + way);
        end.action = below(words, "/admin/roles/own/" + std::to_string(each.account) + "/" +
                                      (for_all ? "" : institution.text() + "/") + way);
        end.of = role + " " + each.email;
      }
      sheet.add({{each.email},
                 name_cell(people.at(each.email)),
                 {role},
                 thing->cell,
                 {},
                 {words.get(refused || refused_here ? "admin.roles.refused" : "admin.roles.now"),
                  {},
                  refused || refused_here ? "warn" : "good"},
                 {words.get("admin.roles.by_card")},
                 end});
    }
  }
  return {};
}

// Who gave it, as people know him; empty: the log does not say.
SheetCell giver_of(const access::AllGrant& grant, const People& people, const Words& words) {
  const PersonShown* giver = people.find(grant.given_by.value_or(-1));
  return giver != nullptr ? person_cell(*giver)
                          : SheetCell{grant.given_by == 0 ? words.get("admin.audit.program") : std::string()};
}

// Those that he could give, and so may end; those that are over too.
Result<Sheet> roles_sheet(const Site& site, const access::Actor& actor, const Words& words) {
  Sheet sheet({{"email", "entry.email"},
               {"name", "admin.roles.name"},
               {"role", "admin.roles.role"},
               {"object", "admin.roles.object"},
               {"period", "admin.roles.period"},
               {"standing", "admin.roles.standing"},
               {"by", "admin.roles.by"},
               {"", "admin.action"}});
  TRY_ASSIGN(const std::vector<access::AllGrant> grants, site.settings().entry.access->all_grants());
  TRY_ASSIGN(const auto known, site.settings().entry.access->accounts());
  std::vector<int64_t> accounts;
  for (const access::AccountRow& row : known) {
    accounts.push_back(row.id);
  }
  TRY_ASSIGN(const People people, People::with_accounts(site, accounts, actor.viewer, words));
  RoleThings things(site, actor, words);
  for (const access::AllGrant& each : grants) {
    const access::Grant& grant = each.row.grant;
    TRY_ASSIGN(const RoleThings::Thing* thing, things.of(grant.object));
    if (!access::may_grant(actor, grant.role, thing->object)) {
      continue;
    }
    const std::string role = words.get("roles." + std::string(access::name(grant.role)));
    const std::string now = standing(grant, actor.today);
    SheetCell end;
    if (now != "over") {
      end.text = words.get("admin.roles.end");
      end.action = below(words, "/admin/roles/" + std::to_string(grant.id) + "/end");
      end.of = role + " " + each.row.email;
    }
    // Who ends a role today ends it at once: its last day is yesterday, and people call it today.
    const std::string last = each.ended.empty() ? grant.ends : each.ended.substr(0, 10);
    sheet.add({{each.row.email},
               name_cell(people.at(each.row.email)),
               {role},
               thing->cell,
               {words.period(grant.starts, last), {}, {}, grant.starts + "/" + last},
               {words.get("admin.roles." + now), {}, now == "now" ? "good" : "plain"},
               giver_of(each, people, words),
               std::move(end)});
  }
  TRY(add_own_roles(site, actor, words, things, sheet));
  return sheet;
}

// What was done to whose role; the page that follows says it.
struct Done {
  std::string what;
  int64_t account = 0;
  access::Role role = access::Role::researcher;
  Id object = {};
};
constexpr std::array<std::string_view, 4> k_done = {"given", "ended", "refused", "allowed"};

http::Answer after(const Site& site, Language language, const Done& done) {
  return redirect(
      303, below(site.words(language), "/admin/roles?done=" + done.what + "&who=" + std::to_string(done.account) +
                                           "&role=" + std::string(access::name(done.role)) +
                                           (done.object == Id() ? "" : "&for=" + done.object.text())));
}

Result<std::string> done_words(const Site& site, const http::Request& request, const Words& words) {
  const std::string_view what = request.parameter("done");
  const auto role = access::role(request.parameter("role"));
  const int64_t account = typed_number(request.parameter("who"), 0);
  TRY_ASSIGN(const People people, People::with_accounts(site, {account}, request.who().viewer, words));
  const PersonShown* who = people.find(account);
  if (std::ranges::find(k_done, what) == k_done.end() || !role || who == nullptr) {
    return std::string();
  }
  const auto object = Id::parse(request.parameter("for"));
  const std::string of =
      object ? put_in(words.get("admin.roles.done.of"), "object", thing_words(site, *object, words)) : std::string();
  const std::string way(what == "ended" && account == request.who().account ? "ended_own" : what);
  std::string out =
      put_in(words.get("admin.roles.done." + way), "role", words.get("roles." + std::string(access::name(*role))));
  return put_in(put_in(std::move(out), "of", of), "who", who->name);
}

Result<Listing> roles_listing(const Site& site, const http::Request& request, const Words& words,
                              const http::Form* typed = nullptr, const std::optional<Error>& problem = {}) {
  TRY_ASSIGN(Sheet sheet, roles_sheet(site, request.who(), words));
  std::vector<FormProblem> problems;
  if (problem) {
    problems.push_back({field_of_role(*problem), role_problem(*problem, words)});
  }
  Listing out{"roles", "/admin/roles", std::move(sheet)};
  out.is_whole = true;
  out.body["ways"] =
      Views{view({{"label", words.get("admin.asks.title")}, {"url", below(words, "/admin/roles/asked")}}),
            view({{"label", words.get("admin.role_table.title")}, {"url", below(words, "/admin/roles/table")}})};
  if (!problem) {
    TRY_ASSIGN(const std::string done, done_words(site, request, words));
    if (!done.empty()) {
      out.body["done"] = done;
    }
  }
  out.body["form"] =
      form_view(words, below(words, "/admin/roles"), "admin.roles.give", role_fields(words), typed, problems);
  return out;
}

http::Answer roles_page(const Site& site, const http::Request& request, Language language, const http::Form* typed,
                        const Error& problem) {
  auto listing = roles_listing(site, request, site.words(language), typed, problem);
  if (!listing) {
    return site.error(request, language, 500);
  }
  http::Answer answer = listing_page(site, request, language, std::move(*listing));
  answer.status = problem.kind().status;
  return answer;
}

void posted(const Site& site) {
  if (site.settings().entry.posted) {
    site.settings().entry.posted();
  }
}

Result<Done> grant(const Site& site, const access::Actor& actor, const http::Form& form) {
  access::GrantRequest request;
  request.email = form.value("email");
  const auto role = access::role(form.value("role"));
  if (!role) {
    return fail(access::errors::role, beginning(form.value("role"), 100));
  }
  request.role = *role;
  TRY_ASSIGN(request.object, typed_object(site, form.value("object"), actor.today));
  request.starts = form.value("starts");
  request.ends = form.value("ends");
  Done done{"given", 0, request.role, request.object.id};
  TRY_ASSIGN(done.account,
             site.settings().entry.access->grant(
                 actor, request,
                 [&](store::Transaction& transaction, const access::Holder& holder, const access::GrantRequest& given) {
                   return tell_role(site, transaction, holder, given);
                 }));
  posted(site);
  return done;
}

http::Answer give(const Site& site, const http::Request& request, Language language) {
  const auto form = http::read_form(request);
  const Result<Done> done = form ? grant(site, request.who(), *form) : tl::unexpected(form.error());
  if (done) {
    return after(site, language, *done);
  }
  return roles_page(site, request, language, form ? &*form : nullptr, done.error());
}

http::Answer take(const Site& site, const http::Request& request, Language language, std::string_view number) {
  access::Access& access = *site.settings().entry.access;
  const access::Actor& actor = request.who();
  const auto end = [&]() -> Result<Done> {
    TRY_ASSIGN(const std::vector<access::GrantRow> grants, access.grants());
    access::Object object;
    Done done{"ended"};
    for (const access::GrantRow& row : grants) {
      if (row.grant.id == typed_number(number, 0)) {
        TRY_ASSIGN(object, site.registry().object_for(row.grant.object, actor.today));
        done = {"ended", row.grant.account, row.grant.role, row.grant.object};
      }
    }
    TRY_ASSIGN(const People people,
               People::with_accounts(site, {actor.account}, access::Viewer::visitor(), site.words(language)));
    const PersonShown by = people.at(actor.email);
    TRY(access.end_grant(
        actor, typed_number(number, 0), object.owners,
        [&](store::Transaction& transaction, const access::Holder& holder, const access::Grant& grant) {
          return holder.account == actor.account ? Result<void>()
                                                 : tell_role_ended(site, transaction, holder, grant, by);
        }));
    posted(site);
    return done;
  };
  const Result<Done> done = end();
  return done ? after(site, language, *done) : roles_page(site, request, language, nullptr, done.error());
}

// `of`: the institution that he speaks for; empty: for all of them.
http::Answer set_own(const Site& site, const http::Request& request, Language language, std::string_view account,
                     std::string_view of, access::Access::Own own) {
  access::Object object;
  if (!of.empty()) {
    const auto id = Id::parse(of);
    const auto known = id ? site.registry().object_for(*id, request.who().today) : Result<access::Object>(object);
    if (!known) {
      return site.error(request, language, 500);
    }
    if (known->id == Id()) {
      return site.error(request, language, 404);
    }
    object = *known;
  }
  const Result<void> done =
      site.settings().entry.access->set_own_role(request.who(), typed_number(account, 0), own, object);
  const std::string what = own == access::Access::Own::refused ? "refused" : "allowed";
  return done ? after(site, language, {what, typed_number(account, 0), access::Role::researcher, object.id})
              : roles_page(site, request, language, nullptr, done.error());
}

}  // namespace

void add_roles(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  using http::Right;
  add_listing(
      site, router, "/admin/roles", Right::grant_role,
      [&site](const Request& request, const Words& words, Rows) { return roles_listing(site, request, words); });
  add_room(
      site, router, Method::post, "/admin/roles", Right::grant_role,
      [&site](const Request& request, Language language, const Captures&) { return give(site, request, language); });
  add_room(site, router, Method::post, "/admin/roles/{id}/end", Right::grant_role,
           [&site](const Request& request, Language language, const Captures& parts) {
             return take(site, request, language, parts[1]);
           });
  using access::Access;
  for (const auto& [way, own] : {std::pair{"refuse", Access::Own::refused}, {"allow", Access::Own::allowed}}) {
    add_room(site, router, Method::post, "/admin/roles/own/{id}/" + std::string(way), Right::grant_role,
             [&site, own](const Request& request, Language language, const Captures& parts) {
               return set_own(site, request, language, parts[1], {}, own);
             });
    add_room(site, router, Method::post, "/admin/roles/own/{id}/{institution}/" + std::string(way), Right::grant_role,
             [&site, own](const Request& request, Language language, const Captures& parts) {
               return set_own(site, request, language, parts[1], parts[2], own);
             });
  }
  add_role_asks(site, router);
  add_role_table(site, router);
}

}  // namespace pitchblende::pages
