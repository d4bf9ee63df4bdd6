// What waits for who answers, and who stands in for him.
#include <algorithm>

#include "pages/address.hpp"
#include "pages/requests/asking.hpp"
#include "requests/errors.hpp"
#include "requests/requests_rules.hpp"

namespace pitchblende::pages {

namespace {

using access::Right;
using requests::Case;

Result<Sheet> sheet_of(const Site& site, const std::vector<Case>& cases, const access::Viewer& viewer,
                       const Words& words) {
  TRY_ASSIGN(const People people, askers_of(site, cases, viewer, words));
  std::vector<Id> ids;
  for (const Case& each : cases) {
    ids.push_back(each.thread.resource);
  }
  const AskedNames names(site, ids, words);
  Sheet sheet({{"sent", "requests.columns.sent"},
               {"subject", "requests.columns.subject"},
               {"kind", "requests.columns.kind"},
               {"who", "requests.columns.who"},
               {"to", "requests.columns.to"},
               {"state", "requests.columns.state"},
               {"due", "requests.columns.due"},
               {"changed", "requests.columns.changed"}});
  const int64_t now = site.settings().asking.requests->now();
  for (const auto& [asked, thread] : cases) {
    const int64_t due = requests::due(thread);
    sheet.add({{day_of_words(thread.sent, words), {}, {}, ordered(thread.sent)},
               {asked.draft.subject, below(words, "/requests/threads/" + std::to_string(thread.id))},
               {words.get("requests.kinds." + std::string(requests::name(asked.draft.kind)))},
               asker_cell(asked.asker, people),
               {names.label(thread.resource)},
               {state_words(thread.state, words), {}, std::string(tone_of(thread.state))},
               {day_of_words(due, words), {}, due != 0 && due < now ? "warn" : "", ordered(due)},
               {day_of_words(thread.changed, words), {}, {}, ordered(thread.changed)}});
  }
  return sheet;
}

// What he looks after himself: things for which he has a role of his own.
std::vector<Id> looked_after(const access::Actor& actor) {
  std::vector<Id> out;
  for (const access::Grant& grant : actor.grants) {
    if (access::in_force(grant, actor.today) &&
        access::scope(grant.role, Right::answer_request) == access::Scope::own) {
      out.push_back(grant.object);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Result<void> put_substitutes(const Site& site, const access::Actor& actor, const Words& words, View& body) {
  const std::vector<Id> things = looked_after(actor);
  if (things.empty()) {
    return {};
  }
  const AskedNames names(site, things, words);
  TRY_ASSIGN(const auto all, site.settings().asking.substitutes->of(things));
  std::vector<std::string> emails;
  for (const requests::Substitute& each : all) {
    emails.push_back(each.email);
  }
  TRY_ASSIGN(const People people, People::with_addresses(site, emails, actor.viewer, words));
  Views rows;
  for (const requests::Substitute& each : all) {
    View row = view({{"label", names.label(each.resource)}, {"email", each.email}, {"resource", each.resource.text()}});
    put_person(people.at(each.email), row);
    rows.push_back(std::move(row));
  }
  body["substitutes"] = std::move(rows);
  Views choices;
  for (const Id id : things) {
    choices.push_back(view({{"value", id.text()}, {"label", names.label(id)}}));
  }
  body["things"] = std::move(choices);
  body["substitute_action"] = below(words, "/requests/substitutes");
  return {};
}

Result<http::Answer> inbox(const Site& site, const http::Request& request, Language language, const Said& said,
                           std::string_view email) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const std::vector<Case> all, inbox_of(site.settings().asking, request.who()));
  const bool every = request.parameter("show") == "all";
  std::vector<Case> shown;
  std::copy_if(all.begin(), all.end(), std::back_inserter(shown), [&](const Case& each) {
    return every || requests::is_open(each.thread.state) || each.thread.owed_since != 0;
  });
  TRY_ASSIGN(Sheet sheet, sheet_of(site, shown, request.who().viewer, words));
  sheet.sort(request.parameter("sort"));
  const std::string title = words.get("requests.inbox");
  const std::string here = below(words, "/requests/inbox");
  View body = view({{"nothing", words.get("requests.none_inbox")},
                    {"csv_url", here + ".csv"},
                    {"other_url_here", every ? here : here + "?show=all"},
                    {"other_label", words.get(every ? "requests.open_only" : "requests.closed_too")},
                    {"email", email}});
  body["is_inbox"] = true;
  if (access::may_somewhere(request.who(), Right::see_requests)) {
    body["all_url"] = below(words, "/requests/all");
  }
  if (sheet.size() > 0) {
    body["sheet"] = sheet.view(every ? here + "?show=all" : here, title, words);
  }
  TRY(put_substitutes(site, request.who(), words, body));
  return asking_page(site, request, language, "requests", title, std::move(body), {{title, {}}}, said);
}

http::Answer answered(const Site& site, const http::Request& request, Language language, Result<http::Answer> answer) {
  return answer ? std::move(*answer) : site.error(request, language, 500);
}

Result<http::Answer> inbox_csv(const Site& site, const http::Request& request, Language language) {
  TRY_ASSIGN(const std::vector<Case> all, inbox_of(site.settings().asking, request.who()));
  TRY_ASSIGN(const Sheet sheet, sheet_of(site, all, request.who().viewer, site.words(language)));
  return sheet.csv_answer(site.words(language));
}

// Error: REQUESTS_NOT_YOURS: he does not look after it.
Result<void> change(const Site& site, const access::Actor& actor, const http::Form& form) {
  const auto id = Id::parse(form.value("resource"));
  const std::vector<Id> things = looked_after(actor);
  if (!id || !std::binary_search(things.begin(), things.end(), *id)) {
    return fail(requests::errors::not_yours);
  }
  const std::string email(form.value("email"));
  return form.value("do") == "remove" ? site.settings().asking.substitutes->remove(*id, email)
                                      : site.settings().asking.substitutes->add(*id, email, actor.account);
}

}  // namespace

void add_inbox(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  add_room(site, router, Method::get, "/requests/inbox", Right::have_account,
           [&site](const Request& request, Language language, const Captures&) {
             return answered(
                 site, request, language,
                 inbox(site, request, language, {{}, std::string(request.parameter("done"))}, std::string_view()));
           });
  add_room(site, router, Method::get, "/requests/inbox.csv", Right::have_account,
           [&site](const Request& request, Language language, const Captures&) {
             return answered(site, request, language, inbox_csv(site, request, language));
           });
  add_room(site, router, Method::post, "/requests/substitutes", Right::answer_request,
           [&site](const Request& request, Language language, const Captures&) {
             const auto form = http::read_form(request);
             if (!form) {
               return site.error(request, language, 422);
             }
             const auto done = change(site, request.who(), *form);
             return done ? redirect(303, below(site.words(language), "/requests/inbox?done=substitute"))
                         : answered(site, request, language,
                                    inbox(site, request, language, {done.error(), {}}, form->value("email")));
           });
}

}  // namespace pitchblende::pages
