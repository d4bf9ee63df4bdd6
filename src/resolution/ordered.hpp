// The mentions of an input in the order of kind and origin, which is that of their numbers. Owner: resolution.
#pragma once

#include <cstdint>
#include <vector>

#include "resolution/resolution.hpp"

namespace pitchblende::resolution {

struct Ordered {
  const Input& input;
  std::vector<uint32_t> order;
  const Mention& operator[](uint32_t number) const { return input.mentions[order[number]]; }
  size_t size() const { return order.size(); }
};

}  // namespace pitchblende::resolution
