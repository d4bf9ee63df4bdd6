// Asking: the form, what a visitor's link opens.
#include <algorithm>

#include "base/beginning.hpp"
#include "base/secret.hpp"
#include "pages/address.hpp"
#include "pages/choices.hpp"
#include "pages/requests/request_letters.hpp"
#include "requests/errors.hpp"
#include "requests/requests_rules.hpp"

namespace pitchblende::pages {

namespace {

using requests::Asker;
using requests::Draft;
using requests::Kind;

constexpr size_t k_longest_once = 64;

// What stands in the form.
struct Typed {
  Asker asker;
  Draft draft;
  std::string find;
  std::string kind;
};

template <typename Value>
Typed typed_by(Value&& value, std::vector<Id> to, Language language, const access::Actor& who) {
  const auto text = [&](std::string_view name) { return std::string(value(name)); };
  Typed out;
  out.asker = {who.account, who.signed_in() ? who.email : text("email"), text("name"), text("company"),
               language == Language::french ? "fr" : "en"};
  out.draft.to = std::move(to);
  out.draft.subject = text("subject");
  out.draft.text = text("text");
  out.draft.wanted_by = text("wanted_by");
  out.draft.others = value("others") == "shown" ? requests::Others::shown : requests::Others::hidden;
  out.draft.once = beginning(text("once"), k_longest_once);
  out.find = text("find");
  out.kind = text("kind");
  out.draft.kind =
      requests::kind(out.kind).value_or(out.draft.to.empty() && out.kind.empty() ? Kind::choose : Kind::access);
  return out;
}

Typed typed_in(const http::Request& request, Language language) {
  return typed_by([&](std::string_view name) { return request.parameter(name); }, ids_in(request.parameters("to")),
                  language, request.who());
}

Typed typed_in(const http::Form& form, const http::Request& request, Language language) {
  std::vector<std::string_view> to;
  for (const auto& [name, value] : form.fields) {
    if (name == "to") {
      to.push_back(value);
    }
  }
  return typed_by([&](std::string_view name) { return form.value(name); }, ids_in(to), language, request.who());
}

std::string_view field_of(const Error& error) {
  namespace wrong = requests::errors;
  return error.is(wrong::subject) ? "subject"
         : error.is(wrong::text)  ? "text"
         : error.is(wrong::date)  ? "wanted_by"
         : error.is(wrong::email) ? "email"
         : error.is(wrong::name)  ? "name"
                                  : "";
}

http::Answer form_of(const Site& site, const http::Request& request, Language language, const Typed& typed,
                     const Said& said) {
  const Words& words = site.words(language);
  View body = view({{"action", below(words, "/requests/new")},
                    {"subject", typed.draft.subject},
                    {"text", typed.draft.text},
                    {"wanted_by", typed.draft.wanted_by},
                    {"find", typed.find},
                    {"name", typed.asker.name},
                    {"company", typed.asker.company},
                    {"once", typed.draft.once.empty() ? random_secret().substr(0, 32) : typed.draft.once}});
  Views kinds;
  for (const Kind each : requests::k_kinds) {
    const std::string name(requests::name(each));
    View one = view({{"value", name},
                     {"label", words.get("requests.kinds." + name)},
                     {"note", words.get("requests.kind_notes." + name)}});
    one["selected"] = each == typed.draft.kind;
    kinds.push_back(std::move(one));
  }
  body["kinds"] = std::move(kinds);
  put_choices(site, request.who().viewer, typed.draft.to, typed.find, k_kinds_that_are_asked, words, body);
  body["others"] = typed.draft.others == requests::Others::shown;
  if (request.who().signed_in()) {
    body["as"] = request.who().email;
  } else {
    body["visitor"] = View{{"email", typed.asker.email}};
  }
  if (said.problem) {
    if (const std::string_view field = field_of(*said.problem); !field.empty()) {
      body["wrong_" + std::string(field)] = true;
      body["field"] = field;
    }
  }
  const std::string title = words.get("requests.new");
  return asking_page(site, request, language, "ask", title, std::move(body), {{title, {}}}, said);
}

// What cannot be asked any more is said, and nothing is sent.
Result<std::vector<Id>> checked(const Site& site, const access::Viewer& viewer, const std::vector<Id>& to) {
  std::vector<Id> out;
  for (const Id id : to) {
    TRY_ASSIGN(const auto found, recipient_for(site, viewer, id));
    if (!found) {
      return fail(requests::errors::recipient, id.text());
    }
    if (std::find(out.begin(), out.end(), *found) == out.end()) {
      out.push_back(*found);
    }
  }
  return out;
}

Result<void> judge(const Site& site, const Typed& typed) {
  if (!typed.kind.empty() && !requests::kind(typed.kind)) {
    return fail(requests::errors::kind, beginning(typed.kind, 40));
  }
  TRY(requests::judge_draft(typed.draft, booking::day_text(booking::day_of(site.settings().asking.requests->now()))));
  return requests::judge_asker(typed.asker);
}

Result<std::string> send(const Site& site, const http::Request& request, const Words& words, Typed& typed) {
  TRY(judge(site, typed));
  TRY_ASSIGN(typed.draft.to, checked(site, request.who().viewer, typed.draft.to));
  TRY_ASSIGN(const RequestLetters letters, RequestLetters::prepare(site, typed.draft.to, typed.asker.email));
  requests::Requests& room = *site.settings().asking.requests;
  if (!request.who().signed_in()) {
    const requests::Visitor visitor{std::string(browser_secret(site, request)),
                                    access::network_of(client_address(request))};
    TRY(room.ask_first(typed.asker, typed.draft, visitor,
                       [&](store::Transaction& transaction, const requests::Pending& pending, std::string_view secret) {
                         return letters.verify(transaction, pending, secret);
                       }));
    return std::string();
  }
  TRY_ASSIGN(const requests::Request asked, room.ask(typed.asker, typed.draft, letters.recipients(),
                                                     [&](store::Transaction& transaction, const requests::Request& made,
                                                         const std::vector<requests::Thread>& threads) {
                                                       return letters.asked(transaction, made, threads);
                                                     }));
  return below(words, "/requests/" + std::to_string(asked.id) + "?done=asked");
}

void wake_postman(const Site& site) {
  if (site.settings().entry.posted) {
    site.settings().entry.posted();
  }
}

http::Answer told(const Site& site, const http::Request& request, Language language, View body, const Said& said) {
  const std::string title = site.words(language).get("requests.new");
  return asking_page(site, request, language, "asked", title, std::move(body), {{title, {}}}, said);
}

http::Answer take(const Site& site, const http::Request& request, Language language) {
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 422);
  }
  Typed typed = typed_in(*form, request, language);
  if (form->value("do") == "find") {
    return form_of(site, request, language, typed, {});
  }
  const Words& words = site.words(language);
  const auto sent = send(site, request, words, typed);
  if (!sent) {
    return form_of(site, request, language, typed, {sent.error(), {}});
  }
  wake_postman(site);
  return sent->empty() ? told(site, request, language,
                              View{{"sent", put_in(words.get("requests.sent"), "email", typed.asker.email)},
                                   {"more", words.get("requests.sent_more")}},
                              {})
                       : redirect(303, *sent);
}

View pending_view(const Site& site, const requests::Pending& pending, std::string_view secret, const Words& words) {
  View body{{"open_action", below(words, "/requests/verify/" + std::string(secret))}};
  body["request"] = request_view({0, pending.asker, pending.draft, 0}, People().at(pending.asker.email), words);
  const std::vector<Id> to = pending.draft.to.empty() ? std::vector<Id>{Id()} : pending.draft.to;
  const AskedNames names(site, to, words);
  Views shown;
  for (const Id id : to) {
    shown.push_back(view({{"label", names.label(id)}}));
  }
  body["recipients"] = std::move(shown);
  return body;
}

http::Answer look(const Site& site, const http::Request& request, Language language, std::string_view secret) {
  const auto pending = site.settings().asking.requests->look(secret, browser_secret(site, request));
  return pending ? told(site, request, language, pending_view(site, *pending, secret, site.words(language)), {})
                 : told(site, request, language, {}, {pending.error(), {}});
}

Result<requests::Request> confirm(const Site& site, const http::Request& request, std::string_view secret) {
  requests::Requests& room = *site.settings().asking.requests;
  const std::string_view browser = browser_secret(site, request);
  TRY_ASSIGN(const requests::Pending pending, room.look(secret, browser));
  TRY_ASSIGN(const std::vector<Id> to, checked(site, access::Viewer::visitor(), pending.draft.to));
  TRY_ASSIGN(const RequestLetters letters, RequestLetters::prepare(site, to, pending.asker.email));
  return room.confirm(
      secret, browser, letters.recipients(),
      [&](store::Transaction& transaction, const requests::Request& made,
          const std::vector<requests::Thread>& threads) { return letters.asked(transaction, made, threads); });
}

http::Answer verified(const Site& site, const http::Request& request, Language language, std::string_view secret) {
  const auto asked = confirm(site, request, secret);
  if (!asked) {
    const auto pending = site.settings().asking.requests->look(secret, browser_secret(site, request));
    return told(site, request, language, pending ? pending_view(site, *pending, secret, site.words(language)) : View(),
                {asked.error(), {}});
  }
  wake_postman(site);
  return redirect(303, below(site.words(language),
                             "/requests/link/" + site.settings().asking.requests->link(asked->id) + "?done=asked"));
}

}  // namespace

void add_ask(const Site& site, http::Router& router) {
  using http::Method;
  constexpr http::Right k_everyone = http::Right::everyone;
  add_room(site, router, Method::get, "/requests/new", k_everyone,
           [&site](const http::Request& request, Language language, const http::Captures&) {
             return form_of(site, request, language, typed_in(request, language), {});
           });
  add_room(site, router, Method::post, "/requests/new", k_everyone,
           [&site](const http::Request& request, Language language, const http::Captures&) {
             return take(site, request, language);
           });
  add_room(site, router, Method::get, "/requests/verify/{secret}", k_everyone,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return look(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/requests/verify/{secret}", k_everyone,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return verified(site, request, language, parts[1]);
           });
}

}  // namespace pitchblende::pages
