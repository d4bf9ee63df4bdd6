// Whatever the order in which mentions come, the clusters are the same.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "resolution/resolution.hpp"

namespace pitchblende::resolution {

inline void expect_one_result_in_any_order(Input& input) {
  const auto members = [&] {
    std::vector<std::vector<MentionRef>> out;
    for (const Cluster& cluster : resolve(input).clusters) {
      out.push_back(cluster.members);
    }
    return out;
  };
  const auto first = members();
  std::mt19937 random(5);
  for (int round = 0; round < 8; ++round) {
    std::shuffle(input.mentions.begin(), input.mentions.end(), random);
    EXPECT_EQ(members(), first) << "round " << round;
  }
}

}  // namespace pitchblende::resolution
