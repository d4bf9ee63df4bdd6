// Roles of institutions in the consortium: all of them as a list, and a page for each institution.
#include <algorithm>

#include "base/beginning.hpp"
#include "membership/errors.hpp"
#include "membership/membership_rules.hpp"
#include "pages/address.hpp"
#include "pages/administration/administration.hpp"
#include "pages/confirm/typed_thing.hpp"
#include "pages/entry/forms.hpp"
#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

namespace {

using membership::Institution;
using membership::Role;
using membership::Said;

std::string here(const Words& words, Id institution) {
  return below(words, "/admin/institutions/" + institution.text());
}

std::string said_by(const Site& site, const Role& role, const Words& words) {
  std::string out;
  for (const std::string& source : role.sources) {
    out += out.empty() ? "" : ", ";
    out += source_title(site, source, words);
  }
  return out.empty() ? words.get("admin.membership.decided") : out;
}

SheetCell state_cell(const Role& role, std::string_view today, const Words& words) {
  if (membership::is_in_force(role.period, today)) {
    return {words.get("admin.membership.now"), {}, "good"};
  }
  return {words.get(role.period.from > today ? "admin.membership.to_come" : "admin.membership.over"), {}, "plain"};
}

std::vector<FormField> add_fields(const Words& words) {
  FormField role{.name = "role", .word = "admin.membership.role", .type = "select", .wanted = Wanted::yes};
  for (const std::string_view code : membership::codes()) {
    role.choices.emplace_back(code, words.of_code(code));
  }
  return {{.name = "institution", .word = "admin.membership.institution", .wanted = Wanted::yes},
          std::move(role),
          {.name = "from", .word = "admin.membership.from", .longest = 10},
          {.name = "to", .word = "admin.membership.to", .longest = 10}};
}

// Which field of the form an error is about; none: the whole.
std::string field_of(const Error& error, const http::Form& typed) {
  namespace wrong = membership::errors;
  if (error.is(wrong::unknown) || error.is(wrong::kind)) {
    return "institution";
  }
  if (error.is(wrong::ends_first)) {
    return "to";
  }
  if (error.is(wrong::date)) {
    return membership::judge({std::string(typed.value("from")), {}}) ? "to" : "from";
  }
  return error.is(wrong::role) || error.is(wrong::twice) ? "role" : "";
}

Result<Listing> membership_listing(const Site& site, const http::Request& request, const Words& words,
                                   const http::Form* typed = nullptr, const std::optional<Error>& problem = {}) {
  Sheet sheet({{"institution", "admin.membership.institution"},
               {"role", "admin.membership.role"},
               {"from", "admin.membership.from"},
               {"to", "admin.membership.to"},
               {"state", "admin.membership.state"},
               {"said_by", "admin.membership.said_by"}});
  TRY_ASSIGN(const std::vector<Institution> all, site.settings().membership->all());
  for (const Institution& each : all) {
    for (const Role& role : each.roles) {
      sheet.add({{title_of(each.card, words), here(words, each.card.id)},
                 {words.of_code(role.code)},
                 {words.date(role.period.from), {}, {}, role.period.from},
                 {words.date(role.period.to), {}, {}, role.period.to},
                 state_cell(role, request.who().today, words),
                 {said_by(site, role, words)}});
    }
  }
  std::vector<FormProblem> problems;
  if (problem) {
    problems.push_back({field_of(*problem, *typed), problem->message(words.language())});
  }
  Listing out{"membership", "/admin/institutions", std::move(sheet)};
  out.is_whole = true;
  out.body["form"] =
      form_view(words, below(words, "/admin/institutions"), "admin.membership.add", add_fields(words), typed, problems);
  return out;
}

// What is said, with its line in the log, in one transaction.
Result<void> say(const Site& site, const access::Actor& actor, Id institution, const Said& said) {
  const std::string verb = said.taken_away ? "take_away_role" : said.mark.empty() ? "add_role" : "correct_role";
  return site.settings().membership->say(institution, said, actor.email, [&](store::Transaction& transaction) {
    return site.settings().entry.access->audit().record(
        transaction, {actor.account, verb, "organisation", static_cast<int64_t>(institution.bits()), said.code});
  });
}

Said said_in(const http::Form& form) {
  Said said;
  said.code = form.value("role");
  said.period = {std::string(trim(form.value("from"))), std::string(trim(form.value("to")))};
  said.mark = form.value("mark");
  said.taken_away = form.value("do") == "take_away";
  return said;
}

Result<Id> add(const Site& site, const http::Request& request, const http::Form& form) {
  const auto institution = typed_thing(site, form.value("institution"));
  if (!institution) {
    return fail(membership::errors::unknown, beginning(form.value("institution"), 200));
  }
  Said said = said_in(form);
  said.mark.clear();
  said.taken_away = false;
  TRY(say(site, request.who(), *institution, said));
  return *institution;
}

http::Answer added(const Site& site, const http::Request& request, Language language) {
  const auto form = http::read_form(request);
  const auto done = form ? add(site, request, *form) : tl::unexpected(form.error());
  const Words& words = site.words(language);
  if (done) {
    return redirect(303, here(words, *done) + "?saved=1");
  }
  const http::Form typed = form.value_or(http::Form{});
  auto listing = membership_listing(site, request, words, &typed, done.error());
  if (!listing) {
    return site.error(request, language, 500);
  }
  http::Answer answer = listing_page(site, request, language, std::move(*listing));
  answer.status = done.error().kind().status;
  return answer;
}

// `typed`: of the form of one of its roles, with what is wrong with it.
http::Answer one_page(const Site& site, const http::Request& request, Language language, const Institution& of,
                      const http::Form* typed = nullptr, const std::optional<Error>& problem = {}) {
  const Words& words = site.words(language);
  const std::string title = title_of(of.card, words);
  View body = view({{"action_here", here(words, of.card.id)},
                    {"card_url", thing_address(words.code(), of.card.kind, of.card.id)},
                    {"problem", problem ? message_alone(*problem, words) : std::string()},
                    {"done", request.parameter("saved").empty() ? "" : words.get("admin.membership.saved")}});
  Views roles;
  for (const Role& role : of.roles) {
    const bool is_typed = typed != nullptr && typed->value("role") == role.code &&
                          (typed->value("mark") == membership::mark_of(role.period) ||
                           std::ranges::count(of.roles, role.code, &Role::code) == 1);
    View each = view({{"code", role.code},
                      {"at", std::to_string(roles.size())},
                      {"label", words.of_code(role.code)},
                      {"period", words.period(role.period.from, role.period.to)},
                      {"by", said_by(site, role, words)}});
    each["mark"] = membership::mark_of(role.period);
    each["from"] = is_typed ? typed->value("from") : std::string_view(role.period.from);
    each["to"] = is_typed ? typed->value("to") : std::string_view(role.period.to);
    roles.push_back(std::move(each));
  }
  body["institution_roles"] = std::move(roles);
  http::Answer answer =
      form_page(site, request, language, "membership", title, std::move(body),
                administration_crumbs(
                    words, {{words.get("admin.membership.title"), below(words, "/admin/institutions")}, {title, {}}}));
  answer.status = problem ? problem->kind().status : answer.status;
  return answer;
}

using AtInstitution = std::function<http::Answer(const Institution&)>;

http::Answer at_institution(const Site& site, const http::Request& request, Language language, std::string_view id,
                            const AtInstitution& go) {
  const auto parsed = Id::parse(id);
  const auto of = parsed ? site.settings().membership->of(*parsed)
                         : Result<Institution>(fail(membership::errors::unknown, std::string(id)));
  return of ? go(*of) : site.error(request, language, of.error().kind().status == 422 ? 404 : 500, id);
}

http::Answer corrected(const Site& site, const http::Request& request, Language language, const Institution& of) {
  const auto form = http::read_form(request);
  const Result<void> done =
      form ? say(site, request.who(), of.card.id, said_in(*form)) : Result<void>(tl::unexpected(form.error()));
  if (done) {
    return redirect(303, here(site.words(language), of.card.id) + "?saved=1");
  }
  return one_page(site, request, language, site.settings().membership->of(of.card.id).value_or(of),
                  form ? &*form : nullptr, done.error());
}

}  // namespace

void add_membership(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_right = http::Right::run_membership;
  add_listing(site, router, "/admin/institutions", k_right, [&site](const Request& request, const Words& words, Rows) {
    return membership_listing(site, request, words);
  });
  add_room(
      site, router, Method::post, "/admin/institutions", k_right,
      [&site](const Request& request, Language language, const Captures&) { return added(site, request, language); });
  add_room(site, router, Method::get, "/admin/institutions/{id}", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return at_institution(site, request, language, parts[1],
                                   [&](const Institution& of) { return one_page(site, request, language, of); });
           });
  add_room(site, router, Method::post, "/admin/institutions/{id}", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return at_institution(site, request, language, parts[1],
                                   [&](const Institution& of) { return corrected(site, request, language, of); });
           });
}

}  // namespace pitchblende::pages
