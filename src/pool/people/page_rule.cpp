#include "pool/people/page_rule.hpp"

#include <algorithm>
#include <set>

namespace pitchblende::pool {

namespace {

using registry::Attribute;
using registry::CardField;
using registry::CardValue;
using registry::Kind;
using store::Connection;
using store::Row;
using store::Transaction;

std::string years_before(const std::string& day, int years) {
  const int year = std::stoi(day.substr(0, 4)) - years;
  return std::to_string(year) + day.substr(4);
}

// A position that ended before this day gives no page.
std::string retained_since(const State& state) {
  return years_before(state.clock.today(), state.settings.retention_years);
}

bool gives_pages(std::string_view role) { return role == "founder" || role == "member" || role == "partner"; }

bool ended_before(const CardValue& value, const std::string& day) {
  const std::string_view until = value.value.get(Attribute::to);
  return !until.empty() && last_day(until) < day;
}

const CardField* roles_of(const registry::Card& card) {
  static const registry::FieldId roles = registry::field(Kind::organisation, "consortium_roles");
  return card.kind == Kind::organisation ? card.find(roles) : nullptr;
}

// Organisations one of whose roles in the consortium ended from one of these days on and before the other.
Result<void> find_lapsed_roles(Connection& db, const std::string& from, const std::string& upto, store::Rows& out) {
  return db.query("SELECT id, body FROM card WHERE kind = 'organisation' AND body LIKE '%consortium_roles%'", {},
                  [&](const Row& row) {
                    const auto card = registry::decode_card(id_of(row.integer(0)), Kind::organisation, row.text(1));
                    const CardField* roles = card ? roles_of(*card) : nullptr;
                    for (const CardValue& role : roles == nullptr ? std::vector<CardValue>{} : roles->values) {
                      if (ended_before(role, upto) && !ended_before(role, from)) {
                        out.add(row.integer(0)).add(std::string());
                      }
                    }
                  });
}

}  // namespace

std::string last_day(std::string_view date) {
  if (date.size() == 4) {
    return std::string(date) + "-12-31";
  }
  return date.size() == 7 ? std::string(date) + "-31" : std::string(date);
}

PageRule::PageRule(State& state) : m_state(state), m_since(retained_since(state)) {}

Result<void> judge_lapsed(State& state) {
  const std::string since = retained_since(state);
  std::string before;
  store::Rows due{{"entity", store::ColumnType::integer}};
  store::Rows placed{{"entity", store::ColumnType::integer}, {"ref"}};
  TRY(state.store.read([&](Connection& db) -> Result<void> {
    TRY(db.query("SELECT value FROM memo WHERE name = 'retained since'", {},
                 [&](const Row& row) { before = row.text(0); }));
    if (before.empty() || before == since) {
      return {};
    }
    const auto& [from, upto] = std::minmax(before, since);
    TRY(find_lapsed_roles(db, from, upto, placed));
    return db.query(
        "SELECT l.source, l.until FROM card c JOIN link l ON l.source = c.id AND l.field = 'positions' "
        "WHERE c.kind = 'person' AND l.until <> ''",
        {}, [&](const Row& row) {
          const std::string last = last_day(row.text(1));
          if (last >= from && last < upto) {
            due.add(row.integer(0));
          }
        });
  }));
  if (before == since) {
    return {};
  }
  return state.store.write([&](Transaction& db) -> Result<void> {
    TRY(
        db.bulk("INSERT INTO due_entity (entity) SELECT DISTINCT entity FROM {rows} AS q WHERE true "
                "ON CONFLICT (entity) DO NOTHING",
                due));
    TRY(
        db.bulk("INSERT INTO due_placing (entity, ref) SELECT DISTINCT entity, ref FROM {rows} AS q WHERE true "
                "ON CONFLICT (entity, ref) DO NOTHING",
                placed));
    TRY(db.execute("DELETE FROM memo WHERE name = 'retained since'"));
    TRY(db.execute("INSERT INTO memo (name, value) VALUES ('retained since', ?)", {std::string_view(since)}));
    return {};
  });
}

Result<std::optional<Id>> PageRule::target(const std::string& ref) {
  const std::string key = registry::link_key(ref);
  const auto known = m_targets.find(key);
  if (known != m_targets.end()) {
    return known->second;
  }
  TRY_ASSIGN(auto found, registry::Registry(m_state.store).find(key));
  return m_targets[key] = found;
}

Result<PageRule::House> PageRule::house(Id organisation) {
  const auto known = m_houses.find(organisation);
  if (known != m_houses.end()) {
    return known->second;
  }
  House house;
  TRY(m_state.store.read([&](Connection& db) -> Result<void> {
    Result<registry::Card> card = registry::Card{};
    TRY(db.query("SELECT kind, body FROM card WHERE id = ?", {number(organisation)}, [&](const Row& row) {
      if (const auto kind = registry::kind(row.text(0))) {
        card = registry::decode_card(organisation, *kind, row.text(1));
      }
    }));
    TRY(card);
    const CardField* roles = roles_of(*card);
    for (const CardValue& value : roles == nullptr ? std::vector<CardValue>{} : roles->values) {
      house.member |= !value.hidden && gives_pages(value.value.text) && !ended_before(value, m_since);
    }
    return db.query(
        "SELECT i.entity FROM link l JOIN identifier i ON i.ref = l.ref WHERE l.source = ? AND l.field = 'parents'",
        {number(organisation)}, [&](const Row& row) { house.parents.push_back(id_of(row.integer(0))); });
  }));
  return m_houses[organisation] = std::move(house);
}

// Whether it or anything above it is a member. Hierarchies as sent have loops: each house is asked once, and only the
// answer about the first is kept, for that about another would depend on where the loop was entered.
Result<bool> PageRule::belongs(Id organisation) {
  const auto known = m_belongs.find(organisation);
  if (known != m_belongs.end()) {
    return known->second;
  }
  bool member = false;
  std::set<Id> seen{organisation};
  std::vector<Id> open{organisation};
  while (!open.empty() && !member) {
    TRY_ASSIGN(const House each, house(open.back()));
    open.pop_back();
    member = each.member;
    for (const Id parent : each.parents) {
      if (seen.insert(parent).second) {
        open.push_back(parent);
      }
    }
  }
  return m_belongs[organisation] = member;
}

Result<bool> PageRule::is_of_member(const std::string& ref) {
  TRY_ASSIGN(const std::optional<Id> where, target(ref));
  return where ? belongs(*where) : Result<bool>(false);
}

Result<bool> PageRule::said_by_member(const registry::Card& card, const CardValue& value) {
  if (!m_institutions) {
    m_institutions.emplace();
    TRY(m_state.store.read([&](Connection& db) {
      return db.query("SELECT name, institution_ref FROM source WHERE institution_ref <> ''", {},
                      [&](const Row& row) { m_institutions->emplace(row.text(0), row.text(1)); });
    }));
  }
  for (const uint32_t source : value.sources) {
    const auto institution = m_institutions->find(card.sources[source].source);
    if (institution != m_institutions->end()) {
      TRY_ASSIGN(const bool member, is_of_member(institution->second));
      if (member) {
        return true;
      }
    }
  }
  return false;
}

Result<bool> PageRule::has_page(const registry::Card& card) {
  if (card.kind != Kind::person) {
    return true;
  }
  static const registry::FieldId positions = registry::field(Kind::person, "positions");
  static const registry::FieldId opted_out = registry::field(Kind::person, "opted_out");
  const CardField* held = card.text(opted_out) == "true" ? nullptr : card.find(positions);
  for (const CardValue& position : held == nullptr ? std::vector<CardValue>{} : held->values) {
    if (position.hidden || ended_before(position, m_since)) {
      continue;
    }
    TRY_ASSIGN(bool member, is_of_member(position.value.text));
    if (!member) {
      TRY_ASSIGN(member, said_by_member(card, position));
    }
    if (member) {
      return true;
    }
  }
  return false;
}

}  // namespace pitchblende::pool
