#include "insight/gathering.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "insight/insight_rules.hpp"

namespace pitchblende::insight {

using access::Visibility;
using registry::Attribute;
using registry::Card;
using registry::CardField;
using registry::CardValue;
using registry::Kind;
using rows::Direction;

namespace {

constexpr std::array<std::string_view, 2> k_of_person{"positions", "memberships"};
constexpr std::array<std::string_view, 2> k_of_team{"parents", "areas"};
constexpr std::array<std::string_view, 1> k_parents{"parents"};
constexpr std::array<std::string_view, 2> k_of_group{"members", "leaders"};
constexpr std::array<std::string_view, 1> k_hosts{"hosts"};
constexpr std::array<std::string_view, 1> k_equipment{"equipment"};
constexpr std::array<std::string_view, 3> k_of_equipment{"platforms", "teams", "owners"};

Place place_of(const Card& card) {
  const auto in = [&](std::string_view language) {
    const std::string_view name = registry::public_name_in(card, language);
    return std::string(name.empty() ? std::string_view(card.label) : name);
  };
  return {card.id, in("fr"), in("en")};
}

// Rule 1: a member, or a partner that is no company, on some day of the year.
bool is_institution(const Card& card, int year) {
  const CardField* types = card.find(registry::field(Kind::organisation, "type"));
  const auto is_company = [](const CardValue& value) { return value.value.text == "company"; };
  if (types != nullptr && std::ranges::any_of(types->values, is_company)) {
    return false;
  }
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

// All ids that a query finds.
std::vector<Id> all_found(const search::Index& index, search::Query query, const access::Viewer& viewer) {
  constexpr uint32_t k_page = 1000;
  query.size = k_page;
  query.facet_size = 0;
  query.snippets = false;
  std::vector<Id> out;
  for (;;) {
    const search::Answer answer = index.search(query, viewer);
    for (const search::Hit& hit : answer.hits) {
      out.push_back(hit.id);
    }
    query.from += k_page;
    if (answer.hits.empty() || query.from >= answer.count) {
      return out;
    }
  }
}

}  // namespace

Gathering::Gathering(store::Connection& db, const search::Index& index, const access::Viewer& viewer, int year)
    : m_db(db), m_index(index), m_viewer(viewer), m_reach(viewer.reach) {
  m_figures.year = year;
  m_figures.reach = viewer.reach;
}

Result<Figures> Gathering::make(const std::unordered_map<Id, int64_t>* answered) {
  TRY(find_axes());
  TRY(find_ties());
  m_standings.emplace(m_ties, m_figures.year, ids_of(m_figures.institutions), ids_of(m_figures.areas));
  TRY(add_people());
  TRY(add_teams());
  TRY(add_platforms_and_equipment());
  TRY(add_things(Kind::project, Base::grants));
  TRY(add_things(Kind::trial, Base::trials));
  TRY(add_things(Kind::patent, Base::patents));
  TRY(add_things(Kind::partnership, Base::partnerships));
  TRY(add_things(Kind::award, Base::awards));
  TRY(add_things(Kind::publication, Base::outputs));
  if (answered != nullptr) {
    add_requests(*answered);
  }
  for (auto& items : m_figures.items) {
    std::ranges::sort(items, {}, &Item::id);
  }
  return std::move(m_figures);
}

Result<void> Gathering::find_axes() {
  const auto with = [&](Kind kind, std::string_view pattern, const rows::OnCard& on_card) -> Result<void> {
    std::vector<Id> ids;
    TRY(m_db.query("SELECT id FROM card WHERE kind = ? AND page = 1 AND body LIKE ?", {registry::name(kind), pattern},
                   [&](const store::Row& row) { ids.push_back(Id(static_cast<uint64_t>(row.integer(0)))); }));
    return rows::cards(m_db, ids, m_viewer, on_card);
  };
  TRY(with(Kind::organisation, "%\"consortium_roles\":%", [&](Card&& card, size_t bytes) {
    m_figures.bytes_read += bytes;
    if (is_institution(card, m_figures.year)) {
      m_figures.institutions.push_back(place_of(card));
      m_home.insert(country_word(text_of(card, "country")));
    }
  }));
  TRY(with(Kind::group, "%key_area%", [&](Card&& card, size_t bytes) {
    m_figures.bytes_read += bytes;
    if (text_of(card, "type") == "key_area" && holds_in(text_of(card, "from"), text_of(card, "to"), m_figures.year)) {
      m_figures.areas.push_back(place_of(card));
    }
  }));
  const auto by_name = [](const Place& place) { return std::pair(fold(place.french), place.id); };
  std::ranges::sort(m_figures.institutions, {}, by_name);
  std::ranges::sort(m_figures.areas, {}, by_name);
  search::Query query;
  query.filters = {{search::Facet::kind, {"organisation"}}, {search::Facet::type, {"company"}}};
  m_companies = all_found(m_index, std::move(query), m_viewer);
  std::ranges::sort(m_companies);
  return {};
}

Result<void> Gathering::find_ties() {
  const auto add = [&](Kind kind, std::span<const std::string_view> fields, Direction direction) {
    return rows::add_ties(m_db, kind, fields, direction, m_reach, m_ties);
  };
  TRY(add(Kind::person, k_of_person, Direction::as_written));
  TRY(add(Kind::team, k_of_team, Direction::as_written));
  TRY(add(Kind::organisation, k_parents, Direction::as_written));
  TRY(add(Kind::group, k_parents, Direction::as_written));
  TRY(add(Kind::group, k_of_group, Direction::turned));
  TRY(add(Kind::platform, k_hosts, Direction::as_written));
  TRY(add(Kind::platform, k_equipment, Direction::turned));
  return add(Kind::equipment, k_of_equipment, Direction::as_written);
}

void Gathering::put(Base base, Item item, const Standing& standing) {
  item.areas = numbers(standing.areas, m_figures.areas);
  item.institutions = numbers(standing.institutions, m_figures.institutions);
  item.teams = standing.teams;
  if (!item.areas.empty() || !item.institutions.empty()) {
    m_figures.items[static_cast<size_t>(base)].push_back(std::move(item));
  }
}

Result<void> Gathering::add_people() {
  TRY_ASSIGN(const std::vector<Id> people, rows::shown(m_db, Kind::person, m_reach));
  std::unordered_map<Id, bool> dated;  // whether a position of his says from when
  for (const Tie& tie : m_ties) {
    if (tie.from_kind == Kind::person && holds_in(tie.since, tie.until, m_figures.year)) {
      dated[tie.from] |= !tie.since.empty();
    }
  }
  for (const Id person : people) {
    const Standing& standing = m_standings->of(person);
    // To be named as the leader of an area alone is no position.
    if (!standing.institutions.empty() || !standing.teams.empty()) {
      Item item{person};
      item.lacks = !dated[person];
      put(Base::people, std::move(item), standing);
    }
  }
  return {};
}

Result<void> Gathering::add_teams() {
  TRY_ASSIGN(const std::vector<Id> teams, rows::shown(m_db, Kind::team, m_reach));
  return rows::cards(m_db, teams, m_viewer, [&](Card&& card, size_t bytes) {
    m_figures.bytes_read += bytes;
    const std::string_view founded = text_of(card, "founded");
    if (holds_in(founded, text_of(card, "closed"), m_figures.year)) {
      Item item{card.id};
      item.lacks = founded.empty();
      put(Base::teams, std::move(item), m_standings->of(card.id));
    }
  });
}

Result<void> Gathering::add_platforms_and_equipment() {
  TRY_ASSIGN(const std::vector<Id> platforms, rows::shown(m_db, Kind::platform, m_reach));
  for (const Id platform : platforms) {
    put(Base::platforms, Item{platform}, m_standings->of(platform));
  }
  TRY_ASSIGN(const std::vector<Id> equipment, rows::shown(m_db, Kind::equipment, m_reach));
  return rows::cards(m_db, equipment, m_viewer, [&](Card&& card, size_t bytes) {
    m_figures.bytes_read += bytes;
    const std::string_view acquired = text_of(card, "acquired");
    if (holds_in(acquired, {}, m_figures.year) && text_of(card, "condition") != "retired") {
      Item item{card.id};
      item.lacks = acquired.empty();
      item.amount = -1;  // not booked here, until somebody says more
      put(Base::equipment, std::move(item), m_standings->of(card.id));
    }
  });
}

void Gathering::add_requests(const std::unordered_map<Id, int64_t>& answered) {
  for (const auto& [who, times] : answered) {
    Item item{who};
    item.amount = times;
    put(Base::requests, std::move(item), m_standings->of(who));
  }
}

std::vector<Id> Gathering::candidates(Kind kind, std::optional<int> year) const {
  std::vector<Id> out;
  for (const auto& [facet, places] : {std::pair(search::Facet::institution, &m_figures.institutions),
                                      std::pair(search::Facet::group, &m_figures.areas)}) {
    search::Query query;
    query.filters = {{search::Facet::kind, {std::string(registry::name(kind))}}};
    if (year) {
      query.filters.push_back({search::Facet::year, {std::to_string(*year)}});
    }
    search::Filter where{facet, {}};
    for (const Place& place : *places) {
      where.values.push_back(place.id.text());
    }
    query.filters.push_back(std::move(where));
    const std::vector<Id> found = places->empty() ? std::vector<Id>() : all_found(m_index, std::move(query), m_viewer);
    out.insert(out.end(), found.begin(), found.end());
  }
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

Result<std::vector<Gathering::Draft>> Gathering::drafts(const std::vector<Id>& ids) {
  std::vector<Draft> out;
  TRY(rows::cards(m_db, ids, m_viewer, [&](Card&& card, size_t bytes) {
    m_figures.bytes_read += bytes;
    if (auto thing = thing_of(card, m_figures.year, m_affiliations)) {
      out.push_back({std::move(*thing)});
    }
  }));
  return out;
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
  TRY_ASSIGN(const auto targets, rows::targets(m_db, {refs.begin(), refs.end()}, m_reach));
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
      draft.thing.item.has_company |= std::ranges::binary_search(m_companies, target);
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
  const auto year = kind == Kind::publication ? std::optional(m_figures.year) : std::nullopt;
  TRY_ASSIGN(std::vector<Draft> all, drafts(candidates(kind, year)));
  return place(all, kind, base);
}

}  // namespace pitchblende::insight
