// What a resolution says of two mentions, for tests.
#pragma once

#include <algorithm>

#include "resolution/resolution.hpp"

namespace pitchblende::resolution {

inline bool stand_together(const Input& input, MentionRef a, MentionRef b) {
  for (const Cluster& cluster : resolve(input).clusters) {
    const auto has = [&](MentionRef ref) {
      return std::binary_search(cluster.members.begin(), cluster.members.end(), ref);
    };
    if (has(a)) {
      return has(b);
    }
  }
  return false;
}

}  // namespace pitchblende::resolution
