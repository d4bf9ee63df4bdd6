// What speaks for and against two mentions of things other than people being one, in bits. Owner: resolution. Pure
// functions, any thread.
//
// Fellegi and Sunter's weights (1969) as reviewed constants: a pool resolves a few records at a time, and what they
// weigh may not depend on what else arrived with them. Their size comes from what linkage learned on public sets of
// publications (docs/rules/linkage.md); a kind's prior is that of a consortium's pool.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "resolution/resolution.hpp"

namespace pitchblende::resolution {

inline constexpr double k_join_bits = 2.8;    // from here on they are joined: seven to one
inline constexpr double k_doubt_bits = -2.0;  // from here on a curator is asked: one to four

struct ThingEvidence {
  std::vector<Weight> weights;  // without the prior
  double prior_bits = 0;
  double bits = 0;           // all of them
  bool contradicts = false;  // another town, other years: no third may bring the two together
  bool other_form = false;   // one work, and what is about it: a preprint, a correction
  Evidence evidence = Evidence::title;
};

// `ambiguous`: the name has bearers in several places, and one of the two has no place.
ThingEvidence weigh_things(const Mention& a, const Mention& b, bool ambiguous);

// 1 of 2 at 0 bits; never quite sure.
double thing_probability(double bits);

}  // namespace pitchblende::resolution
