#include <algorithm>

#include "base/text.hpp"
#include "resolution/organisations/organisations.hpp"

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

class Describing {
 public:
  Describing(const Record& record, std::string id) {
    m_out.id = std::move(id);
    m_out.type = record.kind == Kind::team ? OrganisationType::team : OrganisationType::other;
    for (const auto& [field, value] : record.values) {
      add(registry::description(field).name, value);
    }
    if (m_inactive && m_out.closed.empty()) {
      m_out.closed = "?";
    }
  }

  std::optional<OrganisationDescription> take() {
    if (m_out.names.empty()) {
      return std::nullopt;
    }
    return std::move(m_out);
  }

 private:
  void add(std::string_view field, const Value& value) {
    if (field == "names") {
      m_out.names.push_back({value.text, name_kind(value.get(Attribute::type))});
    } else if (field == "acronym") {
      m_out.names.push_back({value.text, OrganisationNameKind::acronym});
    } else if (field == "label") {
      m_out.units.push_back(value.text);
    } else if (field == "type" && (m_out.type == OrganisationType::other || m_out.type == OrganisationType::funder)) {
      m_out.type = type_of(value.text);
    } else if (field == "country" && m_out.country.empty()) {
      m_out.country = value.text;
    } else if (field == "commune") {
      add_town(value.text);
    } else if (field == "geonames") {
      add_town(std::string(value.get(Attribute::city)));
    } else if (field == "parents") {
      m_out.parents.push_back(relation(value));
    } else if (field == "successors") {
      m_out.successors.push_back(relation(value));
    } else if (field == "homepage" || field == "domains") {
      if (std::string domain = domain_of(value.text); !domain.empty()) {
        m_out.domains.push_back(std::move(domain));
      }
    } else if (field == "closed") {
      m_out.closed = value.text;
    } else if (field == "status") {
      m_inactive = value.text == "inactive" || value.text == "withdrawn";
    }
    constexpr std::string_view k_renown[] = {"names",     "isni",    "fundref", "wikidata",     "grid",
                                             "other_ids", "related", "parents", "predecessors", "links"};
    m_out.renown += std::find(std::begin(k_renown), std::end(k_renown), field) != std::end(k_renown) ? 1 : 0;
  }

  void add_town(std::string town) {
    if (!town.empty() && std::find(m_out.towns.begin(), m_out.towns.end(), town) == m_out.towns.end()) {
      m_out.towns.push_back(std::move(town));
    }
  }

  static OrganisationRelation relation(const Value& value) {
    return {value.text, std::string(value.get(Attribute::from)), std::string(value.get(Attribute::to))};
  }

  OrganisationDescription m_out;
  bool m_inactive = false;
};

}  // namespace

std::optional<OrganisationDescription> describe_organisation(const registry::Record& record, std::string id) {
  if (record.kind != Kind::organisation && record.kind != Kind::team) {
    return std::nullopt;
  }
  return Describing(record, std::move(id)).take();
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
