#include "pages/data.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "pages/address.hpp"
#include "registry/identifiers.hpp"

namespace pitchblende::pages {

namespace json = boost::json;

namespace {

using registry::Card;
using registry::CardField;
using registry::CardValue;
using registry::FieldDescription;
using registry::FieldType;

// An institution's own number is nobody's to publish: neither as a field nor as what a link or an attribute says.
bool is_own_number(std::string_view text) { return text.starts_with("local:"); }

std::optional<json::object> value_json(registry::FieldId id, const FieldDescription& field, const CardValue& value,
                                       const Leads& leads) {
  const registry::Link* link = field.type == FieldType::link ? leads.link(field, value) : nullptr;
  const registry::Named* named = field.type == FieldType::mention ? leads.named(id, value) : nullptr;
  // Somebody without a page is not given away by his identifier.
  const bool may_be_person = field.type == FieldType::link && field.scheme.find("person") != std::string_view::npos &&
                             !value.value.text.starts_with("name:");
  const bool own = is_own_number(value.value.text);
  if (link == nullptr && (own || may_be_person)) {
    return std::nullopt;
  }
  json::object out{{"value", own ? registry::reference("pitchblende", link->to.text()) : value.value.text}};
  if (!value.value.lang.empty()) {
    out["lang"] = value.value.lang;
  }
  for (const auto& [attribute, text] : value.value.attributes) {
    const std::string_view name = registry::name(attribute);
    json::value* known = out.if_contains(name);
    if (is_own_number(text)) {
      continue;
    }
    if (known == nullptr) {
      out[name] = text;
    } else if (known->is_array()) {
      known->as_array().emplace_back(text);
    } else {
      *known = json::array{*known, text};
    }
  }
  if (link != nullptr) {
    out["id"] = link->to.text();
    out["label"] = link->to_label;
  } else if (named != nullptr) {
    out["id"] = named->id.text();
  }
  return out;
}

// What a value says, without how long and as what.
json::value plain_jsonld(registry::FieldId id, const FieldDescription& field, const CardValue& value,
                         const Leads& leads) {
  const std::string& text = value.value.text;
  if (field.type == FieldType::link) {
    const registry::Link* link = leads.link(field, value);
    return link == nullptr ? json::value()
                           : json::object{{"@id", thing_name(link->to)}, {"schema:name", link->to_label}};
  }
  if (field.type == FieldType::mention) {
    const registry::Named* named = leads.named(id, value);
    return named == nullptr
               ? json::value(text)
               : json::object{{"@id", thing_name(named->id)}, {"@type", "schema:Person"}, {"schema:name", text}};
  }
  if (field.type == FieldType::url) {
    const std::string address = safe_address(text);
    return address.empty() ? json::value() : json::value(json::object{{"@id", address}});
  }
  if (field.type == FieldType::identifier) {
    const std::string address = outside_address(field.scheme, text);
    return address.empty() ? json::value(text) : json::value(address);
  }
  return value.value.lang.empty() ? json::value(text)
                                  : json::value(json::object{{"@value", text}, {"@language", value.value.lang}});
}

// A position is a node of its own, and so is whatever else somebody is for a time or as something: schema:Role stands
// between a thing and what its property says.
json::value value_jsonld(registry::FieldId id, const FieldDescription& field, const CardValue& value,
                         const Leads& leads) {
  json::value what = plain_jsonld(id, field, value, leads);
  const bool position = field.name == "positions";
  if (what.is_null() || (field.type != FieldType::link && field.type != FieldType::code)) {
    return what;
  }
  json::object node;
  const auto put = [&](std::string_view property, registry::Attribute attribute) {
    const std::string_view text = value.value.get(attribute);
    if (!text.empty() && !node.contains(property)) {
      node[property] = text;
    }
  };
  put("schema:roleName", registry::Attribute::title);
  put("schema:roleName", registry::Attribute::role);
  put("schema:roleName", registry::Attribute::kind);
  put("schema:startDate", registry::Attribute::from);
  put("schema:endDate", registry::Attribute::to);
  if (node.empty() && !position) {
    return what;
  }
  node["@type"] = position ? "vivo:Position" : "schema:Role";
  node[position ? "vivo:relates" : field.iri] = std::move(what);
  return node;
}

}  // namespace

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

Result<std::vector<Thing>> open_things(const registry::Registry& registry, std::vector<Card> seen, Leading leading,
                                       const access::Viewer& viewer) {
  std::vector<Card> cards;
  std::vector<Id> ids;
  for (Card& card : seen) {
    if (auto open = open_data(std::move(card))) {
      ids.push_back(open->id);
      cards.push_back(std::move(*open));
    }
  }
  std::vector<std::vector<registry::Named>> named(cards.size());
  if (leading == Leading::links_and_people) {
    TRY_ASSIGN(named, registry.named_in(cards, viewer));
  }
  TRY_ASSIGN(std::vector<registry::Link> links, registry.links_from(ids, viewer));
  std::unordered_map<Id, size_t> places;
  std::vector<Thing> things;
  for (size_t at = 0; at < cards.size(); ++at) {
    places[ids[at]] = at;
    Thing& thing = things.emplace_back();
    thing.card = std::move(cards[at]);
    thing.named = std::move(named[at]);
  }
  for (registry::Link& link : links) {
    things[places.at(link.from)].links.push_back(std::move(link));
  }
  return things;
}

namespace {

// Of each field the values that its JSON has, with what it says of them.
using JsonValues = std::vector<std::pair<const CardValue*, json::object>>;
JsonValues json_values(const CardField& field, const Leads& leads) {
  const FieldDescription& described = registry::description(field.field);
  JsonValues out;
  for (const CardValue& value : field.values) {
    auto each = value.lost || value.hidden || described.scheme == "local"
                    ? std::nullopt
                    : value_json(field.field, described, value, leads);
    if (each) {
      out.emplace_back(&value, std::move(*each));
    }
  }
  return out;
}

}  // namespace

json::object thing_origins(const Thing& thing, const std::map<int64_t, std::string>& decided) {
  const Leads leads(thing);
  std::map<std::string, std::vector<const CardValue*>> told;
  for (const CardField& field : thing.card.fields) {
    for (const auto& [value, said] : json_values(field, leads)) {
      told[std::string(registry::description(field.field).name)].push_back(value);
    }
  }
  return origins_json(thing.card, told, decided);
}

json::object thing_json(const Thing& thing) {
  const Leads leads(thing);
  json::object fields;
  for (const CardField& field : thing.card.fields) {
    json::array values;
    for (auto& [value, said] : json_values(field, leads)) {
      values.push_back(std::move(said));
    }
    if (!values.empty()) {
      fields[registry::description(field.field).name] = std::move(values);
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

std::string terms_begin(const std::string& site) { return (site.empty() ? "urn:pitchblende" : site) + "/terms#"; }

json::object jsonld_context(const std::string& site) {
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
          {"pb", terms_begin(site)}};
}

json::object thing_jsonld(const Thing& thing) {
  const Leads leads(thing);
  json::object out{{"@id", thing_name(thing.card.id)},
                   {"@type", registry::description(thing.card.kind).schema_type},
                   {"schema:name", thing.card.label}};
  for (const CardField& field : thing.card.fields) {
    const FieldDescription& described = registry::description(field.field);
    json::array values;
    for (const CardValue& value : field.values) {
      json::value each = value.lost || value.hidden || described.scheme == "local"
                             ? json::value()
                             : value_jsonld(field.field, described, value, leads);
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

}  // namespace pitchblende::pages
