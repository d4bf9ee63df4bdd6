// Identifiers are checked and normalised at the door. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pitchblende::registry {

// The normal form of an identifier of a scheme (orcid, isni, ror, doi, pmid, pmc, hal, idhal, idref, siren, siret,
// finess, rnsr, nct, wikidata, fundref, issn, arxiv, euct, email, label, local, miabis, rrid, pidinst…), from what
// people write (with or without an address before it, spaces, dashes, case). Errors: REGISTRY_IDENTIFIER_FORM,
// _CHECK_DIGIT, with scheme and text. ORCID and ISNI: ISO 7064 mod 11-2; ROR: ISO 7064 mod 97-10; SIREN, SIRET: Luhn,
// La Poste's sum rule; ISSN, IdRef: mod 11. A label is capital words and a number: UMR 7104, UMR S 1138, U 1068. An
// unknown scheme is squeezed and kept.
Result<std::string> normalise_identifier(std::string_view scheme, std::string_view text);

// Whether a text is the label of a French unit and nothing else: "UMR7104", "UMR_S 1138", "U 1068", "EA 4340".
bool is_unit_label(std::string_view text);

// "ror:…" of a scheme and a normal value.
std::string reference(std::string_view scheme, std::string_view value);

}  // namespace pitchblende::registry
