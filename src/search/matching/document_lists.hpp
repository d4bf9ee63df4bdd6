// Ascending lists of documents: seeking in them, and what two have in common. Pure, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pitchblende::search {

inline constexpr size_t k_sweep = 8;  // lists at most this many times longer than the candidates are read through

// The first place from `from` on whose document is not before `wanted`: steps that double, then halving.
size_t seek(std::span<const uint32_t> docs, size_t from, uint32_t wanted);
// The same, step by step: for lists that are not much longer than what is sought in them.
inline size_t step_to(std::span<const uint32_t> docs, size_t from, uint32_t wanted) {
  while (from < docs.size() && docs[from] < wanted) {
    ++from;
  }
  return from;
}
// Keeps the documents that are in the other list; that are not.
void intersect(std::vector<uint32_t>& docs, std::span<const uint32_t> with);
void subtract(std::vector<uint32_t>& docs, std::span<const uint32_t> without);

}  // namespace pitchblende::search
