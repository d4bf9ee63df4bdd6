// train_people FOLDER OUT.tsv [SEED]: learns the model of people from the sets in FOLDER (../shared/data) and writes it
// with its figures. Folds are made of whole name blocks: no name is in train and test at once.
#include <xgboost/c_api.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <limits>
#include <set>
#include <sstream>

#include "base/id.hpp"
#include "resolution/forest.hpp"
#include "resolution/labelled_sets.hpp"
#include "resolution/people/people_matcher.hpp"
#include "resolution/scores.hpp"

namespace {

namespace bench = pitchblende::bench;
namespace resolution = pitchblende::resolution;
using pitchblende::hash64;
using pitchblende::bench::judge;
using pitchblende::bench::JudgedPair;
using pitchblende::bench::LabelledSet;
using pitchblende::resolution::Forest;
using pitchblende::resolution::k_traits;
using pitchblende::resolution::MentionRef;
using pitchblende::resolution::Trait;
using pitchblende::resolution::Traits;

constexpr int k_folds = 5;
constexpr size_t k_pairs_of_block = 4000;  // learned from, of a large one about as many

// Chosen by cross-validation among depths 3 to 6 and rates 0.05 to 0.1.
constexpr int k_rounds = 120;
constexpr const char* k_depth = "5";
constexpr const char* k_rate = "0.1";
constexpr float k_enough = 0.4F;  // mean probability from which two groups are one

std::string g_seed = "1";

void must(int status) {
  if (status != 0) {
    std::fprintf(stderr, "train: %s\n", XGBGetLastError());
    std::exit(1);
  }
}

struct Row {
  Traits traits{};
  bool same = false;
  float weight = 1;
  uint32_t set = 0;
  uint64_t block = 0;
  int fold() const { return static_cast<int>(block % k_folds); }
};

// Which groups of evidence a source lacks altogether differs from pool to pool: some rows are learned from once more
// without one of them.
void forget_some(std::vector<Row>& rows) {
  const size_t count = rows.size();
  for (size_t at = 0; at < count; ++at) {
    const uint64_t draw = (at * 0x9E3779B97F4A7C15u >> 40) % 10;
    if (draw < 3) {
      Row row = rows[at];
      for (size_t trait = 0; trait < k_traits; ++trait) {
        const auto group = resolution::group_of(static_cast<Trait>(trait));
        if (static_cast<uint64_t>(group) == draw + 1) {
          row.traits[trait] = std::numeric_limits<float>::quiet_NaN();
        }
      }
      rows.push_back(row);
    }
  }
}

// That nobody on the two papers says a place tells nothing: what is learned where somebody does is learned once more
// without it.
void forget_places_beside(std::vector<Row>& rows) {
  const size_t count = rows.size();
  for (size_t at = 0; at < count; ++at) {
    if (!std::isnan(rows[at].traits[static_cast<size_t>(Trait::places_beside)])) {
      rows[at].weight /= 2;
      Row row = rows[at];
      for (const Trait trait : {Trait::places_beside, Trait::places_beside_part}) {
        row.traits[static_cast<size_t>(trait)] = std::numeric_limits<float>::quiet_NaN();
      }
      rows.push_back(row);
    }
  }
}

void weigh(std::vector<Row>& rows, size_t begin, uint32_t set, double share) {
  std::map<uint64_t, double> sizes;
  for (size_t at = begin; at < rows.size(); ++at) {
    ++sizes[rows[at].block];
  }
  double sum = 0;
  for (size_t at = begin; at < rows.size(); ++at) {
    rows[at].set = set;
    rows[at].weight = static_cast<float>(1 / std::sqrt(sizes[rows[at].block]));
    sum += rows[at].weight;
  }
  for (size_t at = begin; at < rows.size(); ++at) {
    rows[at].weight *= static_cast<float>(share * 10'000 / sum);
  }
}

void take_set(std::vector<Row>& rows, const LabelledSet& set, uint32_t number, double share) {
  const size_t begin = rows.size();
  const resolution::Ordered ordered(set.input);
  const Forest none;
  resolution::PeopleMatcher matcher(ordered, none);
  std::map<uint64_t, size_t> sizes;
  for (const auto& [ref, block] : set.blocks) {
    ++sizes[hash64(block)];
  }
  matcher.each_pair([&](uint32_t a, uint32_t b, const Traits& traits) {
    const auto bearer_a = set.bearers.find(ordered[a].ref);
    const auto bearer_b = set.bearers.find(ordered[b].ref);
    const uint64_t block = bearer_a == set.bearers.end() ? 0 : hash64(set.blocks.at(ordered[a].ref));
    const uint64_t draw = (uint64_t{a} * 2654435761u + b) * 0x9E3779B97F4A7C15u >> 40;
    const bool chosen = draw % (1 + sizes[block] * sizes[block] / 2 / k_pairs_of_block) == 0;
    if (bearer_a != set.bearers.end() && bearer_b != set.bearers.end() && chosen) {
      rows.push_back({traits, bearer_a->second == bearer_b->second, 1, 0, hash64(set.blocks.at(ordered[a].ref))});
    }
  });
  weigh(rows, begin, number, share);
}

// One tree a line of XGBoost's own text, as our lines.
std::string lines_of(BoosterHandle booster) {
  std::vector<std::string> names(resolution::k_trait_names.begin(), resolution::k_trait_names.end());
  std::vector<const char*> raw;
  std::vector<const char*> types(k_traits, "q");
  for (const std::string& name : names) {
    raw.push_back(name.c_str());
  }
  bst_ulong count = 0;
  const char** trees = nullptr;
  must(XGBoosterDumpModelExWithFeatures(booster, static_cast<int>(k_traits), raw.data(), types.data(), 1, "text",
                                        &count, &trees));
  std::ostringstream out;
  for (bst_ulong tree = 0; tree < count; ++tree) {
    std::istringstream lines{std::string(trees[tree])};
    for (std::string line; std::getline(lines, line);) {
      const size_t begin = line.find_first_not_of('\t');
      line.erase(0, begin == std::string::npos ? 0 : begin);
      unsigned node = 0;
      unsigned yes = 0;
      unsigned no = 0;
      unsigned missing = 0;
      double value = 0;
      double gain = 0;
      double cover = 0;
      char trait[64] = {};
      if (std::sscanf(line.c_str(), "%u:leaf=%lf,cover=%lf", &node, &value, &cover) == 3) {
        char text[128];
        std::snprintf(text, sizeof(text), "%lu\t%u\tleaf\t%.5g\t%.4g\n", tree, node, value, cover);
        out << text;
      } else if (std::sscanf(line.c_str(), "%u:[%63[^<]<%lf] yes=%u,no=%u,missing=%u,gain=%lf,cover=%lf", &node, trait,
                             &value, &yes, &no, &missing, &gain, &cover) == 8) {
        char text[192];
        std::snprintf(text, sizeof(text), "%lu\t%u\t%s\t%.6g\t%u\t%u\t%u\t%.4g\n", tree, node, trait, value, yes, no,
                      missing, cover);
        out << text;
      }
    }
  }
  return out.str();
}

// More of what can only speak for two being one never lowers the probability; these may speak either way.
std::string directions() {
  static const std::map<std::string_view, int> k_others = {
      {"given", 0},          {"family", 0}, {"family_commonness", -1}, {"companion_count", 0},
      {"companion_most", 0}, {"years", 0},  {"own_paper", 0}};
  std::string out = "(";
  for (const std::string_view name : resolution::k_trait_names) {
    const auto found = k_others.find(name);
    out += (out.size() > 1 ? "," : "") + std::to_string(found == k_others.end() ? 1 : found->second);
  }
  return out + ")";
}

std::string learn(const std::vector<const Row*>& rows) {
  std::vector<float> data;
  std::vector<float> labels;
  std::vector<float> weights;
  for (const Row* row : rows) {
    data.insert(data.end(), row->traits.begin(), row->traits.end());
    labels.push_back(row->same ? 1 : 0);
    weights.push_back(row->weight);
  }
  DMatrixHandle matrix = nullptr;
  must(XGDMatrixCreateFromMat(data.data(), rows.size(), k_traits, std::numeric_limits<float>::quiet_NaN(), &matrix));
  must(XGDMatrixSetFloatInfo(matrix, "label", labels.data(), labels.size()));
  must(XGDMatrixSetFloatInfo(matrix, "weight", weights.data(), weights.size()));
  BoosterHandle booster = nullptr;
  must(XGBoosterCreate(&matrix, 1, &booster));
  const std::string monotone = directions();
  const std::pair<const char*, const char*> settings[] = {{"objective", "binary:logistic"},
                                                          {"max_depth", k_depth},
                                                          {"eta", k_rate},
                                                          {"min_child_weight", "5"},
                                                          {"subsample", "0.8"},
                                                          {"colsample_bytree", "0.7"},
                                                          {"lambda", "2"},
                                                          {"nthread", "1"},
                                                          {"seed", g_seed.c_str()},
                                                          {"tree_method", "hist"},
                                                          {"base_score", "0.5"},
                                                          {"monotone_constraints", monotone.c_str()},
                                                          {"verbosity", "1"}};
  for (const auto& [name, value] : settings) {
    must(XGBoosterSetParam(booster, name, value));
  }
  for (int round = 0; round < k_rounds; ++round) {
    must(XGBoosterUpdateOneIter(booster, round, matrix));
  }
  std::string text = "enough\t" + std::to_string(k_enough) + "\n" + lines_of(booster);
  must(XGBoosterFree(booster));
  must(XGDMatrixFree(matrix));
  return text;
}

Forest forest_of(const std::string& text) {
  auto forest = Forest::read(text, resolution::k_trait_names);
  if (!forest) {
    std::fprintf(stderr, "train: %s\n", forest.error().message().c_str());
    std::exit(1);
  }
  return std::move(*forest);
}

using Found = std::vector<std::pair<std::string, std::string>>;

// The clusters of the judged mentions whose block is in the fold; -1: all of them.
void cluster(LabelledSet& set, const Forest& model, int fold, Found& found) {
  set.input.people_model = &model;
  int number = 0;
  for (const resolution::Cluster& cluster : resolution::resolve(set.input).clusters) {
    ++number;
    for (const MentionRef& member : cluster.members) {
      const auto bearer = set.bearers.find(member);
      if (bearer != set.bearers.end() &&
          (fold < 0 || static_cast<int>(hash64(set.blocks.at(member)) % k_folds) == fold)) {
        found.emplace_back(std::to_string(fold) + "/" + std::to_string(number), bearer->second);
      }
    }
  }
}

void print(const std::string& set, const Found& found, std::string& report) {
  const bench::ClusterScores scores = bench::score_clusters(found);
  char text[256];
  std::snprintf(text, sizeof(text), "# %-24s B3 P %.4f R %.4f F1 %.4f   pairwise P %.4f R %.4f F1 %.4f\n", set.c_str(),
                scores.cubed.precision, scores.cubed.recall, scores.cubed.f1(), scores.pairwise.precision,
                scores.pairwise.recall, scores.pairwise.f1());
  report += text;
  std::fputs(text, stdout);
  std::fflush(stdout);
}

struct PairScores {
  int right = 0;
  int wrong = 0;
  int missed = 0;
  void take(bool said, bool same) {
    right += said && same ? 1 : 0;
    wrong += said && !same ? 1 : 0;
    missed += !said && same ? 1 : 0;
  }
};

void print(const std::string& set, const PairScores& pairs, std::string& report) {
  const bench::Score score{pairs.right / std::max(1.0, double(pairs.right + pairs.wrong)),
                           pairs.right / std::max(1.0, double(pairs.right + pairs.missed))};
  char text[256];
  std::snprintf(text, sizeof(text), "# %-24s pairs P %.4f R %.4f F1 %.4f\n", set.c_str(), score.precision, score.recall,
                score.f1());
  report += text;
  std::fputs(text, stdout);
  std::fflush(stdout);
}

void judge_pairs(const std::vector<JudgedPair>& pairs, const Forest& model, int fold, PairScores& scores) {
  for (const JudgedPair& pair : pairs) {
    if (fold < 0 || static_cast<int>(hash64(pair.block) % k_folds) == fold) {
      scores.take(pair.said_same(model), pair.same);
    }
  }
}

// The sets as they are learned from and judged by.
struct Material {
  LabelledSet song;
  LabelledSet signatures;
  std::vector<JudgedPair> pairs;
  std::vector<Row> rows;
};

std::optional<Material> read_material(const std::string& folder) {
  auto song = bench::read_song(folder + "/people/song_pubmed_half.csv");
  auto signatures = bench::read_signatures(folder + "/people/qian");
  auto pairs = bench::read_pairs(folder + "/people/vishnyakova_pairs_train.csv", folder + "/publications/pubmed");
  if (!song || !signatures || !pairs) {
    return std::nullopt;
  }
  Material material{std::move(*song), std::move(*signatures), judge(*pairs), {}};
  take_set(material.rows, material.song, 0, 1);
  take_set(material.rows, material.signatures, 1, 1);
  const size_t begin = material.rows.size();
  for (const JudgedPair& pair : material.pairs) {
    if (pair.alike) {
      material.rows.push_back({pair.traits, pair.same, 1, 0, hash64(pair.block)});
    }
  }
  weigh(material.rows, begin, 2, 1);
  std::printf("# pairs to learn from: %zu; labelled pairs without an article: %zu\n", material.rows.size(),
              pairs->without_article);
  forget_places_beside(material.rows);
  forget_some(material.rows);
  return material;
}

std::string learn_without(const Material& material, const std::function<bool(const Row&)>& without) {
  std::vector<const Row*> chosen;
  for (const Row& row : material.rows) {
    if (!without(row)) {
      chosen.push_back(&row);
    }
  }
  return learn(chosen);
}

void cross_validate(Material& material, std::string& report) {
  Found song;
  Found signatures;
  PairScores pairs;
  for (int fold = 0; fold < k_folds; ++fold) {
    const Forest model = forest_of(learn_without(material, [&](const Row& row) { return row.fold() == fold; }));
    cluster(material.song, model, fold, song);
    cluster(material.signatures, model, fold, signatures);
    judge_pairs(material.pairs, model, fold, pairs);
  }
  print("song", song, report);
  print("signatures", signatures, report);
  print("pairs", pairs, report);
}

void leave_one_out(Material& material, std::string& report) {
  const char* const names[] = {"song", "signatures", "pairs"};
  for (uint32_t set = 0; set < 3; ++set) {
    const Forest model = forest_of(learn_without(material, [&](const Row& row) { return row.set == set; }));
    if (set < 2) {
      Found found;
      cluster(set == 0 ? material.song : material.signatures, model, -1, found);
      print(names[set], found, report);
    } else {
      PairScores scores;
      judge_pairs(material.pairs, model, -1, scores);
      print(names[set], scores, report);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 && argc != 4) {
    std::fprintf(stderr, "train_people FOLDER OUT.tsv [SEED]\n");
    return 2;
  }
  g_seed = argc == 4 ? argv[3] : g_seed;
  auto material = read_material(argv[1]);
  if (!material) {
    std::fprintf(stderr, "train: a set is missing in %s\n", argv[1]);
    return 1;
  }
  std::string report = "# cross-validated by name block, 5 folds\n";
  cross_validate(*material, report);
  report += "# learned from the other two sets alone\n";
  leave_one_out(*material, report);
  std::ofstream out(argv[2]);
  out << "# Whether two mentions are one person. Made by train_people; see bench/resolution/README.md.\n"
      << report << learn_without(*material, [](const Row&) { return false; });
  return out.good() ? 0 : 1;
}
