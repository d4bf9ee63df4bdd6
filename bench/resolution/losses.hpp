// What B³ loses, by what the two mentions have to go on: which kind of person is split, which two are put together.
// Pure.
#pragma once

#include <map>
#include <string>

#include "resolution/labelled_sets.hpp"

namespace pitchblende::bench {

// "initials_elsewhere_others_beside" → the part of recall or precision that pairs of this kind cost.
struct Losses {
  std::map<std::string, double> split;   // one person’s, in two clusters
  std::map<std::string, double> merged;  // two people’s, in one
};

// `cluster_of`: of each judged mention.
Losses losses(const LabelledSet& set, const std::map<resolution::MentionRef, int>& cluster_of);

}  // namespace pitchblende::bench
