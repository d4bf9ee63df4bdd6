// How right clusters are, beside the truth. Values, pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "resolution/forest.hpp"
#include "resolution/labelled_sets.hpp"
#include "resolution/ordered.hpp"
#include "resolution/people/people_traits.hpp"

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

// One labelled pair as a model sees it.
struct JudgedPair {
  resolution::Traits traits{};
  bool alike = false;  // names that cannot be one person's are not: no model is asked
  bool same = false;
  std::string block;
  bool said_same(const resolution::Forest& model) const;
};
std::vector<JudgedPair> judge(const LabelledPairs& set);
Score score_pairs(const LabelledPairs& set, const resolution::Forest& model);

}  // namespace pitchblende::bench
