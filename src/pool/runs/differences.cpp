#include "pool/runs/differences.hpp"

#include <algorithm>

namespace pitchblende::pool {

std::vector<Part> parts_of(const registry::Record& record) {
  std::vector<Part> out;
  for (const auto& [field, value] : record.values) {
    out.push_back({field, std::nullopt});
    for (const auto& [attribute, text] : value.attributes) {
      out.push_back({field, attribute});
    }
  }
  std::ranges::sort(out);
  const auto again = std::ranges::unique(out);
  out.erase(again.begin(), again.end());
  return out;
}

std::vector<std::string> changed_fields(registry::Kind kind, std::string_view before, std::string_view after) {
  using Values = std::map<registry::FieldId, std::vector<registry::Value>>;
  const auto by_field = [&](std::string_view payload) {
    Values values;
    if (auto record = registry::decode(kind, "", payload)) {
      for (auto& [field, value] : record->values) {
        values[field].push_back(std::move(value));
      }
    }
    return values;
  };
  const Values old_values = by_field(before);
  const Values new_values = by_field(after);
  std::vector<std::string> fields;
  for (const auto& described : registry::description(kind).fields) {
    const auto field = registry::field(kind, described.name);
    const auto was = old_values.find(field);
    const auto is = new_values.find(field);
    const bool gone = (was == old_values.end()) != (is == new_values.end());
    if (gone || (was != old_values.end() && was->second != is->second)) {
      fields.emplace_back(described.name);
    }
  }
  return fields;
}

std::string record_label(registry::Kind kind, std::string_view payload) {
  const auto record = registry::decode(kind, "", payload);
  if (!record) {
    return {};
  }
  std::string out(record->text(registry::field(kind, registry::description(kind).label_field)));
  if (kind == registry::Kind::person) {
    const std::string_view given = record->text(registry::field(kind, "given_names"));
    out = given.empty() ? out : std::string(given) + " " + out;
  }
  return out;
}

void Losses::kept(const std::vector<Part>& parts) {
  ++m_records;
  for (const Part& part : parts) {
    ++m_counts[part].had;
  }
}

void Losses::changed(const std::vector<Part>& before, const std::vector<Part>& after) {
  ++m_records;
  for (const Part& part : before) {
    Count& count = m_counts[part];
    ++count.had;
    count.lost += std::ranges::binary_search(after, part) ? 0 : 1;
  }
}

std::vector<LostPart> Losses::lost() const {
  std::vector<LostPart> out;
  for (const auto& [part, count] : m_counts) {
    if (count.lost > 0) {
      std::string name(registry::description(part.field).name);
      name += part.attribute ? "." + std::string(registry::name(*part.attribute)) : "";
      out.push_back({registry::kind_of(part.field), std::move(name), count.lost, count.had});
    }
  }
  std::ranges::stable_sort(out, std::ranges::greater{}, &LostPart::records);
  return out;
}

// A column that is gone takes its field from nearly all; a correction of one record, or of a field that few have, does
// not.
int64_t Losses::too_many() const {
  int64_t most = 0;
  for (const auto& [part, count] : m_counts) {
    if (count.lost > 1 && count.lost * 5 > count.had && count.lost * 20 > m_records) {
      most = std::max(most, count.lost);
    }
  }
  return most;
}

}  // namespace pitchblende::pool
