#include "resolution/train_boosting.hpp"

#include <xgboost/c_api.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace pitchblende::bench {

namespace {

void check(int code) {
  if (code != 0) {
    throw std::runtime_error(XGBGetLastError());
  }
}

// A tree as the library prints it.
std::string converted(size_t tree, const char* dump, std::span<const std::string_view> traits) {
  std::istringstream lines(dump);
  std::map<int, std::string> nodes;
  for (std::string line; std::getline(lines, line);) {
    const size_t colon = line.find(':');
    nodes[std::stoi(line.substr(0, colon))] = line.substr(colon + 1);
  }
  std::map<int, size_t> numbers;
  for (const auto& [node, text] : nodes) {
    numbers.emplace(node, numbers.size());
  }
  std::ostringstream out;
  for (const auto& [node, text] : nodes) {
    out << tree << '\t' << numbers[node] << '\t';
    const size_t cover = text.find("cover=");
    const std::string weight = cover == std::string::npos ? "" : text.substr(cover + 6);
    float value = 0;
    int feature = 0;
    int yes = 0;
    int no = 0;
    int missing = 0;
    if (std::sscanf(text.c_str(), "leaf=%f", &value) == 1) {
      out << "leaf\t" << text.substr(5, text.find(',') - 5) << '\t' << weight << '\n';
    } else if (std::sscanf(text.c_str(), "[f%d<%f] yes=%d,no=%d,missing=%d", &feature, &value, &yes, &no, &missing) ==
               5) {
      const size_t less = text.find('<');
      out << traits[static_cast<size_t>(feature)] << '\t' << text.substr(less + 1, text.find(']') - less - 1) << '\t'
          << numbers.at(yes) << '\t' << numbers.at(no) << '\t' << numbers.at(missing) << '\t' << weight << '\n';
    } else {
      throw std::runtime_error("a line of the library's that was not expected: " + text);
    }
  }
  return out.str();
}

class Booster {
 public:
  Booster(std::span<const float> rows, std::span<const float> labels, std::span<const std::string_view> traits,
          const Boosting& how, std::map<std::string, std::string> settings)
      : m_traits(traits) {
    check(XGDMatrixCreateFromMat(rows.data(), labels.size(), traits.size(), -1e30F, &m_matrix));
    check(XGDMatrixSetFloatInfo(m_matrix, "label", labels.data(), labels.size()));
    check(XGBoosterCreate(&m_matrix, 1, &m_booster));
    settings.insert({{"max_depth", std::to_string(how.depth)},
                     {"eta", std::to_string(how.rate)},
                     {"subsample", "0.8"},
                     {"colsample_bytree", std::to_string(how.traits)},
                     {"min_child_weight", std::to_string(how.least)},
                     {"lambda", std::to_string(how.lambda)},
                     {"gamma", "0.3"},
                     {"seed", std::to_string(how.seed)},
                     {"nthread", "1"},
                     {"tree_method", "hist"}});
    if (!how.monotone.empty()) {
      settings.emplace("monotone_constraints", how.monotone);
    }
    for (const auto& [key, value] : settings) {
      check(XGBoosterSetParam(m_booster, key.c_str(), value.c_str()));
    }
  }
  ~Booster() {
    XGBoosterFree(m_booster);
    XGDMatrixFree(m_matrix);
  }
  Booster(const Booster&) = delete;
  Booster& operator=(const Booster&) = delete;

  void learn(int round) { check(XGBoosterUpdateOneIter(m_booster, round, m_matrix)); }
  void learn(std::vector<float>& slopes, std::vector<float>& bends) {
    check(XGBoosterBoostOneIter(m_booster, m_matrix, slopes.data(), bends.data(), slopes.size()));
  }
  // What is said of each row so far.
  std::span<const float> said() {
    bst_ulong count = 0;
    const float* out = nullptr;
    check(XGBoosterPredict(m_booster, m_matrix, 1, 0, 1, &count, &out));
    return {out, count};
  }
  std::string trees() {
    bst_ulong count = 0;
    const char** dumps = nullptr;
    check(XGBoosterDumpModelEx(m_booster, "", 1, "text", &count, &dumps));
    std::string out;
    for (bst_ulong i = 0; i < count; ++i) {
      out += converted(i, dumps[i], m_traits);
    }
    return out;
  }

 private:
  std::span<const std::string_view> m_traits;
  DMatrixHandle m_matrix = nullptr;
  BoosterHandle m_booster = nullptr;
};

// Where the sum of logarithms of what was said of the true ones goes, by row.
void choice_slopes(std::span<const float> said, std::span<const float> labels, std::span<const size_t> groups,
                   std::vector<float>& slopes, std::vector<float>& bends) {
  constexpr double k_least_bend = 1e-4;
  size_t row = 0;
  for (const size_t size : groups) {
    const auto of_group = said.subspan(row, size);
    const double most = std::max(0.0F, *std::max_element(of_group.begin(), of_group.end()));
    double sum = std::exp(-most);  // nobody
    for (const float one : of_group) {
      sum += std::exp(one - most);
    }
    for (const float one : of_group) {
      const double share = std::exp(one - most) / sum;
      slopes[row] = static_cast<float>(share - labels[row]);
      bends[row] = static_cast<float>(std::max(share * (1 - share), k_least_bend));
      ++row;
    }
  }
}

}  // namespace

std::string learned_trees(std::span<const float> rows, std::span<const float> labels,
                          std::span<const std::string_view> traits, const Boosting& how) {
  Booster booster(rows, labels, traits, how, {{"objective", "binary:logistic"}, {"base_score", "0.5"}});
  for (int round = 0; round < how.rounds; ++round) {
    booster.learn(round);
  }
  return booster.trees();
}

std::string learned_choice(std::span<const float> rows, std::span<const float> labels, std::span<const size_t> groups,
                           std::span<const std::string_view> traits, const Boosting& how) {
  Booster booster(rows, labels, traits, how, {{"base_score", "0"}});
  std::vector<float> slopes(labels.size());
  std::vector<float> bends(labels.size());
  for (int round = 0; round < how.rounds; ++round) {
    choice_slopes(booster.said(), labels, groups, slopes, bends);
    booster.learn(slopes, bends);
  }
  return booster.trees();
}

}  // namespace pitchblende::bench
