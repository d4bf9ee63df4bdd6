#include "registry/kinds.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "registry/kinds/rows.hpp"

namespace pitchblende::registry {

namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, static_cast<size_t>(Attribute::url) + 1> k_attributes{
    "type",       "from",          "to",        "role",     "order",   "title",      "kind",        "share",
    "head",       "level",         "since",     "expires",  "amount",  "currency",   "unit",        "property",
    "weight",     "major",         "qualifier", "label",    "family",  "given",      "initials",    "suffix",
    "particle",   "honorific",     "orcid",     "isni",     "email",   "identifier", "affiliation", "affiliation_id",
    "collective", "corresponding", "equal",     "deceased", "printed", "country",    "city",        "address",
    "phone",      "field",         "concept",   "agency",   "status",  "note",       "url"};

// Names are short and read once per stored value: eight bytes from either end tell them apart, the length breaks ties.
uint64_t mix(uint64_t seed, std::string_view name) {
  uint64_t head = 0;
  uint64_t tail = 0;
  const size_t size = name.size();
  if (size >= 8) {
    std::memcpy(&head, name.data(), 8);
    std::memcpy(&tail, name.data() + size - 8, 8);
  } else if (size != 0) {
    std::memcpy(&head, name.data(), size);
  }
  uint64_t hash = (head ^ (tail * 0x9E3779B97F4A7C15u)) + seed * 0xD6E8FEB86659FD93u + size;
  hash ^= hash >> 32;
  hash *= 0xD6E8FEB86659FD93u;
  return hash ^ (hash >> 29);
}

// Open addressing, filled once; every name it holds is a constant of the program.
class NameTable {
 public:
  explicit NameTable(size_t names) {
    size_t size = 16;
    while (size < names * 4) {
      size *= 2;
    }
    m_slots.resize(size);
  }
  void add(uint64_t seed, std::string_view name, uint16_t index) {
    size_t at = mix(seed, name) & (m_slots.size() - 1);
    while (m_slots[at].index != k_free) {
      at = (at + 1) & (m_slots.size() - 1);
    }
    m_slots[at] = {name, static_cast<uint16_t>(seed), index};
  }
  std::optional<uint16_t> find(uint64_t seed, std::string_view name) const {
    for (size_t at = mix(seed, name) & (m_slots.size() - 1);; at = (at + 1) & (m_slots.size() - 1)) {
      const Slot& slot = m_slots[at];
      if (slot.index == k_free) {
        return std::nullopt;
      }
      if (slot.seed == seed && slot.name == name) {
        return slot.index;
      }
    }
  }

 private:
  static constexpr uint16_t k_free = 0xFFFF;
  struct Slot {
    std::string_view name;
    uint16_t seed = 0;
    uint16_t index = k_free;
  };
  std::vector<Slot> m_slots;
};

size_t count_fields(std::span<const KindDescription> all) {
  size_t count = 0;
  for (const KindDescription& kind : all) {
    count += kind.fields.size();
  }
  return count;
}

struct Tables {
  std::array<KindDescription, k_kinds> kinds{
      rows::k_person,      rows::k_organisation, rows::k_team,    rows::k_group,      rows::k_site,
      rows::k_platform,    rows::k_equipment,    rows::k_service, rows::k_collection, rows::k_dataset,
      rows::k_publication, rows::k_project,      rows::k_trial,   rows::k_patent,     rows::k_event,
      rows::k_concept,     rows::k_call,         rows::k_award,   rows::k_partnership};
  std::vector<const FieldDescription*> fields;
  std::vector<Kind> owners;
  NameTable field_names{count_fields(kinds)};
  NameTable kind_names{k_kinds};
  NameTable attribute_names{k_attributes.size()};

  Tables() {
    for (const KindDescription& kind : kinds) {
      const auto seed = static_cast<uint64_t>(kind.kind);
      kind_names.add(0, kind.name, static_cast<uint16_t>(kind.kind));
      for (const FieldDescription& field : kind.fields) {
        field_names.add(seed, field.name, static_cast<uint16_t>(fields.size()));
        fields.push_back(&field);
        owners.push_back(kind.kind);
      }
    }
    for (size_t i = 0; i < k_attributes.size(); ++i) {
      attribute_names.add(0, k_attributes[i], static_cast<uint16_t>(i));
    }
  }
};

const Tables& tables() {
  static const Tables all;
  return all;
}

}  // namespace

std::string_view name(Attribute attribute) { return k_attributes[static_cast<size_t>(attribute)]; }

std::optional<Attribute> attribute(std::string_view name) {
  const std::optional<uint16_t> found = tables().attribute_names.find(0, name);
  return found ? std::optional(static_cast<Attribute>(*found)) : std::nullopt;
}

std::span<const KindDescription> kinds() { return tables().kinds; }

const KindDescription& description(Kind kind) { return tables().kinds[static_cast<size_t>(kind)]; }

std::optional<Kind> kind(std::string_view name) {
  const std::optional<uint16_t> found = tables().kind_names.find(0, name);
  return found ? std::optional(static_cast<Kind>(*found)) : std::nullopt;
}

std::optional<FieldId> find_field(Kind kind, std::string_view name) {
  const std::optional<uint16_t> found = tables().field_names.find(static_cast<uint64_t>(kind), name);
  return found ? std::optional(FieldId{*found}) : std::nullopt;
}

FieldId field(Kind kind, std::string_view name) {
  const std::optional<FieldId> found = find_field(kind, name);
  if (!found) {
    const std::string_view owner = description(kind).name;
    std::fprintf(stderr, "no field %.*s.%.*s\n", static_cast<int>(owner.size()), owner.data(),
                 static_cast<int>(name.size()), name.data());
    std::abort();
  }
  return *found;
}

const FieldDescription& description(FieldId field) { return *tables().fields[field.index]; }

Kind kind_of(FieldId field) { return tables().owners[field.index]; }

}  // namespace pitchblende::registry
