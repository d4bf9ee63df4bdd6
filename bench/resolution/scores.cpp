#include "resolution/scores.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "resolution/people/people_matcher.hpp"

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

bool JudgedPair::said_same(const resolution::Forest& model) const {
  return alike && model.log_odds(resolution::as_learned(traits)) + resolution::beyond_learning(traits) > 0;
}

std::vector<JudgedPair> judge(const LabelledPairs& set) {
  const resolution::Ordered ordered(set.input);
  std::map<resolution::MentionRef, uint32_t> number;
  for (uint32_t at = 0; at < ordered.size(); ++at) {
    number[ordered[at].ref] = at;
  }
  const resolution::Forest none;
  const resolution::PeopleMatcher matcher(ordered, none);
  std::vector<JudgedPair> out;
  for (const auto& pair : set.pairs) {
    JudgedPair& judged = out.emplace_back();
    judged.same = pair.same;
    judged.block = pair.block;
    judged.alike = matcher.traits(number[pair.a], number[pair.b], judged.traits);
  }
  return out;
}

Score score_pairs(const LabelledPairs& set, const resolution::Forest& model) {
  double right = 0;
  double said = 0;
  double same = 0;
  for (const JudgedPair& pair : judge(set)) {
    const bool yes = pair.said_same(model);
    right += yes && pair.same ? 1 : 0;
    said += yes ? 1 : 0;
    same += pair.same ? 1 : 0;
  }
  return {said > 0 ? right / said : 1, same > 0 ? right / same : 1};
}

}  // namespace pitchblende::bench
