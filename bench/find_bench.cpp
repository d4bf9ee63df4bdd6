// Finding by the query grammar: phrases, prefixes, ranges and parentheses, translation by a vocabulary, suggestions
// while typing, experts; and how good the experts are on a judged collection.
//
//   bench_find                  (PB_DOCUMENTS: publications made here, 100,000 otherwise)
//   bench_find experts FOLDER   documents.jsonl, expert_labels.tsv and judged_candidates.txt of another collection
//
// Latencies are the median of three for each question, all on this thread, for a visitor.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "search/search.hpp"

namespace {

using Clock = std::chrono::steady_clock;
namespace search = pitchblende::search;
using pitchblende::Id;
using pitchblende::access::Viewer;
using pitchblende::registry::Kind;
using search::Facet;

constexpr uint64_t k_people = 10'000;
constexpr uint64_t k_concepts = 50'000;

void print(const std::string& figure, double value, const char* unit) {
  std::printf("{\"figure\":\"%s\",\"value\":%.4g,\"unit\":\"%s\"}\n", figure.c_str(), value, unit);
  std::fflush(stdout);
}

double percentile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<size_t>(std::ceil(share * static_cast<double>(values.size()))) - 1];
}

template <typename Ask>
void measure(const std::string& name, size_t questions, Ask&& ask) {
  std::vector<double> times;
  for (size_t i = 0; i < questions; ++i) {
    std::vector<double> runs;
    for (int run = 0; run < 3; ++run) {
      const auto begin = Clock::now();
      ask(i);
      runs.push_back(std::chrono::duration<double>(Clock::now() - begin).count() * 1000);
    }
    times.push_back(percentile(runs, 0.5));
  }
  print(name + "_p50", percentile(times, 0.5), "ms");
  print(name + "_p99", percentile(times, 0.99), "ms");
}

// Words of syllables by Zipf's law.
class Maker {
 public:
  Maker() {
    double sum = 0;
    for (uint32_t i = 0; i < k_words; ++i) {
      sum += 1.0 / (i + 2.7);
      m_cumulative.push_back(sum);
    }
  }
  std::string word() {
    const double at = std::generate_canonical<double, 53>(m_random) * m_cumulative.back();
    return word_of(
        static_cast<uint32_t>(std::lower_bound(m_cumulative.begin(), m_cumulative.end(), at) - m_cumulative.begin()));
  }
  std::string word_between(uint32_t from, uint32_t to) { return word_of(from + below(to - from)); }
  std::string text(int words) {
    std::string out;
    for (int i = 0; i < words; ++i) {
      out += (i > 0 ? " " : "") + word();
    }
    return out;
  }
  uint32_t below(uint32_t end) { return static_cast<uint32_t>(m_random() % end); }

 private:
  static constexpr uint32_t k_words = 100'000;
  static std::string word_of(uint32_t rank) {
    static const char* const syllables[] = {"ba", "cer", "di", "fo",  "gu",  "lan", "me",  "nor",
                                            "pi", "que", "ro", "sta", "tri", "ve",  "cha", "lou"};
    std::string out;
    for (uint32_t left = rank + 16; left > 0; left /= 16) {
      out += syllables[left % 16];
    }
    return out;
  }
  std::mt19937_64 m_random{7};
  std::vector<double> m_cumulative;
};

std::unique_ptr<search::Index> make_index(Maker& maker, uint64_t documents, std::vector<std::string>& phrases) {
  auto index = search::Index::create("unused");
  for (uint64_t i = 1; i <= k_people; ++i) {
    search::Document person;
    person.id = Id(i);
    person.kind = Kind::person;
    person.title = maker.text(2);
    person.texts.push_back({person.title, {}, 10, {}, {}, "family_name"});
    index->put(std::move(person));
  }
  for (uint64_t i = 1; i <= k_concepts; ++i) {
    search::Document term;
    term.id = Id(1'000'000 + i);
    term.kind = Kind::concept_;
    term.title = maker.text(2);
    term.texts.push_back({term.title, "en", 10, {}, {}, "labels"});
    term.texts.push_back({maker.text(2), "fr", 10, {}, {}, "labels"});
    term.texts.push_back({maker.text(3), "en", 8, {}, {}, "synonyms"});
    if (i > 1) {
      term.facets.push_back({Facet::broader, Id(1'000'001 + i / 8).text(), {}});
    }
    index->put(std::move(term));
  }
  for (uint64_t i = 1; i <= documents; ++i) {
    search::Document paper;
    paper.id = Id(10'000'000 + i);
    paper.kind = Kind::publication;
    paper.title = maker.text(12);
    paper.date = 20250000 - maker.below(30) * 10000;
    std::string abstract = maker.text(120);
    if (i % (documents / 100) == 0) {
      const size_t at = abstract.find(' ', abstract.size() / 2) + 1;
      const size_t end = abstract.find(' ', abstract.find(' ', at) + 1);
      phrases.push_back(abstract.substr(at, end - at));
    }
    paper.texts.push_back({paper.title, "en", 8, {}, {}, "title"});
    paper.texts.push_back({std::move(abstract), "en", 4, {}, {}, "abstract"});
    paper.facets.push_back({Facet::year, std::to_string(paper.date / 10000), {}});
    for (int n = 0; n < 4; ++n) {
      paper.facets.push_back({Facet::person, Id(1 + maker.below(k_people)).text(), {}});
      paper.facets.push_back({Facet::concept_, maker.text(2), {}});
    }
    index->put(std::move(paper));
  }
  index->commit();
  return index;
}

void measure_grammar(const search::Index& index, Maker& maker, const std::vector<std::string>& phrases) {
  const auto ask = [&](const std::string& words, search::Translation translation) {
    search::Query query;
    query.words = words;
    query.translation = translation;
    query.facets = {{Facet::kind, 8}, {Facet::year, 8}, {Facet::concept_, 8}, {Facet::person, 8}};
    if (index.search(query, Viewer::visitor()).notes.size() > 9) {
      std::abort();
    }
  };
  const auto none = search::Translation::none;
  std::vector<std::string> words;
  for (int i = 0; i < 100; ++i) {
    words.push_back(maker.word_between(20, 2000) + " " + maker.word_between(20, 2000));
  }
  ask(words[0], search::Translation::by_vocabulary);
  measure("words", words.size(), [&](size_t i) { ask(words[i], none); });
  measure("words_translated", words.size(), [&](size_t i) { ask(words[i], search::Translation::by_vocabulary); });
  measure("phrase", phrases.size(), [&](size_t i) { ask('"' + phrases[i] + '"', none); });
  measure("prefix", words.size(), [&](size_t i) { ask(words[i].substr(0, 4) + "*", none); });
  measure("title_word", words.size(), [&](size_t i) { ask("title:" + words[i].substr(0, words[i].find(' ')), none); });
  measure("boolean", words.size(), [&](size_t i) {
    const std::string& other = words[(i + 1) % words.size()];
    ask("(" + words[i] + " OR " + other + ") NOT " + words[(i + 2) % words.size()] + " year:2010..2020", none);
  });
  measure("topic", words.size(), [&](size_t i) { ask("topic:" + words[i].substr(0, words[i].find(' ')), none); });
  // What the page of the concept above all others asks.
  const std::vector<Id> top{Id(1'000'001)};
  const std::string name = index.known(top, Viewer::visitor()).front().title;
  measure("topic_broadest", 20, [&](size_t) { ask("topic:\"" + name + '"', none); });
}

void measure_help(const search::Index& index, Maker& maker) {
  const auto begin = Clock::now();
  index.suggest("ba", "fr", 8);
  print("suggest_first", std::chrono::duration<double>(Clock::now() - begin).count() * 1000, "ms");
  std::vector<std::string> typed;
  for (int i = 0; i < 300; ++i) {
    const std::string word = maker.text(2);
    typed.push_back(word.substr(0, 2 + maker.below(8)));
  }
  measure("suggest", typed.size(), [&](size_t i) { index.suggest(typed[i], "fr", 8); });
  measure("experts", 50, [&](size_t i) {
    search::ExpertsQuery query;
    query.words = typed[i].size() > 3 ? typed[i] + "*" : maker.word_between(20, 2000);
    query.year = 2026;
    index.experts(query, Viewer::visitor());
  });
}

// Authors of computer science papers.
std::unique_ptr<search::Index> index_of_papers(std::ifstream& in) {
  auto index = search::Index::create("unused");
  std::set<uint64_t> people;
  for (std::string line; std::getline(in, line);) {
    const size_t text = line.find("\"text\": \"") + 9;
    const size_t end = line.find("\", \"candidates\": [", text);
    search::Document paper;
    paper.id = Id(100'000 + std::stoull(line.substr(8)));
    paper.kind = Kind::publication;
    paper.texts.push_back({line.substr(text, end - text), "en", 1, {}, {}, "abstract"});
    std::istringstream names(line.substr(end + 18, line.find(']', end + 18) - end - 18));
    for (std::string name; std::getline(names, name, ',');) {
      const uint64_t person = 1 + std::stoull(name);
      people.insert(person);
      paper.facets.push_back({Facet::person, Id(person).text(), {}});
    }
    index->put(std::move(paper));
  }
  for (const uint64_t person : people) {
    search::Document document;
    document.id = Id(person);
    document.kind = Kind::person;
    index->put(std::move(document));
  }
  index->commit();
  return index;
}

// Of the first ten people that were judged, the share of those that are known for a topic.
double share_of_known(const search::Index& index, const std::string& topic, const std::set<uint64_t>& known,
                      const std::set<uint64_t>& judged) {
  search::ExpertsQuery query;
  query.words = topic;
  std::replace(query.words.begin(), query.words.end(), '_', ' ');
  query.size = 50;
  int seen = 0;
  int right = 0;
  for (const search::Expert& expert : index.experts(query, Viewer::visitor()).people) {
    if (judged.contains(expert.thing.id.bits()) && seen < 10) {
      ++seen;
      right += known.contains(expert.thing.id.bits()) ? 1 : 0;
    }
  }
  return right / 10.0;
}

// False: there is no such collection.
bool measure_experts(const std::string& folder) {
  std::ifstream in(folder + "documents.jsonl");
  if (!in) {
    std::cerr << "experts: skipped, no " << folder << '\n';
    return false;
  }
  const auto index = index_of_papers(in);
  std::map<std::string, std::set<uint64_t>> experts;
  std::ifstream labels(folder + "expert_labels.tsv");
  std::string line;
  for (std::getline(labels, line); std::getline(labels, line);) {
    const size_t tab = line.find('\t');
    experts[line.substr(tab + 1)].insert(1 + std::stoull(line));
  }
  std::set<uint64_t> judged;
  std::ifstream candidates(folder + "judged_candidates.txt");
  for (uint64_t person = 0; candidates >> person;) {
    judged.insert(1 + person);
  }
  double sum = 0;
  for (const auto& [topic, known] : experts) {
    sum += share_of_known(*index, topic, known, judged);
  }
  print("experts_p10_dblp", sum / static_cast<double>(experts.size()), "P@10");
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string(argv[1]) == "experts") {
    return measure_experts(std::string(argv[2]) + "/") ? 0 : 1;
  }
  if (argc > 1) {
    std::fprintf(stderr, "bench_find [experts FOLDER]\n");
    return 2;
  }
  const char* wanted = std::getenv("PB_DOCUMENTS");
  const uint64_t documents = wanted != nullptr ? std::stoull(wanted) : 100'000;
  Maker maker;
  std::vector<std::string> phrases;
  const auto index = make_index(maker, documents, phrases);
  measure_grammar(*index, maker, phrases);
  measure_help(*index, maker);
  measure_experts(PB_SOURCE_DIR "/../shared/data/experts/dblp/");
  return 0;
}
