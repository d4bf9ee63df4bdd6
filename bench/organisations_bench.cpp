// bench_organisations [SET ROR…]: affiliation strings resolved against the Research Organization Registry, on one core.
//
// SET is a file of strings with their ids, ROR… files that the registry publishes; without them those of
// ../shared/data. The shipped model was learned from that very set: what it reaches on strings that it has not seen is
// what train_organisations prints of its folds, and what this prints of another set.
//
// Counted are
//   best_*   the one organisation that the string stands for, right where it is the one asserted;
//   said_*   all that is found, and what it is part of: right where the asserted one is among them.
// Of both: precision, of the strings that are answered; recall, of all; covered_recall, of those that are answered
// rightly or not at all, which is how the registry's own comparison of matchers counts. `_all` has the strings whose
// organisation is not among those given as well: there every answer is wrong.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <unordered_set>
#include <vector>

#include "organisation_sets.hpp"

namespace {

namespace fs = std::filesystem;
using pitchblende::bench::LabelledAffiliation;
using pitchblende::resolution::AffiliationAnswer;
using pitchblende::resolution::MatchOptions;
using pitchblende::resolution::OrganisationIndex;

constexpr int k_rounds = 3;
constexpr double k_wanted_recall = 0.85;

void print(const std::string& figure, double value, const char* unit) {
  std::printf("{\"figure\":\"%s\",\"value\":%.4f,\"unit\":\"%s\"}\n", figure.c_str(), value, unit);
  std::fflush(stdout);
}

double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// Of a string: how sure the answer is, and how sure the true one is where it is said (0: it is not).
struct Answered {
  double said = 0;
  double right = 0;
};

struct Counts {
  double precision = 0;
  double recall = 0;
  double covered_recall = 0;
  double f1() const { return 2 * precision * recall / std::max(precision + recall, 1e-9); }
  double covered_f1() const { return 2 * precision * covered_recall / std::max(precision + covered_recall, 1e-9); }
};

Counts count(const std::vector<Answered>& all, double least) {
  double said = 0;
  double right = 0;
  for (const Answered& one : all) {
    said += one.said >= least ? 1 : 0;
    right += one.right >= least ? 1 : 0;
  }
  const auto of = static_cast<double>(all.size());
  return {right / std::max(said, 1.0), right / std::max(of, 1.0), right / std::max(right + of - said, 1.0)};
}

// At the highest threshold that still has the recall wanted.
double precision_at(const std::vector<Answered>& all, double Counts::*recall) {
  for (int step = 999; step > 0; --step) {
    const Counts counts = count(all, step / 1000.0);
    if (counts.*recall >= k_wanted_recall) {
      return counts.precision;
    }
  }
  return 0;
}

Answered best(const AffiliationAnswer& answer, const LabelledAffiliation& string) {
  if (!answer.principal) {
    return {};
  }
  const auto& one = answer.organisations[*answer.principal];
  const bool right =
      std::find(string.organisations.begin(), string.organisations.end(), one.id) != string.organisations.end();
  return {one.principal, right ? one.principal : 0};
}

Answered said(const AffiliationAnswer& answer, const LabelledAffiliation& string) {
  Answered out;
  const auto is_true = [&](std::string_view id) {
    return std::find(string.organisations.begin(), string.organisations.end(), id) != string.organisations.end();
  };
  for (const auto& one : answer.organisations) {
    const double sure = std::max(one.probability, one.principal);
    const bool right = is_true(one.id) || std::any_of(one.parents.begin(), one.parents.end(), is_true);
    out.said = std::max(out.said, sure);
    out.right = std::max(out.right, right ? sure : 0);
  }
  return out;
}

void print_counts(const std::string& name, const std::vector<Answered>& all, double least) {
  const Counts counts = count(all, least);
  print(name + "_precision", counts.precision, "share");
  print(name + "_recall", counts.recall, "share");
  print(name + "_f1", counts.f1(), "share");
  print(name + "_covered_recall", counts.covered_recall, "share");
  print(name + "_covered_f1", counts.covered_f1(), "share");
  print(name + "_precision_at_recall_085", precision_at(all, &Counts::recall), "share");
  print(name + "_precision_at_covered_recall_085", precision_at(all, &Counts::covered_recall), "share");
}

void measure(const std::string& set, const std::vector<std::string>& registry) {
  const auto organisations = pitchblende::bench::read_organisations(registry);
  const double begin = thread_seconds();
  const OrganisationIndex index(organisations);
  print("build_time", thread_seconds() - begin, "s");
  print("organisations", static_cast<double>(index.size()), "organisations");
  const auto strings = pitchblende::bench::read_affiliations(set);

  double fastest = 1e9;
  for (int round = 0; round < k_rounds; ++round) {
    const double start = thread_seconds();
    for (const LabelledAffiliation& string : strings) {
      index.match(string.text);
    }
    fastest = std::min(fastest, thread_seconds() - start);
  }
  print("affiliations", static_cast<double>(strings.size()) / fastest, "strings/s");

  std::unordered_set<std::string_view> here;
  for (const auto& one : organisations) {
    here.insert(one.id);
  }
  std::vector<Answered> best_here, best_all, said_here, said_all;
  for (const LabelledAffiliation& string : strings) {
    const AffiliationAnswer answer = index.match(string.text, {.least = 0, .date = {}});
    best_all.push_back(best(answer, string));
    said_all.push_back(said(answer, string));
    if (std::any_of(string.organisations.begin(), string.organisations.end(),
                    [&](const std::string& id) { return here.contains(id); })) {
      best_here.push_back(best_all.back());
      said_here.push_back(said_all.back());
    }
  }
  print("strings", static_cast<double>(strings.size()), "strings");
  print("strings_of_organisations_not_given", static_cast<double>(strings.size() - best_here.size()), "strings");
  print_counts("best", best_here, pitchblende::resolution::k_least_principal);
  print_counts("best_all", best_all, pitchblende::resolution::k_least_principal);
  print_counts("said", said_here, MatchOptions{}.least);
  print_counts("said_all", said_all, MatchOptions{}.least);
}

}  // namespace

int main(int argc, char** argv) {
  const fs::path folder = fs::path(PB_SOURCE_DIR) / "../shared/data/organisations";
  std::string set = (folder / "20230628_Crossref_publisher_asserted_affiliation_string_ROR_IDs_train.json").string();
  std::vector<std::string> registry{(folder / "ror_v1.jsonl.gz").string(), (folder / "ror_v2.jsonl.gz").string()};
  if (argc == 2) {
    std::fprintf(stderr, "bench_organisations [SET ROR…]\n");
    return 2;
  }
  if (argc > 2) {
    set = argv[1];
    registry.assign(argv + 2, argv + argc);
  } else if (!fs::exists(set)) {
    std::printf("skipped, no ../shared/data\n");
    return 0;
  }
  try {
    measure(set, registry);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "organisations_bench: %s\n", error.what());
    return 1;
  }
  return 0;
}
