// What a new partnership begins with: a request that the staff read, or what an institution's file tells of.
#include <algorithm>

#include "pages/choices.hpp"
#include "pages/partnerships/board.hpp"
#include "pages/partnerships/partnership_form.hpp"
#include "partnerships/publication.hpp"

namespace pitchblende::pages {

namespace {

using registry::Kind;

constexpr int k_most_steps = 2;  // from what was asked to whose it is: an instrument, its platform, its host

void add_member(TypedPartnership& typed, Id id) {
  if (std::find(typed.members.begin(), typed.members.end(), id) == typed.members.end()) {
    typed.members.push_back(id);
  }
}

// Teams and institutions that a thing is, or belongs to.
Result<void> add_owners(const Site& site, const access::Viewer& viewer, Id id, int steps, TypedPartnership& typed) {
  TRY_ASSIGN(const registry::Found found, site.registry().find(id, viewer));
  if (!found.card) {
    return {};
  }
  if (found.card->kind == Kind::team || found.card->kind == Kind::organisation) {
    add_member(typed, found.id);
    return {};
  }
  TRY_ASSIGN(const auto links, site.registry().links_from(found.id, viewer));
  for (const registry::Link& link : links) {
    constexpr std::array<std::string_view, 5> k_whose{"hosts", "owners", "teams", "custodians", "platforms"};
    if (steps > 0 && std::find(k_whose.begin(), k_whose.end(), link.field) != k_whose.end()) {
      TRY(add_owners(site, viewer, link.to, steps - 1, typed));
    }
  }
  return {};
}

Result<void> fill_from_request(const Site& site, const http::Request& request, int64_t number, const Words& words,
                               TypedPartnership& typed) {
  const Asking& asking = site.settings().asking;
  if (asking.requests == nullptr || !access::may(request.who(), access::Right::see_requests, {})) {
    return {};
  }
  requests::Query query;
  query.which = requests::Query::Which::request;
  query.number = number;
  TRY_ASSIGN(const std::vector<requests::Case> cases, asking.requests->cases(query));
  if (cases.empty()) {
    return {};
  }
  const requests::Request& asked = cases.front().request;
  typed.request = asked.id;
  typed.draft.title = asked.draft.subject;
  typed.draft.note = put_in(words.get("partnerships.of_request"), "n", std::to_string(asked.id));
  typed.find = asked.asker.company;
  TRY(add_sought(site, typed));
  for (const requests::Case& each : cases) {
    if (each.thread.resource != Id()) {
      TRY(add_owners(site, request.who().viewer, each.thread.resource, k_most_steps, typed));
    }
  }
  return {};
}

Result<void> fill_from_card(const Site& site, const access::Actor& actor, const registry::Card& card,
                            const Words& words, TypedPartnership& typed) {
  const OnBoard told = told_by(card, actor.today);
  typed = typed_partnership(told.draft);
  typed.card = card.id;
  typed.draft.title = title_of(card, words);
  typed.draft.starts = partnerships::first_day(told.draft.starts);
  typed.draft.ends = partnerships::last_day(told.draft.ends);
  typed.draft.description = card.text(registry::field(Kind::partnership, "description"));
  typed.draft.note = told.type;
  // What everybody sees already is shown on.
  typed.draft.shown =
      card.visibility == access::Visibility::everyone ? partnerships::Shown::yes : partnerships::Shown::no;
  TRY_ASSIGN(const auto links, site.registry().links_from(card.id, actor.viewer));
  for (const registry::Link& link : links) {
    if (link.field == "parties" || link.field == "areas") {
      add_member(typed, link.to);
    }
  }
  TRY_ASSIGN(const auto people, site.registry().named_in(card, actor.viewer));
  for (const registry::Named& each : people) {
    add_member(typed, each.id);
  }
  return {};
}

}  // namespace

Result<TypedPartnership> begun_with(const Site& site, const http::Request& request, const Words& words) {
  TypedPartnership out;
  out.members = ids_in(request.parameters("member"));
  if (const int64_t number = whole_number(request.parameter("request")); number != 0) {
    TRY(fill_from_request(site, request, number, words, out));
  }
  if (const auto id = Id::parse(request.parameter("card"))) {
    TRY_ASSIGN(const auto card, card_to_take(site, request.who().viewer, *id));
    if (card) {
      TRY(fill_from_card(site, request.who(), *card, words, out));
    }
  }
  return out;
}

Result<int64_t> begun_already(const Site& site, const http::Request& request) {
  const partnerships::Partnerships& room = *site.settings().partnering.partnerships;
  if (const int64_t number = whole_number(request.parameter("request")); number != 0) {
    return room.begun_with(number);
  }
  const auto id = Id::parse(request.parameter("card"));
  if (!id) {
    return int64_t{0};
  }
  TRY_ASSIGN(const registry::Found found, site.registry().find(*id, access::Viewer::everything()));
  for (const Id each : {*id, found.id}) {
    TRY_ASSIGN(const int64_t number, room.standing_for(each));
    if (number != 0) {
      return number;
    }
  }
  return found.card ? partnerships::number_of(*found.card) : int64_t{0};
}

Result<std::optional<registry::Card>> card_to_take(const Site& site, const access::Viewer& viewer, Id id) {
  TRY_ASSIGN(registry::Found found, site.registry().find(id, access::Viewer::everything()));
  if (!found.card || found.card->kind != Kind::partnership || partnerships::number_of(*found.card) != 0) {
    return std::nullopt;
  }
  return registry::seen_by(std::move(*found.card), viewer);
}

partnerships::Stage stage_taken(const registry::Card& card, const partnerships::Draft& draft,
                                const std::string& today) {
  const auto said = partnerships::stage(card.text(registry::field(Kind::partnership, "stage")));
  const bool over = !draft.ends.empty() && draft.ends < today;
  return said.value_or(over ? partnerships::Stage::ended : partnerships::Stage::signed_);
}

}  // namespace pitchblende::pages
