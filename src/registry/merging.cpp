#include "registry/merging.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "registry/sameness.hpp"

namespace pitchblende::registry {

namespace {

bool better(const SourcedRecord& a, const SourcedRecord& b) {
  return std::tie(b.trust, b.source.date, a.source.source, a.source.key) <
         std::tie(a.trust, a.source.date, b.source.source, b.source.key);
}

class Merge {
 public:
  Merge(Card& card, const std::vector<SourcedRecord>& records) : m_card(card) {
    for (uint32_t at = 0; at < records.size(); ++at) {
      for (const auto& [field, value] : records[at].record.values) {
        m_by_field[field].emplace_back(at, &value);
      }
    }
  }

  void run() {
    for (const auto& [field, values] : m_by_field) {
      m_card.fields.push_back(merged(field, values));
    }
    std::sort(m_card.fields.begin(), m_card.fields.end(), [](const CardField& a, const CardField& b) {
      return description(a.field).name < description(b.field).name;
    });
  }

 private:
  using Found = std::vector<std::pair<uint32_t, const Value*>>;

  CardField merged(FieldId field, const Found& found) {
    const FieldDescription& described = description(field);
    if (described.type == FieldType::mention) {
      return best_list(field, found);
    }
    CardField out{field, {}};
    std::map<std::string, std::vector<size_t>> seen;
    for (const auto& [record, value] : found) {
      std::vector<size_t>& alike = seen[sameness(described, *value)];
      const auto same = std::find_if(alike.begin(), alike.end(), [&, from = record, what = value](size_t at) {
        return are_one(described, out.values[at], from, *what);
      });
      if (same == alike.end()) {
        alike.push_back(out.values.size());
        out.values.push_back({*value, {record}, false, 0, false});
      } else {
        join(out.values[*same], record, *value);
      }
    }
    if (described.cardinality == Cardinality::one) {
      lose_all_but_first(described, out);
    }
    return out;
  }

  // Two sources that date one role otherwise speak of one; a source that gives it two periods says that there are two.
  static bool are_one(const FieldDescription& described, const CardValue& there, uint32_t record, const Value& value) {
    if (!has_period(described, there.value) || !has_period(described, value) || same_period(there.value, value)) {
      return true;
    }
    const bool of_one_source = std::find(there.sources.begin(), there.sources.end(), record) != there.sources.end();
    return !of_one_source && periods_meet(there.value, value);
  }

  // One-valued fields in both languages have a winner in each.
  static void lose_all_but_first(const FieldDescription& described, CardField& field) {
    std::vector<std::string_view> won;
    for (CardValue& value : field.values) {
      const std::string_view lang = described.type == FieldType::localized ? std::string_view(value.value.lang) : "";
      value.lost = std::find(won.begin(), won.end(), lang) != won.end();
      if (!value.lost) {
        won.push_back(lang);
      }
    }
  }

  static void join(CardValue& into, uint32_t record, const Value& value) {
    if (std::find(into.sources.begin(), into.sources.end(), record) == into.sources.end()) {
      into.sources.push_back(record);
    }
    // Who says it in so many words says more.
    const bool implied = is_implied(value);
    if (!implied) {
      unmark_implied(into.value);
    }
    for (const auto& [attribute, text] : value.attributes) {
      if (into.value.get(attribute).empty() && !(implied && attribute == Attribute::qualifier)) {
        into.value.with(attribute, text);
      }
    }
  }

  static CardField best_list(FieldId field, const Found& found) {
    CardField out{field, {}};
    for (const auto& [record, value] : found) {
      if (record == found.front().first) {
        out.values.push_back({*value, {record}, false, 0, false});
      }
    }
    return out;
  }

  Card& m_card;
  std::map<FieldId, Found> m_by_field;
};

CardField& field_of(Card& card, FieldId field) {
  const auto name_of = [](const CardField& each) { return description(each.field).name; };
  const auto at = std::lower_bound(card.fields.begin(), card.fields.end(), description(field).name,
                                   [&](const CardField& each, std::string_view name) { return name_of(each) < name; });
  if (at != card.fields.end() && at->field == field) {
    return *at;
  }
  return *card.fields.insert(at, CardField{field, {}});
}

void override_value(Card& card, FieldId field, const CardDecision& decision) {
  CardField& into = field_of(card, field);
  const bool localized = description(field).type == FieldType::localized;
  for (CardValue& value : into.values) {
    if (description(field).cardinality == Cardinality::one && (!localized || value.value.lang == decision.value.lang)) {
      value.lost = true;
    }
  }
  into.values.insert(into.values.begin(), CardValue{decision.value, {}, false, decision.number, false});
}

// By a room of the program alone, where people say each period as it is: what is decided on another one says nothing of
// it.
bool is_said_here(const Card& card, const CardValue& value) {
  return !value.sources.empty() && std::all_of(value.sources.begin(), value.sources.end(), [&](uint32_t source) {
    return !room_of_source(card.sources[source].source).empty();
  });
}

void apply(Card& card, const CardDecision& decision) {
  if (decision.ruling == Ruling::verified) {
    card.verified = true;
    return;
  }
  if (decision.field.empty()) {
    card.visibility = access::Visibility::nobody;
    return;
  }
  const auto field = find_field(card.kind, decision.field);
  if (!field) {
    return;
  }
  if (decision.ruling == Ruling::override_) {
    override_value(card, *field, decision);
    return;
  }
  for (CardValue& value : field_of(card, *field).values) {
    const bool is_of_another_time = is_said_here(card, value) && !same_period(decision.value, value.value) &&
                                    has_period(description(*field), value.value);
    if (decision.value.text.empty() ||
        (speaks_of(description(*field), decision.value, value.value) && !is_of_another_time)) {
      value.hidden = true;
    }
  }
}

void set_owners(Card& card, const std::vector<SourcedRecord>& records) {
  for (const SourcedRecord& record : records) {
    if (!record.institution.empty()) {
      card.owners.push_back(institution_id(record.institution));
    }
  }
  std::sort(card.owners.begin(), card.owners.end());
  card.owners.erase(std::unique(card.owners.begin(), card.owners.end()), card.owners.end());
}

}  // namespace

Card merge(Id id, Kind kind, std::vector<SourcedRecord> records, std::span<const CardDecision> decisions) {
  Card card;
  card.id = id;
  card.kind = kind;
  std::sort(records.begin(), records.end(), better);
  card.visibility = records.empty() ? access::Visibility::everyone : access::Visibility::nobody;
  for (const SourcedRecord& record : records) {
    card.sources.push_back(record.source);
    card.visibility = std::min(card.visibility, record.source.visibility);
  }
  Merge(card, records).run();
  std::vector<CardDecision> in_order(decisions.begin(), decisions.end());
  std::sort(in_order.begin(), in_order.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  for (const CardDecision& decision : in_order) {
    apply(card, decision);
  }
  card.label = label_of(card);
  set_owners(card, records);
  return card;
}

}  // namespace pitchblende::registry
