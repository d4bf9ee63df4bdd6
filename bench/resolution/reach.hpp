// How many pairs of one person’s mentions a resolution can find at all, before any is weighed. Pure.
#pragma once

#include <cstddef>

#include "resolution/labelled_sets.hpp"

namespace pitchblende::bench {

struct Reach {
  size_t pairs = 0;        // of one person’s mentions
  size_t blocked = 0;      // that have a key in common
  size_t reached = 0;      // that are compared, or joined by a chain of his pairs that are
  size_t compared = 0;     // pairs compared, of anybody
  size_t conflicting = 0;  // of one person’s, whose names rule each other out
};

Reach reach(const LabelledSet& set);
Reach reach(const LabelledPairs& set);

}  // namespace pitchblende::bench
