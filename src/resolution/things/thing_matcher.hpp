// The matcher of what is not a person: by name with context. Owner: resolution.
//
// One thread at a time, which need not be that of the clusters until join(). Mentions are known by their number in
// `order`, which is that of kind and origin.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "resolution/constrained_clusters.hpp"
#include "resolution/ordered.hpp"
#include "resolution/resolution.hpp"

namespace pitchblende::resolution {

class ThingMatcher {
 public:
  explicit ThingMatcher(const Ordered& mentions) : m_mentions(mentions) {}
  // Weighs things that share a key; `roots`: the cluster that each mention is in already.
  void weigh(const std::vector<uint32_t>& roots);
  // Joins what was weighed, the surest pair first; no third brings together two that contradict each other.
  void join(ConstrainedClusters& clusters);
  void finish() { m_names.finish(); }
  std::string detail(const Edge& edge) const;
  // Pairs of two clusters that may be one thing, not surely enough to be joined: for a curator. Sorted by a and b.
  const std::vector<Edge>& doubts() const { return m_doubts; }
  // What speaks for and against two mentions of one kind.
  std::vector<Weight> weights(uint32_t a, uint32_t b) const;

 private:
  struct Named {
    uint64_t key;  // a hash: what shares it is weighed in any case
    uint32_t mention;
    registry::Kind kind;
  };
  struct Weighed {
    Edge edge;
    double bits = 0;
    bool other_form = false;
  };
  void weigh_block(std::span<const Named> block, const std::vector<uint32_t>& roots);
  bool is_ambiguous(std::span<const uint32_t> members) const;
  void part_rivals();

  const Ordered& m_mentions;
  FlatSet m_seen;
  ViewTable m_names;
  std::vector<Weighed> m_weighed;
  std::vector<Edge> m_doubts;
};

}  // namespace pitchblende::resolution
