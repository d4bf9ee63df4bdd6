#include "pool/affiliations/affiliations.hpp"

#include <algorithm>
#include <span>
#include <unordered_map>

#include "registry/registry.hpp"

namespace pitchblende::pool {

namespace {

using resolution::OrganisationRelation;
using store::Connection;
using store::Row;

constexpr size_t k_together = 1000;  // cards of one snapshot

using Targets = std::unordered_map<std::string, std::optional<Id>>;

std::optional<Id> target_in(const Targets& targets, const std::string& ref) {
  const auto found = targets.find(ref);
  return found == targets.end() ? std::nullopt : found->second;
}

void follow(const Targets& targets, std::vector<OrganisationRelation>& relations) {
  for (OrganisationRelation& relation : relations) {
    if (const auto target = target_in(targets, registry::link_key(relation.id))) {
      relation.id = target->text();
    }
  }
}

Result<Targets> targets_of_references(store::Store& store) {
  Targets out;
  TRY(store.read([&](Connection& db) {
    return db.query(
        "SELECT i.ref, i.entity FROM card c JOIN identifier i ON i.entity = c.id "
        "WHERE c.kind IN ('organisation', 'team')",
        {}, [&](const Row& row) {
          const Id id(static_cast<uint64_t>(row.integer(1)));
          const auto [at, fresh] = out.try_emplace(std::string(row.text(0)), id);
          if (!fresh && at->second != id) {
            at->second.reset();
          }
        });
  }));
  return out;
}

// What the viewer sees of a card, as a record.
registry::Record record_of(const registry::Card& card) {
  registry::Record record;
  record.kind = card.kind;
  for (const registry::CardField& field : card.fields) {
    for (const registry::CardValue& value : field.values) {
      if (!value.lost && !value.hidden) {
        record.values.emplace_back(field.field, value.value);
      }
    }
  }
  return record;
}

}  // namespace

Result<KnownOrganisations> known_organisations(store::Store& store, const access::Viewer& viewer) {
  KnownOrganisations out;
  TRY_ASSIGN(out.targets, targets_of_references(store));
  std::vector<Id> ids;
  TRY(store.read([&](Connection& db) {
    return db.query("SELECT id FROM card WHERE kind IN ('organisation', 'team') ORDER BY id", {},
                    [&](const Row& row) { ids.emplace_back(static_cast<uint64_t>(row.integer(0))); });
  }));
  const registry::Registry registry(store);
  for (size_t begin = 0; begin < ids.size(); begin += k_together) {
    const auto here = std::span(ids).subspan(begin, std::min(k_together, ids.size() - begin));
    TRY_ASSIGN(const std::vector<registry::Card> cards, registry.cards({here.begin(), here.end()}, viewer));
    for (const registry::Card& card : cards) {
      auto description = resolution::describe_organisation(record_of(card), card.id.text());
      if (!description) {
        continue;
      }
      follow(out.targets, description->parents);
      follow(out.targets, description->successors);
      out.labels.emplace(card.id.text(), card.label);
      out.all.push_back(std::move(*description));
    }
  }
  return out;
}

Result<Affiliations> Affiliations::load(store::Store& store, const access::Viewer& viewer) {
  TRY_ASSIGN(KnownOrganisations known, known_organisations(store, viewer));
  return Affiliations(std::move(known));
}

std::vector<Id> Affiliations::named_in(std::string_view text) const {
  std::vector<Id> out;
  const auto add = [&](std::string_view id) {
    if (const auto known = Id::parse(id)) {
      out.push_back(*known);
    }
  };
  const resolution::AffiliationAnswer answer = m_index.match(text);
  for (const resolution::OrganisationMatch& one : answer.organisations) {
    if (!one.ambiguous) {
      add(one.id);
      std::for_each(one.parents.begin(), one.parents.end(), add);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::optional<Id> Affiliations::target(const std::string& ref) const { return target_in(m_targets, ref); }

}  // namespace pitchblende::pool
