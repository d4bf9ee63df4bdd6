// Affiliations and names of organisations in comparable form. Owner: resolution. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pitchblende::resolution {

// An affiliation as printed → folded segments parted by ';', without e-mail addresses: "Inst. Exemple, F-75005 Paris" →
// "inst exemple;f 75005 paris". The address found is put in `email` (the first one), when asked for.
std::string fold_affiliation(std::string_view printed, std::string* email = nullptr);

// What a segment is worth when two people share it.
enum class SegmentClass : uint8_t {
  none,         // a country, digits, nothing that tells
  other,        // a town, a street, a name alone
  department,   // "department of surgery": every hospital has one
  institution,  // a named institution, a numbered unit
  reference     // "ror:…", "pmid:…"
};

struct Segment {
  SegmentClass worth = SegmentClass::none;
  std::string text;                 // numbers left out where they tell nothing
  std::vector<std::string> tokens;  // the words that tell institutions apart
};

// One segment of fold_affiliation(), or a reference.
Segment classify(std::string_view segment);

// The last word that stands for a country, "us" for the United States and "uk" for each of its parts; or nothing.
std::string_view country_in(std::string_view segment);

// The form in which an organisation's names meet: folded, without legal form, articles and prepositions.
std::string organisation_key(std::string_view name);

}  // namespace pitchblende::resolution
