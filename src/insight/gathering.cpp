#include "insight/gathering.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "insight/insight_rules.hpp"

namespace pitchblende::insight {

using registry::Attribute;
using registry::Card;
using registry::CardField;
using registry::CardValue;
using registry::Kind;

namespace {

Place place_of(const Card& card) {
  const auto in = [&](std::string_view language) {
    const std::string_view name = registry::public_name_in(card, language);
    return std::string(name.empty() ? std::string_view(card.label) : name);
  };
  return {card.id, in("fr"), in("en")};
}

// Rule 1: a member, or a partner, on some day of the year.
bool is_institution(const Card& card, int year) {
  const CardField* roles = card.find(registry::field(Kind::organisation, "consortium_roles"));
  return roles != nullptr && std::ranges::any_of(roles->values, [&](const CardValue& value) {
           const bool counts = value.value.text == "member" || value.value.text == "partner";
           return counts && holds_in(value.value.get(Attribute::from), value.value.get(Attribute::to), year);
         });
}

// As affiliations write it: folded, short for two of them.
std::string country_word(std::string_view code) {
  if (code == "US") {
    return "us";
  }
  return code == "GB" ? "uk" : normalised(country_name(code, "en"));
}

std::vector<Id> ids_of(const std::vector<Place>& places) {
  std::vector<Id> ids;
  ids.reserve(places.size());
  for (const Place& place : places) {
    ids.push_back(place.id);
  }
  std::ranges::sort(ids);
  return ids;
}

std::vector<uint16_t> numbers(const std::vector<Id>& sorted, const std::vector<Place>& places) {
  std::vector<uint16_t> out;
  for (size_t at = 0; at < places.size(); ++at) {
    if (std::ranges::binary_search(sorted, places[at].id)) {
      out.push_back(static_cast<uint16_t>(at));
    }
  }
  return out;
}

}  // namespace

Gathering::Gathering(store::Connection& db, const search::Index& index, const access::Viewer& viewer,
                     const Ground& ground, int year)
    : m_db(db), m_index(index), m_viewer(viewer), m_ground(ground) {
  m_figures.year = year;
  m_figures.reach = viewer.reach;
  m_figures.bytes_read = ground.bytes_read;
}

Result<Figures> Gathering::make(const std::vector<Membership>& members,
                                const std::unordered_map<Id, int64_t>* answered) {
  find_axes();
  m_standings.emplace(m_figures.year, ids_of(m_figures.institutions), ids_of(m_figures.areas));
  m_standings->add(m_ground.ties);
  for (const Membership& each : members) {
    m_standings->add(std::vector<Tie>{{each.person, each.area, Kind::person, Kind::group, each.since, {}}});
  }
  add_people();
  add_teams();
  add_platforms_and_equipment();
  TRY(add_things(Kind::project, Base::grants));
  TRY(add_things(Kind::trial, Base::trials));
  TRY(add_things(Kind::patent, Base::patents));
  TRY(add_things(Kind::partnership, Base::partnerships));
  TRY(add_things(Kind::award, Base::awards));
  TRY(add_outputs());
  if (answered != nullptr) {
    add_requests(*answered);
  }
  for (auto& items : m_figures.items) {
    std::ranges::sort(items, {}, &Item::id);
  }
  return std::move(m_figures);
}

void Gathering::find_axes() {
  for (const Card& card : m_ground.organisations) {
    if (is_institution(card, m_figures.year)) {
      m_figures.institutions.push_back(place_of(card));
      m_home.insert(country_word(text_of(card, "country")));
    }
  }
  for (const Card& card : m_ground.areas) {
    if (holds_in(text_of(card, "from"), text_of(card, "to"), m_figures.year)) {
      m_figures.areas.push_back(place_of(card));
    }
  }
  const auto by_name = [](const Place& place) { return std::pair(fold(place.french), place.id); };
  std::ranges::sort(m_figures.institutions, {}, by_name);
  std::ranges::sort(m_figures.areas, {}, by_name);
}

void Gathering::put(Base base, Item item, const Standing& standing) {
  item.areas = numbers(standing.areas, m_figures.areas);
  item.institutions = numbers(standing.institutions, m_figures.institutions);
  item.teams = standing.teams;
  if (!item.areas.empty() || !item.institutions.empty()) {
    m_figures.items[static_cast<size_t>(base)].push_back(std::move(item));
  }
}

void Gathering::add_people() {
  std::unordered_map<Id, bool> dated;  // whether a position of his says from when
  for (const Tie& tie : m_ground.ties) {
    if (tie.from_kind == Kind::person && holds_in(tie.since, tie.until, m_figures.year)) {
      dated[tie.from] |= !tie.since.empty();
    }
  }
  for (const Id person : m_ground.people) {
    const Standing& standing = m_standings->of(person);
    // To be named as the leader of an area alone is no position.
    if (!standing.institutions.empty() || !standing.teams.empty()) {
      Item item{person};
      item.lacks = !dated[person];
      put(Base::people, std::move(item), standing);
    }
  }
}

void Gathering::add_teams() {
  for (const Lasting& team : m_ground.teams) {
    if (holds_in(team.from, team.to, m_figures.year)) {
      Item item{team.id};
      item.lacks = team.from.empty();
      put(Base::teams, std::move(item), m_standings->of(team.id));
    }
  }
}

void Gathering::add_platforms_and_equipment() {
  for (const Id platform : m_ground.platforms) {
    put(Base::platforms, Item{platform}, m_standings->of(platform));
  }
  for (const Lasting& each : m_ground.equipment) {
    if (holds_in(each.from, each.to, m_figures.year)) {
      Item item{each.id};
      item.lacks = each.from.empty();
      item.amount = -1;  // not booked here, until somebody says more
      put(Base::equipment, std::move(item), m_standings->of(each.id));
    }
  }
}

void Gathering::add_requests(const std::unordered_map<Id, int64_t>& answered) {
  for (const auto& [who, times] : answered) {
    Item item{who};
    item.amount = times;
    put(Base::requests, std::move(item), m_standings->of(who));
  }
}

// Rule 3: of what its links and affiliations leave open.
Result<void> Gathering::add_people_to(std::vector<Draft>& all, Kind kind) {
  const auto is_open = [](const Draft& draft) {
    return draft.standing.institutions.empty() || draft.standing.teams.empty();
  };
  std::vector<int64_t> records;
  for (const Draft& draft : all) {
    if (is_open(draft)) {
      records.insert(records.end(), draft.thing.records.begin(), draft.thing.records.end());
    }
  }
  TRY_ASSIGN(const auto named, rows::named(m_db, kind, records));
  for (Draft& draft : all) {
    if (!is_open(draft)) {
      continue;
    }
    Standing of_people;
    for (const int64_t record : draft.thing.records) {
      const auto people = named.find(record);
      for (const Id person : people == named.end() ? std::vector<Id>() : people->second) {
        of_people.add(m_standings->of(person));
      }
    }
    if (draft.standing.institutions.empty()) {
      draft.standing.institutions = of_people.institutions;
    }
    if (draft.standing.teams.empty()) {
      draft.standing.teams = of_people.teams;
      of_people.teams.clear();
      of_people.institutions.clear();
      draft.standing.add(of_people);
    }
  }
  return {};
}

Result<void> Gathering::place(std::vector<Draft>& all, Kind kind, Base base) {
  std::set<std::string> refs;
  for (const Draft& draft : all) {
    refs.insert(draft.thing.refs.begin(), draft.thing.refs.end());
    refs.insert(draft.thing.areas.begin(), draft.thing.areas.end());
  }
  TRY_ASSIGN(const auto targets, rows::targets(m_db, {refs.begin(), refs.end()}, m_viewer.reach));
  const auto standing_of = [&](const std::vector<std::string>& of, const std::function<void(Id)>& on_target) {
    Standing out;
    for (const std::string& ref : of) {
      if (const auto target = targets.find(ref); target != targets.end()) {
        out.add(m_standings->of(target->second.to));
        on_target(target->second.to);
      }
    }
    return out;
  };
  for (Draft& draft : all) {
    draft.standing = standing_of(draft.thing.refs, [&](Id target) {
      draft.thing.item.has_company |= std::ranges::binary_search(m_ground.companies, target);
    });
    draft.thing.item.is_abroad = std::ranges::any_of(
        draft.thing.countries, [&](const std::string& country) { return !m_home.contains(country); });
  }
  TRY(add_people_to(all, kind));
  for (Draft& draft : all) {
    const Standing said = standing_of(draft.thing.areas, [](Id) {});
    if (!said.areas.empty()) {
      draft.standing.areas = said.areas;
    }
    put(base, std::move(draft.thing.item), draft.standing);
  }
  return {};
}

Result<void> Gathering::add_things(Kind kind, Base base) {
  std::vector<Draft> all;
  for (const Thing& thing : m_ground.things[static_cast<size_t>(base)]) {
    if (thing.when.in(m_figures.year)) {
      all.push_back({thing});
    }
  }
  return place(all, kind, base);
}

Result<void> Gathering::add_outputs() {
  const Kind kind = Kind::publication;
  AffiliationReader affiliations;
  std::vector<Draft> all;
  TRY(rows::cards(
      m_db,
      candidates(m_index, m_viewer, kind, m_figures.year, ids_of(m_figures.institutions), ids_of(m_figures.areas)),
      m_viewer, [&](Card&& card, size_t bytes) {
        m_figures.bytes_read += bytes;
        Thing thing = thing_of(card, affiliations);
        if (thing.when.in(m_figures.year)) {
          all.push_back({std::move(thing)});
        }
      }));
  return place(all, kind, Base::outputs);
}

}  // namespace pitchblende::insight
