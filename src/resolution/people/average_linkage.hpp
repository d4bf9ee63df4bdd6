// Which groups of a block become one: agglomeration by the mean probability between two groups, the likeliest first, as
// in average linkage (UPGMA; Sokal and Michener 1958), but the mean is the quadratic one: a person has several places
// and subjects, and what speaks for two being one weighs more than what says nothing. One weak link chains nothing.
// Owner: resolution. One thread at a time.
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace pitchblende::resolution {

struct ScoredPair {
  uint32_t a = 0;  // mentions
  uint32_t b = 0;
  float probability = 0;
};

class AverageLinkage {
 public:
  struct Link {
    uint32_t other = 0;  // group
    float squares = 0;   // sum over the probabilities known between the two groups
    uint32_t count = 0;
    ScoredPair best;
    float mean() const { return std::sqrt(squares / static_cast<float>(count)); }
  };
  // `probability` gives that of a pair that was not among those scored; `join` makes two groups one, or refuses.
  using Probability = std::function<float(uint32_t, uint32_t)>;
  // Two groups that may be one: their mentions, and what is known of the pairs between them.
  struct Offered {
    std::span<const uint32_t> a;
    std::span<const uint32_t> b;
    ScoredPair best;
    float mean = 0;
  };
  using Join = std::function<bool(const Offered& offered)>;

  // `groups`: the mentions of each group, sorted; the groups in the order of their first mention.
  AverageLinkage(std::vector<std::vector<uint32_t>> groups, const std::vector<ScoredPair>& pairs);
  // Joins while the mean is at least `enough`. Where not all pairs between two groups are known, up to `checked` more
  // are asked for before they are joined.
  void run(float enough, size_t checked, const Probability& probability, const Join& join);
  // Links left over with a mean of at least `least`, each once.
  std::vector<Link> left(float least) const;

 private:
  struct Offer {
    float mean;
    uint32_t a, b;
    uint32_t stamp_a, stamp_b;
    bool operator<(const Offer& other) const;
  };
  void add(uint32_t from, const Link& link);
  Link* find(uint32_t from, uint32_t to);
  void drop(uint32_t from, uint32_t to);
  void check(uint32_t a, uint32_t b, Link& link, size_t checked, const Probability& probability) const;
  void unite(uint32_t a, uint32_t b);

  std::vector<std::vector<uint32_t>> m_groups;
  std::vector<std::vector<Link>> m_links;  // by group, sorted by the other
  std::vector<uint32_t> m_stamps;
};

}  // namespace pitchblende::resolution
