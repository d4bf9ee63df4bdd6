// Invented names of people, and the forms in which files print them. Owner: demo. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

#include "demo/random.hpp"

namespace pitchblende::demo {

struct Name {
  std::string given;    // "Jean-Baptiste"
  std::string second;   // a second given name, often empty
  std::string family;   // "de Castelbray", "Morvallon-Kerguen", "Müntzer"
  std::string birth;    // the family name before a marriage; often empty
  std::string variant;  // another spelling of the family name in Latin letters: "Muentzer"; often empty
};

// Given names are common ones; family names are put together from parts, so that nobody is meant.
Name invented_name(Random& random);

std::string without_accents(std::string_view text);
std::string capitals(std::string_view text);        // É of é
std::string initials(std::string_view given);       // "J.-B."
std::string bare_initials(std::string_view given);  // "JB"

// "Given Family" and its other habits.
std::string given_first(const Name& name);
std::string family_first(const Name& name);  // "FAMILY Given"
std::string by_initials(const Name& name);   // "J.-B. Family"
std::string e_mail_part(const Name& name);   // "jean-baptiste.decastelbray"

}  // namespace pitchblende::demo
