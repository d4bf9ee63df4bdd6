#include "registry/upkeep.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "registry/registry.hpp"
#include "store/numbering.hpp"

namespace pitchblende::registry {

namespace {

using store::Connection;
using store::Row;

// Fields that say what a thing belongs to, and those in which a whole lists its parts. `positions` and `areas` make
// somebody part of where he works, and a team part of a key area.
constexpr std::string_view k_parts =
    "SELECT l.source, l.since, l.until FROM identifier i JOIN link l ON l.ref = i.ref WHERE i.entity = ? AND l.field "
    "IN ('platforms', 'teams', 'owners', 'hosts', 'parents', 'custodians', 'positions', 'memberships', 'areas') "
    "ORDER BY l.source";
constexpr std::string_view k_listed =
    "SELECT i.entity, l.since, l.until FROM link l JOIN identifier i ON i.ref = l.ref WHERE l.source = ? AND l.field "
    "IN ('equipment', 'services', 'members') AND (SELECT COUNT(*) FROM identifier o WHERE o.ref = l.ref) = 1 "
    "ORDER BY l.ordinal";
constexpr std::string_view k_said_by =
    "SELECT DISTINCT a.entity FROM source s JOIN record r ON r.source = s.id AND r.withdrawn IS NULL "
    "JOIN assignment a ON a.record = r.id AND a.part = 0 WHERE s.institution = ?";
constexpr size_t k_most_parts = 200'000;

using store::id_at;
using store::number;

// What the sources of an institution say is its own.
Result<void> add_said(Connection& db, Id whole, const std::vector<Id>& scopes, std::set<Id>& seen) {
  if (!std::binary_search(scopes.begin(), scopes.end(), whole)) {
    return {};
  }
  std::vector<std::string> institutions;
  TRY(db.query("SELECT DISTINCT institution FROM source WHERE institution <> ''", {}, [&](const Row& row) {
    if (std::binary_search(scopes.begin(), scopes.end(), institution_id(row.text(0)))) {
      institutions.emplace_back(row.text(0));
    }
  }));
  for (const std::string& institution : institutions) {
    TRY(db.query(k_said_by, {std::string_view(institution)}, [&](const Row& row) { seen.insert(id_at(row, 0)); }));
  }
  return {};
}

Value value_of(std::string_view kind_name, std::string_view payload) {
  const auto of = kind(kind_name);
  const auto record = of && !payload.empty() ? decode(*of, {}, payload) : Result<Record>(Record{});
  return record && !record->values.empty() ? record->values.front().second : Value{};
}

}  // namespace

Result<std::optional<Edition>> edition(Connection& db, Id id) {
  std::optional<Edition> out;
  std::optional<Error> problem;
  TRY(db.query("SELECT kind, body FROM card WHERE id = ?", {number(id)}, [&](const Row& row) {
    const auto of = kind(row.text(0));
    auto card = decode_card(id, of.value_or(Kind::person), row.text(1));
    if (card) {
      out = Edition{std::move(*card), hash128_hex(row.text(1))};
    } else {
      problem = card.error();
    }
  }));
  return problem ? Result<std::optional<Edition>>(tl::unexpected(*problem)) : out;
}

Result<std::string> edition_mark(Connection& db, Id id) {
  std::string out;
  TRY(db.query("SELECT body FROM card WHERE id = ?", {number(id)},
               [&](const Row& row) { out = hash128_hex(row.text(0)); }));
  return out;
}

Result<std::vector<Freshness>> freshness(store::Store& store, Kind kind) {
  return store.read([&](Connection& db) -> Result<std::vector<Freshness>> {
    std::map<Id, Freshness> all;
    TRY(
        db.query("SELECT c.id, MAX(run.started) FROM card c JOIN assignment a ON a.entity = c.id AND a.part = 0 "
                 "JOIN record r ON r.id = a.record AND r.withdrawn IS NULL JOIN version v ON v.id = r.version "
                 "JOIN run ON run.id = v.run WHERE c.kind = ? AND c.page = 1 GROUP BY c.id",
                 {name(kind)}, [&](const Row& row) {
                   all[id_at(row, 0)] = {id_at(row, 0), std::string(row.text(1)), {}};
                 }));
    TRY(
        db.query("SELECT c.id, MAX(d.made) FROM decision d JOIN assignment a ON a.record = d.record_a AND a.part = 0 "
                 "JOIN card c ON c.id = a.entity WHERE c.kind = ? AND c.page = 1 "
                 "AND d.verdict IN ('override', 'hide', 'verified') "
                 "AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.undoes = d.id) GROUP BY c.id",
                 {name(kind)}, [&](const Row& row) {
                   if (const auto at = all.find(id_at(row, 0)); at != all.end()) {
                     at->second.decided = row.text(1);
                   }
                 }));
    std::vector<Freshness> out;
    out.reserve(all.size());
    for (auto& [id, each] : all) {
      out.push_back(std::move(each));
    }
    return out;
  });
}

Result<std::vector<Id>> belonging_to(store::Store& store, Id whole, std::string_view today) {
  TRY_ASSIGN(const std::vector<Id> scopes, Registry(store).owned_as(whole));
  return store.read([&](Connection& db) -> Result<std::vector<Id>> {
    std::set<Id> seen{whole};
    TRY(add_said(db, whole, scopes, seen));
    std::vector<Id> open(seen.begin(), seen.end());
    while (!open.empty() && seen.size() < k_most_parts) {
      const Id each = open.back();
      open.pop_back();
      for (const std::string_view way : {k_parts, k_listed}) {
        TRY(db.query(way, {number(each)}, [&](const Row& row) {
          if (holds_on(row.text(1), row.text(2), today) && seen.insert(id_at(row, 0)).second) {
            open.push_back(id_at(row, 0));
          }
        }));
      }
    }
    return std::vector<Id>(seen.begin(), seen.end());
  });
}

namespace {

bool is_of_type(const Card& card, FieldId field, std::string_view type) {
  const CardField* types = card.kind == Kind::organisation ? card.find(field) : nullptr;
  return types != nullptr && std::ranges::any_of(types->values, [&](const CardValue& each) {
           return !each.lost && !each.hidden && each.value.text == type;
         });
}

// The parents of each unit today.
Result<std::map<Id, std::set<Id>>> parents_of_units(store::Store& store, std::string_view today) {
  std::map<Id, std::set<Id>> out;
  TRY(store.read([&](Connection& db) {
    return db.query(
        "SELECT l.source, i.entity, l.since, l.until FROM link l JOIN card c ON c.id = l.source "
        "JOIN identifier i ON i.ref = l.ref WHERE l.field = 'parents' "
        "AND (SELECT COUNT(*) FROM identifier o WHERE o.ref = l.ref) = 1",
        {}, [&](const Row& row) {
          if (holds_on(row.text(2), row.text(3), today)) {
            out[id_at(row, 0)].insert(id_at(row, 1));
          }
        });
  }));
  return out;
}

}  // namespace

Result<std::vector<SharedParent>> shared_parents(store::Store& store, std::string_view type, std::string_view today) {
  TRY_ASSIGN(const auto units, parents_of_units(store, today));
  std::map<Id, std::set<Id>> others;
  for (const auto& [unit, parents] : units) {
    for (const Id parent : parents) {
      others[parent].insert(parents.begin(), parents.end());
    }
  }
  std::vector<Id> ids;
  for (const auto& [parent, beside] : others) {
    ids.push_back(parent);
  }
  TRY_ASSIGN(const std::vector<Card> cards, Registry(store).cards(ids, access::Viewer::everything()));
  const auto field = find_field(Kind::organisation, "type");
  std::map<Id, std::string> of_type;
  for (const Card& card : cards) {
    if (field && is_of_type(card, *field, type)) {
      of_type.emplace(card.id, card.label);
    }
  }
  std::vector<SharedParent> out;
  for (const auto& [id, label] : of_type) {
    const auto count =
        std::ranges::count_if(others[id], [&](const Id other) { return other != id && !of_type.contains(other); });
    out.push_back({id, label, static_cast<size_t>(count)});
  }
  std::ranges::stable_sort(out, [](const auto& a, const auto& b) { return a.others > b.others; });
  return out;
}

namespace {

// A decision as both questions below ask for it, on a thing of a kind.
Decided decided_in(const Row& row, std::string_view kind) {
  return {row.integer(0),
          std::string(row.text(1)),
          std::string(row.text(2)),
          value_of(kind, row.text(3)),
          std::string(row.text(4)),
          std::string(row.text(5)),
          std::string(row.text(6)),
          row.integer(7) == 1,
          std::nullopt};
}

}  // namespace

// Of its records and of the names that others print of it.
Result<std::vector<Decided>> decided_on(store::Store& store, Id id) {
  return store.read([&](Connection& db) -> Result<std::vector<Decided>> {
    std::vector<Decided> out;
    TRY(db.query(
        "SELECT DISTINCT d.id, d.verdict, d.field, d.value, d.who, d.made, d.why, "
        "CASE WHEN d.verdict = 'undo' OR EXISTS (SELECT 1 FROM decision u WHERE u.undoes = d.id) THEN 0 ELSE 1 END, "
        "e.kind, COALESCE((SELECT x.entity FROM assignment x WHERE x.record = d.record_a AND x.part = d.part_a), 0), "
        "COALESCE((SELECT y.entity FROM assignment y WHERE y.record = d.record_b AND y.part = d.part_b), 0) "
        "FROM assignment a JOIN decision d ON (d.record_a = a.record AND d.part_a = a.part) OR "
        "(d.record_b = a.record AND d.part_b = a.part) JOIN entity e ON e.id = a.entity "
        "WHERE a.entity = ? ORDER BY d.id DESC",
        {number(id)}, [&](const Row& row) {
          out.push_back(decided_in(row, row.text(8)));
          for (const int column : {9, 10}) {
            if (row.integer(column) != 0 && row.integer(column) != number(id)) {
              out.back().other = id_at(row, column);
            }
          }
        }));
    return out;
  });
}

Result<std::vector<DecidedThing>> decisions(store::Store& store, int64_t before, int64_t limit) {
  return store.read([&](Connection& db) -> Result<std::vector<DecidedThing>> {
    std::vector<DecidedThing> out;
    TRY(db.query(
        "SELECT d.id, d.verdict, d.field, d.value, d.who, d.made, d.why, "
        "CASE WHEN d.verdict = 'undo' OR EXISTS (SELECT 1 FROM decision u WHERE u.undoes = d.id) THEN 0 ELSE 1 END, "
        "COALESCE(e.id, 0), COALESCE(e.kind, ''), COALESCE(b.entity, 0) FROM decision d "
        "JOIN decision s ON s.id = COALESCE(d.undoes, d.id) "
        "LEFT JOIN assignment a ON a.record = s.record_a AND a.part = s.part_a LEFT JOIN entity e ON e.id = a.entity "
        "LEFT JOIN assignment b ON b.record = s.record_b AND b.part = s.part_b WHERE d.id < ? ORDER BY d.id DESC LIMIT "
        "?",
        {before > 0 ? before : INT64_MAX, limit}, [&](const Row& row) {
          DecidedThing each;
          each.decided = decided_in(row, row.text(9));
          if (row.integer(8) != 0) {
            each.thing = id_at(row, 8);
            each.kind = kind(row.text(9)).value_or(Kind::person);
          }
          if (row.integer(10) != 0 && row.integer(10) != row.integer(8)) {
            each.other = id_at(row, 10);
          }
          out.push_back(std::move(each));
        }));
    return out;
  });
}

Result<std::optional<Id>> subject_of(store::Store& store, int64_t decision) {
  return store.read([&](Connection& db) -> Result<std::optional<Id>> {
    std::optional<Id> out;
    TRY(
        db.query("SELECT a.entity FROM decision d JOIN assignment a ON a.record = d.record_a AND a.part = d.part_a "
                 "WHERE d.id = ?",
                 {decision}, [&](const Row& row) { out = id_at(row, 0); }));
    return out;
  });
}

}  // namespace pitchblende::registry
