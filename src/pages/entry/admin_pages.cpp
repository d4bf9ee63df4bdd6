// Administration: who has which role, the audit log, the outbox.
#include <charconv>

#include "access/errors.hpp"
#include "pages/address.hpp"
#include "pages/calls/calls_pages.hpp"
#include "pages/entry/entry.hpp"
#include "pages/entry/forms.hpp"

namespace pitchblende::pages {

namespace {

constexpr int64_t k_rows = 100;

int64_t number_of(std::string_view text) {
  int64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

std::vector<Crumb> crumbs(const Words& words, const std::string& title) {
  return {{words.get("account.title"), below(words, "/account")}, {title, {}}};
}

// What somebody typed or pasted for a thing: its id, its page's address, a reference. 0: nothing was typed; nullopt:
// nothing is that.
std::optional<Id> thing_of(const Site& site, std::string_view text) {
  if (text.empty()) {
    return Id();
  }
  const size_t slash = text.rfind('/');
  if (const auto id = Id::parse(slash == std::string_view::npos ? text : text.substr(slash + 1))) {
    return id;
  }
  const auto found = site.registry().find(text);
  return found ? *found : std::nullopt;
}

View grant_row(const Site& site, const access::GrantRow& row, const Words& words) {
  const access::Grant& grant = row.grant;
  View out = view({{"email", row.email},
                   {"role", words.get("roles." + std::string(access::name(grant.role)))},
                   {"period", words.period(grant.starts, grant.ends)},
                   {"action", below(words, "/admin/roles/" + std::to_string(grant.id) + "/end")}});
  if (grant.object != Id()) {
    const auto found = site.registry().cards({grant.object}, access::Viewer::everything());
    out["label"] = found && !found->empty() ? found->front().label : grant.object.text();
    if (found && !found->empty()) {
      out["url"] = thing_address(words.code(), found->front().kind, found->front().id);
    }
  }
  return out;
}

Result<View> roles_view(const Site& site, const access::Actor& actor, const Words& words) {
  View body;
  TRY_ASSIGN(const std::vector<access::GrantRow> grants, site.settings().entry.access->grants());
  Views rows;
  for (const access::GrantRow& row : grants) {
    TRY_ASSIGN(const access::Object object, site.registry().object_for(row.grant.object, actor.today));
    if (access::may_grant(actor, row.grant.role, object)) {
      rows.push_back(grant_row(site, row, words));
    }
  }
  body["grants"] = std::move(rows);
  return body;
}

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

http::Answer roles_page(const Site& site, const http::Request& request, Language language,
                        const http::Form* typed = nullptr, const std::optional<Error>& problem = {}) {
  const Words& words = site.words(language);
  auto body = roles_view(site, request.who(), words);
  if (!body) {
    return site.error(request, language, 500);
  }
  std::vector<FormProblem> problems;
  if (problem) {
    problems.push_back({field_of(*problem), problem->message(language)});
  }
  (*body)["form"] =
      form_view(words, below(words, "/admin/roles"), "admin.roles.give", role_fields(words), typed, problems);
  const std::string title = words.get("admin.roles.title");
  http::Answer answer = form_page(site, request, language, "roles", title, std::move(*body), crumbs(words, title));
  answer.status = problem ? problem->kind().status : answer.status;
  return answer;
}

Result<void> grant(const Site& site, const access::Actor& actor, const http::Form& form) {
  access::GrantRequest request;
  request.email = form.value("email");
  const auto role = access::role(form.value("role"));
  if (!role) {
    return fail(access::errors::role, std::string(form.value("role")).substr(0, 100));
  }
  request.role = *role;
  const auto id = thing_of(site, form.value("object"));
  if (!id) {
    return fail(access::errors::unknown, std::string(form.value("object")).substr(0, 200));
  }
  TRY_ASSIGN(request.object, site.registry().object_for(*id, actor.today));
  if (*id != Id() && request.object.kind.empty()) {
    return fail(access::errors::unknown, id->text());
  }
  request.starts = form.value("starts");
  request.ends = form.value("ends");
  TRY(site.settings().entry.access->grant(actor, request));
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
      if (row.grant.id == number_of(number)) {
        TRY_ASSIGN(object, site.registry().object_for(row.grant.object, request.who().today));
      }
    }
    return access.end_grant(request.who(), number_of(number), object.owners);
  };
  const Result<void> done = end();
  return done ? redirect(303, below(site.words(language), "/admin/roles"))
              : roles_page(site, request, language, nullptr, done.error());
}

http::Answer table_page(const Site& site, const http::Request& request, Language language, std::string_view room,
                        View body) {
  const Words& words = site.words(language);
  const std::string title = words.get("admin." + std::string(room) + ".title");
  body["lead"] = words.get("admin." + std::string(room) + ".lead");
  return form_page(site, request, language, room, title, std::move(body), crumbs(words, title));
}

http::Answer audit_page(const Site& site, const http::Request& request, Language language) {
  const auto entries = site.settings().entry.access->audit().entries(number_of(request.parameter("before")), k_rows);
  if (!entries) {
    return site.error(request, language, 500);
  }
  const Words& words = site.words(language);
  Views rows;
  for (const access::AuditEntry& entry : *entries) {
    const access::Deed& deed = entry.deed;
    rows.push_back(view({{"number", std::to_string(entry.number)},
                         {"at", moment(words, entry.at)},
                         {"actor", deed.actor == 0 ? words.get("admin.audit.program") : std::to_string(deed.actor)},
                         {"verb", deed.verb},
                         {"object", deed.kind + (deed.object == 0 ? "" : " " + std::to_string(deed.object))},
                         {"detail", deed.detail}}));
  }
  View body;
  if (entries->size() == static_cast<size_t>(k_rows)) {
    body["older"] = below(words, "/admin/audit?before=" + std::to_string(entries->back().number));
  }
  body["entries"] = std::move(rows);
  return table_page(site, request, language, "audit", std::move(body));
}

http::Answer outbox_page(const Site& site, const http::Request& request, Language language) {
  const auto letters = site.settings().entry.outbox->rows(number_of(request.parameter("before")), k_rows);
  const auto applies = applies_somewhere(site, request.who());
  if (!letters || !applies) {
    return site.error(request, language, 500);
  }
  const Words& words = site.words(language);
  Views rows;
  for (const mail::OutboxRow& letter : *letters) {
    if (*applies && letter.kind == "review_invitation") {
      continue;
    }
    // A number that is left out would tell that somebody was asked.
    View row = view({{"number", *applies ? std::string() : std::to_string(letter.id)},
                     {"recipient", letter.recipient},
                     {"kind", words.get("admin.outbox.kinds." + letter.kind)},
                     {"state", words.get("admin.outbox.states." + letter.state)},
                     {"at", moment(words, letter.created)},
                     {"tries", std::to_string(letter.tries)},
                     {"reason", letter.reason}});
    if (letter.state == "failed" && access::may_somewhere(request.who(), access::Right::send_again)) {
      row["action"] = below(words, "/admin/outbox/" + std::to_string(letter.id) + "/send");
    }
    rows.push_back(std::move(row));
  }
  View body;
  if (letters->size() == static_cast<size_t>(k_rows)) {
    body["older"] = below(words, "/admin/outbox?before=" + std::to_string(letters->back().id));
  }
  body["letters"] = std::move(rows);
  return table_page(site, request, language, "outbox", std::move(body));
}

http::Answer send_again(const Site& site, const http::Request& request, Language language, std::string_view number) {
  const Entrance& entry = site.settings().entry;
  const auto done = entry.access->do_audited(
      {request.who().account, "send_again", "letter", number_of(number), {}},
      [&](store::Transaction& transaction) { return entry.outbox->send_again(transaction, number_of(number)); });
  if (!done) {
    return site.error(request, language, done.error().kind().status == 404 ? 404 : 500);
  }
  if (entry.posted) {
    entry.posted();
  }
  return redirect(303, below(site.words(language), "/admin/outbox"));
}

}  // namespace

void add_administration(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  using http::Right;
  add_room(site, router, Method::get, "/admin/roles", Right::grant_role,
           [&site](const Request& request, Language language, const Captures&) {
             return roles_page(site, request, language);
           });
  add_room(
      site, router, Method::post, "/admin/roles", Right::grant_role,
      [&site](const Request& request, Language language, const Captures&) { return give(site, request, language); });
  add_room(site, router, Method::post, "/admin/roles/{id}/end", Right::grant_role,
           [&site](const Request& request, Language language, const Captures& parts) {
             return take(site, request, language, parts[1]);
           });
  add_room(site, router, Method::get, "/admin/audit", Right::see_audit,
           [&site](const Request& request, Language language, const Captures&) {
             return audit_page(site, request, language);
           });
  add_room(site, router, Method::get, "/admin/outbox", Right::see_outbox,
           [&site](const Request& request, Language language, const Captures&) {
             return outbox_page(site, request, language);
           });
  add_room(site, router, Method::post, "/admin/outbox/{id}/send", Right::send_again,
           [&site](const Request& request, Language language, const Captures& parts) {
             return send_again(site, request, language, parts[1]);
           });
}

}  // namespace pitchblende::pages
