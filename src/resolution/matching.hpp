// The two matchers behind resolve(): people by name with support, other things by name with context. Owner: resolution.
//
// One thread at a time. Mentions are known by their number in `order`, which is that of kind and origin.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "resolution/constrained_clusters.hpp"
#include "resolution/resolution.hpp"

namespace pitchblende::resolution {

struct Ordered {
  const Input& input;
  std::vector<uint32_t> order;
  const Mention& operator[](uint32_t number) const { return input.mentions[order[number]]; }
  size_t size() const { return order.size(); }
};

class PeopleMatcher {
 public:
  explicit PeopleMatcher(const Ordered& mentions);
  ~PeopleMatcher();

  ConstrainedClusters::Naming naming() const;
  void name_members(ConstrainedClusters& clusters) const;
  // Joins people who share a name and something beside it, block by block, the surest first.
  void join(ConstrainedClusters& clusters);
  // Joins no more: only detail() is asked from now on.
  void finish();
  // What an edge of this matcher rests on: "dupont j; institut exemple".
  std::string detail(const Edge& edge) const;

 private:
  struct Inside;
  std::unique_ptr<Inside> m_inside;
};

class ThingMatcher {
 public:
  explicit ThingMatcher(const Ordered& mentions) : m_mentions(mentions) {}
  // Joins things that share a key, the surest pair first; no third brings together two that contradict each other.
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
  void weigh_block(std::span<const Named> block, ConstrainedClusters& clusters);
  bool is_ambiguous(std::span<const uint32_t> members) const;
  void part_rivals();
  void join_weighed(ConstrainedClusters& clusters);

  const Ordered& m_mentions;
  FlatSet m_seen;
  ViewTable m_names;
  std::vector<Weighed> m_weighed;
  std::vector<Edge> m_doubts;
};

}  // namespace pitchblende::resolution
