// Titles of publications without what they say about their own form: errata, retractions, preprints. Owner: resolution.
// Pure functions, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "registry/record.hpp"

namespace pitchblende::resolution {

enum class PublicationForm : uint8_t { work, preprint, correction, retraction };
std::string_view code(PublicationForm form);  // "", "preprint", "correction", "retraction"

struct PublicationTitle {
  std::string title;  // normalised: of "Erratum to: Effects of fiction" it is "effects of fiction"
  PublicationForm form = PublicationForm::work;
  uint32_t version = 0;  // "X [version 2; peer review: 1 approved]", "X (v2)"; 0: not said
};

// "Erratum to: X", "Author Correction: X", "X (Erratum)", "[Preprint] X", "Retraction Note: X"; "RETRACTED: X" and
// "X [version 2; peer review: …]" are X itself, the latter with its version. "Correction of scoliosis in adults" is
// about what it says.
PublicationTitle parse_title(std::string_view printed);

// What a type of publication ("Published Erratum", "Preprint") says, and whether a DOI is a preprint server's.
PublicationForm form_of_type(std::string_view type);
bool is_preprint_doi(std::string_view doi);

// What a DOI says of versions: on servers that give each version one of its own, "10.12688/f1000research.1.2" is the
// second of "10.12688/f1000research.1", "10.21203/rs.3.rs-1/v2" of "10.21203/rs.3.rs-1".
struct DoiVersion {
  std::string_view base;  // a part of the DOI; empty: nobody counts versions there
  uint32_t number = 0;    // 0: the DOI is that of all versions, or of the first
};
DoiVersion version_of_doi(std::string_view doi);

// Under which a work and what is about it meet, "exemple/effects of fiction on examples": of the normalised title
// without its form, and of the first author. Empty: the title is too short to tell, or the author has no family name.
std::string work_key(std::string_view title, const registry::Value& first_author);

}  // namespace pitchblende::resolution
