#include "search/matching/document_lists.hpp"

#include <algorithm>

namespace pitchblende::search {

size_t seek(std::span<const uint32_t> docs, size_t from, uint32_t wanted) {
  if (from >= docs.size() || docs[from] >= wanted) {
    return from;
  }
  size_t step = 1;
  while (from + step < docs.size() && docs[from + step] < wanted) {
    from += step;
    step *= 2;
  }
  const auto begin = docs.begin() + static_cast<std::ptrdiff_t>(from) + 1;
  const auto end = docs.begin() + static_cast<std::ptrdiff_t>(std::min(from + step, docs.size()));
  return static_cast<size_t>(std::lower_bound(begin, end, wanted) - docs.begin());
}

void intersect(std::vector<uint32_t>& docs, std::span<const uint32_t> with) {
  const bool swept = with.size() <= docs.size() * k_sweep;
  size_t kept = 0;
  size_t at = 0;
  for (const uint32_t doc : docs) {
    at = swept ? step_to(with, at, doc) : seek(with, at, doc);
    if (at == with.size()) {
      break;
    }
    if (with[at] == doc) {
      docs[kept++] = doc;
    }
  }
  docs.resize(kept);
}

void subtract(std::vector<uint32_t>& docs, std::span<const uint32_t> without) {
  size_t at = 0;
  std::erase_if(docs, [&](uint32_t doc) {
    at = seek(without, at, doc);
    return at < without.size() && without[at] == doc;
  });
}

}  // namespace pitchblende::search
