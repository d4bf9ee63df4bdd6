// From weighed pairs to things: which records are put together. Owner: linkage. Pure.
//
// Greedy, the heaviest pair first: two clusters become one when the log odds between all of their members sum up to
// more than zero, so that one weak link never carries a chain (average linkage; the objective is that of correlation
// clustering, Bansal, Blum and Chawla 2004). Cannot-links are infinite.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace pitchblende::linkage {

struct WeighedPair {
  uint32_t a = 0;
  uint32_t b = 0;
  double log_odds = 0;
  double likeness = 0;  // of two pairs that weigh the same the one with the closer spelling comes first
};

struct ClusterRules {
  std::function<double(uint32_t, uint32_t)> log_odds;  // of any pair
  std::function<bool(uint32_t, uint32_t)> apart;       // cannot-link; empty: there are none
};

// For each of `size` records the number of its cluster, which is its smallest member. Pairs of the same log
// odds, to a tenth of a bit, are taken in the order of likeness, a and b.
std::vector<uint32_t> cluster(size_t size, std::vector<WeighedPair> pairs, const ClusterRules& rules);

}  // namespace pitchblende::linkage
