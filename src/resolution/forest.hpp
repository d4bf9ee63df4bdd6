// Boosted regression trees, read from text and evaluated. Owner: resolution. Immutable once read, any thread.
//
// Friedman, Greedy function approximation: a gradient boosting machine (2001); trained elsewhere (bench/resolution).
// The text is made for reading: a line a node, "tree node trait threshold yes no missing cover" or "tree node leaf
// value cover", tabs between; lines "# …" are comments; "base x", "scale a", "shift b": the log-odds are a·(base + Σ
// leaves)+b.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace pitchblende::resolution {

class Forest {
 public:
  // `traits` are the names of the inputs in their order; a name that is not among them, a node that leads nowhere or
  // in a circle is an error naming its line.
  static Result<Forest> read(std::string_view text, std::span<const std::string_view> traits);

  // Whether a walk ends where the first trees are clearly against, or asks all of them: for answers that are set
  // against each other.
  enum class Walk : uint8_t { until_clear, whole };
  // Natural log-odds; NaN inputs are unknown and go each node's way for what is missing.
  float log_odds(std::span<const float> inputs, Walk walk = Walk::until_clear) const;
  // The same as a sum: what each input moved it by along the paths taken (Saabas 2014), and what all start from.
  float contributions(std::span<const float> inputs, std::vector<float>& by_input) const;
  // The mean probability from which two groups are one; learned with the trees ("enough x").
  float enough() const { return m_enough; }
  void set_enough(float enough) { m_enough = enough; }
  size_t trees() const { return m_roots.size(); }

 private:
  struct Node {
    float value = 0;  // threshold, or the leaf's own
    uint16_t input = k_leaf;
    bool missing_yes = false;
    uint32_t yes = 0;
    uint32_t no = 0;
  };
  struct Draft;
  static constexpr uint16_t k_leaf = UINT16_MAX;

  // The trees once more, filled up to whole ones of one depth: a walk of a fixed number of steps without branches,
  // eight trees side by side, so that the processor waits for none of them.
  struct Step {
    float threshold = 0;
    uint16_t input = 0;
    uint16_t missing_no = 0;
  };
  static constexpr size_t k_abreast = 8;
  static constexpr size_t k_deepest = 8;
  void fill_up();
  void fill_up(uint32_t node, size_t tree, size_t at, size_t level);
  size_t depth_below(uint32_t node) const;

  uint32_t next(const Node& node, float input) const {
    const bool yes = node.missing_yes ? !(input >= node.value) : input < node.value;
    return yes ? node.yes : node.no;
  }
  float expect(uint32_t node, std::span<const float> covers);

  std::vector<Node> m_nodes;
  std::vector<uint32_t> m_roots;
  std::vector<Step> m_steps;  // by tree, level by level
  std::vector<float> m_leaves;
  size_t m_depth = 0;             // 0: not filled up, walk the nodes
  std::vector<float> m_expected;  // by node: the mean of the leaves below it, weighted by cover
  float m_base = 0;
  float m_scale = 1;
  float m_shift = 0;
  float m_enough = 0.5F;
};

}  // namespace pitchblende::resolution
