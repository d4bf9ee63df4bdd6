// What a mention takes from a record's fields. Owner: resolution. Pure, any thread.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "registry/record.hpp"
#include "resolution/affiliation.hpp"

namespace pitchblende::resolution {

inline constexpr size_t k_affiliations = 32;  // of one mention; more say nothing new

inline void add_once(std::vector<std::string>& list, std::string text, size_t limit) {
  if (!text.empty() && list.size() < limit && std::find(list.begin(), list.end(), text) == list.end()) {
    list.push_back(std::move(text));
  }
}

// "name:Institut Exemple" becomes a segment, other references stay.
inline void add_reference(std::vector<std::string>& list, std::string_view reference) {
  if (reference.starts_with("name:")) {
    add_once(list, fold_affiliation(reference.substr(5)), k_affiliations);
  } else if (reference.find(':') != std::string_view::npos) {
    add_once(list, std::string(reference), k_affiliations);
  }
}

// The first value of a field; empty: the kind has no such field, or the record no value.
inline std::string_view text_of(const registry::Record& record, std::string_view field) {
  const auto id = registry::find_field(record.kind, field);
  return id ? record.text(*id) : std::string_view{};
}

template <typename Each>
void each_value(const registry::Record& record, std::string_view field, const Each& each) {
  const auto wanted = registry::find_field(record.kind, field);
  if (!wanted) {
    return;
  }
  for (const auto& [id, value] : record.values) {
    if (id == *wanted) {
      each(value);
    }
  }
}

inline void take_links(std::vector<std::string>& list, const registry::Record& record,
                       std::initializer_list<std::string_view> fields) {
  for (const std::string_view field : fields) {
    each_value(record, field, [&](const registry::Value& value) { add_reference(list, value.text); });
  }
}

}  // namespace pitchblende::resolution
