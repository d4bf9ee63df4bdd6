// Who is who, measured: mentions and keys made per second, resolution of 64 k and 1 M author mentions, a block of
// 20,000 namesakes, memory; and how right it is on sets whose bearers are known.
#include <sys/resource.h>

#include <cmath>
#include <cstdio>
#include <ctime>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "registry/kinds.hpp"
#include "resolution/labelled_sets.hpp"
#include "resolution/losses.hpp"
#include "resolution/models.hpp"
#include "resolution/reach.hpp"
#include "resolution/resolution.hpp"
#include "resolution/scores.hpp"

namespace {

using pitchblende::registry::Attribute;
using pitchblende::registry::Kind;
using pitchblende::registry::Record;
using pitchblende::registry::Value;
namespace registry = pitchblende::registry;
namespace resolution = pitchblende::resolution;
namespace bench = pitchblende::bench;

void print(const char* figure, double value, const char* unit) {
  std::printf("{\"figure\":\"%s\",\"value\":%.4g,\"unit\":\"%s\"}\n", figure, value, unit);
  std::fflush(stdout);
}

// Of this process: what is measured runs on one core, and others may use it too.
double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// Papers of an invented country: researchers with a name, an institution and some colleagues.
class Papers {
 public:
  explicit Papers(size_t people) : m_people(people) {
    for (size_t at = 0; at < people; ++at) {
      // Family names are as uneven as real ones: a few are borne by thousands.
      const auto rank = static_cast<size_t>(std::pow(static_cast<double>(people) / 3, m_even(m_random)));
      m_people[at] = {word(rank, 3), word(m_random() % 400, 2), word(m_random() % 400, 2),
                      m_random() % (people / 40 + 1)};
    }
  }

  Record paper(int number) {
    Record record{Kind::publication, std::to_string(10'000'000 + number), {}, false, {}, {}};
    record.add(registry::field(Kind::publication, "pmid"), record.key);
    record.add(registry::field(Kind::publication, "title"), "Effects of " + word(m_random() % 100'000, 3) + " on " +
                                                                word(m_random() % 100'000, 3) + " in a model of " +
                                                                std::to_string(number));
    record.add(registry::field(Kind::publication, "year"), std::to_string(1990 + number % 35));
    const size_t lead = m_random() % m_people.size();
    const size_t count = 1 + m_random() % 11;
    std::set<size_t> authors{lead};
    while (authors.size() < count) {
      authors.insert((lead + m_random() % 25) % m_people.size());
    }
    for (const size_t author : authors) {
      add_author(record, m_people[author]);
    }
    return record;
  }

  void add_namesake(Record& record, const std::string& given, size_t institution) {
    add_author(record, {"wang", given, {}, institution});
  }

 private:
  struct Person {
    std::string family;
    std::string given;
    std::string second;
    size_t institution = 0;
  };

  static std::string word(size_t number, int syllables) {
    static const char* const k_syllables[] = {"ba", "ce", "di", "fo", "gu",  "la",  "me",  "ni",  "po",  "ru",
                                              "sa", "te", "vi", "zo", "chu", "bra", "cle", "dri", "flo", "gru"};
    std::string out;
    for (int at = 0; at < syllables || number > 0; ++at) {
      out += k_syllables[number % 20];
      number /= 20;
    }
    out.front() = static_cast<char>(out.front() - 'a' + 'A');
    return out;
  }

  void add_author(Record& record, const Person& person) {
    Value& value = record.add(registry::field(Kind::publication, "authors"), person.family + " " + person.given);
    value.with(Attribute::family, person.family);
    const std::string initials = person.given.substr(0, 1) + person.second.substr(0, 1);
    if (m_random() % 10 < 6) {
      value.with(Attribute::given, person.given);
    }
    value.with(Attribute::initials, initials);
    if (m_random() % 10 < 6) {
      value.with(Attribute::affiliation, "Department of Oncology, University Hospital of " +
                                             word(person.institution, 3) + ", 75005 " +
                                             word(person.institution % 50, 2) + ", France.");
    }
  }

  std::mt19937_64 m_random{20'260'101};
  std::uniform_real_distribution<double> m_even{0, 1};
  std::vector<Person> m_people;
};

resolution::Input generate(size_t mentions, size_t people, bool measure) {
  Papers papers(people);
  resolution::Input input;
  input.mentions.reserve(mentions + 12);
  double making = 0;
  int64_t keys = 0;
  for (int number = 0; input.mentions.size() < mentions; ++number) {
    const Record record = papers.paper(number);
    const double begin = processor_seconds();
    for (resolution::Mention& mention : resolution::mentions_of(record, number + 1, "pubmed", "")) {
      if (measure) {
        keys += static_cast<int64_t>(resolution::blocking_keys(mention).size());
      }
      input.mentions.push_back(std::move(mention));
    }
    making += processor_seconds() - begin;
  }
  if (measure) {
    print("mentions_and_keys", static_cast<double>(input.mentions.size()) / making, "mentions/s");
    print("keys_per_mention", static_cast<double>(keys) / static_cast<double>(input.mentions.size()), "keys");
  }
  return input;
}

void measure_namesakes() {
  Papers papers(1000);
  resolution::Input input;
  std::mt19937 random(7);
  for (int number = 0; number < 20'000; ++number) {
    Record record{Kind::publication, std::to_string(number), {}, false, {}, {}};
    papers.add_namesake(record, number % 3 == 0 ? "Y" : "Yan" + std::string(1, static_cast<char>('a' + random() % 26)),
                        random() % 300);
    auto made = resolution::mentions_of(record, number + 1, "pubmed", "");
    std::move(made.begin(), made.end(), std::back_inserter(input.mentions));
  }
  const double begin = processor_seconds();
  resolution::resolve(input);
  print("resolve_20k_namesakes", processor_seconds() - begin, "s");
}

void print_scores(const std::string& set, const bench::ClusterScores& scores) {
  const std::pair<const char*, const bench::Score*> both[] = {{"_b3", &scores.cubed}, {"_pairwise", &scores.pairwise}};
  for (const auto& [name, score] : both) {
    print((set + name + "_precision").c_str(), score->precision, "");
    print((set + name + "_recall").c_str(), score->recall, "");
    print((set + name + "_f1").c_str(), score->f1(), "");
  }
}

void print_reach(const std::string& set, const bench::Reach& reach) {
  const auto share = [&](size_t part) {
    return static_cast<double>(part) / static_cast<double>(std::max<size_t>(1, reach.pairs));
  };
  print((set + "_true_pairs").c_str(), static_cast<double>(reach.pairs), "pairs");
  print((set + "_blocking_missed").c_str(), 1 - share(reach.blocked), "");
  print((set + "_reach_missed").c_str(), 1 - share(reach.reached), "");
  print((set + "_names_apart").c_str(), share(reach.conflicting), "");
  print((set + "_compared").c_str(), static_cast<double>(reach.compared), "pairs");
}

void print_losses(const std::string& set, const bench::Losses& losses) {
  for (const auto& [kind, lost] : losses.split) {
    print((set + "_split_" + kind).c_str(), lost, "");
  }
  for (const auto& [kind, lost] : losses.merged) {
    print((set + "_merged_" + kind).c_str(), lost, "");
  }
}

// With the model that ships, which has learned from the sets of ../shared/data: there the figures flatter it, and those
// that count are of cross-validation (bench/resolution/README.md).
// False: there is no such set.
bool measure_set(const std::optional<bench::LabelledSet>& set) {
  if (!set) {
    return false;
  }
  std::vector<std::pair<std::string, std::string>> found;
  std::map<resolution::MentionRef, int> cluster_of;
  int number = 0;
  for (const resolution::Cluster& cluster : resolution::resolve(set->input).clusters) {
    ++number;
    for (const resolution::MentionRef& member : cluster.members) {
      if (const auto bearer = set->bearers.find(member); bearer != set->bearers.end()) {
        found.emplace_back(std::to_string(number), bearer->second);
        cluster_of[member] = number;
      }
    }
  }
  print_scores(set->name, bench::score_clusters(found));
  print_reach(set->name, bench::reach(*set));
  print_losses(set->name, bench::losses(*set, cluster_of));
  return true;
}

bool measure_pairs(const std::optional<bench::LabelledPairs>& set) {
  if (!set) {
    return false;
  }
  const bench::Score score = bench::score_pairs(*set, resolution::people_model());
  print("pairs_precision", score.precision, "");
  print("pairs_recall", score.recall, "");
  print("pairs_f1", score.f1(), "");
  print_reach("pairs", bench::reach(*set));
  print("pairs_without_article", static_cast<double>(set->without_article), "pairs");
  return true;
}

int told(bool measured, const char* path) {
  if (!measured) {
    std::fprintf(stderr, "resolution_bench: no such set in %s\n", path);
  }
  return measured ? 0 : 1;
}

void measure_shared(const std::string& shared) {
  const bool song = measure_set(bench::read_song(shared + "/people/song_pubmed_half.csv"));
  const bool signatures = measure_set(bench::read_signatures(shared + "/people/qian"));
  const bool pairs =
      measure_pairs(bench::read_pairs(shared + "/people/vishnyakova_pairs_train.csv", shared + "/publications/pubmed"));
  if (!song || !signatures || !pairs) {
    std::fprintf(stderr, "skipped, no ../shared/data\n");
  }
}

// Seconds of processor time by mentions, people as many as a tenth of them: whether it grows as they do.
void measure_growth(size_t most) {
  for (const size_t mentions : {10'000, 30'000, 100'000, 300'000, 1'000'000, 3'000'000}) {
    if (mentions > most) {
      break;
    }
    const resolution::Input input = generate(mentions, mentions / 10, false);
    const double begin = processor_seconds();
    resolution::resolve(input);
    const double took = processor_seconds() - begin;
    print(("growth_" + std::to_string(mentions)).c_str(), took, "s");
    print(("growth_" + std::to_string(mentions) + "_each").c_str(), took / static_cast<double>(mentions) * 1e6, "µs");
    print(("growth_" + std::to_string(mentions) + "_peak").c_str(), peak_megabytes(), "MB");
  }
}

}  // namespace

// bench_resolution                        all of it, on ../shared/data
// bench_resolution song FILE.csv          a set of the shape of Song et al.
// bench_resolution signatures FOLDER      signatures.json and clusters.json
// bench_resolution pairs FILE.csv FOLDER  labelled pairs, and the folder of PubMed files with their articles
// bench_resolution growth MENTIONS        from 10,000 invented mentions to so many
int main(int argc, char** argv) {
  const std::string set = argc > 2 ? argv[1] : "";
  if (set == "song") {
    return told(measure_set(bench::read_song(argv[2])), argv[2]);
  }
  if (set == "signatures") {
    return told(measure_set(bench::read_signatures(argv[2])), argv[2]);
  }
  if (set == "pairs" && argc > 3) {
    return told(measure_pairs(bench::read_pairs(argv[2], argv[3])), argv[2]);
  }
  if (set == "growth") {
    measure_growth(std::strtoull(argv[2], nullptr, 10));
    return 0;
  }
  if (argc > 1) {
    std::fprintf(stderr, "song FILE, signatures FOLDER, pairs FILE FOLDER, growth MENTIONS, or nothing\n");
    return 2;
  }
  measure_shared(PB_SOURCE_DIR "/../shared/data");
  measure_namesakes();
  {
    const resolution::Input input = generate(70'000, 20'000, true);
    const double begin = processor_seconds();
    resolution::resolve(input);
    print("resolve_70k", processor_seconds() - begin, "s");
  }
  const resolution::Input input = generate(1'000'000, 100'000, false);
  print("mentions_1m_memory", peak_megabytes(), "MB");
  const double begin = processor_seconds();
  const auto clusters = resolution::resolve(input).clusters;
  const double took = processor_seconds() - begin;
  print("resolve_1m", took, "s");
  print("resolve_rate", static_cast<double>(input.mentions.size()) / took, "mentions/s");
  print("clusters_1m", static_cast<double>(clusters.size()), "clusters");
  print("peak_memory", peak_megabytes(), "MB");
  return 0;
}
