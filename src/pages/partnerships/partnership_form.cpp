#include "pages/partnerships/partnership_form.hpp"

#include <algorithm>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "pages/choices.hpp"
#include "partnerships/errors.hpp"

namespace pitchblende::pages {

namespace {

using access::Visibility;
using partnerships::Draft;
using registry::Kind;

constexpr std::array k_seen_by{Visibility::everyone, Visibility::consortium, Visibility::institution,
                               Visibility::owner};
constexpr std::string_view k_kinds_of_members = "organisation team person group";
constexpr size_t k_longest_name = 200;

View choice(std::string_view value, const std::string& label, std::string_view chosen) {
  View out = view({{"value", value}, {"label", label}});
  out["selected"] = value == chosen;
  return out;
}

Views named_views(const std::vector<std::string>& names) {
  Views out;
  for (const std::string& each : names) {
    out.push_back(view({{"name", each}}));
  }
  return out;
}

void put_lists(const Draft& draft, const Words& words, View& out) {
  Views kinds;
  for (const partnerships::Kind each : partnerships::k_kinds) {
    const std::string name(partnerships::name(each));
    kinds.push_back(choice(name, words.of_code(name), partnerships::name(draft.kind)));
  }
  out["kinds"] = std::move(kinds);
  Views seen_by;
  for (const Visibility each : k_seen_by) {
    const std::string name(access::name(each));
    seen_by.push_back(choice(name, words.get("partnerships.seen_by." + name), access::name(draft.amount_seen)));
  }
  out["seen_by"] = std::move(seen_by);
}

}  // namespace

TypedPartnership typed_partnership(const Draft& draft) {
  TypedPartnership out;
  out.draft = draft;
  for (const std::vector<Id>* ids : {&draft.parties, &draft.people, &draft.areas}) {
    out.members.insert(out.members.end(), ids->begin(), ids->end());
  }
  out.amount = draft.amount ? std::to_string(*draft.amount) : std::string();
  return out;
}

TypedPartnership typed_partnership(const http::Form& form) {
  TypedPartnership out;
  const auto text = [&](std::string_view name) { return std::string(form.value(name)); };
  std::vector<std::string_view> members;
  for (const auto& [name, value] : form.fields) {
    if (name == "member") {
      members.push_back(value);
    } else if (name == "named" && !trim(value).empty()) {
      out.draft.named.push_back(squeeze(value));
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
  out.card = Id::parse(form.value("card")).value_or(Id());
  out.request = whole_number(form.value("request"));
  return out;
}

Result<void> add_sought(const Site& site, TypedPartnership& typed) {
  const std::string name(beginning(squeeze(typed.find), k_longest_name));
  if (normalised(name).empty()) {
    return {};
  }
  typed.find.clear();
  TRY_ASSIGN(const auto known, site.registry().find("name:" + name));
  const std::vector<search::Hit> hits =
      known ? site.index()->known(std::vector<Id>{*known}, access::Viewer::visitor()) : std::vector<search::Hit>();
  if (!hits.empty() && (hits.front().kind == Kind::organisation || hits.front().kind == Kind::team)) {
    if (std::find(typed.members.begin(), typed.members.end(), *known) == typed.members.end()) {
      typed.members.push_back(*known);
    }
    return {};
  }
  std::vector<std::string>& named = typed.draft.named;
  const bool there = std::any_of(named.begin(), named.end(),
                                 [&](const std::string& each) { return normalised(each) == normalised(name); });
  if (!there) {
    named.push_back(name);
  }
  return {};
}

Result<Draft> partnership_draft(const Site& site, const access::Viewer& viewer, const TypedPartnership& typed) {
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

View form_view_of(const Site& site, const http::Request& request, const TypedPartnership& typed,
                  const std::string& action, const Words& words) {
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
           {"find", typed.find},
           {"nothing", false},
           {"sought", false},
           {"card", false},
           {"request", false}};
  if (typed.card != Id()) {
    out["card"] = typed.card.text();
  }
  if (typed.request != 0) {
    out["request"] = std::to_string(typed.request);
  }
  put_lists(draft, words, out);
  out["shown"] = draft.shown == partnerships::Shown::yes;
  out["named"] = named_views(draft.named);
  put_choices(site, request.who().viewer, typed.members, typed.find, k_kinds_of_members, words, out);
  // An address, or an id, is no name.
  const bool is_name =
      !normalised(typed.find).empty() && typed.find.find('/') == std::string::npos && !Id::parse(typed.find);
  if (is_name) {
    out["sought"] = squeeze(typed.find);
  }
  return out;
}

}  // namespace pitchblende::pages
