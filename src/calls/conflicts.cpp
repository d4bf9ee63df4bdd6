#include "calls/conflicts.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "registry/upkeep.hpp"

namespace pitchblende::calls {

namespace {

using registry::Attribute;
using registry::Card;
using registry::Kind;
using registry::Link;
using registry::Registry;

constexpr std::array<std::string_view, 7> k_grounds{"applicant",   "competitor", "unit",    "parent",
                                                    "publication", "project",    "namesake"};
const access::Viewer k_all = access::Viewer::everything();

bool counts(std::string_view until, int since) {
  int year = since;
  std::from_chars(until.data(), until.data() + std::min<size_t>(until.size(), 4), year);
  return until.empty() || year >= since;
}

bool is_work(Kind kind) {
  return kind == Kind::publication || kind == Kind::project || kind == Kind::award || kind == Kind::trial ||
         kind == Kind::patent;
}

std::string_view field_text(const Card& card, std::string_view field) {
  const auto found = registry::find_field(card.kind, field);
  return found ? card.text(*found) : std::string_view();
}

// The year that says whether it is recent: of a project its last one.
std::string year_of(const Card& card) {
  for (const std::string_view field : {"to", "year", "date", "from", "filed"}) {
    if (const std::string_view text = field_text(card, field); !text.empty()) {
      return std::string(text.substr(0, 4));
    }
  }
  return {};
}

// Who signed it, as printed.
void add_signatures(const Card& card, Standing& out) {
  const auto field = registry::find_field(card.kind, "authors");
  const registry::CardField* authors = field ? card.find(*field) : nullptr;
  if (authors == nullptr) {
    return;
  }
  for (const registry::CardValue& each : authors->values) {
    const std::string_view given = each.value.get(Attribute::given);
    const std::string signs =
        signature(each.value.get(Attribute::family), given.empty() ? each.value.get(Attribute::initials) : given);
    if (!signs.empty()) {
      out.signs_beside.try_emplace(signs, Beside{each.value.text, card.id, card.label, year_of(card)});
    }
  }
}

Result<void> add_works(const Registry& registry, const std::vector<Id>& ids, int since, Standing& out) {
  TRY_ASSIGN(const std::vector<Card> cards, registry.cards(ids, k_all));
  for (const Card& card : cards) {
    std::string year = year_of(card);
    if (is_work(card.kind) && counts(year, since)) {
      add_signatures(card, out);
      out.works.emplace(card.id, Work{card.kind, card.label, std::move(year)});
    }
  }
  return {};
}

struct Unit {
  Id id;
  std::string label;
  Kind kind = Kind::team;
};
Result<void> add_unit(const Registry& registry, const Unit& what, int since, Standing& out) {
  const Id unit = what.id;
  out.ties[unit] = {what.label, false, what.kind};
  TRY_ASSIGN(const std::vector<Link> up, registry.links_from(unit, k_all));
  for (const Link& link : up) {
    if (link.field == "parents" && counts(link.until, since)) {
      out.ties.try_emplace(link.to, Tie{link.to_label, true, link.to_kind});
    }
  }
  TRY_ASSIGN(const std::vector<Link> into, registry.links_to(unit, k_all));
  std::vector<Id> works;
  for (const Link& link : into) {
    if (link.to_kind == Kind::team && is_work(link.from_kind) && link.from_kind != Kind::publication) {
      works.push_back(link.from);
    }
  }
  return add_works(registry, works, since, out);
}

Result<void> add_units_of_person(const Registry& registry, Id person, int since, Standing& out) {
  TRY_ASSIGN(const std::vector<Link> links, registry.links_from(person, k_all));
  for (const Link& link : links) {
    if (link.field == "positions" && counts(link.until, since)) {
      TRY(add_unit(registry, {link.to, link.to_label, link.to_kind}, since, out));
    }
  }
  TRY_ASSIGN(const std::vector<Link> into, registry.links_to(person, k_all));
  for (const Link& link : into) {
    const bool leads =
        link.field == "leaders" && (link.from_kind == Kind::team || link.from_kind == Kind::organisation);
    if (leads && counts(link.until, since)) {
      TRY(add_unit(registry, {link.from, link.from_label, link.from_kind}, since, out));
    }
  }
  TRY_ASSIGN(const std::vector<Id> named, registry.mentioned_in(person));
  return add_works(registry, named, since, out);
}

}  // namespace

Result<std::string> national_bodies(store::Store& store, std::string_view today) {
  constexpr size_t k_institutions = 3;
  TRY_ASSIGN(const auto bodies, registry::shared_parents(store, "research_body", today));
  std::string out;
  for (const registry::SharedParent& each : bodies) {
    if (each.others >= k_institutions) {
      out += (out.empty() ? "" : "\n") + each.label;
    }
  }
  return out;
}

std::string_view name(Ground ground) { return k_grounds[static_cast<size_t>(ground)]; }

std::string signature(std::string_view family, std::string_view given) {
  const std::string folded = normalised(family);
  const std::string first = normalised(given);
  return folded.empty() || first.empty() ? std::string() : folded + " " + first.substr(0, 1);
}

Result<Standing> standing_of(const Registry& registry, Id thing, int since) {
  Standing out;
  TRY_ASSIGN(const registry::Found found, registry.find(thing, k_all));
  out.ids.push_back(thing);
  if (!found.card) {
    return out;
  }
  if (found.id != thing) {
    out.ids.push_back(found.id);
  }
  out.label = found.card->label;
  if (found.card->kind == Kind::person) {
    TRY(add_units_of_person(registry, found.id, since, out));
  } else {
    TRY(add_unit(registry, {found.id, out.label, found.card->kind}, since, out));
  }
  return out;
}

Result<Standing> standing_of(const Registry& registry, const Candidate& candidate, int since) {
  if (candidate.person != Id()) {
    return standing_of(registry, candidate.person, since);
  }
  Standing out;
  out.label = candidate.label;
  if (candidate.at) {
    TRY_ASSIGN(out, standing_of(registry, *candidate.at, since));
    out.ids.clear();
    out.works.clear();
  }
  return out;
}

Result<std::vector<Standing>> standings_of(const Registry& registry, const std::vector<Party>& parties, int since) {
  std::vector<Standing> out;
  for (const Party& party : parties) {
    if (party.entity != Id()) {
      TRY_ASSIGN(Standing each, standing_of(registry, party.entity, since));
      out.push_back(std::move(each));
    } else {
      out.push_back({party.label, {}, {}, {}, {}});
    }
  }
  return out;
}

namespace {

void judge_ties(const Standing& his, const Standing& theirs, std::vector<Conflict>& out) {
  for (const auto& [id, tie] : his.ties) {
    const auto found = theirs.ties.find(id);
    if (found != theirs.ties.end()) {
      const bool is_unit = !tie.is_parent && !found->second.is_parent;
      out.push_back({is_unit ? Ground::unit : Ground::parent, theirs.label, tie.label, id, tie.kind, {}});
    }
  }
}

void judge_works(const Standing& his, const Standing& theirs, std::vector<Conflict>& out) {
  for (const auto& [id, work] : his.works) {
    if (theirs.works.contains(id)) {
      out.push_back({work.kind == Kind::publication ? Ground::publication : Ground::project, theirs.label, work.label,
                     id, work.kind, work.year});
    }
  }
}

}  // namespace

std::vector<Conflict> conflicts(const Candidate& candidate, const Standing& his, const std::vector<Standing>& theirs) {
  std::vector<Conflict> out;
  const std::string signs = signature(candidate.family, candidate.given);
  const std::string called = normalised(candidate.label);
  for (const Standing& each : theirs) {
    const bool is_same =
        std::ranges::any_of(his.ids, [&](Id id) { return std::ranges::find(each.ids, id) != each.ids.end(); });
    if (is_same || (!called.empty() && normalised(each.label) == called)) {
      out.push_back({Ground::applicant, each.label, each.label, {}, Kind::person, {}});
    }
    judge_ties(his, each, out);
    judge_works(his, each, out);
    const auto beside = each.signs_beside.find(signs);
    if (candidate.person == Id() && !signs.empty() && beside != each.signs_beside.end()) {
      const Beside& where = beside->second;
      out.push_back(
          {Ground::namesake, each.label, where.name + ", " + where.title, where.work, Kind::publication, where.year});
    }
  }
  std::ranges::stable_sort(out, {}, &Conflict::ground);
  return out;
}

}  // namespace pitchblende::calls
