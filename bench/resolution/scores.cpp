#include "resolution/scores.hpp"

namespace pitchblende::bench {

ClusterScores score_clusters(const std::vector<std::pair<std::string, std::string>>& found) {
  std::map<std::string, double> clusters;
  std::map<std::string, double> bearers;
  std::map<std::pair<std::string, std::string>, double> both;
  for (const auto& [cluster, bearer] : found) {
    ++clusters[cluster];
    ++bearers[bearer];
    ++both[{cluster, bearer}];
  }
  const auto all = static_cast<double>(found.size());
  ClusterScores out;
  double together = 0;
  for (const auto& [at, count] : both) {
    out.cubed.precision += count * count / clusters[at.first] / all;
    out.cubed.recall += count * count / bearers[at.second] / all;
    together += count * (count - 1) / 2;
  }
  const auto pairs = [](const auto& sizes) {
    double sum = 0;
    for (const auto& [at, count] : sizes) {
      sum += count * (count - 1) / 2;
    }
    return sum;
  };
  out.pairwise.precision = pairs(clusters) > 0 ? together / pairs(clusters) : 1;
  out.pairwise.recall = pairs(bearers) > 0 ? together / pairs(bearers) : 1;
  return out;
}

}  // namespace pitchblende::bench
