// The heaviest one-to-one assignment, to hold a quicker one against.
#pragma once

#include <vector>

namespace pitchblende::bench {

// The largest sum of weights in which no row and no column is taken twice; what weighs less than nothing is left out.
// Shortest augmenting paths with potentials (Kuhn 1955; Jonker and Volgenant 1987): O(rows² · columns).
double heaviest_assignment(const std::vector<std::vector<double>>& weights);

}  // namespace pitchblende::bench
