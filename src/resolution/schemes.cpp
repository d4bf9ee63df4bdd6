#include "resolution/schemes.hpp"

namespace pitchblende::resolution {

namespace {

using registry::Kind;

constexpr bool k_overrules = true;
constexpr bool k_needs_name = true;

constexpr SchemeRule k_rules[] = {
    {Kind::person, "orcid", Unique::hard, k_overrules},
    {Kind::person, "idhal", Unique::no, k_overrules},
    {Kind::person, "idref", Unique::no, k_overrules},
    {Kind::person, "isni", Unique::no, k_overrules},
    {Kind::person, "local", Unique::soft, k_overrules},
    {Kind::person, "email", Unique::no, false, k_needs_name},
    {Kind::organisation, "ror", Unique::hard, k_overrules},
    {Kind::organisation, "rnsr", Unique::soft},
    {Kind::organisation, "siret"},
    {Kind::organisation, "siren", Unique::soft},
    {Kind::organisation, "finess"},
    {Kind::organisation, "wikidata"},
    {Kind::organisation, "grid"},
    {Kind::organisation, "isni"},
    {Kind::organisation, "fundref"},
    {Kind::organisation, "local", Unique::soft},
    {Kind::team, "rnsr", Unique::hard, k_overrules},
    {Kind::team, "ror", Unique::hard, k_overrules},
    {Kind::team, "halstructure"},
    {Kind::team, "local", Unique::soft},
    {Kind::publication, "pmid", Unique::hard, k_overrules},
    {Kind::publication, "pmc", Unique::no, k_overrules},
    {Kind::publication, "hal", Unique::no, k_overrules},
    {Kind::publication, "doi", Unique::soft},
    {Kind::publication, "arxiv"},
    {Kind::publication, "local", Unique::soft},
    {Kind::project, "project", Unique::soft},
    {Kind::project, "local", Unique::soft},
    {Kind::trial, "nct", Unique::hard, k_overrules},
    {Kind::trial, "euct"},
    {Kind::trial, "eudract"},
    {Kind::trial, "local", Unique::soft},
    {Kind::patent, "patent"},
    {Kind::patent, "local", Unique::soft},
    {Kind::dataset, "doi", Unique::hard, k_overrules},
    {Kind::dataset, "local", Unique::soft},
    {Kind::platform, "rrid", Unique::soft},
    {Kind::platform, "local", Unique::soft},
    {Kind::equipment, "pidinst", Unique::hard, k_overrules},
    {Kind::equipment, "serial"},
    {Kind::equipment, "inventory", Unique::soft},
    {Kind::equipment, "local", Unique::soft},
    {Kind::collection, "miabis", Unique::soft},
    {Kind::collection, "local", Unique::soft},
    {Kind::concept_, "concept", Unique::hard, k_overrules},
    {Kind::concept_, "local", Unique::soft},
    {Kind::group, "local", Unique::soft},
    {Kind::site, "local", Unique::soft},
    {Kind::service, "local", Unique::soft},
    {Kind::event, "local", Unique::soft},
    {Kind::call, "local", Unique::soft},
    {Kind::award, "local", Unique::soft},
    {Kind::partnership, "local", Unique::soft},
};

}  // namespace

const SchemeRule* scheme_rule(Kind kind, std::string_view identifier) {
  const std::string_view scheme = identifier.substr(0, identifier.find(':'));
  for (const SchemeRule& rule : k_rules) {
    if (rule.kind == kind && rule.scheme == scheme) {
      return &rule;
    }
  }
  return nullptr;
}

uint32_t rank(const SchemeRule& rule) { return static_cast<uint32_t>(&rule - k_rules); }

std::string_view unique_slot(std::string_view identifier) {
  const size_t colon = identifier.find(':');
  const std::string_view scheme = identifier.substr(0, colon);
  if (scheme != "local" && scheme != "inventory") {  // each institution has numbers of its own
    return scheme;
  }
  return identifier.substr(0, identifier.find('/'));
}

}  // namespace pitchblende::resolution
