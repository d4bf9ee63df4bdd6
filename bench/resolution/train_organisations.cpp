// train_organisations SET ROR… [--out FOLDER] [--seed N]: learns who is named by the words of an affiliation, and for
// whom it stands.
//
// SET is what bench_organisations measures with. The strings are parted into five folds by the organisation that they
// stand for: what is measured on a fold was learned from other organisations. Printed: figures of the folds together,
// over thresholds, and which evidence the trees ask for. With --out the models learned from all of it are written.
#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <unordered_set>

#include "base/id.hpp"
#include "organisation_sets.hpp"
#include "resolution/organisations/organisation_candidates.hpp"
#include "resolution/organisations/organisation_features.hpp"
#include "resolution/organisations/organisation_model.hpp"
#include "resolution/train_boosting.hpp"

namespace {

namespace pb = pitchblende;
using namespace std::string_literals;
using namespace std::string_view_literals;
using pb::resolution::OrganisationCandidate;
using pb::resolution::OrganisationFeatures;

constexpr size_t k_folds = 5;
constexpr size_t k_letters = pb::resolution::feature_number("letters");
constexpr float k_telling = 4;  // letters of a short form that is hardly there by chance

struct Example {
  size_t string = 0;
  OrganisationFeatures features{};
  bool true_one = false;
  bool rival = false;     // wants words of the true one
  bool complete = false;  // its whole name is there, and is one that tells
};

struct Set {
  std::vector<pb::bench::LabelledAffiliation> strings;
  std::vector<bool> present;  // the true one is in the index
  std::vector<size_t> fold;
  std::vector<Example> examples;
};

void add_examples(const pb::resolution::OrganisationIndex& index, size_t string, Set& set) {
  const auto& data = index.data();
  std::vector<pb::resolution::AffiliationWord> words;
  pb::resolution::affiliation_words(set.strings[string].text, words);
  pb::resolution::Window window;
  pb::resolution::CandidateScratch scratch;
  std::vector<OrganisationCandidate> found;
  std::vector<OrganisationFeatures> features;
  for (size_t begin = 0; begin < words.size();) {
    const size_t end = pb::resolution::window_end(words, begin);
    pb::resolution::read_window(data, std::span(words).subspan(begin, end - begin), window);
    pb::resolution::find_candidates(data, window, scratch, found);
    pb::resolution::organisation_features(data, window, found, features);
    const auto& truth = set.strings[string].organisations;
    const auto is_true = [&](const OrganisationCandidate& one) {
      return std::find(truth.begin(), truth.end(), data.organisations[one.organisation].id) != truth.end();
    };
    for (size_t i = 0; i < found.size(); ++i) {
      Example one;
      one.string = string;
      one.features = features[i];
      one.true_one = is_true(found[i]);
      one.complete =
          features[i][0] > 0.95F && (!data.names[found[i].best.name].short_form || features[i][k_letters] >= k_telling);
      for (const OrganisationCandidate& other : found) {
        one.rival = one.rival || (is_true(other) && overlap(other, found[i]));
      }
      set.examples.push_back(one);
    }
    begin = end;
  }
}

enum class Task { naming, principal };

// Who is named: the true one against those who want its words; what stands elsewhere with its whole name may be named
// as well, and says nothing.
bool teaches(const Example& one, Task task) {
  return task == Task::principal || one.true_one || one.rival || !one.complete;
}

// More of these only ever speaks for whoever has it, or against. Six thousand strings are too few to tell.
std::string monotone() {
  constexpr std::array k_for{"coverage"sv,      "country"sv, "town"sv,  "verbatim"sv,
                             "verbatim_lead"sv, "lead"sv,    "renown"sv};
  constexpr std::array k_against{"missed"sv, "missing"sv,        "inversions"sv,  "gap"sv,
                                 "gaps"sv,   "country_rivals"sv, "renown_rank"sv, "namesakes"sv};
  std::string out;
  for (const std::string_view trait : pb::resolution::k_organisation_features) {
    const auto is_in = [&](const auto& some) { return std::find(some.begin(), some.end(), trait) != some.end(); };
    out += out.empty() ? "(" : ",";
    out += is_in(k_for) ? "1" : is_in(k_against) ? "-1" : "0";
  }
  return out + ")";
}

std::string learn(const Set& set, Task task, size_t left_out, int seed) {
  std::vector<float> rows;
  std::vector<float> labels;
  std::vector<size_t> groups;
  size_t last = SIZE_MAX;
  for (const Example& one : set.examples) {
    if (set.fold[one.string] != left_out && teaches(one, task)) {
      rows.insert(rows.end(), one.features.begin(), one.features.end());
      labels.push_back(one.true_one ? 1.0F : 0.0F);
      groups.resize(groups.size() + (one.string == last ? 0 : 1));
      ++groups.back();
      last = one.string;
    }
  }
  const auto& traits = pb::resolution::k_organisation_features;
  return task == Task::naming ? pb::bench::learned_trees(rows, labels, traits,
                                                         {.rounds = 70,
                                                          .depth = 5,
                                                          .rate = 0.16F,
                                                          .traits = 0.6F,
                                                          .least = 8,
                                                          .lambda = 3,
                                                          .monotone = {},
                                                          .seed = seed})
                              : pb::bench::learned_choice(rows, labels, groups, traits,
                                                          {.rounds = 120,
                                                           .depth = 3,
                                                           .rate = 0.1F,
                                                           .traits = 0.2F,
                                                           .least = 30,
                                                           .lambda = 10,
                                                           .monotone = monotone(),
                                                           .seed = seed});
}

struct Answer {
  double probability = 0;
  bool right = false;
  std::string id;
};

// Of a string read with models of its fold, as a user would: the one it stands for, and whether the true one is among
// all that are found, or implied by one.
struct Reading {
  Answer principal;
  double among = 0;     // the largest threshold at which the true one is said
  double anything = 0;  // the largest threshold at which something is said
};

Reading read(const pb::resolution::OrganisationIndex& index, const pb::bench::LabelledAffiliation& string,
             const pb::resolution::OrganisationModels& models) {
  const auto answer = index.match(string.text, {0.0, {}}, models);
  const auto is_true = [&](std::string_view id) {
    return std::find(string.organisations.begin(), string.organisations.end(), id) != string.organisations.end();
  };
  Reading out;
  if (answer.principal) {
    const auto& one = answer.organisations[*answer.principal];
    out.principal = {one.principal, is_true(one.id), std::string(one.id)};
  }
  for (const auto& one : answer.organisations) {
    const double sure = std::max(one.probability, one.principal);
    out.anything = std::max(out.anything, sure);
    const bool here = is_true(one.id) || std::any_of(one.parents.begin(), one.parents.end(), is_true);
    out.among = std::max(out.among, here ? sure : 0);
  }
  return out;
}

void print_curve(const Set& set, const std::vector<Answer>& all, bool only_present) {
  size_t of = 0;
  std::vector<Answer> some;
  for (size_t i = 0; i < all.size(); ++i) {
    if (set.present[i] || !only_present) {
      ++of;
      some.push_back(all[i]);
    }
  }
  std::printf("%s: %zu strings\n", only_present ? "the true one is among ours" : "all", of);
  for (const double least : {0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95}) {
    size_t said = 0;
    size_t right = 0;
    for (const Answer& one : some) {
      said += one.probability >= least;
      right += one.probability >= least && one.right;
    }
    const double p = static_cast<double>(right) / std::max<double>(1, static_cast<double>(said));
    const double r = static_cast<double>(right) / static_cast<double>(of);
    const double silent = static_cast<double>(of - said);
    const double q = static_cast<double>(right) / (static_cast<double>(right) + silent);
    std::printf(
        "  at %.2f  precision %.4f  recall %.4f  F1 %.4f | only silence counts as missed: recall %.4f F1 %.4f\n", least,
        p, r, p + r > 0 ? 2 * p * r / (p + r) : 0, q, 2 * p * q / (p + q));
  }
}

Set read_set(const std::string& path, const std::vector<pb::resolution::OrganisationDescription>& organisations,
             const pb::resolution::OrganisationIndex& index) {
  std::unordered_set<std::string_view> here;
  for (const auto& one : organisations) {
    here.insert(one.id);
  }
  Set set;
  set.strings = pb::bench::read_affiliations(path);
  size_t found = 0;
  for (size_t i = 0; i < set.strings.size(); ++i) {
    const auto& truth = set.strings[i].organisations;
    set.present.push_back(std::any_of(truth.begin(), truth.end(), [&](const auto& id) { return here.contains(id); }));
    uint32_t hash = 2166136261U;
    for (const char c : truth.empty() ? std::string() : truth.front()) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    }
    set.fold.push_back((hash >> 8) % k_folds);
    const size_t before = set.examples.size();
    add_examples(index, i, set);
    for (size_t e = before; e < set.examples.size(); ++e) {
      if (set.examples[e].true_one) {
        ++found;
        break;
      }
    }
  }
  std::printf("%zu strings, %zu candidates, the true one among them %zu times of %zu\n", set.strings.size(),
              set.examples.size(), found,
              static_cast<size_t>(std::count(set.present.begin(), set.present.end(), true)));
  return set;
}

// Each string read with what was learned from the other folds.
std::vector<Reading> read_by_folds(const Set& set, const pb::resolution::OrganisationIndex& index, int seed) {
  std::vector<Reading> readings(set.strings.size());
  for (size_t fold = 0; fold < k_folds; ++fold) {
    const auto by_name = pb::resolution::read_organisation_model(learn(set, Task::naming, fold, seed));
    const auto by_rank = pb::resolution::read_organisation_model(learn(set, Task::principal, fold, seed));
    if (!by_name || !by_rank) {
      throw std::runtime_error("what was learned cannot be read back");
    }
    for (size_t i = 0; i < set.strings.size(); ++i) {
      if (set.fold[i] == fold) {
        readings[i] = read(index, set.strings[i], {&*by_name, &*by_rank});
      }
    }
  }
  return readings;
}

void print_figures(const Set& set, const std::vector<Reading>& readings) {
  std::vector<Answer> all;
  for (const Reading& one : readings) {
    all.push_back(one.principal);
  }
  std::printf("one answer, ");
  print_curve(set, all, true);
  std::printf("one answer, ");
  print_curve(set, all, false);
  for (const bool only_present : {true, false}) {
    std::printf("among all that is said, %s\n", only_present ? "the true one is among ours" : "all");
    for (const double least : {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}) {
      size_t of = 0;
      size_t said = 0;
      size_t right = 0;
      for (size_t i = 0; i < readings.size(); ++i) {
        of += set.present[i] || !only_present;
        said += (set.present[i] || !only_present) && readings[i].anything >= least;
        right += (set.present[i] || !only_present) && readings[i].among >= least;
      }
      std::printf("  at %.2f  precision %.4f  recall %.4f  recall where only silence counts %.4f\n", least,
                  static_cast<double>(right) / static_cast<double>(said),
                  static_cast<double>(right) / static_cast<double>(of),
                  static_cast<double>(right) / static_cast<double>(right + of - said));
    }
  }
}

int run(int argc, char** argv) {
  std::vector<std::string> paths;
  std::string folder;
  int seed = 7;
  for (int i = 1; i < argc; ++i) {
    if (argv[i] == "--out"s && i + 1 < argc) {
      folder = argv[++i];
    } else if (argv[i] == "--seed"s && i + 1 < argc) {
      seed = std::stoi(argv[++i]);
    } else {
      paths.emplace_back(argv[i]);
    }
  }
  if (paths.size() < 2) {
    std::fprintf(stderr, "train_organisations SET ROR… [--out FOLDER] [--seed N]\n");
    return 2;
  }
  const auto organisations = pb::bench::read_organisations({paths.begin() + 1, paths.end()});
  const pb::resolution::OrganisationIndex index(organisations);
  const Set set = read_set(paths[0], organisations, index);
  print_figures(set, read_by_folds(set, index, seed));
  if (!folder.empty()) {
    std::ofstream(folder + "/naming_model.tsv") << learn(set, Task::naming, k_folds, seed);
    std::ofstream(folder + "/principal_model.tsv") << learn(set, Task::principal, k_folds, seed);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "train_organisations: %s\n", error.what());
    return 1;
  }
}
