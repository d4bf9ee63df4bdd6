#include "linkage/clusters.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace pitchblende::linkage {

namespace {

constexpr double k_most_bits = 25;  // that one pair says for or against two clusters
constexpr size_t k_compared = 32;   // members of a cluster that are asked; of larger ones as many, evenly taken
constexpr int k_rounds = 4;

class Clusters {
 public:
  Clusters(size_t size, const ClusterRules& rules) : m_rules(rules), m_parent(size), m_members(size) {
    std::iota(m_parent.begin(), m_parent.end(), 0);
    for (uint32_t at = 0; at < size; ++at) {
      m_members[at] = {at};
    }
  }

  uint32_t root(uint32_t at) {
    while (m_parent[at] != at) {
      at = m_parent[at] = m_parent[m_parent[at]];
    }
    return at;
  }

  bool offer(const WeighedPair& pair) {
    uint32_t small = root(pair.a);
    uint32_t large = root(pair.b);
    if (small == large || !agree(m_members[small], m_members[large])) {
      return false;
    }
    if (large > small) {
      std::swap(small, large);  // the root is the smallest member
    }
    auto& members = m_members[large];
    members.insert(members.end(), m_members[small].begin(), m_members[small].end());
    std::sort(members.begin(), members.end());
    m_members[small] = {};
    m_parent[small] = large;
    return true;
  }

 private:
  bool agree(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) const {
    if (m_rules.apart) {
      for (const uint32_t x : a) {
        if (std::any_of(b.begin(), b.end(), [&](uint32_t y) { return m_rules.apart(x, y); })) {
          return false;
        }
      }
    }
    const size_t step_a = (a.size() + k_compared - 1) / k_compared;
    const size_t step_b = (b.size() + k_compared - 1) / k_compared;
    double sum = 0;
    for (size_t x = 0; x < a.size(); x += step_a) {
      for (size_t y = 0; y < b.size(); y += step_b) {
        const auto [first, second] = std::minmax(a[x], b[y]);
        sum += std::clamp(m_rules.log_odds(first, second), -k_most_bits, k_most_bits);
      }
    }
    return sum > 0;
  }

  const ClusterRules& m_rules;
  std::vector<uint32_t> m_parent;
  std::vector<std::vector<uint32_t>> m_members;
};

}  // namespace

std::vector<uint32_t> cluster(size_t size, std::vector<WeighedPair> pairs, const ClusterRules& rules) {
  std::erase_if(pairs, [](const WeighedPair& pair) { return pair.log_odds <= 0; });
  std::sort(pairs.begin(), pairs.end(), [](const WeighedPair& x, const WeighedPair& y) {
    return std::tuple(-std::round(x.log_odds * 10), -x.likeness, x.a, x.b) <
           std::tuple(-std::round(y.log_odds * 10), -y.likeness, y.a, y.b);
  });
  Clusters clusters(size, rules);
  // What was refused may be welcome once a cluster has grown.
  for (int round = 0; round < k_rounds; ++round) {
    bool any = false;
    for (const WeighedPair& pair : pairs) {
      any = clusters.offer(pair) || any;
    }
    if (!any) {
      break;
    }
  }
  std::vector<uint32_t> out(size);
  for (uint32_t at = 0; at < size; ++at) {
    out[at] = clusters.root(at);
  }
  return out;
}

}  // namespace pitchblende::linkage
