#include "registry/identifiers.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "registry/errors.hpp"
#include "registry/identifier_forms.hpp"

namespace pitchblende::registry {

namespace {

struct Scheme {
  std::string_view name;
  forms::Normal (*normalise)(std::string_view squeezed);
  const char* english;  // what one of them is
  const char* french;
};

// The commonest first: a publication's references are most of what passes.
constexpr Scheme k_schemes[] = {
    {"pmid", forms::pmid, "a PMID", "un PMID"},
    {"doi", forms::doi, "a DOI", "un DOI"},
    {"pmc", forms::pmc, "a PMC number", "un numéro PMC"},
    {"issn", forms::issn, "an ISSN", "un ISSN"},
    {"orcid", forms::orcid, "an ORCID", "un ORCID"},
    {"nlm", forms::nlm, "an NLM number", "un numéro NLM"},
    {"isni", forms::isni, "an ISNI", "un ISNI"},
    {"ror", forms::ror, "a ROR", "un ROR"},
    {"grid", forms::grid, "a GRID", "un GRID"},
    {"fundref", forms::fundref, "a Crossref Funder ID", "un identifiant de financeur Crossref"},
    {"wikidata", forms::wikidata, "a Wikidata number", "un numéro Wikidata"},
    {"geonames", forms::geonames, "a GeoNames number", "un numéro GeoNames"},
    {"email", forms::email, "an e-mail address", "une adresse électronique"},
    {"nct", forms::nct, "an NCT number", "un numéro NCT"},
    {"hal", forms::hal, "a HAL identifier", "un identifiant HAL"},
    {"idhal", forms::idhal, "an IdHAL", "un IdHAL"},
    {"idref", forms::idref, "an IdRef", "un IdRef"},
    {"siren", forms::siren, "a SIREN", "un SIREN"},
    {"siret", forms::siret, "a SIRET", "un SIRET"},
    {"finess", forms::finess, "a FINESS number", "un numéro FINESS"},
    {"rnsr", forms::rnsr, "an RNSR number", "un numéro RNSR"},
    {"label", forms::label, "the label and number of a unit", "le label et le numéro d’une unité"},
    {"arxiv", forms::arxiv, "an arXiv identifier", "un identifiant arXiv"},
    {"euct", forms::euct, "an EU CT number", "un numéro EU CT"},
    {"eudract", forms::eudract, "a EudraCT number", "un numéro EudraCT"},
    {"isbn", forms::isbn, "an ISBN", "un ISBN"},
    {"rrid", forms::rrid, "an RRID", "un RRID"},
    {"pidinst", forms::doi, "a PIDINST DOI", "un DOI PIDINST"},
    {"patent", forms::patent, "a patent number", "un numéro de brevet"},
    {"halstructure", forms::halstructure, "a HAL structure", "une structure HAL"},
};

// At most 80 bytes, cut between characters.
std::string excerpt(std::string text) {
  constexpr size_t k_longest = 80;
  if (text.size() > k_longest) {
    size_t end = k_longest;
    while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
      --end;
    }
    text.resize(end);
    text += "…";
  }
  return text;
}

}  // namespace

Result<std::string> normalise_identifier(std::string_view scheme, std::string_view text) {
  std::string squeezed = squeeze(text);
  for (const Scheme& known : k_schemes) {
    if (known.name != scheme) {
      continue;
    }
    forms::Normal normal = squeezed.empty() ? forms::wrong_form() : known.normalise(squeezed);
    if (normal.outcome == forms::Outcome::good) {
      return std::move(normal.text);
    }
    return fail(normal.outcome == forms::Outcome::wrong_form ? errors::identifier_form : errors::identifier_check_digit,
                scheme, excerpt(std::move(squeezed)), InBoth{known.english, known.french});
  }
  if (squeezed.empty()) {
    return fail(errors::identifier_form, scheme, squeezed, InBoth{"an identifier", "un identifiant"});
  }
  return squeezed;
}

bool is_unit_label(std::string_view text) {
  // The types of units of the French national directory of structures (RNSR).
  static constexpr std::array<std::string_view, 21> k_types{"UMR", "UMR S", "UMRS", "U",   "EA",  "UPR", "UR",
                                                            "UAR", "USR",   "UMS",  "US",  "ERL", "FRE", "ERI",
                                                            "EMR", "EMI",   "CIC",  "UMI", "IRL", "JE",  "UPS"};
  if (text.size() > 40 || text.find_first_of("0123456789") == std::string_view::npos) {
    return false;
  }
  const forms::Normal normal = forms::label(text);
  const std::string_view type = std::string_view(normal.text).substr(0, normal.text.rfind(' '));
  return normal.outcome == forms::Outcome::good && std::find(k_types.begin(), k_types.end(), type) != k_types.end();
}

std::string reference(std::string_view scheme, std::string_view value) {
  std::string out;
  out.reserve(scheme.size() + 1 + value.size());
  return out.append(scheme).append(1, ':').append(value);
}

}  // namespace pitchblende::registry
