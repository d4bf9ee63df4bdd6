#include <algorithm>

#include "base/text.hpp"
#include "resolution/organisations/organisations.hpp"
#include "resolution/record_reading.hpp"

namespace pitchblende::resolution {

namespace {

using registry::Attribute;
using registry::Kind;
using registry::Record;
using registry::Value;

OrganisationNameKind name_kind(std::string_view type) {
  return type == "acronym" ? OrganisationNameKind::acronym
         : type == "alias" ? OrganisationNameKind::alias
                           : OrganisationNameKind::label;
}

// The first of a record's types that says the most.
OrganisationType type_of(std::string_view code) {
  constexpr std::pair<std::string_view, OrganisationType> k_types[] = {{"education", OrganisationType::education},
                                                                       {"university", OrganisationType::education},
                                                                       {"healthcare", OrganisationType::healthcare},
                                                                       {"hospital", OrganisationType::healthcare},
                                                                       {"cancer_centre", OrganisationType::healthcare},
                                                                       {"facility", OrganisationType::facility},
                                                                       {"research_body", OrganisationType::facility},
                                                                       {"company", OrganisationType::company},
                                                                       {"government", OrganisationType::government},
                                                                       {"authority", OrganisationType::government},
                                                                       {"nonprofit", OrganisationType::nonprofit},
                                                                       {"association", OrganisationType::nonprofit},
                                                                       {"foundation", OrganisationType::nonprofit},
                                                                       {"archive", OrganisationType::archive},
                                                                       {"funder", OrganisationType::funder}};
  for (const auto& [name, type] : k_types) {
    if (name == code) {
      return type;
    }
  }
  return OrganisationType::other;
}

// "https://www.exemple.fr/fr" → "exemple.fr".
std::string domain_of(std::string_view address) {
  if (const size_t scheme = address.find("://"); scheme != std::string_view::npos) {
    address.remove_prefix(scheme + 3);
  }
  std::string host = fold(address.substr(0, address.find_first_of("/:?#")));
  if (host.starts_with("www.")) {
    host.erase(0, 4);
  }
  return host.find('.') == std::string::npos ? std::string() : host;
}

void add_town(OrganisationDescription& out, std::string_view town) {
  if (!town.empty() && std::find(out.towns.begin(), out.towns.end(), town) == out.towns.end()) {
    out.towns.emplace_back(town);
  }
}

void take_names(OrganisationDescription& out, const Record& record) {
  each_value(record, "names", [&](const Value& value) {
    out.names.push_back({value.text, name_kind(value.get(Attribute::type))});
  });
  each_value(record, "acronym", [&](const Value& value) {
    out.names.push_back({value.text, OrganisationNameKind::acronym});
  });
  each_value(record, "label", [&](const Value& value) { out.units.push_back(value.text); });
}

void take_place(OrganisationDescription& out, const Record& record) {
  out.country = text_of(record, "country");
  each_value(record, "commune", [&](const Value& value) { add_town(out, value.text); });
  each_value(record, "geonames", [&](const Value& value) { add_town(out, value.get(Attribute::city)); });
  for (const std::string_view field : {"homepage", "domains"}) {
    each_value(record, field, [&](const Value& value) {
      if (std::string domain = domain_of(value.text); !domain.empty()) {
        out.domains.push_back(std::move(domain));
      }
    });
  }
}

void take_relations(OrganisationDescription& out, const Record& record) {
  const auto relation = [](const Value& value) {
    return OrganisationRelation{value.text, std::string(value.get(Attribute::from)),
                                std::string(value.get(Attribute::to))};
  };
  each_value(record, "parents", [&](const Value& value) { out.parents.push_back(relation(value)); });
  each_value(record, "successors", [&](const Value& value) { out.successors.push_back(relation(value)); });
  each_value(record, "related", [&](const Value& value) { out.related.push_back(value.text); });
  each_value(record, "closed", [&](const Value& value) { out.closed = value.text; });
  const std::string_view status = text_of(record, "status");
  if (out.closed.empty() && (status == "inactive" || status == "withdrawn")) {
    out.closed = "?";
  }
}

uint32_t renown_of(const Record& record) {
  uint32_t out = 0;
  for (const std::string_view field :
       {"names", "isni", "fundref", "wikidata", "grid", "other_ids", "related", "parents", "predecessors", "links"}) {
    each_value(record, field, [&](const Value&) { ++out; });
  }
  return out;
}

}  // namespace

std::optional<OrganisationDescription> describe_organisation(const registry::Record& record, std::string id) {
  if (record.kind != Kind::organisation && record.kind != Kind::team) {
    return std::nullopt;
  }
  OrganisationDescription out;
  out.id = std::move(id);
  take_names(out, record);
  if (out.names.empty()) {
    return std::nullopt;
  }
  out.type = record.kind == Kind::team ? OrganisationType::team : OrganisationType::other;
  each_value(record, "type", [&](const Value& value) {
    if (out.type == OrganisationType::other || out.type == OrganisationType::funder) {
      out.type = type_of(value.text);
    }
  });
  take_place(out, record);
  take_relations(out, record);
  out.renown = renown_of(record);
  return out;
}

std::string_view code(OrganisationEvidence evidence) {
  switch (evidence) {
    case OrganisationEvidence::name:
      return "name";
    case OrganisationEvidence::acronym:
      return "acronym";
    case OrganisationEvidence::unit_code:
      return "unit_code";
    case OrganisationEvidence::email_domain:
      return "email_domain";
  }
  return "";
}

}  // namespace pitchblende::resolution
