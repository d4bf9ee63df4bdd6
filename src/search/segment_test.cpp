#include "search/segment.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace pitchblende::search {
namespace {

TEST(FacetLines, hold_what_fits_and_say_what_does_not) {
  // Documents with 2, 0, 31 and 32 values, and one whose number is too large for a line.
  std::vector<uint32_t> facets = {3, 9};
  std::vector<uint32_t> starts = {0, 2, 2};
  for (const uint32_t size : {31U, 32U}) {
    facets.resize(facets.size() + size);
    std::iota(facets.end() - size, facets.end(), 100U);
    starts.push_back(static_cast<uint32_t>(facets.size()));
  }
  facets.push_back(0x10000);
  starts.push_back(static_cast<uint32_t>(facets.size()));

  const std::vector<FacetLine> lines = facet_lines(starts, facets);
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[0].size, 2);
  EXPECT_EQ(lines[0].values[1], 9);
  EXPECT_EQ(lines[1].size, 0);
  EXPECT_EQ(lines[2].size, 31);
  EXPECT_EQ(lines[2].values[30], 130);
  EXPECT_EQ(lines[3].size, FacetLine::k_elsewhere);
  EXPECT_EQ(lines[4].size, FacetLine::k_elsewhere);
}

}  // namespace
}  // namespace pitchblende::search
