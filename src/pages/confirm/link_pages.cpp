// A link from a letter: one card, said to be right with one button, or corrected there. Rules 1 to 10 of
// docs/rules/confirm.md.
#include "base/text.hpp"
#include "confirm/errors.hpp"
#include "pages/confirm/card_form.hpp"
#include "pages/confirm/confirm_pages.hpp"
#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

namespace {

constexpr size_t k_longest_comment = 1000;

std::string here(const Words& words, std::string_view secret, std::string_view rest = {}) {
  return "/" + std::string(words.code()) + "/confirm/" + std::string(secret) + std::string(rest);
}

// Rule 3: whoever was asked sees all that is kept of the card, as if it was his own.
access::Viewer holder_of(Id card) {
  access::Viewer viewer;
  viewer.reach = access::Visibility::consortium;
  viewer.owned = {card};
  return viewer;
}

struct Sent {
  std::vector<TypedEdit> edits;
  std::string comment;
  confirm::Plan plan;
  std::optional<Error> problem;
};

bool asks_again(const Sent& sent) {
  return sent.problem || !sent.plan.is_clean() ||
         std::any_of(sent.edits.begin(), sent.edits.end(),
                     [](const TypedEdit& each) { return each.error.has_value(); });
}

// What the form says above its fields.
void put_problems(const Sent& sent, const Words& words, View& body) {
  Views problems;
  if (sent.problem) {
    problems.push_back(view({{"message", sent.problem->message(words.language())}}));
  }
  const bool wrong = !sent.plan.wrong.empty() ||
                     std::any_of(sent.edits.begin(), sent.edits.end(), [](const auto& each) { return each.error; });
  if (wrong) {
    problems.push_back(view({{"message", words.get("confirm.form.wrong")}}));
  }
  if (!sent.plan.conflicts.empty()) {
    problems.push_back(view({{"message", words.get("confirm.form.conflict")}}));
  }
  body["problems"] = std::move(problems);
}

Result<http::Answer> card_page(const Site& site, const http::Request& request, Language language,
                               std::string_view secret, const confirm::Opened& opened, const Sent& sent) {
  const Words& words = site.words(language);
  const access::Viewer viewer = holder_of(opened.card);
  TRY_ASSIGN(const registry::Found found, site.registry().find(opened.card, viewer));
  if (!found.card) {
    return fail(confirm::errors::gone);
  }
  TRY_ASSIGN(const Called called, called_by(site, *found.card, viewer));
  const std::string name = title_of(*found.card, words);
  View body =
      view({{"of", name},
            {"of_kind", words.kind(found.card->kind)},
            {"holder", put_in(words.get("confirm.link.holder"), "email", opened.ask.email)},
            {"until", put_in(words.get("confirm.link.until"), "date", words.date(opened.ask.expires.substr(0, 10)))},
            {"right_action", here(words, secret)},
            {"correct_action", here(words, secret, "/correct")},
            {"comment", sent.comment}});
  body["facts"] = card_facts(*found.card, called, words);
  body["fields"] = card_form(*found.card, called, sent.edits, sent.plan, words);
  put_problems(sent, words, body);
  const std::string title = put_in(words.get("confirm.link.title"), "name", name);
  http::Answer answer = form_page(site, request, language, "confirm", title, std::move(body), {{title, {}}});
  answer.status = sent.problem                   ? sent.problem->kind().status
                  : !sent.plan.conflicts.empty() ? 409
                  : asks_again(sent)             ? 422
                                                 : 200;
  return answer;
}

http::Answer or_told(const Site& site, const http::Request& request, Language language, Result<http::Answer> answer) {
  return answer ? std::move(*answer) : told_of_link(site, request, language, answer.error());
}

http::Answer look(const Site& site, const http::Request& request, Language language, std::string_view secret) {
  const auto opened = site.settings().upkeep.confirm->look_at(secret);
  return opened ? or_told(site, request, language, card_page(site, request, language, secret, *opened, {}))
                : told_of_link(site, request, language, opened.error());
}

http::Answer say_right(const Site& site, const http::Request& request, Language language, std::string_view secret) {
  const auto done = site.settings().upkeep.confirm->confirm(secret);
  return done ? redirect(303, here(site.words(language), secret, "/done"))
              : told_of_link(site, request, language, done.error());
}

http::Answer correct(const Site& site, const http::Request& request, Language language, std::string_view secret) {
  confirm::Confirm& confirm = *site.settings().upkeep.confirm;
  const auto answered = [&]() -> Result<http::Answer> {
    TRY_ASSIGN(const confirm::Opened opened, confirm.look_at(secret));
    TRY_ASSIGN(const http::Form form, http::read_form(request));
    TRY_ASSIGN(const registry::Found found, site.registry().find(opened.card, holder_of(opened.card)));
    if (!found.card) {
      return fail(confirm::errors::gone);
    }
    Sent sent;
    TRY_ASSIGN(sent.edits, typed_edits(site, found.card->kind, form));
    sent.comment = squeeze(form.value("comment")).substr(0, k_longest_comment);
    if (!is_valid_utf8(sent.comment)) {
      sent.comment = clean_utf8(sent.comment);
    }
    if (asks_again(sent)) {
      // Something that was typed leads nowhere: all else is weighed, and nothing done.
      TRY_ASSIGN(sent.plan, confirm.plan_for(opened.card, edits_of(sent.edits)));
      return card_page(site, request, language, secret, opened, sent);
    }
    auto plan = confirm.correct(secret, edits_of(sent.edits), sent.comment);
    if (!plan && (plan.error().kind().status == 503 || plan.error().is(confirm::errors::nothing))) {
      sent.problem = plan.error();
      return card_page(site, request, language, secret, opened, sent);
    }
    TRY(plan);
    sent.plan = std::move(*plan);
    return sent.plan.is_clean() ? redirect(303, here(site.words(language), secret, "/done"))
                                : card_page(site, request, language, secret, opened, sent);
  };
  return or_told(site, request, language, answered());
}

http::Answer thanks(const Site& site, const http::Request& request, Language language, std::string_view secret) {
  const auto ask = site.settings().upkeep.confirm->ask_of(secret);
  if (!ask) {
    return told_of_link(site, request, language, ask.error());
  }
  const Words& words = site.words(language);
  if (!ask->is_answered()) {
    return redirect(303, here(words, secret));
  }
  const std::string key = "confirm.done." + std::string(confirm::name(ask->state));
  View body =
      view({{"message", words.get(key)},
            {"advice", put_in(words.get("confirm.done.advice"), "date", words.date(ask->answered.substr(0, 10)))}});
  const auto found = site.registry().find(ask->card, access::Viewer::visitor());
  if (found && found->card && found->card->page) {
    body["card_url"] =
        "/" + std::string(words.code()) + "/" + std::string(registry::name(found->card->kind)) + "/" + found->id.text();
    body["card_label"] = title_of(*found->card, words);
  }
  const std::string title = words.get("confirm.done.title");
  return form_page(site, request, language, "thanks", title, std::move(body), {{title, {}}});
}

}  // namespace

http::Answer told_of_link(const Site& site, const http::Request& request, Language language, const Error& error) {
  const int status = error.kind().status;
  if (status >= 500 && status != 503) {
    return site.error(request, language, 500);
  }
  const Words& words = site.words(language);
  View body{{"status", status},
            {"message", error.message(language)},
            {"advice", words.get("confirm.link.advice")},
            {"noindex", true}};
  http::Answer answer = site.page(request, language, "error", words.get("confirm.link.closed"), std::move(body), {});
  answer.status = status;
  answer.shared = false;
  answer.keep = http::Keep::never;
  return answer;
}

void add_links(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_all = http::Right::everyone;
  add_room(site, router, Method::get, "/confirm/{secret}", k_all,
           [&site](const Request& request, Language language, const Captures& parts) {
             return look(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/confirm/{secret}", k_all,
           [&site](const Request& request, Language language, const Captures& parts) {
             return say_right(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/confirm/{secret}/correct", k_all,
           [&site](const Request& request, Language language, const Captures& parts) {
             return correct(site, request, language, parts[1]);
           });
  add_room(site, router, Method::get, "/confirm/{secret}/done", k_all,
           [&site](const Request& request, Language language, const Captures& parts) {
             return thanks(site, request, language, parts[1]);
           });
}

void add_confirm(const Site& site, http::Router& router) {
  add_links(site, router);
  add_campaigns(site, router);
  add_workbooks(site, router);
}

}  // namespace pitchblende::pages
