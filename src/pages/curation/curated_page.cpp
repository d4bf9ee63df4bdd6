// A card as curators work on it: where each value comes from, corrections with a reason, its history, undo.
#include <algorithm>

#include "base/text.hpp"
#include "confirm/errors.hpp"
#include "pages/address.hpp"
#include "pages/confirm/card_form.hpp"
#include "pages/confirm/tenure_rows.hpp"
#include "pages/confirm/typed_thing.hpp"
#include "pages/curation/curation_pages.hpp"
#include "pages/entry/forms.hpp"
#include "pages/things/thing_facts.hpp"
#include "partnerships/publication.hpp"
#include "pool/errors.hpp"

namespace pitchblende::pages {

namespace {

using pool::Judgement;

constexpr size_t k_longest_why = 500;   // letters
constexpr int64_t k_most_words = 1000;  // that came alone, of all cards

std::string address_of(const Words& words, Id card, std::string_view rest = {}) {
  return below(words, "/curation/things/" + card.text() + std::string(rest));
}

// Back on the card, which says that it is "stored" or "undone".
http::Answer after(const Words& words, Id card, std::string_view what) {
  return redirect(303, address_of(words, card, "?done=" + std::string(what)));
}

// Who says a value: its sources, or who decided.
std::string said_by(const registry::Card& card, const registry::CardValue& value,
                    const std::vector<registry::Decided>& decided, const Words& words) {
  std::string out;
  for (const uint32_t source : value.sources) {
    out += (out.empty() ? "" : ", ") + card.sources[source].source;
  }
  for (const registry::Decided& each : decided) {
    if (value.decision != 0 && each.number == value.decision) {
      out = put_in(words.get("curation.decided_by"), "who", each.who);
    }
  }
  return out;
}

// Every value of every field, also those that lost or are hidden.
Views values_of(const registry::Card& card, const Called& called, const std::vector<registry::Decided>& decided,
                const Words& words) {
  Views out;
  for (const registry::CardField& field : card.fields) {
    if (registry::description(field.field).type == registry::FieldType::mention) {
      continue;
    }
    for (const registry::CardValue& value : field.values) {
      const std::string state = value.hidden ? "hidden" : value.lost ? "lost" : "";
      out.push_back(view({{"field", words.label(field.field)},
                          {"text", value_words(field.field, value.value, called, words)},
                          {"text_lang", value.value.lang},
                          {"by", said_by(card, value, decided, words)},
                          {"state", state.empty() ? std::string() : words.get("curation.values." + state)}}));
    }
  }
  return out;
}

std::string verdict_words(std::string_view verdict, const Words& words) {
  return words.get("curation.verdicts." + std::string(verdict));
}

// What sources said and people decided, the newest first.
Result<Views> history_of(const Site& site, const access::Actor& actor, const registry::Card& card, const Called& called,
                         const std::vector<registry::Decided>& decided, const Words& words) {
  struct Row {
    std::string at;
    View shown;
  };
  std::vector<Row> rows;
  TRY_ASSIGN(const auto events, site.registry().history(card.id));
  for (const registry::Event& each : events) {
    const bool by_source =
        each.what == "new" || each.what == "changed" || each.what == "withdrawn" || each.what == "returned";
    if (by_source) {
      rows.push_back({each.at, view({{"what", verdict_words(each.what, words)},
                                     {"who", each.who + " " + each.key},
                                     {"at", moment(words, each.at)}})});
    }
  }
  TRY_ASSIGN(const auto said, site.settings().upkeep.confirm->words_alone(card.id, k_most_words));
  TRY_ASSIGN(const People people, deciders(site, actor, decided, said, words));
  for (const registry::Decided& each : decided) {
    const auto field = registry::find_field(card.kind, each.field);
    View row = view({{"what", decided_words(each, words)},
                     {"field", field ? words.label(*field) : each.field},
                     {"text", field ? value_words(*field, each.value, called, words) : each.value.text},
                     {"who", people.at(each.who).name},
                     {"at", moment(words, each.made)},
                     {"reason", reason_words(each.why, words)},
                     {"number", std::to_string(each.number)}});
    if (each.stands) {
      row["undo_action"] = below(words, "/curation/decisions/" + std::to_string(each.number) + "/undo");
    }
    row["undone"] = !each.stands && each.verdict != "undo";
    rows.push_back({each.made, std::move(row)});
  }
  for (const confirm::Word& each : said) {
    rows.push_back({each.made, view({{"what", words.get("curation.word")},
                                     {"text", each.said},
                                     {"who", people.at(each.who).name},
                                     {"at", moment(words, each.made)}})});
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.at > b.at; });
  Views out;
  for (Row& each : rows) {
    out.push_back(std::move(each.shown));
  }
  return out;
}

Result<http::Answer> card_page(const Site& site, const http::Request& request, Language language, Id id,
                               const SentCard& sent) {
  const Words& words = site.words(language);
  store::Store& store = *site.settings().upkeep.store;
  const access::Viewer all = access::Viewer::everything();
  TRY_ASSIGN(const registry::Found found, site.registry().find(id, all));
  if (!found.card) {
    return site.error(request, language, found.presence == registry::Presence::withdrawn ? 410 : 404);
  }
  if (found.id != id) {
    return redirect(303, address_of(words, found.id));
  }
  const registry::Card& card = *found.card;
  TRY_ASSIGN(const Called called, called_by(site, card, all, words));
  TRY_ASSIGN(const auto decided, registry::decided_on(store, id));
  const std::string name = title_of(card, words);
  const std::string_view done =
      sent.plan.is_clean() && sent.said.empty() ? request.parameter("done") : std::string_view();
  View body = view({{"of", name},
                    {"of_kind", words.kind(card.kind)},
                    {"of_url", thing_address(words.code(), card.kind, id)},
                    {"done", done == "stored" || done == "undone" ? words.get("curation.after." + std::string(done))
                                                                  : std::string()},
                    {"correct_action", address_of(words, id, "/correct")},
                    {"verify_action", address_of(words, id, "/verify")},
                    {"hide_action", address_of(words, id, "/hide")},
                    {"why", sent.said}});
  body["verified"] = card.verified;
  body["is_hidden"] = card.visibility == access::Visibility::nobody;
  body["values"] = values_of(card, called, decided, words);
  body["groups"] = card_form(card, called, sent, words, confirm::asked_fields(card.kind));
  put_offered(site, card.kind, words, body);
  TRY_ASSIGN(body["history"], history_of(site, request.who(), card, called, decided, words));
  put_problems(sent, words, body);
  const std::string title = put_in(words.get("curation.card"), "name", name);
  http::Answer answer = form_page(site, request, language, "curated", title, std::move(body),
                                  {{words.get("curation.title"), below(words, "/curation")}, {title, {}}});
  answer.status = sent.status();
  return answer;
}

http::Answer or_error(const Site& site, const http::Request& request, Language language, Result<http::Answer> answer) {
  return answer ? std::move(*answer) : site.error(request, language, answer.error().kind().status == 404 ? 404 : 500);
}

// What a person got wrong is said on the card's page.
http::Answer with_problem(const Site& site, const http::Request& request, Language language, Id id, SentCard sent,
                          const Error& error) {
  if (error.kind().status >= 500 && error.kind().status != 503) {
    return site.error(request, language, 500);
  }
  sent.problem = error;
  return or_error(site, request, language, card_page(site, request, language, id, sent));
}

// Error: POOL_NO_REASON, PAGES_TOO_LONG.
Result<std::string> reason_in(const Words& words, const http::Form& form) {
  TRY_ASSIGN(const std::string typed, fitting(words, form, "why", "curation.why", k_longest_why));
  std::string why = squeeze(typed);
  return why.empty() ? Result<std::string>(fail(pool::errors::no_reason)) : why;
}

http::Answer correct(const Site& site, const http::Request& request, Language language, Id id) {
  confirm::Confirm& confirm = *site.settings().upkeep.confirm;
  const auto answered = [&]() -> Result<http::Answer> {
    TRY_ASSIGN(const registry::Found found, site.registry().find(id, access::Viewer::everything()));
    if (!found.card) {
      return site.error(request, language, 404);
    }
    TRY_ASSIGN(const http::Form form, http::read_form(request));
    SentCard sent;
    TRY_ASSIGN(sent.edits, typed_edits(site, found.card->kind, form));
    sent.said = squeeze(form.value("why"));
    const auto why = reason_in(site.words(language), form);
    if (sent.leads_nowhere() || !why) {
      TRY_ASSIGN(sent.plan, confirm.plan_for(found.id, edits_of(sent.edits)));
      return why ? card_page(site, request, language, found.id, sent)
                 : with_problem(site, request, language, found.id, sent, why.error());
    }
    const access::Deed deed{request.who().account, "correct", "card", static_cast<int64_t>(found.id.bits()), {}};
    auto plan = confirm.correct_card(
        found.id, edits_of(sent.edits), {request.who().email, sent.said},
        [&](store::Transaction& db) { return site.settings().entry.access->audit().record(db, deed); });
    if (!plan) {
      return with_problem(site, request, language, found.id, sent, plan.error());
    }
    sent.plan = std::move(*plan);
    return sent.plan.is_clean() ? after(site.words(language), found.id, "stored")
                                : card_page(site, request, language, found.id, sent);
  };
  return or_error(site, request, language, answered());
}

// A decision on the whole card, with the reason that its form gives.
http::Answer judge(const Site& site, const http::Request& request, Language language, Id id,
                   Judgement::Verdict verdict) {
  const auto form = http::read_form(request);
  SentCard sent;
  sent.said = form ? squeeze(form->value("why")) : std::string();
  const auto why = form ? reason_in(site.words(language), *form) : tl::unexpected(form.error());
  Judgement judgement;
  judgement.verdict = verdict;
  judgement.a = id;
  judgement.why = why.value_or(std::string());
  const auto done = why ? decide(site, request, std::move(judgement)) : tl::unexpected(why.error());
  return done ? after(site.words(language), id, "stored")
              : with_problem(site, request, language, id, std::move(sent), done.error());
}

http::Answer undo(const Site& site, const http::Request& request, Language language, std::string_view number) {
  const auto form = http::read_form(request);
  const int64_t decision = typed_number(number, 0);
  const auto subject = registry::subject_of(*site.settings().upkeep.store, decision);
  if (!form || !subject || decision <= 0) {
    return site.error(request, language, subject ? 404 : 500);
  }
  Judgement judgement;
  judgement.verdict = Judgement::Verdict::undo;
  judgement.undoes = decision;
  const auto why = fitting(site.words(language), *form, "why", "curation.why", k_longest_why);
  judgement.why = squeeze(why.value_or(std::string()));
  if (judgement.why.empty()) {
    judgement.why = site.words(language).get("curation.undone_why");
  }
  const auto done = why ? decide(site, request, std::move(judgement)) : tl::unexpected(why.error());
  // Who is only printed has no card to come back to.
  const auto found = site.registry().find(subject->value_or(Id()), access::Viewer::everything());
  const bool has_card = found && found->card;
  if (done) {
    return has_card ? after(site.words(language), found->id, "undone")
                    : redirect(303, below(site.words(language), "/curation/decisions?done=undone"));
  }
  return has_card ? with_problem(site, request, language, found->id, {}, done.error())
                  : site.error(request, language, done.error().kind().status < 500 ? 404 : 500);
}

}  // namespace

std::string decided_words(const registry::Decided& decided, const Words& words) {
  const bool by_holder = confirm::reason_in(decided.why).is_by_holder() &&
                         (decided.verdict == "override" || decided.verdict == "hide" || decided.verdict == "verified");
  return by_holder ? words.get("curation.holder." + decided.verdict)
                   : words.get("curation.verdicts." + decided.verdict);
}

std::string reason_words(std::string_view why, const Words& words) {
  const confirm::Reason reason = confirm::reason_in(why);
  if (why == partnerships::k_reason) {
    return words.get("curation.by_partnership");
  }
  if (reason.door.empty()) {
    return std::string(reason.said);
  }
  const std::string by =
      put_in(words.get("curation.holder.doors." + std::string(reason.door)), "n", std::string(reason.number));
  return reason.said.empty() ? by : std::string(reason.said) + " (" + by + ")";
}

std::string curation_address(const Site& site, const access::Actor& actor, const Words& words, Id card) {
  const bool curates = site.settings().upkeep.confirm != nullptr && access::may_somewhere(actor, access::Right::curate);
  return curates ? address_of(words, card) : std::string();
}

void add_curated(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_right = http::Right::curate;
  using Act = http::Answer (*)(const Site&, const Request&, Language, Id);
  const auto add = [&](Method method, std::string_view path, Act act) {
    add_room(site, router, method, path, k_right,
             [&site, act](const Request& request, Language language, const Captures& parts) {
               const auto id = Id::parse(parts[1]);
               return id ? act(site, request, language, *id) : site.error(request, language, 404);
             });
  };
  add(Method::get, "/curation/things/{id}", [](const Site& of, const Request& request, Language language, Id id) {
    return or_error(of, request, language, card_page(of, request, language, id, {}));
  });
  add(Method::post, "/curation/things/{id}/correct", correct);
  add(Method::post, "/curation/things/{id}/verify",
      [](const Site& of, const Request& request, Language language, Id id) {
        return judge(of, request, language, id, Judgement::Verdict::verified);
      });
  add(Method::post, "/curation/things/{id}/hide", [](const Site& of, const Request& request, Language language, Id id) {
    return judge(of, request, language, id, Judgement::Verdict::hide);
  });
  add_room(site, router, Method::post, "/curation/decisions/{number}/undo", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return undo(site, request, language, parts[1]);
           });
}

}  // namespace pitchblende::pages
