// One partnership: what it is, how it came there; begun, written down, moved and renewed by the staff.
#include <algorithm>
#include <map>

#include "base/beginning.hpp"
#include "pages/address.hpp"
#include "pages/partnerships/partnership_form.hpp"
#include "partnerships/errors.hpp"

namespace pitchblende::pages {

namespace {

namespace wrong = partnerships::errors;
using partnerships::Draft;
using partnerships::Partnership;
using partnerships::Stage;

Views links_of(const std::vector<Id>& ids, const AskedNames& names) {
  Views out;
  for (const Id id : ids) {
    out.push_back(view({{"label", names.label(id)}, {"url", names.url(id)}}));
  }
  return out;
}

// Rule 15: with the page that it has as soon as the registry knows it.
Result<Views> named_links(const Site& site, const std::vector<std::string>& named, const Words& words) {
  Views out;
  for (const std::string& each : named) {
    TRY_ASSIGN(const auto known, site.registry().find("name:" + each));
    const std::string url = known ? AskedNames(site, {*known}, words).url(*known) : std::string();
    out.push_back(view({{"label", each}, {"url", url}}));
  }
  return out;
}

// By whom, in the order of events; empty: his account is gone.
Result<std::vector<std::string>> authors_of(const Site& site, const std::vector<partnerships::Event>& events) {
  TRY_ASSIGN(const auto accounts, site.settings().entry.access->accounts());
  std::map<int64_t, std::string> emails;
  for (const access::AccountRow& each : accounts) {
    emails.emplace(each.id, each.email);
  }
  std::vector<std::string> out;
  for (const partnerships::Event& each : events) {
    const auto at = emails.find(each.account);
    out.push_back(at == emails.end() ? std::string() : at->second);
  }
  return out;
}

std::string event_words(const partnerships::Event& event, const Words& words) {
  if (event.renewed) {
    return put_in(words.get("partnerships.renewed"), "period",
                  words.period(event.renewed->starts, event.renewed->ends));
  }
  return event.stage ? stage_words(*event.stage, words) : words.get("partnerships.edited");
}

// Rule 17: back to the request that it began with.
Result<void> put_request(const Site& site, const Partnership& found, const Words& words, View& body) {
  TRY_ASSIGN(const int64_t number, site.settings().partnering.partnerships->request_of(found.id));
  if (number == 0 || site.settings().asking.requests == nullptr) {
    return {};
  }
  requests::Query query;
  query.which = requests::Query::Which::request;
  query.number = number;
  TRY_ASSIGN(const std::vector<requests::Case> cases, site.settings().asking.requests->cases(query));
  if (!cases.empty()) {
    body["asked"] = view({{"label", cases.front().request.draft.subject},
                          {"url", below(words, "/requests/threads/" + std::to_string(cases.front().thread.id))}});
  }
  return {};
}

Result<void> put_facts(const Site& site, const http::Request& request, const Partnership& found, const Words& words,
                       View& body) {
  const Draft& draft = found.draft;
  std::vector<Id> ids = draft.parties;
  ids.insert(ids.end(), draft.people.begin(), draft.people.end());
  ids.insert(ids.end(), draft.areas.begin(), draft.areas.end());
  const AskedNames names(site, ids, words);
  View facts = view({{"kind", words.of_code(partnerships::name(draft.kind))},
                     {"field", draft.field},
                     {"period", words.period(draft.starts, draft.ends)},
                     {"amount", amount_words(found, words)},
                     {"note", draft.note}});
  Views parties = links_of(draft.parties, names);
  TRY_ASSIGN(Views named, named_links(site, draft.named, words));
  std::ranges::move(named, std::back_inserter(parties));
  facts["parties"] = std::move(parties);
  facts["people"] = links_of(draft.people, names);
  facts["has_people"] = !draft.people.empty();
  facts["areas"] = links_of(draft.areas, names);
  facts["has_areas"] = !draft.areas.empty();
  body["facts"] = std::move(facts);
  body["paragraphs"] = paragraphs_of(draft.description);
  body["stage"] = stage_words(found.stage, words);
  body["tone"] = tone_of(found.stage);
  if (const std::string due = due_words(found, request.who().today, words); !due.empty()) {
    body["due"] = due;
  }
  if (!access::may(request.who(), access::Right::run_partnership, {})) {
    return {};
  }
  TRY(put_request(site, found, words, body));
  TRY_ASSIGN(const auto events, site.settings().partnering.partnerships->events(found.id));
  TRY_ASSIGN(const auto authors, authors_of(site, events));
  Views rows;
  for (size_t at = 0; at < events.size(); ++at) {
    rows.push_back(view({{"when", moment(words, events[at].at)},
                         {"what", event_words(events[at], words)},
                         {"who", authors[at]},
                         {"note", events[at].note}}));
  }
  body["events"] = std::move(rows);
  return {};
}

void put_moves(const Partnership& found, const Words& words, View& body) {
  Views moves;
  for (const Stage to : partnerships::k_stages) {
    if (partnerships::may_become(found.stage, to)) {
      moves.push_back(view({{"value", partnerships::name(to)}, {"label", stage_words(to, words)}}));
    }
  }
  body["moves"] = std::move(moves);
}

Result<http::Answer> page_of(const Site& site, const http::Request& request, Language language,
                             const Partnership& found, const std::optional<TypedPartnership>& typed, const Said& said) {
  const Words& words = site.words(language);
  const std::string here = below(words, "/partnerships/" + std::to_string(found.id));
  View body;
  TRY(put_facts(site, request, found, words, body));
  if (access::may(request.who(), access::Right::run_partnership, {})) {
    body["revision"] = found.revision;
    body["form"] = form_view_of(site, request, typed ? *typed : typed_partnership(found.draft), here, words);
    body["move_action"] = here + "/stage";
    body["move_note"] = typed ? typed->note : std::string();
    if (found.stage == Stage::signed_) {
      body["renewal"] = View{{"action", here + "/renewal"},
                             {"until", typed ? typed->until : std::string()},
                             {"note", typed ? typed->why : std::string()}};
    }
    put_moves(found, words, body);
  }
  return asking_page(site, request, language, "partnership", found.draft.title, std::move(body),
                     {{words.get("partnerships.board"), below(words, "/partnerships")}, {found.draft.title, {}}}, said);
}

Result<http::Answer> new_page(const Site& site, const http::Request& request, Language language,
                              const TypedPartnership& typed, const Said& said) {
  const Words& words = site.words(language);
  const std::string title = words.get(typed.card == Id() ? "partnerships.new" : "partnerships.take");
  View body;
  body["form"] = form_view_of(site, request, typed, below(words, "/partnerships/new"), words);
  body["is_new"] = true;
  return asking_page(site, request, language, "partnership", title, std::move(body),
                     {{words.get("partnerships.board"), below(words, "/partnerships")}, {title, {}}}, said);
}

// nullopt: there is none, or it is not his to know.
Result<std::optional<Partnership>> found_for(const Site& site, const access::Actor& actor, int64_t number) {
  auto found = site.settings().partnering.partnerships->one(number);
  if (!found) {
    return found.error().is(wrong::unknown) ? Result<std::optional<Partnership>>(std::nullopt)
                                            : tl::unexpected(found.error());
  }
  PartnerDesk desk(site.registry(), actor);
  return desk.seen(*found);
}

partnerships::Also audited(const Site& site, const access::Actor& actor, std::string verb) {
  return [&site, account = actor.account, verb = std::move(verb)](store::Transaction& transaction,
                                                                  const Partnership& partnership) -> Result<void> {
    const Partnering& room = site.settings().partnering;
    TRY(room.publish ? room.publish(transaction, partnership) : Result<void>());
    return site.settings().entry.access->audit().record(
        transaction,
        {account, verb, "partnership", partnership.id, std::string(partnerships::name(partnership.stage))});
  };
}

partnerships::By by_of(const access::Actor& actor) {
  return {actor.account, access::may(actor, access::Right::run_partnership, {})};
}

http::Answer done_at(const Site& site, const access::Actor& actor, Language language, const Partnership& now,
                     std::string_view done) {
  if (site.settings().partnering.published) {
    site.settings().partnering.published(now, actor.email);
  }
  return redirect(
      303, below(site.words(language), "/partnerships/" + std::to_string(now.id)) + "?done=" + std::string(done));
}

// Looking for a party, and adding what is not there, store nothing.
Result<bool> only_sought(const Site& site, const http::Form& form, TypedPartnership& typed) {
  if (form.value("do") == "add") {
    TRY(add_sought(site, typed));
  }
  return form.value("do") == "add" || form.value("do") == "find";
}

Result<Partnership> begun(const Site& site, const http::Request& request, const TypedPartnership& typed) {
  const access::Actor& actor = request.who();
  partnerships::Partnerships& room = *site.settings().partnering.partnerships;
  TRY_ASSIGN(const Draft draft, partnership_draft(site, actor.viewer, typed));
  if (typed.card == Id()) {
    return room.add(draft, by_of(actor), audited(site, actor, "begin_partnership"), typed.request);
  }
  TRY_ASSIGN(const auto card, card_to_take(site, actor.viewer, typed.card));
  if (!card) {
    return fail(wrong::taken);
  }
  return room.take_over({card->id, stage_taken(*card, draft, actor.today)}, draft, by_of(actor),
                        audited(site, actor, "take_over_partnership"));
}

Result<http::Answer> begin(const Site& site, const http::Request& request, Language language, const http::Form& form) {
  TypedPartnership typed = typed_partnership(form);
  TRY_ASSIGN(const bool sought, only_sought(site, form, typed));
  if (sought) {
    return new_page(site, request, language, typed, {});
  }
  const auto made = begun(site, request, typed);
  return made ? Result<http::Answer>(done_at(site, request.who(), language, *made, "stored"))
              : new_page(site, request, language, typed, {made.error(), {}});
}

Result<http::Answer> edit(const Site& site, const http::Request& request, Language language, const Partnership& found,
                          const http::Form& form) {
  TypedPartnership typed = typed_partnership(form);
  TRY_ASSIGN(const bool sought, only_sought(site, form, typed));
  if (sought) {
    return page_of(site, request, language, found, typed, {});
  }
  const partnerships::Seen seen{found.id, whole_number(form.value("revision"))};
  const auto draft = partnership_draft(site, request.who().viewer, typed);
  const auto done = draft ? site.settings().partnering.partnerships->edit(
                                seen, *draft, by_of(request.who()), audited(site, request.who(), "edit_partnership"))
                          : Result<Partnership>(tl::unexpected(draft.error()));
  return done ? Result<http::Answer>(done_at(site, request.who(), language, *done, "stored"))
              : page_of(site, request, language, found, typed, {done.error(), {}});
}

Result<http::Answer> move(const Site& site, const http::Request& request, Language language, const Partnership& found,
                          const http::Form& form) {
  const Words& words = site.words(language);
  const auto to = partnerships::stage(form.value("stage"));
  const std::string note(form.value("move_note"));
  const partnerships::Seen seen{found.id, whole_number(form.value("revision"))};
  const auto done = to ? site.settings().partnering.partnerships->move(seen, *to, note, by_of(request.who()),
                                                                       audited(site, request.who(), "move_partnership"))
                       : Result<Partnership>(fail(wrong::stage));
  if (done) {
    return done_at(site, request.who(), language, *done, "moved");
  }
  TypedPartnership typed = typed_partnership(found.draft);
  typed.note = note;
  // As its reader calls them.
  const Error problem = !done.error().is(wrong::stage)
                            ? done.error()
                            : fail(wrong::stage, stage_words(found.stage, words),
                                   to ? stage_words(*to, words) : beginning(form.value("stage"), 40))
                                  .value();
  return page_of(site, request, language, found, typed, {problem, {}});
}

Result<http::Answer> renew(const Site& site, const http::Request& request, Language language, const Partnership& found,
                           const http::Form& form) {
  TypedPartnership typed = typed_partnership(found.draft);
  typed.until = form.value("until");
  typed.why = form.value("renewal_note");
  const auto done = site.settings().partnering.partnerships->renew({found.id, whole_number(form.value("revision"))},
                                                                   typed.until, typed.why, by_of(request.who()),
                                                                   audited(site, request.who(), "renew_partnership"));
  return done ? Result<http::Answer>(done_at(site, request.who(), language, *done, "renewed"))
              : page_of(site, request, language, found, typed, {done.error(), {}});
}

using Go = std::function<Result<http::Answer>(const Partnership& found)>;

http::Answer at_partnership(const Site& site, const http::Request& request, Language language, std::string_view number,
                            const Go& go) {
  const auto found = found_for(site, request.who(), whole_number(number));
  if (!found) {
    return site.error(request, language, 500);
  }
  if (!*found) {
    return site.error(request, language, 404);
  }
  auto answer = go(**found);
  return answer ? std::move(*answer) : site.error(request, language, 500);
}

http::Answer answered(const Site& site, const http::Request& request, Language language, Result<http::Answer> answer) {
  return answer ? std::move(*answer) : site.error(request, language, 500);
}

}  // namespace

void add_partnership(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  using http::Right;
  add_room(site, router, Method::get, "/partnerships/new", Right::run_partnership,
           [&site](const Request& request, Language language, const Captures&) {
             const auto already = begun_already(site, request);
             if (already.value_or(0) != 0) {
               return redirect(303, below(site.words(language), "/partnerships/" + std::to_string(*already)));
             }
             const auto typed = already ? begun_with(site, request, site.words(language))
                                        : Result<TypedPartnership>(tl::unexpected(already.error()));
             return typed ? answered(site, request, language, new_page(site, request, language, *typed, {}))
                          : site.error(request, language, 500);
           });
  add_room(site, router, Method::post, "/partnerships/new", Right::run_partnership,
           [&site](const Request& request, Language language, const Captures&) {
             const auto form = http::read_form(request);
             return form ? answered(site, request, language, begin(site, request, language, *form))
                         : site.error(request, language, 422);
           });
  add_room(
      site, router, Method::get, "/partnerships/{number}", Right::everyone,
      [&site](const Request& request, Language language, const Captures& parts) {
        return at_partnership(site, request, language, parts[1], [&](const Partnership& found) {
          return page_of(site, request, language, found, std::nullopt, {{}, std::string(request.parameter("done"))});
        });
      });
  using Change = Result<http::Answer> (*)(const Site&, const Request&, Language, const Partnership&, const http::Form&);
  for (const auto& [path, change] :
       {std::pair<std::string_view, Change>{"", edit}, {"/stage", move}, {"/renewal", renew}}) {
    add_room(site, router, Method::post, "/partnerships/{number}" + std::string(path), Right::run_partnership,
             [&site, change](const Request& request, Language language, const Captures& parts) {
               const auto form = http::read_form(request);
               return form ? at_partnership(site, request, language, parts[1],
                                            [&](const Partnership& found) {
                                              return change(site, request, language, found, *form);
                                            })
                           : site.error(request, language, 422);
             });
  }
}

}  // namespace pitchblende::pages
