// Who has which role: given and ended here.
#include <algorithm>

#include "access/errors.hpp"
#include "base/beginning.hpp"
#include "pages/address.hpp"
#include "pages/administration/administration.hpp"
#include "pages/confirm/typed_thing.hpp"
#include "pages/entry/forms.hpp"
#include "pages/entry/letters.hpp"

namespace pitchblende::pages {

namespace {

std::vector<FormField> role_fields(const Words& words) {
  FormField role{.name = "role", .word = "admin.roles.role", .type = "select", .wanted = Wanted::yes};
  for (size_t at = 0; at < access::k_roles; ++at) {
    const std::string name(access::name(static_cast<access::Role>(at)));
    role.choices.emplace_back(name, words.get("roles." + name));
  }
  return {{.name = "email", .word = "entry.email", .type = "email", .wanted = Wanted::yes, .longest = 254},
          std::move(role),
          {.name = "object", .word = "admin.roles.object"},
          {.name = "starts", .word = "admin.roles.starts", .type = "date"},
          {.name = "ends", .word = "admin.roles.ends", .type = "date"}};
}

// Which field of the form an error is about; none: the whole.
std::string field_of(const Error& error) {
  namespace wrong = access::errors;
  if (error.is(wrong::email)) {
    return "email";
  }
  if (error.is(wrong::role)) {
    return "role";
  }
  if (error.is(wrong::period)) {
    return "starts";
  }
  return error.is(wrong::object) || error.is(wrong::kind) || error.is(wrong::unknown) ? "object" : "";
}

// An error's message, with roles and kinds as people call them.
std::string message_of(const Error& error, const Words& words) {
  std::vector<std::string> args = error.args();
  if (error.is(access::errors::object) || error.is(access::errors::kind)) {
    args.front() = words.get("roles." + args.front());
  }
  if (error.is(access::errors::kind)) {
    const auto kinds = [&](std::string_view codes) {
      std::string out;
      while (!codes.empty()) {
        const std::string_view code = codes.substr(0, codes.find(' '));
        codes.remove_prefix(std::min(codes.size(), code.size() + 1));
        const auto kind = registry::kind(code);
        out += (out.empty() ? "" : ", ") + (kind ? words.kind(*kind) : words.of_code(code));
      }
      return out;
    };
    args[1] = kinds(args[1]);
    args[2] = kinds(args[2]);
  }
  return message_with(error, args, words);
}

// Of what a role is: the name of its thing, with its page.
SheetCell thing_cell(const Site& site, Id object, const Words& words) {
  SheetCell out;
  if (object != Id()) {
    const auto found = site.registry().cards({object}, access::Viewer::everything());
    const bool known = found && !found->empty();
    out.text = known ? found->front().label : object.text();
    out.url = known ? thing_address(words.code(), found->front().kind, found->front().id) : "";
  }
  return out;
}

std::string standing(const access::Grant& grant, std::string_view today) {
  return access::in_force(grant, today) ? "now" : grant.starts > today ? "coming" : "over";
}

// Those that he could give, and so may end; those that are over too.
Result<Sheet> roles_sheet(const Site& site, const access::Actor& actor, const Words& words) {
  Sheet sheet({{"email", "entry.email"},
               {"role", "admin.roles.role"},
               {"object", "admin.roles.object"},
               {"period", "admin.roles.period"},
               {"standing", "admin.roles.standing"},
               {"by", "admin.roles.by"},
               {"", "admin.action"}});
  TRY_ASSIGN(const std::vector<access::AllGrant> grants, site.settings().entry.access->all_grants());
  TRY_ASSIGN(const auto accounts, site.settings().entry.access->accounts());
  for (const access::AllGrant& each : grants) {
    const access::Grant& grant = each.row.grant;
    TRY_ASSIGN(const access::Object object, site.registry().object_for(grant.object, actor.today));
    if (!access::may_grant(actor, grant.role, object)) {
      continue;
    }
    const auto giver = std::ranges::find_if(
        accounts, [&](const access::AccountRow& row) { return each.given_by && row.id == *each.given_by; });
    const std::string by = giver != accounts.end() ? giver->email
                           : each.given_by == 0    ? words.get("admin.audit.program")
                                                   : std::string();
    const std::string role = words.get("roles." + std::string(access::name(grant.role)));
    const std::string now = standing(grant, actor.today);
    SheetCell end;
    if (now != "over") {
      end = {
          words.get("admin.roles.end"), {}, {}, {}, below(words, "/admin/roles/" + std::to_string(grant.id) + "/end"),
          role + " " + each.row.email};
    }
    sheet.add({{each.row.email},
               {role},
               thing_cell(site, grant.object, words),
               {words.period(grant.starts, grant.ends), {}, {}, grant.starts + "/" + grant.ends},
               {words.get("admin.roles." + now), {}, now == "now" ? "good" : "plain"},
               {by},
               std::move(end)});
  }
  return sheet;
}

Result<Listing> roles_listing(const Site& site, const http::Request& request, const Words& words,
                              const http::Form* typed = nullptr, const std::optional<Error>& problem = {}) {
  TRY_ASSIGN(Sheet sheet, roles_sheet(site, request.who(), words));
  std::vector<FormProblem> problems;
  if (problem) {
    problems.push_back({field_of(*problem), message_of(*problem, words)});
  }
  Listing out{"roles", "/admin/roles", std::move(sheet)};
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

// A letter to whom it is given.
Result<void> tell(const Site& site, store::Transaction& transaction, const access::Holder& holder,
                  const access::GrantRequest& given) {
  if (site.settings().entry.outbox == nullptr) {
    return {};
  }
  const Language language = holder.language == "fr" ? Language::french : Language::english;
  const Words& words = site.words(language);
  const std::string thing = thing_cell(site, given.object.id, words).text;
  const std::string period = words.period(given.starts, given.ends);
  return site.settings().entry.outbox->post(
      transaction, letter_to(site, language, holder.email,
                             {"role_given",
                              "admin.roles.letter",
                              {{"role", words.get("roles." + std::string(access::name(given.role)))},
                               {"object", thing.empty() ? words.get("admin.roles.whole") : thing},
                               {"period", period.empty() ? words.get("admin.roles.unbounded") : period}},
                              "/account"}));
}

Result<void> grant(const Site& site, const access::Actor& actor, const http::Form& form) {
  access::GrantRequest request;
  request.email = form.value("email");
  const auto role = access::role(form.value("role"));
  if (!role) {
    return fail(access::errors::role, beginning(form.value("role"), 100));
  }
  request.role = *role;
  const std::string_view object = form.value("object");
  const auto id = object.empty() ? std::optional(Id()) : typed_thing(site, object);
  if (!id) {
    return fail(access::errors::unknown, beginning(object, 200));
  }
  TRY_ASSIGN(request.object, site.registry().object_for(*id, actor.today));
  if (*id != Id() && request.object.kind.empty()) {
    return fail(access::errors::unknown, id->text());
  }
  request.starts = form.value("starts");
  request.ends = form.value("ends");
  TRY(site.settings().entry.access->grant(actor, request,
                                          [&](store::Transaction& transaction, const access::Holder& holder) {
                                            return tell(site, transaction, holder, request);
                                          }));
  if (site.settings().entry.posted) {
    site.settings().entry.posted();
  }
  return {};
}

http::Answer give(const Site& site, const http::Request& request, Language language) {
  const auto form = http::read_form(request);
  const Result<void> done = form ? grant(site, request.who(), *form) : tl::unexpected(form.error());
  if (done) {
    return redirect(303, below(site.words(language), "/admin/roles"));
  }
  return roles_page(site, request, language, form ? &*form : nullptr, done.error());
}

http::Answer take(const Site& site, const http::Request& request, Language language, std::string_view number) {
  access::Access& access = *site.settings().entry.access;
  const auto end = [&]() -> Result<void> {
    TRY_ASSIGN(const std::vector<access::GrantRow> grants, access.grants());
    access::Object object;
    for (const access::GrantRow& row : grants) {
      if (row.grant.id == typed_number(number, 0)) {
        TRY_ASSIGN(object, site.registry().object_for(row.grant.object, request.who().today));
      }
    }
    return access.end_grant(request.who(), typed_number(number, 0), object.owners);
  };
  const Result<void> done = end();
  return done ? redirect(303, below(site.words(language), "/admin/roles"))
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
}

}  // namespace pitchblende::pages
