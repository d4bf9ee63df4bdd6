#include "insight/ground.hpp"

#include <algorithm>

namespace pitchblende::insight {

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
// What is not of one year alone, or of few a year.
constexpr std::array<std::pair<Kind, Base>, 5> k_things{{{Kind::project, Base::grants},
                                                         {Kind::trial, Base::trials},
                                                         {Kind::patent, Base::patents},
                                                         {Kind::partnership, Base::partnerships},
                                                         {Kind::award, Base::awards}}};

bool is_company(const Card& card) {
  const CardField* types = card.find(registry::field(Kind::organisation, "type"));
  return types != nullptr &&
         std::ranges::any_of(types->values, [](const CardValue& value) { return value.value.text == "company"; });
}

std::vector<Id> ids_of(const std::vector<Card>& cards) {
  std::vector<Id> out;
  for (const Card& card : cards) {
    out.push_back(card.id);
  }
  return out;
}

class Reading {
 public:
  Reading(store::Connection& db, const search::Index& index, const access::Viewer& viewer)
      : m_db(db), m_index(index), m_viewer(viewer) {}

  Result<Ground> read() {
    TRY(read_axes());
    TRY(read_ties());
    TRY_ASSIGN(m_out.people, rows::shown(m_db, Kind::person, m_viewer.reach));
    TRY_ASSIGN(m_out.platforms, rows::shown(m_db, Kind::platform, m_viewer.reach));
    TRY(lasting(Kind::team, [&](const Card& card) {
      m_out.teams.push_back({card.id, std::string(text_of(card, "founded")), std::string(text_of(card, "closed"))});
    }));
    TRY(lasting(Kind::equipment, [&](const Card& card) {
      if (text_of(card, "condition") != "retired") {
        m_out.equipment.push_back({card.id, std::string(text_of(card, "acquired")), {}});
      }
    }));
    for (const auto& [kind, base] : k_things) {
      TRY(read_things(kind, m_out.things[static_cast<size_t>(base)]));
    }
    return std::move(m_out);
  }

 private:
  using OnSeen = std::function<void(Card&&)>;

  Result<void> cards(const std::vector<Id>& ids, const OnSeen& on_card) {
    return rows::cards(m_db, ids, m_viewer, [&](Card&& card, size_t bytes) {
      m_out.bytes_read += bytes;
      on_card(std::move(card));
    });
  }

  Result<void> with(Kind kind, std::string_view pattern, const OnSeen& on_card) {
    std::vector<Id> ids;
    TRY(m_db.query("SELECT id FROM card WHERE kind = ? AND page = 1 AND body LIKE ?", {registry::name(kind), pattern},
                   [&](const store::Row& row) { ids.push_back(Id(static_cast<uint64_t>(row.integer(0)))); }));
    return cards(ids, on_card);
  }

  Result<void> read_axes() {
    TRY(with(Kind::organisation, "%\"consortium_roles\":%", [&](Card&& card) {
      if (!is_company(card)) {
        m_out.organisations.push_back(std::move(card));
      }
    }));
    TRY(with(Kind::group, "%key_area%", [&](Card&& card) {
      if (text_of(card, "type") == "key_area") {
        m_out.areas.push_back(std::move(card));
      }
    }));
    search::Query query;
    query.filters = {{search::Facet::kind, {"organisation"}}, {search::Facet::type, {"company"}}};
    m_out.companies = all_found(m_index, std::move(query), m_viewer);
    std::ranges::sort(m_out.companies);
    return {};
  }

  Result<void> read_ties() {
    const auto add = [&](Kind kind, std::span<const std::string_view> fields, Direction direction) {
      return rows::add_ties(m_db, kind, fields, direction, m_viewer.reach, m_out.ties);
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

  Result<void> lasting(Kind kind, const OnSeen& on_card) {
    TRY_ASSIGN(const std::vector<Id> ids, rows::shown(m_db, kind, m_viewer.reach));
    return cards(ids, on_card);
  }

  Result<void> read_things(Kind kind, std::vector<Thing>& out) {
    return cards(candidates(m_index, m_viewer, kind, 0, ids_of(m_out.organisations), ids_of(m_out.areas)),
                 [&](Card&& card) { out.push_back(thing_of(card, m_affiliations)); });
  }

  store::Connection& m_db;
  const search::Index& m_index;
  const access::Viewer& m_viewer;
  AffiliationReader m_affiliations;
  Ground m_out;
};

}  // namespace

Result<Ground> read_ground(store::Connection& db, const search::Index& index, const access::Viewer& viewer) {
  return Reading(db, index, viewer).read();
}

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

std::vector<Id> candidates(const search::Index& index, const access::Viewer& viewer, Kind kind, int year,
                           const std::vector<Id>& institutions, const std::vector<Id>& areas) {
  std::vector<Id> out;
  for (const auto& [facet, ids] :
       {std::pair(search::Facet::institution, &institutions), std::pair(search::Facet::group, &areas)}) {
    if (ids->empty()) {
      continue;
    }
    search::Query query;
    query.filters = {{search::Facet::kind, {std::string(registry::name(kind))}}};
    if (year != 0) {
      query.filters.push_back({search::Facet::year, {std::to_string(year)}});
    }
    search::Filter where{facet, {}};
    for (const Id id : *ids) {
      where.values.push_back(id.text());
    }
    query.filters.push_back(std::move(where));
    const std::vector<Id> found = all_found(index, std::move(query), viewer);
    out.insert(out.end(), found.begin(), found.end());
  }
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

}  // namespace pitchblende::insight
