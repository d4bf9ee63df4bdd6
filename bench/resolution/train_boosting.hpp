// Trees that XGBoost learns, as the lines that Forest reads. Material of the training programs, which alone need the
// library.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace pitchblende::bench {

struct Boosting {
  int rounds = 0;
  int depth = 0;
  float rate = 0;
  float traits = 1;  // share of them that a tree may ask for
  float least = 0;   // weight of a leaf: rows that it has at least, those that are clear count less
  float lambda = 0;
  std::string monotone;  // "(1,0,-1,…)": of each trait, whether more of it only ever speaks for or against
  int seed = 7;
};

// `rows` is as long as the labels (0 or 1) times the traits. Throws std::runtime_error with the library's words.
std::string learned_trees(std::span<const float> rows, std::span<const float> labels,
                          std::span<const std::string_view> traits, const Boosting& how);

// The same of rows of which one at most in each group is the true one: what is learned is who it is, or that nobody is
// (McFadden, Conditional logit analysis of qualitative choice behavior, 1973). `groups` are their sizes.
std::string learned_choice(std::span<const float> rows, std::span<const float> labels, std::span<const size_t> groups,
                           std::span<const std::string_view> traits, const Boosting& how);

}  // namespace pitchblende::bench
