// The matcher of what is not a person: by name with context. Owner: resolution.
//
// One thread at a time. Mentions are known by their number in `order`, which is that of kind and origin.
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
