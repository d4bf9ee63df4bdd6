#include "resolution/forest.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

#include "resolution/errors.hpp"

namespace pitchblende::resolution {

namespace {

constexpr size_t k_first_look = 32;  // trees
constexpr float k_clear = 2.5F;

uint64_t place_key(uint64_t tree, uint64_t node) { return tree << 32 | node; }

}  // namespace

// Nodes by tree and number as the text names them, until all are known.
struct Forest::Draft {
  struct Place {
    uint32_t at = 0;
    uint64_t yes = 0;
    uint64_t no = 0;
  };
  Forest& forest;
  std::map<uint64_t, Place> places = {};  // tree, node
  std::vector<float> covers = {};
  int line = 0;

  Result<void> take_line(const std::string& text, std::span<const std::string_view> traits);
  Result<void> connect();
  tl::unexpected<Error> slip(const std::string& why) const { return fail(errors::model, std::to_string(line), why); }
};

Result<void> Forest::Draft::take_line(const std::string& text, std::span<const std::string_view> traits) {
  std::istringstream cells(text);
  std::string first;
  cells >> first;
  float* const constant = first == "base"     ? &forest.m_base
                          : first == "scale"  ? &forest.m_scale
                          : first == "shift"  ? &forest.m_shift
                          : first == "enough" ? &forest.m_enough
                                              : nullptr;
  if (constant != nullptr) {
    return cells >> *constant ? Result<void>() : slip("a number is wanted");
  }
  uint32_t tree = 0;
  uint32_t number = 0;
  std::string trait;
  std::istringstream(first) >> tree;
  if (!(cells >> number >> trait)) {
    return slip("tree, node and trait are wanted");
  }
  Node node;
  float cover = 0;
  Place place{static_cast<uint32_t>(forest.m_nodes.size()), 0, 0};
  if (trait == "leaf") {
    if (!(cells >> node.value >> cover)) {
      return slip("a leaf has a value and a cover");
    }
  } else {
    const auto found = std::find(traits.begin(), traits.end(), trait);
    uint32_t yes = 0;
    uint32_t no = 0;
    uint32_t missing = 0;
    if (found == traits.end()) {
      return slip("nothing is called " + trait);
    }
    if (!(cells >> node.value >> yes >> no >> missing >> cover) || (missing != yes && missing != no)) {
      return slip("threshold, yes, no, missing and cover are wanted");
    }
    node.input = static_cast<uint16_t>(found - traits.begin());
    node.missing_yes = missing == yes;
    place.yes = place_key(tree, yes);
    place.no = place_key(tree, no);
  }
  if (!places.emplace(place_key(tree, number), place).second) {
    return slip("this node was there before");
  }
  forest.m_nodes.push_back(node);
  covers.push_back(cover);
  return {};
}

Result<void> Forest::Draft::connect() {
  for (const auto& [key, place] : places) {
    Node& node = forest.m_nodes[place.at];
    if (node.input != k_leaf) {
      const auto yes = places.find(place.yes);
      const auto no = places.find(place.no);
      // Children have larger numbers than their parents: no path is endless.
      if (yes == places.end() || no == places.end() || place.yes <= key || place.no <= key) {
        return slip("node " + std::to_string(key & UINT32_MAX) + " of tree " + std::to_string(key >> 32) +
                    " leads nowhere");
      }
      node.yes = yes->second.at;
      node.no = no->second.at;
    }
    if ((key & UINT32_MAX) == 0) {
      forest.m_roots.push_back(place.at);
    }
  }
  return {};
}

Result<Forest> Forest::read(std::string_view text, std::span<const std::string_view> traits) {
  Forest forest;
  Draft draft{forest};
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    ++draft.line;
    if (!line.empty() && line.front() != '#') {
      TRY(draft.take_line(line, traits));
    }
  }
  TRY(draft.connect());
  forest.m_expected.resize(forest.m_nodes.size());
  for (const uint32_t root : forest.m_roots) {
    forest.expect(root, draft.covers);
  }
  forest.fill_up();
  return forest;
}

float Forest::expect(uint32_t at, std::span<const float> covers) {
  const Node& node = m_nodes[at];
  if (node.input == k_leaf) {
    return m_expected[at] = node.value;
  }
  const float yes = expect(node.yes, covers);
  const float no = expect(node.no, covers);
  const float both = covers[node.yes] + covers[node.no];
  return m_expected[at] = both > 0 ? (yes * covers[node.yes] + no * covers[node.no]) / both : (yes + no) / 2;
}

size_t Forest::depth_below(uint32_t at) const {
  const Node& node = m_nodes[at];
  return node.input == k_leaf ? 0 : 1 + std::max(depth_below(node.yes), depth_below(node.no));
}

void Forest::fill_up(uint32_t at, size_t tree, size_t place, size_t level) {
  const Node& node = m_nodes[at];
  const size_t inner = (size_t{1} << m_depth) - 1;
  if (level == m_depth) {
    m_leaves[tree * (inner + 1) + place - inner] = node.value;
    return;
  }
  const bool leaf = node.input == k_leaf;
  if (!leaf) {
    m_steps[tree * inner + place] = {node.value, node.input, static_cast<uint16_t>(node.missing_yes ? 0 : 1)};
  }
  fill_up(leaf ? at : node.yes, tree, 2 * place + 1, level + 1);
  fill_up(leaf ? at : node.no, tree, 2 * place + 2, level + 1);
}

void Forest::fill_up() {
  size_t depth = 0;
  for (const uint32_t root : m_roots) {
    depth = std::max(depth, depth_below(root));
  }
  if (depth == 0 || depth > k_deepest) {
    return;
  }
  m_depth = depth;
  const size_t trees = (m_roots.size() + k_abreast - 1) / k_abreast * k_abreast;
  m_steps.resize(trees * ((size_t{1} << depth) - 1));
  m_leaves.resize(trees << depth, 0);
  for (size_t tree = 0; tree < m_roots.size(); ++tree) {
    fill_up(m_roots[tree], tree, 0, 0);
  }
}

float Forest::log_odds(std::span<const float> inputs, Walk walk) const {
  float sum = m_base;
  if (m_depth == 0) {
    for (const uint32_t root : m_roots) {
      uint32_t at = root;
      while (m_nodes[at].input != k_leaf) {
        at = next(m_nodes[at], inputs[m_nodes[at].input]);
      }
      sum += m_nodes[at].value;
    }
    return m_scale * sum + m_shift;
  }
  const size_t inner = (size_t{1} << m_depth) - 1;
  const size_t trees = m_leaves.size() >> m_depth;
  for (size_t first = 0; first < trees; first += k_abreast) {
    const Step* const steps = m_steps.data() + first * inner;
    size_t at[k_abreast] = {};
    for (size_t level = 0; level < m_depth; ++level) {
      for (size_t tree = 0; tree < k_abreast; ++tree) {
        const Step& step = steps[tree * inner + at[tree]];
        const float input = inputs[step.input];
        const unsigned over = input >= step.threshold ? 1 : 0;
        const unsigned unknown = input != input ? 1 : 0;
        at[tree] = 2 * at[tree] + 1 + (over | (unknown & step.missing_no));
      }
    }
    if (walk == Walk::until_clear && first == k_first_look && sum < -k_clear) {
      break;  // two people, and what remains corrects little: most pairs end here. Who is one is ordered, and so asks
              // all
    }
    for (size_t tree = 0; tree < k_abreast; ++tree) {
      sum += m_leaves[(first + tree) * (inner + 1) + at[tree] - inner];
    }
  }
  return m_scale * sum + m_shift;
}

float Forest::contributions(std::span<const float> inputs, std::vector<float>& by_input) const {
  by_input.assign(inputs.size(), 0);
  float start = m_base;
  for (uint32_t at : m_roots) {
    start += m_expected[at];
    while (m_nodes[at].input != k_leaf) {
      const uint32_t after = next(m_nodes[at], inputs[m_nodes[at].input]);
      by_input[m_nodes[at].input] += m_scale * (m_expected[after] - m_expected[at]);
      at = after;
    }
  }
  return m_scale * start + m_shift;
}

}  // namespace pitchblende::resolution
