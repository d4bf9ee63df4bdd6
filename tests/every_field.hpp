// A table with a column for every field of a kind, and the mapping that reads it: what a test wants to send through all
// of them. Constant, any thread.
#pragma once

#include <functional>
#include <string>

#include "registry/kinds.hpp"

namespace pitchblende::tests {

struct EveryField {
  std::string mapping;  // TOML
  std::string table;    // tab-separated: titles and one row
};

// `value` says what stands in a field; empty: nothing. `beside`: what stands in every attribute of a link or a mention.
inline EveryField every_field(const registry::KindDescription& kind,
                              const std::function<std::string(const registry::FieldDescription&)>& value,
                              const std::string& beside = {}) {
  std::string columns = "[columns]\nkey = \"key\"\nbeside = \"beside\"\n";
  std::string fields;
  std::string titles = "key\tbeside";
  std::string row = "K1\t" + beside;
  for (const registry::FieldDescription& field : kind.fields) {
    const std::string text = value(field);
    if (text.empty()) {
      continue;
    }
    const std::string column = "c_" + std::string(field.name);
    columns += column + " = \"" + column + "\"\n";
    fields += std::string(field.name) + " = { value = \"{" + column + "}\"";
    const bool many_words =
        field.type == registry::FieldType::link || field.type == registry::FieldType::mention || field.weight > 0;
    for (const char* attribute : {"title", "role", "type", "unit", "label", "kind", "affiliation", "note"}) {
      fields += many_words && !beside.empty() ? ", " + std::string(attribute) + " = \"{beside}\"" : "";
    }
    fields += " }\n";
    titles += '\t' + column;
    row += '\t' + text;
  }
  return {
      columns + "[[record]]\nkind = \"" + std::string(kind.name) + "\"\nkey = \"{key}\"\n[record.fields]\n" + fields,
      titles + "\n" + row + "\n"};
}

}  // namespace pitchblende::tests
