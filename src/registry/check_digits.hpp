// The arithmetic of identifiers' check digits, on text that is already digits (and letters where the scheme has them).
// Pure functions, any thread.
#pragma once

#include <string_view>

namespace pitchblende::registry {

// ISO 7064 mod 11-2 over all of the text; the last character may be X. ORCID, ISNI.
bool check_mod_11_2(std::string_view text);
// ISO 7064 mod 97-10 of a ROR identifier: its Crockford base-32 number before the last two digits, which are the check.
bool check_mod_97_10(std::string_view ror);
// Luhn over all of the digits. SIREN, SIRET.
bool check_luhn(std::string_view digits);
// SIRET: Luhn, but La Poste (SIREN 356000000) has more establishments than Luhn allows: their digits add up to a
// multiple of 5.
bool check_siret(std::string_view digits);
// Weights n, n-1 … 2, then the check digit, which may be X: ISSN (8 characters), ISBN-10, the numbers of IdRef (9).
bool check_mod_11(std::string_view text);
// Weights 1, 3, 1, 3 …: ISBN-13.
bool check_mod_10(std::string_view digits);

}  // namespace pitchblende::registry
