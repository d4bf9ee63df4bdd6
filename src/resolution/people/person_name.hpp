// Names of people: read as printed, cut into comparable forms, compared. Owner: resolution.
//
// Pure functions, any thread. "Folded" is Latin letters in lower case, everything else a single space.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "registry/record.hpp"

namespace pitchblende::resolution {

struct PersonName {
  std::string family;  // folded, with its particle: "de la tour"
  std::string given;   // folded; initials one by one: "j p"
};

std::string fold_name(std::string_view text);

// "Dupont J", "DUPONT Jean", "J.-P. Dupont", "de la Tour, Marie", "Dr Jean van Exemple, PhD".
PersonName parse_printed(std::string_view printed);
// From the attributes family, given, initials, particle; what they do not say comes from the name as printed.
PersonName name_of(const registry::Value& mention);
// From what a source gives in fields of their own. A `given` in capitals that is the initials run together is parted.
PersonName name_of(std::string_view family, std::string_view given, std::string_view initials,
                   std::string_view particle);

// Forms of a family name under which its bearers meet, the first the most certain: without particle ("latour" for
// "de la tour"), whole, and each part of a compound one. Words run together, so that "le blanc" meets "leblanc".
std::vector<std::string> family_forms(std::string_view family);
std::string core_family(std::string_view family);

// "dupont j" of "dupont" and "jean pierre".
std::string short_form(std::string_view family, std::string_view given);

enum class GivenMatch : uint8_t { conflict, unknown, initials, variant, full };
struct GivenComparison {
  GivenMatch match = GivenMatch::conflict;
  bool second = false;  // the second name or initial agrees too
};
// Folded given names. initials: one is an initial; variant: one begins with the other, or is the other's second name.
// `kin`: first names that are written differently are variants.
enum class FirstNames : uint8_t { as_written, kin };
GivenComparison compare_given(std::string_view a, std::string_view b, FirstNames first = FirstNames::as_written);

// Whether the family names may be one person's: equal but for particle and spaces, or one a part of the other.
enum class FamilyMatch : uint8_t { conflict, part, equal };
FamilyMatch compare_family(std::string_view a, std::string_view b);

// Whether `a` says no more than `b`: "dupont j" beside "dupont jean".
bool says_no_more(std::string_view given_a, std::string_view given_b);

bool is_initials(std::string_view given);

// Which of a family's bearers of one name somebody says to be, by the suffix of his name: "Sr", "Jr" (II is the same),
// "III", "IV"; empty: not said.
std::string_view generation_of(const registry::Value& mention);

// Whether a name is nobody's: “et al.”, a group (“Exemple Study Group”) that stands where people do.
bool is_nobody(const registry::Value& mention);

}  // namespace pitchblende::resolution
