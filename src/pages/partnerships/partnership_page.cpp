// One partnership: what it is, how it came there; begun, written down and moved by the staff.
#include <algorithm>

#include "base/beginning.hpp"
#include "pages/address.hpp"
#include "pages/choices.hpp"
#include "pages/partnerships/partner_room.hpp"
#include "partnerships/errors.hpp"
#include "registry/kinds.hpp"

namespace pitchblende::pages {

namespace {

namespace wrong = partnerships::errors;
using access::Visibility;
using partnerships::Draft;
using partnerships::Partnership;
using partnerships::Stage;
using registry::Kind;

constexpr std::array k_seen_by{Visibility::everyone, Visibility::consortium, Visibility::institution,
                               Visibility::owner};
constexpr std::string_view k_kinds_of_members = "organisation team person group";

// What stands in the form.
struct Typed {
  Draft draft;
  std::vector<Id> members;  // parties, people and areas, told apart by their kinds
  std::string amount;
  std::string find;
  std::string note;  // of a move
};

Typed typed_of(const Draft& draft) {
  Typed out;
  out.draft = draft;
  for (const std::vector<Id>* ids : {&draft.parties, &draft.people, &draft.areas}) {
    out.members.insert(out.members.end(), ids->begin(), ids->end());
  }
  out.amount = draft.amount ? std::to_string(*draft.amount) : std::string();
  return out;
}

Typed typed_in(const http::Form& form) {
  Typed out;
  const auto text = [&](std::string_view name) { return std::string(form.value(name)); };
  std::vector<std::string_view> members;
  for (const auto& [name, value] : form.fields) {
    if (name == "member") {
      members.push_back(value);
    }
  }
  out.members = ids_in(members);
  out.draft.title = text("title");
  out.draft.kind = partnerships::kind(form.value("kind")).value_or(partnerships::Kind::other);
  out.draft.field = text("field");
  out.draft.starts = text("starts");
  out.draft.ends = text("ends");
  out.draft.shown = form.value("shown") == "yes" ? partnerships::Shown::yes : partnerships::Shown::no;
  out.draft.description = text("description");
  out.draft.note = text("note");
  out.draft.amount_seen = Visibility::owner;
  for (const Visibility each : k_seen_by) {
    if (access::name(each) == form.value("amount_seen")) {
      out.draft.amount_seen = each;
    }
  }
  out.amount = text("amount");
  out.find = text("find");
  return out;
}

// What was typed as a draft: each member in its place by what it is.
Result<Draft> draft_of(const Site& site, const access::Viewer& viewer, const Typed& typed) {
  Draft out = typed.draft;
  TRY_ASSIGN(out.amount, partnerships::amount_in(typed.amount));
  out.parties.clear();
  out.people.clear();
  out.areas.clear();
  for (const Id id : typed.members) {
    TRY_ASSIGN(const registry::Found found, site.registry().find(id, viewer));
    const Kind kind = found.card ? found.card->kind : Kind::concept_;
    std::vector<Id>* to = kind == Kind::organisation || kind == Kind::team ? &out.parties
                          : kind == Kind::person                           ? &out.people
                          : kind == Kind::group                            ? &out.areas
                                                                           : nullptr;
    if (to == nullptr) {
      return fail(partnerships::errors::member, id.text());
    }
    if (std::find(to->begin(), to->end(), found.id) == to->end()) {
      to->push_back(found.id);
    }
  }
  return out;
}

View choice(std::string_view value, const std::string& label, std::string_view chosen) {
  View out = view({{"value", value}, {"label", label}});
  out["selected"] = value == chosen;
  return out;
}

// Fields of the form, in body["form"].
View form_of(const Site& site, const http::Request& request, const Typed& typed, const std::string& action,
             const Words& words) {
  const Draft& draft = typed.draft;
  // Empty ones too: the page has a title of its own.
  View out{{"action", action},
           {"title", draft.title},
           {"field", draft.field},
           {"starts", draft.starts},
           {"ends", draft.ends},
           {"amount", typed.amount},
           {"description", draft.description},
           {"note", draft.note},
           {"find", typed.find}};
  Views kinds;
  for (const partnerships::Kind each : partnerships::k_kinds) {
    const std::string name(partnerships::name(each));
    kinds.push_back(choice(name, words.get("partnerships.kinds." + name), partnerships::name(draft.kind)));
  }
  out["kinds"] = std::move(kinds);
  Views seen_by;
  for (const Visibility each : k_seen_by) {
    const std::string name(access::name(each));
    seen_by.push_back(choice(name, words.get("partnerships.seen_by." + name), access::name(draft.amount_seen)));
  }
  out["seen_by"] = std::move(seen_by);
  out["shown"] = draft.shown == partnerships::Shown::yes;
  out["choices"] = choices_of(site, request.who().viewer, typed.members, typed.find, k_kinds_of_members, words);
  return out;
}

Views links_of(const std::vector<Id>& ids, const AskedNames& names) {
  Views out;
  for (const Id id : ids) {
    out.push_back(view({{"label", names.label(id)}, {"url", names.url(id)}}));
  }
  return out;
}

Result<void> put_facts(const Site& site, const http::Request& request, const Partnership& found, const Words& words,
                       View& body) {
  const Draft& draft = found.draft;
  std::vector<Id> ids = draft.parties;
  ids.insert(ids.end(), draft.people.begin(), draft.people.end());
  ids.insert(ids.end(), draft.areas.begin(), draft.areas.end());
  const AskedNames names(site, ids, words);
  View facts = view({{"kind", words.get("partnerships.kinds." + std::string(partnerships::name(draft.kind)))},
                     {"field", draft.field},
                     {"period", words.period(draft.starts, draft.ends)},
                     {"amount", amount_words(found, words)},
                     {"note", draft.note}});
  facts["parties"] = links_of(draft.parties, names);
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
  TRY_ASSIGN(const auto events, site.settings().partnering.partnerships->events(found.id));
  Views rows;
  for (const partnerships::Event& each : events) {
    rows.push_back(view({{"when", moment(words, each.at)},
                         {"what", each.stage ? stage_words(*each.stage, words) : words.get("partnerships.edited")},
                         {"note", each.note}}));
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
                             const Partnership& found, const std::optional<Typed>& typed, const Said& said) {
  const Words& words = site.words(language);
  const std::string here = below(words, "/partnerships/" + std::to_string(found.id));
  View body;
  TRY(put_facts(site, request, found, words, body));
  if (access::may(request.who(), access::Right::run_partnership, {})) {
    body["revision"] = found.revision;
    body["form"] = form_of(site, request, typed ? *typed : typed_of(found.draft), here, words);
    body["move_action"] = here + "/stage";
    body["move_note"] = typed ? typed->note : std::string();
    body["open"] = typed && typed->note.empty();
    put_moves(found, words, body);
  }
  return asking_page(site, request, language, "partnership", found.draft.title, std::move(body),
                     {{words.get("partnerships.board"), below(words, "/partnerships")}, {found.draft.title, {}}}, said);
}

Result<http::Answer> new_page(const Site& site, const http::Request& request, Language language, const Typed& typed,
                              const Said& said) {
  const Words& words = site.words(language);
  const std::string title = words.get("partnerships.new");
  View body;
  body["form"] = form_of(site, request, typed, below(words, "/partnerships/new"), words);
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

http::Answer done_at(const Site& site, Language language, int64_t id, std::string_view done) {
  if (site.settings().partnering.published) {
    site.settings().partnering.published();
  }
  return redirect(303,
                  below(site.words(language), "/partnerships/" + std::to_string(id)) + "?done=" + std::string(done));
}

Result<http::Answer> begin(const Site& site, const http::Request& request, Language language, const http::Form& form) {
  const Typed typed = typed_in(form);
  if (form.value("do") == "find") {
    return new_page(site, request, language, typed, {});
  }
  const auto draft = draft_of(site, request.who().viewer, typed);
  const auto made = draft ? site.settings().partnering.partnerships->add(
                                *draft, by_of(request.who()), audited(site, request.who(), "begin_partnership"))
                          : Result<Partnership>(tl::unexpected(draft.error()));
  return made ? Result<http::Answer>(done_at(site, language, made->id, "stored"))
              : new_page(site, request, language, typed, {made.error(), {}});
}

Result<http::Answer> edit(const Site& site, const http::Request& request, Language language, const Partnership& found,
                          const http::Form& form) {
  const Typed typed = typed_in(form);
  if (form.value("do") == "find") {
    return page_of(site, request, language, found, typed, {});
  }
  const partnerships::Seen seen{found.id, whole_number(form.value("revision"))};
  const auto draft = draft_of(site, request.who().viewer, typed);
  const auto done = draft ? site.settings().partnering.partnerships->edit(
                                seen, *draft, by_of(request.who()), audited(site, request.who(), "edit_partnership"))
                          : Result<Partnership>(tl::unexpected(draft.error()));
  return done ? Result<http::Answer>(done_at(site, language, found.id, "stored"))
              : page_of(site, request, language, found, typed, {done.error(), {}});
}

Result<http::Answer> move(const Site& site, const http::Request& request, Language language, const Partnership& found,
                          const http::Form& form) {
  const auto to = partnerships::stage(form.value("stage"));
  const std::string note(form.value("move_note"));
  const partnerships::Seen seen{found.id, whole_number(form.value("revision"))};
  const auto done = to ? site.settings().partnering.partnerships->move(seen, *to, note, by_of(request.who()),
                                                                       audited(site, request.who(), "move_partnership"))
                       : Result<Partnership>(fail(wrong::stage, std::string(partnerships::name(found.stage)),
                                                  beginning(form.value("stage"), 40)));
  if (done) {
    return done_at(site, language, found.id, "moved");
  }
  Typed typed = typed_of(found.draft);
  typed.note = note;
  return page_of(site, request, language, found, typed, {done.error(), {}});
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
             Typed typed;
             typed.members = ids_in(request.parameters("member"));
             return answered(site, request, language, new_page(site, request, language, typed, {}));
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
  for (const auto& [path, change] : {std::pair<std::string_view, Change>{"", edit}, {"/stage", move}}) {
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
