// Record linkage for records of any shape: which rows of one or two files are the same thing, with reasons. Owner:
// linkage. Pure functions of their arguments, any thread; the same result whatever the order of the rows.
//
// Nothing is learned beforehand and nothing needs an answer key: what an agreement weighs is learned from the rows
// themselves (linkage_model.hpp). The rows of a side are thought to be different things when hardly any of them find
// another of their own side; then nothing is linked to two of them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "linkage/comparison.hpp"
#include "linkage/table.hpp"

namespace pitchblende::linkage {

// Places in the rows that were given, a < b.
struct Link {
  uint32_t a = 0;
  uint32_t b = 0;
  double bits = 0;         // the prior and what all fields weigh: the log odds of the pair by itself
  double probability = 0;  // of a candidate whose rows have one partner at most: beside its rivals; else by itself
};

// One field of one pair: how far it agrees and what that weighs, in bits, for (> 0) or against.
struct FieldWeight {
  std::string field;
  Level level = Level::missing;
  double bits = 0;
};

struct PairExplanation {
  double prior_bits = 0;  // how rare it is that two rows are one thing
  std::vector<FieldWeight> weights;
  double probability = 0;  // of prior and weights
};

struct Linkage {
  std::vector<Link> links;                 // every pair of rows that is one thing; with two sides those across. Sorted.
  std::vector<uint32_t> cluster;           // of each row: the place of the first row of its cluster
  std::vector<Link> candidates;            // every pair that was compared, with its probability. Sorted.
  std::array<bool, 2> unique{};            // sides whose rows are all different things
  std::vector<PairExplanation> explained;  // of the pairs that were asked for, in their order
};

Linkage link(const Schema& schema, std::span<const Row> rows,
             std::span<const std::pair<uint32_t, uint32_t>> explain = {});

}  // namespace pitchblende::linkage
