// Who is who, measured: mentions and keys made per second, resolution of 64 k and 1 M author mentions, a block of
// 20,000 namesakes, memory; and, where the shared data is, how right it is on the gold set of Song et al. (38 name
// blocks).
#include <sys/resource.h>

#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "registry/kinds.hpp"
#include "resolution/resolution.hpp"

namespace {

using pitchblende::registry::Attribute;
using pitchblende::registry::Kind;
using pitchblende::registry::Record;
using pitchblende::registry::Value;
namespace registry = pitchblende::registry;
namespace resolution = pitchblende::resolution;

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

std::vector<std::vector<std::string>> read_csv(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  const std::string text = bytes.str();
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      if (quoted && at + 1 < text.size() && text[at + 1] == '"') {
        rows.back().back() += text[++at];
      } else {
        quoted = !quoted;
      }
    } else if (c == ',' && !quoted) {
      rows.back().emplace_back();
    } else if (c == '\n' && !quoted) {
      rows.emplace_back(1);
    } else if (c != '\r' || quoted) {
      rows.back().back() += c;
    }
  }
  return rows;
}

// One paper per row: the author in question first, then his co-authors ("Exemple C||…").
Record song_record(const std::vector<std::string>& row, size_t number) {
  Record record{Kind::publication, row[1] + "-" + std::to_string(number), {}, false, {}, {}};
  const auto authors = registry::field(Kind::publication, "authors");
  Value& value = record.add(authors, row[2] + " " + row[5]);
  value.with(Attribute::family, row[2]).with(Attribute::initials, row[5]).with(Attribute::email, row[9]);
  if (row[3].size() > 1) {
    value.with(Attribute::given, row[4].empty() ? row[3] : row[3] + " " + row[4]);
  }
  value.with(Attribute::affiliation, row[8]);
  std::stringstream others(row[10]);
  for (std::string other; std::getline(others, other, '|');) {
    record.add(authors, other);
  }
  return record;
}

struct Measured {
  double precision = 0;
  double recall = 0;
  double f1() const { return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0; }
};

void print_song(const std::vector<std::pair<int64_t, std::string>>& found) {
  std::map<int64_t, double> cluster;
  std::map<std::string, double> truth;
  std::map<std::pair<int64_t, std::string>, double> both;
  for (const auto& [id, author] : found) {
    ++cluster[id];
    ++truth[author];
    ++both[{id, author}];
  }
  Measured cubed;
  double together = 0;
  for (const auto& [at, count] : both) {
    cubed.precision += count * count / cluster[at.first] / static_cast<double>(found.size());
    cubed.recall += count * count / truth[at.second] / static_cast<double>(found.size());
    together += count * (count - 1) / 2;
  }
  const auto pairs = [](const auto& sizes) {
    double sum = 0;
    for (const auto& [at, count] : sizes) {
      sum += count * (count - 1) / 2;
    }
    return sum;
  };
  const Measured pairwise{together / pairs(cluster), together / pairs(truth)};
  print("song_b3_precision", cubed.precision, "");
  print("song_b3_recall", cubed.recall, "");
  print("song_b3_f1", cubed.f1(), "");
  print("song_pairwise_precision", pairwise.precision, "");
  print("song_pairwise_recall", pairwise.recall, "");
  print("song_pairwise_f1", pairwise.f1(), "");
}

void measure_song() {
  const auto rows = read_csv(PB_SOURCE_DIR "/../shared/data/people/song_pubmed_half.csv");
  if (rows.size() < 100) {
    std::fprintf(stderr, "skipped, no ../shared/data\n");
    return;
  }
  resolution::Input input;
  std::map<int64_t, std::string> truth;
  for (size_t at = 1; at < rows.size(); ++at) {
    if (rows[at].size() < 17) {
      continue;
    }
    const auto record = static_cast<int64_t>(at);
    auto made = resolution::mentions_of(song_record(rows[at], at), record, "song", "");
    std::move(made.begin(), made.end(), std::back_inserter(input.mentions));
    truth[record] = rows[at][16];
  }
  std::vector<std::pair<int64_t, std::string>> found;
  int64_t number = 0;
  for (const resolution::Cluster& cluster : resolution::resolve(input).clusters) {
    ++number;
    for (const resolution::MentionRef& member : cluster.members) {
      if (member.part == 1) {
        found.emplace_back(number, truth[member.record]);
      }
    }
  }
  print_song(found);
}

}  // namespace

int main() {
  measure_song();
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
