#include "pool/curation/members.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "pool/curation/decisions.hpp"
#include "pool/pool.hpp"

namespace pitchblende::pool {

namespace {

using registry::Attribute;
using registry::FieldType;
using registry::Record;
using resolution::MentionRef;
using store::ColumnType;
using store::Connection;
using store::Row;
using store::Rows;

constexpr size_t k_told = 3;  // facts of one place

void tell(std::string& facts, std::string_view fact) {
  if (!fact.empty() && facts.find(fact) == std::string::npos) {
    facts += facts.empty() ? "" : " · ";
    facts += fact;
  }
}

std::string field_text(const Record& record, std::string_view field) {
  const auto id = registry::find_field(record.kind, field);
  return id ? std::string(record.text(*id)) : std::string();
}

std::string name_of(const Record& record) {
  if (record.kind == registry::Kind::person) {
    const std::string given = field_text(record, "given_names");
    const std::string family = field_text(record, "family_name");
    return given.empty() || family.empty() ? given + family : given + " " + family;
  }
  return field_text(record, registry::description(record.kind).label_field);
}

// Identifiers and what it belongs to.
std::string facts_of(const Record& record) {
  std::string facts = field_text(record, "year");
  size_t told = 0;
  for (const auto& [field, value] : record.values) {
    const registry::FieldDescription& description = registry::description(field);
    const bool says_where =
        description.name == "positions" || description.name == "parents" || description.name == "commune";
    if (told < k_told && (description.type == FieldType::identifier || says_where)) {
      const bool own = description.type == FieldType::identifier && value.text.find(':') == std::string::npos;
      tell(facts, own ? std::string(description.scheme) + ":" + value.text : value.text);
      ++told;
    }
  }
  return facts;
}

std::string facts_of(const Record& record, const registry::Value& value) {
  std::string facts = field_text(record, "year");
  size_t told = 0;
  for (const auto& [attribute, text] : value.attributes) {
    const bool tells = attribute == Attribute::affiliation || attribute == Attribute::orcid ||
                       attribute == Attribute::email || attribute == Attribute::role;
    if (tells && told < k_told) {
      tell(facts, attribute == Attribute::orcid ? "orcid:" + text : text);
      ++told;
    }
  }
  return facts;
}

const registry::Value* name_at(const Record& record, int32_t part) {
  for (const auto& [field, value] : record.values) {
    if (registry::description(field).type == FieldType::mention && --part == 0) {
      return &value;
    }
  }
  return nullptr;
}

struct Known {
  Record record;
  std::string source;
  std::map<int32_t, Id> things;
};
using KnownRecords = std::map<int64_t, Known>;

Result<KnownRecords> known_records(store::Store& store, const std::vector<int64_t>& wanted) {
  KnownRecords known;
  for (const int64_t record : wanted) {
    known[record];
  }
  Rows rows{{"record", ColumnType::integer}};
  for (const auto& [record, each] : known) {
    rows.add(record);
  }
  TRY(store.read([&](Connection& db) -> Result<void> {
    TRY(db.lookup("SELECT a.record, a.part, a.entity FROM {rows} q JOIN assignment a ON a.record = q.record", rows,
                  [&](const Row& row) {
                    known[row.integer(0)].things[static_cast<int32_t>(row.integer(1))] = id_of(row.integer(2));
                  }));
    return db.lookup(
        "SELECT r.id, r.kind, r.key, v.payload, s.name FROM {rows} q JOIN record r ON r.id = q.record "
        "JOIN version v ON v.id = r.version JOIN source s ON s.id = r.source",
        rows, [&](const Row& row) {
          Known& each = known[row.integer(0)];
          each.source = row.text(4);
          const auto kind = registry::kind(row.text(1));
          each.record.key = row.text(2);
          if (auto record = kind ? registry::decode(*kind, row.text(2), row.text(3)) : Result<Record>(Record{})) {
            each.record = std::move(*record);
            each.record.key = row.text(2);
          }
        });
  }));
  return known;
}

Member member(const Known& known, const MentionRef& ref) {
  Member out{ref, known.source, known.record.key, {}, {}, {}, {}};
  if (const auto thing = known.things.find(ref.part); thing != known.things.end()) {
    out.thing = thing->second;
  }
  if (ref.part == 0) {
    out.text = name_of(known.record);
    out.facts = facts_of(known.record);
  } else if (const registry::Value* value = name_at(known.record, ref.part)) {
    out.text = value->text;
    out.where = name_of(known.record);
    out.facts = facts_of(known.record, *value);
  }
  return out;
}

}  // namespace

Result<std::vector<Member>> members_at(store::Store& store, const std::vector<MentionRef>& places) {
  std::vector<int64_t> records;
  for (const MentionRef& ref : places) {
    records.push_back(ref.record);
  }
  TRY_ASSIGN(const KnownRecords known, known_records(store, records));
  std::vector<Member> members;
  for (const MentionRef& ref : places) {
    members.push_back(member(known.at(ref.record), ref));
  }
  return members;
}

Result<std::vector<Member>> names_on(store::Store& store, const std::vector<int64_t>& records) {
  TRY_ASSIGN(const KnownRecords known, known_records(store, records));
  std::vector<Member> names;
  for (const auto& [number_of, each] : known) {
    const auto count = static_cast<int32_t>(printed_names(each.record).size());
    for (int32_t part = 1; part <= count; ++part) {
      names.push_back(member(each, {number_of, part}));
    }
  }
  return names;
}

namespace {

// What is here of things: their records and names, what they are, their cards.
struct Present {
  std::map<Id, std::vector<MentionRef>> places;
  std::map<Id, registry::Kind> kinds;
  std::map<Id, std::pair<std::string, bool>> cards;  // label, whether it has a page
};

Result<Present> present_of(store::Store& store, const std::vector<Side>& sides) {
  Present out;
  for (const Side& side : sides) {
    out.places[side.id];
  }
  Rows rows{{"entity", ColumnType::integer}};
  for (const auto& [id, refs] : out.places) {
    rows.add(number(id));
  }
  TRY(store.read([&](Connection& db) -> Result<void> {
    TRY(
        db.lookup("SELECT a.entity, a.record, a.part, e.kind FROM {rows} q JOIN assignment a ON a.entity = q.entity "
                  "JOIN entity e ON e.id = q.entity JOIN record r ON r.id = a.record WHERE r.withdrawn IS NULL",
                  rows, [&](const Row& row) {
                    const Id id = id_of(row.integer(0));
                    out.places[id].push_back({row.integer(1), static_cast<int32_t>(row.integer(2))});
                    out.kinds[id] = registry::kind(row.text(3)).value_or(registry::Kind::person);
                  }));
    return db.lookup("SELECT c.id, c.label, c.page FROM {rows} q JOIN card c ON c.id = q.entity", rows,
                     [&](const Row& row) {
                       out.cards[id_of(row.integer(0))] = {std::string(row.text(1)), row.integer(2) != 0};
                     });
  }));
  return out;
}

}  // namespace

Result<void> describe_sides(store::Store& store, std::vector<Side>& sides, size_t shown) {
  TRY_ASSIGN(Present here, present_of(store, sides));
  std::vector<MentionRef> wanted;
  std::vector<size_t> counts;
  for (Side& side : sides) {
    std::vector<MentionRef> refs = here.places[side.id];
    const auto rank = [&](const MentionRef& ref) { return std::tuple(ref != side.ref, ref.part != 0, ref); };
    std::sort(refs.begin(), refs.end(), [&](const auto& x, const auto& y) { return rank(x) < rank(y); });
    side.size = static_cast<int64_t>(refs.size());
    side.kind = here.kinds[side.id];
    const size_t wanted_of_it = std::max<size_t>(shown, here.cards[side.id].first.empty() ? 1 : 0);
    refs.resize(std::min(refs.size(), wanted_of_it));
    counts.push_back(refs.size());
    wanted.insert(wanted.end(), refs.begin(), refs.end());
  }
  TRY_ASSIGN(std::vector<Member> members, members_at(store, wanted));
  auto next = members.begin();
  for (size_t at = 0; at < sides.size(); ++at) {
    Side& side = sides[at];
    side.members.assign(next, next + static_cast<std::ptrdiff_t>(counts[at]));
    next += static_cast<std::ptrdiff_t>(counts[at]);
    side.page = here.cards[side.id].second;
    side.label = here.cards[side.id].first;
    if (side.label.empty() && !side.members.empty()) {
      side.label = side.members.front().text;
    }
    side.members.resize(std::min(side.members.size(), shown));
  }
  return {};
}

Result<std::map<Id, std::string>> names_of(store::Store& store, const std::vector<Id>& things) {
  std::map<Id, std::string> names;
  std::map<Id, std::tuple<bool, bool, MentionRef>> first;
  Rows rows{{"entity", ColumnType::integer}};
  for (const Id id : std::set<Id>(things.begin(), things.end())) {
    rows.add(number(id));
  }
  TRY(store.read([&](Connection& db) -> Result<void> {
    TRY(db.lookup("SELECT c.id, c.label FROM {rows} q JOIN card c ON c.id = q.entity", rows,
                  [&](const Row& row) { names[id_of(row.integer(0))] = row.text(1); }));
    return db.lookup(
        "SELECT a.entity, a.record, a.part, CASE WHEN r.withdrawn IS NULL THEN 0 ELSE 1 END FROM {rows} q "
        "JOIN assignment a ON a.entity = q.entity JOIN record r ON r.id = a.record",
        rows, [&](const Row& row) {
          const MentionRef ref{row.integer(1), static_cast<int32_t>(row.integer(2))};
          const auto rank = std::tuple(row.integer(3) == 1, ref.part != 0, ref);
          const auto [at, fresh] = first.try_emplace(id_of(row.integer(0)), rank);
          at->second = fresh ? rank : std::min(at->second, rank);
        });
  }));
  std::vector<Id> nameless;
  std::vector<MentionRef> places;
  for (const auto& [id, rank] : first) {
    if (names[id].empty()) {
      nameless.push_back(id);
      places.push_back(std::get<2>(rank));
    }
  }
  TRY_ASSIGN(const std::vector<Member> members, members_at(store, places));
  for (size_t at = 0; at < nameless.size(); ++at) {
    names[nameless[at]] = members[at].text;
  }
  std::erase_if(names, [](const auto& each) { return each.second.empty(); });
  return names;
}

}  // namespace pitchblende::pool
