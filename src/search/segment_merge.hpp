// Several segments and which of their documents are dead in, one segment of the living out.
//
// Nothing is analysed again: the cost is that of copying. Pure; the sources may be read by others meanwhile.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "search/segment.hpp"

namespace pitchblende::search {

// One bit for each document.
using Bitmap = std::vector<uint64_t>;
inline bool has_bit(const Bitmap& bits, uint32_t at) { return (bits[at / 64] >> (at % 64) & 1) != 0; }
inline void set_bit(Bitmap& bits, uint32_t at) { bits[at / 64] |= uint64_t{1} << (at % 64); }
inline Bitmap make_bitmap(uint32_t size) { return Bitmap((size + 63) / 64); }

struct MergeSource {
  std::shared_ptr<const Segment> segment;
  std::shared_ptr<const Bitmap> dead;  // null: none
};

// No id lives in two of the sources.
std::shared_ptr<const Segment> merge(std::span<const MergeSource> sources);

}  // namespace pitchblende::search
