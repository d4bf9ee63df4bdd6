// Boosted trees over the evidence for a candidate: our own evaluator of what bench/resolution/train_organisations
// learned. Inside resolution. A model is only read, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "resolution/organisations/organisation_features.hpp"

namespace pitchblende::resolution {

class OrganisationModel {
 public:
  // Lines "features NAME…", "bias B", and of each tree "tree", then its nodes: "NUMBER FEATURE THRESHOLD LEFT RIGHT" or
  // "NUMBER leaf VALUE", numbered from 0 without gaps; lines that begin with # are notes. nullopt: it is not one, or
  // not of these features.
  static std::optional<OrganisationModel> parse(std::string_view text);

  // The probability, between 0 and 1.
  double probability(const OrganisationFeatures& features) const;
  bool empty() const { return m_roots.empty(); }

 private:
  struct Node {
    float value = 0;  // what a feature must be under to go left
    uint16_t feature = 0;
    uint16_t left = 0;  // from the root of its tree
    uint16_t right = 0;
    bool leaf = false;
  };
  bool add_node(std::string_view line);
  bool is_whole() const;

  float m_bias = 0;
  std::vector<Node> m_nodes;
  std::vector<uint32_t> m_roots;
};

// What is shipped: who is named by the words, and for whom the whole string stands.
const OrganisationModel& naming_model();
const OrganisationModel& principal_model();

}  // namespace pitchblende::resolution
