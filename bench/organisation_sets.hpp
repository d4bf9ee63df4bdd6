// Affiliation strings with the organisations that they stand for, and the organisations themselves. Material of the
// bench.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "resolution/organisations/organisations.hpp"

namespace pitchblende::bench {

struct LabelledAffiliation {
  std::string text;
  std::vector<std::string> organisations;  // "ror:013cjyk83"
};

// CSV with the columns affiliation and ror_id (of several ids, parted by ; or |), or JSON with "items" of "input" and
// "output": told apart by their first byte. Throws std::runtime_error, with the file's name, when it is neither.
std::vector<LabelledAffiliation> read_affiliations(const std::string& path);

// Every organisation of files that ROR publishes, plain or compressed, of both schemas; of one that is in several files
// the last one's. Throws likewise.
std::vector<resolution::OrganisationDescription> read_organisations(const std::vector<std::string>& paths);

}  // namespace pitchblende::bench
