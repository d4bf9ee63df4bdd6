#include "pool/card_rows.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "registry/identifiers.hpp"
#include "resolution/things/publication_versions.hpp"
#include "store/numbering.hpp"

namespace pitchblende::pool {

namespace {

using registry::Attribute;
using registry::Card;
using registry::CardField;
using registry::FieldType;
using registry::Kind;

using store::number;

bool is_name(std::string_view field) {
  return field == "names" || field == "title" || field == "acronym" || field == "labels" || field == "code";
}

void add_person_names(const Card& card, std::vector<std::string>& refs) {
  static const registry::FieldId given = registry::field(Kind::person, "given_names");
  static const registry::FieldId family = registry::field(Kind::person, "family_name");
  const std::string first(card.text(given));
  const std::string last(card.text(family));
  if (!last.empty()) {
    refs.push_back("name:" + normalised(first + " " + last));
    refs.push_back("name:" + normalised(last + " " + first));
  }
}

}  // namespace

std::vector<std::string> references(const Card& card) {
  std::vector<std::string> refs;
  if (card.kind == Kind::person) {
    add_person_names(card, refs);
  }
  // Titles of publications are no names that anybody links by.
  const bool by_name = card.kind != Kind::person && card.kind != Kind::publication;
  for (const CardField& field : card.fields) {
    const auto& described = registry::description(field.field);
    for (const auto& value : field.values) {
      if (described.type == FieldType::identifier) {
        refs.push_back(registry::reference(described.scheme, value.value.text));
      } else if (by_name && is_name(described.name)) {
        refs.push_back(registry::link_key("name:" + value.value.text));
      }
    }
  }
  for (std::string& work : resolution::work_references(card)) {
    refs.push_back(std::move(work));
  }
  std::erase(refs, "name:");
  std::sort(refs.begin(), refs.end());
  refs.erase(std::unique(refs.begin(), refs.end()), refs.end());
  return refs;
}

void CardRows::add(const Card& card) {
  const int64_t id = number(card.id);
  cards.add(id).add(std::string(registry::name(card.kind))).add(registry::public_label(card)).add(int64_t{card.page});
  cards.add(static_cast<int64_t>(card.visibility)).add(registry::encode(card));
  for (std::string& ref : references(card)) {
    identifiers.add(std::move(ref)).add(id);
  }
  int64_t ordinal = 0;
  for (const CardField& field : card.fields) {
    const auto& described = registry::description(field.field);
    if (described.type != FieldType::link) {
      continue;
    }
    for (const auto& value : field.values) {
      if (!value.lost && !value.hidden) {
        links.add(id).add(ordinal++).add(std::string(described.name)).add(registry::link_key(value.value.text));
        links.add(std::string(value.value.get(Attribute::role))).add(std::string(value.value.get(Attribute::from)));
        links.add(std::string(value.value.get(Attribute::to)));
        links.add(static_cast<int64_t>(registry::visibility_of(card, field, value)));
      }
    }
  }
}

Result<void> CardRows::store(store::Transaction& db) const {
  TRY(db.bulk("DELETE FROM identifier WHERE entity IN (SELECT entity FROM {rows} AS q)", replaced));
  TRY(db.bulk("DELETE FROM link WHERE source IN (SELECT entity FROM {rows} AS q)", replaced));
  TRY(db.bulk("DELETE FROM card WHERE id IN (SELECT entity FROM {rows} AS q)", replaced));
  TRY(
      db.bulk("INSERT INTO card (id, kind, label, page, visibility, body) "
              "SELECT id, kind, label, page, visibility, body FROM {rows} AS q",
              cards));
  TRY(db.bulk("INSERT INTO identifier (ref, entity) SELECT ref, entity FROM {rows} AS q", identifiers));
  TRY(
      db.bulk("INSERT INTO link (source, ordinal, field, ref, role, since, until, visibility) "
              "SELECT source, ordinal, field, ref, role, since, until, visibility FROM {rows} AS q",
              links));
  TRY(db.bulk("INSERT INTO change (id, entity) SELECT id, entity FROM {rows} AS q", changes));
  TRY(
      db.bulk("INSERT INTO due_placing (entity, ref) SELECT entity, ref FROM {rows} AS q WHERE true "
              "ON CONFLICT (entity, ref) DO NOTHING",
              placed));
  TRY(db.bulk("DELETE FROM due_entity WHERE entity IN (SELECT entity FROM {rows} AS q)", entities));
  return {};
}

}  // namespace pitchblende::pool
