// What looks wrong in a person's names and papers. Inside pool; pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "resolution/resolution.hpp"

namespace pitchblende::pool {

// What one record says of a person.
struct Seen {
  resolution::MentionRef ref;
  int32_t year = 0;   // 0: not known
  int64_t work = 0;   // what prints the name; 0: a record of the person
  std::string given;  // folded
  std::string orcid;
  std::vector<int64_t> organisations;  // known ones that it places him in
};

// Why somebody should look, and at which places.
struct Doubtful {
  std::string detail;
  std::vector<resolution::MentionRef> places;
};

constexpr int k_works_a_year = 60;  // more is one every six days, all year long

std::optional<Doubtful> two_orcids(const std::vector<Seen>& all);
// Full first names that no spelling, initial or second name reconciles.
std::optional<Doubtful> distant_names(const std::vector<Seen>& all);
std::optional<Doubtful> impossible_output(const std::vector<Seen>& all);
// Three organisations in one year that no single paper names together.
std::optional<Doubtful> three_affiliations(const std::vector<Seen>& all);

}  // namespace pitchblende::pool
