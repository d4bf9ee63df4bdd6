// What belongs to whom, as the policy of access judges it.
#include <algorithm>
#include <set>

#include "registry/registry.hpp"
#include "store/numbering.hpp"

namespace pitchblende::registry {

namespace {

using store::Connection;
using store::Row;

constexpr size_t k_most_owners = 256;
constexpr int64_t k_most_on_a_way = 64;

using store::id_at;
using store::number;

// Fields that say what a thing belongs to, and those in which a platform lists what is its own. A reference that leads
// to two things leads nowhere.
constexpr std::string_view k_up =
    "SELECT i.entity, l.since, l.until FROM link l JOIN identifier i ON i.ref = l.ref WHERE l.source = ? AND l.field "
    "IN "
    "('platforms', 'teams', 'owners', 'hosts', 'parents', 'custodians') AND (SELECT COUNT(*) FROM identifier o WHERE "
    "o.ref = l.ref) = 1 ORDER BY l.ordinal LIMIT ?";
constexpr std::string_view k_listed_by =
    "SELECT l.source, l.since, l.until FROM identifier i JOIN link l ON l.ref = i.ref WHERE i.entity = ? AND l.field "
    "IN "
    "('equipment', 'services') AND (SELECT COUNT(*) FROM identifier o WHERE o.ref = l.ref) = 1 ORDER BY l.source LIMIT "
    "?";

// Pairs of a scope (what a source's owner ids are made of) and a reference to the organisation that it speaks for.
Result<std::vector<std::pair<Id, std::string>>> speakers(Connection& db) {
  std::vector<std::pair<Id, std::string>> out;
  TRY(db.query(
      "SELECT DISTINCT institution, institution_ref FROM source WHERE institution <> '' AND institution_ref <> "
      "''",
      {}, [&](const Row& row) { out.emplace_back(institution_id(row.text(0)), std::string(row.text(1))); }));
  return out;
}

}  // namespace

Result<std::vector<Id>> Registry::owned_as(Id organisation) const {
  std::vector<std::pair<Id, std::string>> all;
  std::set<std::string, std::less<>> own;
  TRY(m_store.read([&](Connection& db) -> Result<void> {
    TRY_ASSIGN(all, speakers(db));
    return db.query("SELECT ref FROM identifier WHERE entity = ?", {number(organisation)},
                    [&](const Row& row) { own.emplace(row.text(0)); });
  }));
  std::vector<Id> out;
  for (const auto& [scope, ref] : all) {
    if (own.contains(link_key(ref))) {
      TRY_ASSIGN(const std::optional<Id> id, find(ref));
      out.insert(out.end(), id == organisation ? 1 : 0, scope);
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<access::Object> Registry::object_for(Id id, std::string_view today) const {
  TRY_ASSIGN(const std::optional<Id> there, current(id));
  access::Object out{there.value_or(id), {}, {}};
  TRY_ASSIGN(const std::vector<Card> found, cards({out.id}, access::Viewer::everything()));
  if (found.empty()) {
    return out;
  }
  const Card& card = found.front();
  out.kind = name(card.kind);
  std::vector<Id> open{out.id};
  std::vector<std::pair<Id, std::string>> all;
  TRY(m_store.read([&](Connection& db) -> Result<void> {
    TRY_ASSIGN(all, speakers(db));
    return {};
  }));
  for (const auto& [scope, ref] : all) {
    if (std::binary_search(card.owners.begin(), card.owners.end(), scope)) {
      TRY_ASSIGN(const std::optional<Id> organisation, find(ref));
      open.insert(open.end(), organisation ? 1 : 0, organisation.value_or(Id()));
    }
  }
  std::set<Id> seen;
  TRY(m_store.read([&](Connection& db) -> Result<void> {
    while (!open.empty() && seen.size() < k_most_owners) {
      const Id each = open.back();
      open.pop_back();
      if (!seen.insert(each).second) {
        continue;
      }
      for (const std::string_view way : {k_up, k_listed_by}) {
        TRY(db.query(way, {number(each), k_most_on_a_way}, [&](const Row& row) {
          if (holds_on(row.text(1), row.text(2), today)) {
            open.push_back(id_at(row, 0));
          }
        }));
      }
    }
    return {};
  }));
  seen.erase(out.id);
  out.owners = card.owners;
  out.owners.insert(out.owners.end(), seen.begin(), seen.end());
  std::sort(out.owners.begin(), out.owners.end());
  return out;
}

Result<std::optional<Id>> Registry::institution_of_source(std::string_view source) const {
  std::string reference;
  TRY(m_store.read([&](Connection& db) {
    return db.query("SELECT institution_ref FROM source WHERE name = ?", {source},
                    [&](const Row& row) { reference = row.text(0); });
  }));
  return reference.empty() ? Result<std::optional<Id>>(std::nullopt) : find(reference);
}

}  // namespace pitchblende::registry
