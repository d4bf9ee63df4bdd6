// The matcher of people: blocks by name, a learned probability a pair, average linkage within a block. Owner:
// resolution.
//
// One thread calls it; it may use several. Mentions are known by their number in `order`.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "resolution/constrained_clusters.hpp"
#include "resolution/forest.hpp"
#include "resolution/ordered.hpp"
#include "resolution/people/people_traits.hpp"

namespace pitchblende::resolution {

class PeopleMatcher {
 public:
  PeopleMatcher(const Ordered& mentions, const Forest& model);
  ~PeopleMatcher();

  ConstrainedClusters::Naming naming() const;
  void name_members(ConstrainedClusters& clusters) const;
  // Joins people whose names agree and whom the model holds for one, the surest first. Gives the links that it is not
  // sure of.
  std::vector<Edge> join(ConstrainedClusters& clusters);
  // Every pair of mentions that meets in a block, and how the two compare: what a model learns from.
  void each_pair(const std::function<void(uint32_t, uint32_t, const Traits&)>& each);
  // How any two mentions compare; false: their names cannot be one person's.
  bool traits(uint32_t a, uint32_t b, Traits& out) const;
  // The same weighed by the model: the probability that they are one, and what each group of evidence did to it.
  Comparison compare(uint32_t a, uint32_t b) const;

  // Joins no more: only detail() is asked from now on.
  void finish();
  // What an edge of this matcher rests on: "dupont j; institut exemple".
  std::string detail(const Edge& edge) const;

 private:
  struct Inside;
  std::unique_ptr<Inside> m_inside;
};

}  // namespace pitchblende::resolution
