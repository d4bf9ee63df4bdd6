#include "sources/mappings/mapping_unsaid.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace pitchblende::sources {

namespace {

void add_columns(const Template& pattern, std::set<int>& out) {
  for (const Piece& piece : pattern) {
    if (piece.column >= 0) {
      out.insert(piece.column);
    }
  }
}

void add_columns(const std::vector<Template>& patterns, std::set<int>& out) {
  for (const Template& each : patterns) {
    add_columns(each, out);
  }
}

std::set<int> columns_beside(const FieldRule& field) {
  std::set<int> out;
  for (const auto& [attribute, pattern] : field.attributes) {
    add_columns(pattern, out);
  }
  return out;
}

// Of those: what somebody wrote about the thing, and not what only sorts it (a role, a type, a number).
std::set<int> telling_columns(const FieldRule& field) {
  using registry::Attribute;
  std::set<int> out;
  for (const auto& [attribute, pattern] : field.attributes) {
    if (attribute == Attribute::title || attribute == Attribute::from || attribute == Attribute::to ||
        attribute == Attribute::amount) {
      add_columns(pattern, out);
    }
  }
  return out;
}

// Columns that feed something else than what stands beside a field that is not there.
std::set<int> used_columns(const Mapping& mapping, const RecordRule& own, const registry::Record& record) {
  std::set<int> out;
  for (const RecordRule& rule : mapping.records) {
    add_columns(rule.keys, out);
    add_columns(rule.dates, out);
    for (const FieldRule& field : rule.fields) {
      add_columns(field.alternatives, out);
      if (&rule != &own || record.first(field.field) != nullptr) {
        out.merge(columns_beside(field));
      }
    }
  }
  return out;
}

}  // namespace

std::vector<std::pair<registry::FieldId, std::string>> said_of_nothing(const Mapping& mapping, const RecordRule& rule,
                                                                       const registry::Record& record,
                                                                       const MappedCells& cells, const Header& header) {
  const auto is_filled = [&](int column) {
    Piece alone;
    alone.column = column;
    return header.place_of_column[static_cast<size_t>(column)] >= 0 && !cells.fill({alone}).empty();
  };
  std::map<registry::FieldId, std::set<int>> columns;
  for (const FieldRule& field : rule.fields) {
    if (!field.attributes.empty() && record.first(field.field) == nullptr &&
        (!field.when || cells.holds(*field.when))) {
      std::set<int> telling = telling_columns(field);
      std::erase_if(telling, [&](int column) { return !is_filled(column); });
      if (!telling.empty()) {
        columns[field.field].merge(telling);
      }
    }
  }
  std::vector<std::pair<registry::FieldId, std::string>> out;
  const std::set<int> used = columns.empty() ? std::set<int>{} : used_columns(mapping, rule, record);
  for (const auto& [field, beside] : columns) {
    std::set<size_t> places;
    for (const int column : beside) {
      if (!used.contains(column)) {
        places.insert(static_cast<size_t>(header.place_of_column[static_cast<size_t>(column)]));
      }
    }
    std::string titles;
    for (const size_t place : places) {
      titles += (titles.empty() ? "" : ", ") + header.titles[place];
    }
    if (!titles.empty()) {
      out.emplace_back(field, std::move(titles));
    }
  }
  return out;
}

}  // namespace pitchblende::sources
