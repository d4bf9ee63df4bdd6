#include "registry/said_codes.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace pitchblende::registry {

namespace {

constexpr Said k_partnership_types[] = {
    {"recherche", "research"},
    {"research", "research"},
    {"recherche en commun", "research"},
    {"recherche collaborative", "research"},
    {"contrat de recherche", "research"},
    {"contrat de collaboration", "research"},
    {"collaboration", "research"},
    {"collaboration de recherche", "research"},
    {"convention de recherche", "research"},
    {"accord de recherche", "research"},
    {"projet collaboratif", "research"},
    {"joint research", "research"},
    {"collaborative research", "research"},
    {"research collaboration", "research"},
    {"research contract", "research"},
    {"research agreement", "research"},
    {"these", "thesis"},
    {"these cifre", "thesis"},
    {"cifre", "thesis"},
    {"convention cifre", "thesis"},
    {"doctorat", "thesis"},
    {"thesis", "thesis"},
    {"phd", "thesis"},
    {"phd thesis", "thesis"},
    {"doctoral thesis", "thesis"},
    {"preuve de concept", "proof_of_concept"},
    {"maturation", "proof_of_concept"},
    {"proof of concept", "proof_of_concept"},
    {"poc", "proof_of_concept"},
    {"prestation", "service"},
    {"prestations", "service"},
    {"prestation de service", "service"},
    {"prestation de services", "service"},
    {"contrat de prestation", "service"},
    {"services", "service"},
    {"service agreement", "service"},
    {"service contract", "service"},
    {"mise a disposition", "provision"},
    {"transfert de materiel", "provision"},
    {"accord de transfert de materiel", "provision"},
    {"pret de materiel", "provision"},
    {"mta", "provision"},
    {"material transfer", "provision"},
    {"material transfer agreement", "provision"},
    {"secondment", "provision"},
    {"loan", "provision"},
    {"license", "licence"},
    {"licensing", "licence"},
    {"contrat de licence", "licence"},
    {"accord de licence", "licence"},
    {"licence d exploitation", "licence"},
    {"concession de licence", "licence"},
    {"licence agreement", "licence"},
    {"license agreement", "licence"},
    {"chaire", "chair"},
    {"chaire industrielle", "chair"},
    {"chaire d entreprise", "chair"},
    {"industrial chair", "chair"},
    {"accord cadre", "framework"},
    {"convention cadre", "framework"},
    {"contrat cadre", "framework"},
    {"framework agreement", "framework"},
    {"master agreement", "framework"},
    {"autre", "other"},
    {"autres", "other"},
    {"divers", "other"},
};

}  // namespace

std::span<const Said> partnership_types_said() { return k_partnership_types; }

std::string_view code_said(FieldId field, std::string_view said) {
  static const FieldId k_partnership_type = registry::field(Kind::partnership, "type");
  if (field != k_partnership_type) {
    return said;
  }
  const std::string words = normalised(said);
  const auto at = std::ranges::find(k_partnership_types, words, &Said::words);
  return at == std::end(k_partnership_types) ? said : at->code;
}

}  // namespace pitchblende::registry
