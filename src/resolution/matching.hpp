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
  void join(ConstrainedClusters& clusters);
  void finish() { m_names.finish(); }
  std::string detail(const Edge& edge) const;

 private:
  struct Named {
    registry::Kind kind;
    uint32_t name;
    uint32_t mention;
  };
  void join_namesakes(std::span<const Named> group, ConstrainedClusters& clusters);

  const Ordered& m_mentions;
  ViewTable m_names;
};

}  // namespace pitchblende::resolution
