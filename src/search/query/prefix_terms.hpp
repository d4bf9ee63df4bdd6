// The terms of an index that a prefix may mean. Terms are stems: some are shorter than the prefix. Pure, any thread.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "search/snapshot.hpp"

namespace pitchblende::search {

struct PrefixTerms {
  std::vector<std::vector<uint32_t>> sure;      // [segment]: they begin so
  std::vector<std::vector<uint32_t>> possible;  // [segment]: stems of words that begin so, and of others
};

PrefixTerms prefix_terms(const std::string& folded, const Snapshot& snapshot);
// Stems of the prefix with each of the usual endings behind it, that do not begin as it does: immunit- is immun- in
// "immunity".
std::set<std::string> shorter_stems(const std::string& folded);

}  // namespace pitchblende::search
