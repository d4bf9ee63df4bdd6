#include "pages/data.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "pages/address.hpp"

namespace pitchblende::pages {

namespace json = boost::json;

namespace {

using registry::Card;
using registry::CardField;
using registry::CardValue;
using registry::FieldDescription;
using registry::FieldType;

std::unordered_map<std::string, const registry::Link*> links_by_field(const Thing& thing) {
  std::unordered_map<std::string, const registry::Link*> out;
  for (const registry::Link& link : thing.links) {
    out.emplace(link.field + '\n' + link.ref, &link);
  }
  return out;
}

json::object value_json(const FieldDescription& field, const CardValue& value,
                        const std::unordered_map<std::string, const registry::Link*>& links) {
  json::object out{{"value", value.value.text}};
  if (!value.value.lang.empty()) {
    out["lang"] = value.value.lang;
  }
  for (const auto& [attribute, text] : value.value.attributes) {
    const std::string_view name = registry::name(attribute);
    json::value* known = out.if_contains(name);
    if (known == nullptr) {
      out[name] = text;
    } else if (known->is_array()) {
      known->as_array().emplace_back(text);
    } else {
      *known = json::array{*known, text};
    }
  }
  if (field.type == FieldType::link) {
    const auto at = links.find(std::string(field.name) + '\n' + registry::link_key(value.value.text));
    if (at != links.end()) {
      out["id"] = at->second->to.text();
      out["label"] = at->second->to_label;
    }
  }
  return out;
}

json::value value_jsonld(const FieldDescription& field, const CardValue& value,
                         const std::unordered_map<std::string, const registry::Link*>& links) {
  if (field.type == FieldType::link) {
    const auto at = links.find(std::string(field.name) + '\n' + registry::link_key(value.value.text));
    if (at == links.end()) {
      return {};
    }
    return json::object{{"@id", thing_name(at->second->to)}, {"schema:name", at->second->to_label}};
  }
  if (field.type == FieldType::url) {
    const std::string address = safe_address(value.value.text);
    return address.empty() ? json::value() : json::value(json::object{{"@id", address}});
  }
  if (field.type == FieldType::identifier) {
    const std::string address = outside_address(field.scheme, value.value.text);
    return address.empty() ? json::value(value.value.text) : json::value(address);
  }
  if (!value.value.lang.empty()) {
    return json::object{{"@value", value.value.text}, {"@language", value.value.lang}};
  }
  return json::value(value.value.text);
}

}  // namespace

void append_cell(std::string& out, std::string_view text) {
  const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  const bool quoted = text.find_first_of(",\"\r\n") != std::string_view::npos || formula;
  if (!quoted) {
    out += text;
    return;
  }
  out += formula ? "\"'" : "\"";
  for (const char c : text) {
    out += c == '"' ? "\"\"" : std::string_view(&c, 1);
  }
  out += '"';
}

std::optional<Card> open_data(Card seen) {
  const bool all =
      std::all_of(seen.sources.begin(), seen.sources.end(), [](const auto& source) { return source.republish; });
  if (all) {
    return seen;
  }
  for (CardField& field : seen.fields) {
    std::erase_if(field.values, [&](const CardValue& value) {
      return value.decision == 0 && std::none_of(value.sources.begin(), value.sources.end(),
                                                 [&](uint32_t at) { return seen.sources[at].republish; });
    });
    const bool lost =
        std::all_of(field.values.begin(), field.values.end(), [](const CardValue& value) { return value.lost; });
    if (registry::description(field.field).cardinality == registry::Cardinality::one && lost && !field.values.empty()) {
      field.values.front().lost = false;
    }
  }
  std::erase_if(seen.fields, [](const CardField& field) { return field.values.empty(); });
  seen.label = registry::label_of(seen);
  return seen.label.empty() ? std::nullopt : std::optional(std::move(seen));
}

json::object thing_json(const Thing& thing) {
  const auto links = links_by_field(thing);
  json::object fields;
  for (const CardField& field : thing.card.fields) {
    const FieldDescription& described = registry::description(field.field);
    json::array values;
    for (const CardValue& value : field.values) {
      if (!value.lost && !value.hidden && described.scheme != "local") {
        values.push_back(value_json(described, value, links));
      }
    }
    if (!values.empty()) {
      fields[described.name] = std::move(values);
    }
  }
  json::array sources;
  for (const auto& source : thing.card.sources) {
    if (source.republish) {
      sources.push_back({{"name", source.source}, {"date", source.date}});
    }
  }
  return {{"id", thing.card.id.text()},       {"kind", registry::name(thing.card.kind)}, {"label", thing.card.label},
          {"url", thing_name(thing.card.id)}, {"verified", thing.card.verified},         {"fields", std::move(fields)},
          {"sources", std::move(sources)}};
}

json::object jsonld_context() {
  return {{"schema", "https://schema.org/"},
          {"vivo", "http://vivoweb.org/ontology/core#"},
          {"cerif", "https://w3id.org/cerif/model#"},
          {"foaf", "http://xmlns.com/foaf/0.1/"},
          {"skos", "http://www.w3.org/2004/02/skos/core#"},
          {"dcterms", "http://purl.org/dc/terms/"},
          {"dcat", "http://www.w3.org/ns/dcat#"},
          {"bibo", "http://purl.org/ontology/bibo/"},
          {"org", "http://www.w3.org/ns/org#"},
          {"datacite", "http://purl.org/spar/datacite/"},
          {"pb", "https://pitchblende.example/terms#"}};
}

json::object thing_jsonld(const Thing& thing) {
  const auto links = links_by_field(thing);
  json::object out{{"@id", thing_name(thing.card.id)},
                   {"@type", registry::description(thing.card.kind).schema_type},
                   {"schema:name", thing.card.label}};
  for (const CardField& field : thing.card.fields) {
    const FieldDescription& described = registry::description(field.field);
    json::array values;
    for (const CardValue& value : field.values) {
      json::value each = value.lost || value.hidden || described.scheme == "local"
                             ? json::value()
                             : value_jsonld(described, value, links);
      if (!each.is_null()) {
        values.push_back(std::move(each));
      }
    }
    if (values.empty() || described.iri.empty()) {
      continue;
    }
    // Two fields may share a property (names and acronym): their values stand together.
    json::value* known = out.if_contains(described.iri);
    if (known == nullptr || described.iri == "schema:name") {
      out[described.iri] = values.size() == 1 ? std::move(values[0]) : json::value(std::move(values));
    } else {
      json::array together = known->is_array() ? known->as_array() : json::array{*known};
      together.insert(together.end(), values.begin(), values.end());
      *known = std::move(together);
    }
  }
  return out;
}

std::string things_csv(const std::vector<Card>& cards, std::string_view language) {
  // Columns in the order of the descriptions, those that something stands in.
  std::set<registry::FieldId> used;
  for (const Card& card : cards) {
    for (const CardField& field : card.fields) {
      used.insert(field.field);
    }
  }
  std::vector<std::string_view> columns;
  for (const auto& kind : registry::kinds()) {
    for (const FieldDescription& field : kind.fields) {
      if (used.contains(registry::field(kind.kind, field.name)) && field.scheme != "local" &&
          std::find(columns.begin(), columns.end(), field.name) == columns.end()) {
        columns.push_back(field.name);
      }
    }
  }
  std::string out = "\xEF\xBB\xBFid,kind,label,address";
  for (const std::string_view column : columns) {
    out += ',';
    out += column;
  }
  out += "\r\n";
  for (const Card& card : cards) {
    out += card.id.text() + "," + std::string(registry::name(card.kind)) + ",";
    append_cell(out, card.label);
    out += "," + thing_address(language, card.kind, card.id);
    for (const std::string_view column : columns) {
      out += ',';
      const auto id = registry::find_field(card.kind, column);
      const CardField* field = id ? card.find(*id) : nullptr;
      std::string cell;
      for (const CardValue& value : field == nullptr ? std::vector<CardValue>{} : field->values) {
        if (!value.lost && !value.hidden) {
          cell += cell.empty() ? value.value.text : " | " + value.value.text;
        }
      }
      append_cell(out, cell);
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace pitchblende::pages
