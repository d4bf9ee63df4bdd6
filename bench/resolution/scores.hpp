// How right clusters are, beside the truth. Values, pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace pitchblende::bench {

struct Score {
  double precision = 0;
  double recall = 0;
  double f1() const { return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0; }
};

struct ClusterScores {
  Score cubed;  // B³: Bagga and Baldwin (1998)
  Score pairwise;
};

// One entry a mention: the cluster it was put into and who it really is.
ClusterScores score_clusters(const std::vector<std::pair<std::string, std::string>>& found);

}  // namespace pitchblende::bench
