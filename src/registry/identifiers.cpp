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
};

// The commonest first: a publication's references are most of what passes.
constexpr Scheme k_schemes[] = {
    {"pmid", forms::pmid},       {"doi", forms::doi},           {"pmc", forms::pmc},
    {"issn", forms::issn},       {"orcid", forms::orcid},       {"nlm", forms::nlm},
    {"isni", forms::isni},       {"ror", forms::ror},           {"grid", forms::grid},
    {"fundref", forms::fundref}, {"wikidata", forms::wikidata}, {"geonames", forms::geonames},
    {"email", forms::email},     {"nct", forms::nct},           {"hal", forms::hal},
    {"idhal", forms::idhal},     {"idref", forms::idref},       {"siren", forms::siren},
    {"siret", forms::siret},     {"finess", forms::finess},     {"rnsr", forms::rnsr},
    {"label", forms::label},     {"arxiv", forms::arxiv},       {"euct", forms::euct},
    {"eudract", forms::eudract}, {"isbn", forms::isbn},         {"rrid", forms::rrid},
    {"pidinst", forms::doi},     {"patent", forms::patent},     {"halstructure", forms::halstructure}};

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
  if (squeezed.empty()) {
    return fail(errors::identifier_form, scheme, squeezed);
  }
  for (const Scheme& known : k_schemes) {
    if (known.name != scheme) {
      continue;
    }
    forms::Normal normal = known.normalise(squeezed);
    if (normal.outcome == forms::Outcome::good) {
      return std::move(normal.text);
    }
    return fail(normal.outcome == forms::Outcome::wrong_form ? errors::identifier_form : errors::identifier_check_digit,
                scheme, excerpt(std::move(squeezed)));
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
