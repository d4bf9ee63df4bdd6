#include "resolution/organisations/organisation_model.hpp"

#include <cmath>
#include <sstream>
#include <stdexcept>
#include <string>

#include "resolution/organisations/organisation_tables.hpp"

namespace pitchblende::resolution {

namespace {

OrganisationModel shipped(std::string_view name) {
  const std::string_view text = embedded_table(name);
  auto model = OrganisationModel::parse(text);
  if (!model) {
    throw std::logic_error(std::string(name) + " is not a model of these features");
  }
  return std::move(*model);
}

bool are_the_features(std::istringstream& words) {
  std::string word;
  for (const std::string_view feature : k_organisation_features) {
    if (!(words >> word) || word != feature) {
      return false;
    }
  }
  return !(words >> word);
}

}  // namespace

bool OrganisationModel::add_node(std::string_view line) {
  std::istringstream words{std::string(line)};
  words.imbue(std::locale::classic());
  size_t number = 0;
  std::string what;
  Node node;
  if (m_roots.empty() || !(words >> number >> what) || number != m_nodes.size() - m_roots.back()) {
    return false;
  }
  if (what == "leaf") {
    if (!(words >> node.value)) {
      return false;
    }
    node.leaf = true;
  } else {
    size_t feature = 0;
    while (feature < k_feature_count && k_organisation_features[feature] != what) {
      ++feature;
    }
    if (feature == k_feature_count || !(words >> node.value >> node.left >> node.right) || node.left <= number ||
        node.right <= number) {
      return false;
    }
    node.feature = static_cast<uint16_t>(feature);
  }
  m_nodes.push_back(node);
  return true;
}

bool OrganisationModel::is_whole() const {
  for (size_t tree = 0; tree < m_roots.size(); ++tree) {
    const size_t end = tree + 1 < m_roots.size() ? m_roots[tree + 1] : m_nodes.size();
    const size_t size = end - m_roots[tree];
    if (size == 0) {
      return false;
    }
    for (size_t i = m_roots[tree]; i < end; ++i) {
      if (!m_nodes[i].leaf && (m_nodes[i].left >= size || m_nodes[i].right >= size)) {
        return false;
      }
    }
  }
  return !m_roots.empty();
}

std::optional<OrganisationModel> OrganisationModel::parse(std::string_view text) {
  OrganisationModel out;
  bool features = false;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') {
      continue;
    }
    std::istringstream words(line);
    words.imbue(std::locale::classic());
    std::string first;
    words >> first;
    if (first == "features") {
      if (features || !are_the_features(words)) {
        return std::nullopt;
      }
      features = true;
    } else if (first == "bias") {
      if (!(words >> out.m_bias)) {
        return std::nullopt;
      }
    } else if (first == "tree") {
      out.m_roots.push_back(static_cast<uint32_t>(out.m_nodes.size()));
    } else if (!out.add_node(line)) {
      return std::nullopt;
    }
  }
  if (!features || !out.is_whole()) {
    return std::nullopt;
  }
  return out;
}

double OrganisationModel::probability(const OrganisationFeatures& features) const {
  float sum = m_bias;
  for (const uint32_t root : m_roots) {
    const Node* const tree = m_nodes.data() + root;
    const Node* node = tree;
    while (!node->leaf) {
      node = tree + (features[node->feature] < node->value ? node->left : node->right);
    }
    sum += node->value;
  }
  return 1 / (1 + std::exp(-static_cast<double>(sum)));
}

const OrganisationModel& naming_model() {
  static const OrganisationModel model = shipped("naming_model.tsv");
  return model;
}

const OrganisationModel& principal_model() {
  static const OrganisationModel model = shipped("principal_model.tsv");
  return model;
}

}  // namespace pitchblende::resolution
