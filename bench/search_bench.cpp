// Search: indexing, checkpoint and start, a page of hits with seven facets and snippets, quality on judged collections.
//
//   bench_search [corpus.tsv [queries.tsv]]     (or PB_CORPUS, PB_QUERIES; PB_DOCUMENTS for the number made here)
//
// Corpus: id, language, year, institution, journal, type, concepts, authors, title, abstract; queries: number, class,
// operator, words, institution, first and last year. Without one, 200,000 documents and 400 queries of the same shape
// are made here. Latencies are the median of three for each query, all on this thread.
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "search/search.hpp"

namespace {

using Clock = std::chrono::steady_clock;
namespace search = pitchblende::search;
using pitchblende::Id;
using search::Facet;

double since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

// Of this thread's own work: an index is made by one thread, and others may keep the machine busy.
double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void print(const std::string& figure, double value, const char* unit) {
  std::printf("{\"figure\":\"%s\",\"value\":%.4g,\"unit\":\"%s\"}\n", figure.c_str(), value, unit);
  std::fflush(stdout);
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::vector<std::string> split(const std::string& line, char separator) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, separator);) {
    cells.push_back(cell);
  }
  return cells;
}

struct Row {
  uint64_t number = 0;
  std::string lang, year, institution, journal, type;
  std::vector<std::string> concepts;
  std::string title, abstract;
};

struct Question {
  std::string kind;
  search::Query query;
};

using OnRow = std::function<void(Row&&)>;

// Words of one syllable and more by Zipf's law, topics that come back, as the files' maker does it.
class Maker {
 public:
  explicit Maker(uint32_t documents) : m_documents(documents) {
    for (uint32_t i = 0; i < k_words; ++i) {
      m_sum += 1.0 / (i + 2.7);
      m_cumulative.push_back(m_sum);
    }
  }
  void rows(const OnRow& on_row) {
    std::mt19937_64 random(20250101);
    for (uint32_t i = 1; i <= m_documents; ++i) {
      Row row;
      row.number = i;
      row.lang = random() % 10 < 7 ? "en" : "fr";
      row.year = std::to_string(2025 - static_cast<int>(std::min<uint64_t>(random() % 36, random() % 36)));
      row.institution = "inst" + std::to_string(1 + std::min(random() % 7, random() % 7));
      row.journal = "jnl" + std::to_string(rank(random) % 2000);
      row.type = "type" + std::to_string(std::min(random() % 10, random() % 10));
      for (uint64_t n = 5 + random() % 6; n > 0; --n) {
        row.concepts.push_back("cpt" + std::to_string(rank(random) % 5000));
      }
      row.title = text(random, 12);
      row.abstract = text(random, 120);
      on_row(std::move(row));
    }
  }
  std::vector<Question> questions() {
    std::mt19937_64 random(7);
    std::vector<Question> out;
    const auto ask = [&](const char* kind, std::initializer_list<std::pair<uint32_t, uint32_t>> ranks) {
      Question question{kind, {}};
      for (const auto& [from, to] : ranks) {
        question.query.words += word(from + static_cast<uint32_t>(random() % (to - from))) + " ";
      }
      out.push_back(std::move(question));
    };
    for (int i = 0; i < 66; ++i) {
      ask("single_rare", {{20000, 60000}});
      ask("single_mid", {{500, 2500}});
      ask("single_freq", {{4, 90}});
      ask("and2", {{20, 2000}, {20, 2000}});
      ask("or3_5", {{100, 15000}, {100, 15000}, {100, 15000}, {100, 15000}});
      out.back().query.match = search::Match::any;
      ask("or8",
          {{100, 15000}, {100, 15000}, {100, 15000}, {100, 15000}, {100, 15000}, {100, 15000}, {4, 90}, {4, 90}});
      out.back().query.match = search::Match::any;
      ask("and_filter", {{20, 2000}});
      out.back().query.filters = {{Facet::institution, {"inst1"}}, {Facet::year, {"2020", "2021", "2022", "2023"}}};
    }
    return out;
  }

 private:
  static constexpr uint32_t k_words = 200000;
  uint32_t rank(std::mt19937_64& random) const {
    const double at = std::generate_canonical<double, 53>(random) * m_sum;
    return static_cast<uint32_t>(std::lower_bound(m_cumulative.begin(), m_cumulative.end(), at) - m_cumulative.begin());
  }
  static std::string word(uint32_t rank) {
    static const char* const syllables[] = {"ba", "cer", "di", "fo",  "gu",  "lan", "me",  "nor",
                                            "pi", "que", "ro", "sta", "tri", "vé",  "cha", "lou"};
    std::string out;
    for (uint32_t left = rank + 16; left > 0; left /= 16) {
      out += syllables[left % 16];
    }
    return out;
  }
  std::string text(std::mt19937_64& random, int words) {
    std::string out;
    for (int i = 0; i < words; ++i) {
      out += word(rank(random)) + (i + 1 < words ? " " : "");
    }
    return out;
  }

  uint32_t m_documents;
  double m_sum = 0;
  std::vector<double> m_cumulative;
};

void rows_of_file(const std::string& path, const OnRow& on_row) {
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> cells = split(line, '\t');
    if (cells.size() >= 10) {
      on_row({std::stoull(cells[0]), cells[1], cells[2], cells[3], cells[4], cells[5], split(cells[6], ','), cells[8],
              cells[9]});
    }
  }
}

std::vector<Question> questions_of_file(const std::string& path) {
  std::vector<Question> out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> cells = split(line, '\t');
    if (cells.size() < 4 || cells[1] == "prefix") {
      continue;
    }
    Question question{cells[1], {}};
    question.query.words = cells[3];
    question.query.match = cells[2] == "or" ? search::Match::any : search::Match::all;
    if (cells.size() >= 7 && !cells[4].empty()) {
      question.query.filters.push_back({Facet::institution, {cells[4]}});
      search::Filter years{Facet::year, {}};
      for (int year = std::stoi(cells[5]); year <= std::stoi(cells[6]); ++year) {
        years.values.push_back(std::to_string(year));
      }
      question.query.filters.push_back(years);
    }
    out.push_back(std::move(question));
  }
  return out;
}

search::Document document_of(Row&& row) {
  search::Document document;
  document.id = Id(row.number * 0x9E3779B97F4A7C15u);
  document.kind = pitchblende::registry::Kind::publication;
  document.title = row.title;
  document.texts.push_back({std::move(row.title), row.lang, 8, {}});
  document.texts.push_back({std::move(row.abstract), row.lang, 1, {}});
  document.facets = {{Facet::institution, row.institution, {}},
                     {Facet::group, row.type, {}},
                     {Facet::year, row.year, {}},
                     {Facet::journal, row.journal, {}},
                     {Facet::place, row.lang, {}}};
  for (std::string& value : row.concepts) {
    document.facets.push_back({Facet::concept_, std::move(value), {}});
  }
  return document;
}

void measure_indexing(const std::function<void(const OnRow&)>& rows, const std::string& folder) {
  const std::unique_ptr<search::Index> index = search::Index::create(folder);
  double seconds = 0;  // of the index alone, without the reading
  rows([&](Row&& row) {
    search::Document document = document_of(std::move(row));
    const double from = processor_seconds();
    index->put(std::move(document));
    seconds += processor_seconds() - from;
  });
  const double from = processor_seconds();
  index->commit();
  seconds += processor_seconds() - from;
  const search::Size size = index->size();
  print("index_rate", static_cast<double>(size.documents) / seconds, "docs/s");
  print("bytes_per_doc", static_cast<double>(size.bytes) / static_cast<double>(size.documents), "B");
  print("segments", size.segments, "segments");
  auto begin = Clock::now();
  if (const auto written = index->checkpoint(1); !written) {
    std::cerr << written.error().message() << '\n';
    std::exit(1);
  }
  print("checkpoint_time", since(begin), "s");
  print("index_memory", peak_megabytes(), "MB");

  // One small change to the whole, as a person's edit makes it.
  begin = Clock::now();
  for (uint64_t i = 1; i <= 20; ++i) {
    search::Document document;
    document.id = Id(i);
    document.title = "one more";
    document.texts.push_back({"one more document about mantle-cell lymphoma", "en", 8, {}});
    index->put(std::move(document));
    index->commit();
  }
  print("edit_time", since(begin) / 20 * 1000, "ms");
}

double percentile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<size_t>(std::ceil(share * static_cast<double>(values.size()))) - 1];
}

void measure_searching(const std::vector<Question>& questions, const std::string& folder) {
  const auto begin = Clock::now();
  const auto opened = search::Index::open(folder);
  print("open_time", since(begin), "s");
  if (!opened) {
    std::cerr << opened.error().message() << '\n';
    std::exit(1);
  }
  std::map<std::string, std::vector<double>> times;
  uint64_t found = 0;
  for (int pass = 0; pass < 2; ++pass) {  // the first one warms up
    times.clear();
    for (const Question& question : questions) {
      std::vector<double> runs;
      for (int run = 0; run < (pass == 0 ? 1 : 3); ++run) {
        const auto start = Clock::now();
        const search::Answer answer = (*opened)->search(question.query, pitchblende::access::Viewer::visitor());
        runs.push_back(since(start) * 1000);
        found += answer.count;
      }
      times["search"].push_back(percentile(runs, 0.5));
      times["search_" + question.kind].push_back(percentile(runs, 0.5));
    }
  }
  if (found == 0) {
    std::cerr << "nothing was found\n";
    std::exit(1);
  }
  for (const auto& [name, values] : times) {
    print(name + "_p50", percentile(values, 0.5), "ms");
    print(name + "_p99", percentile(values, 0.99), "ms");
  }
  print("search_memory", peak_megabytes(), "MB");
}

// Judged collections in the shape of SMART: ".I number", ".W", text.
std::vector<std::string> smart_texts(const std::string& path, std::vector<std::string>* numbers = nullptr) {
  std::vector<std::string> out;
  std::ifstream in(path);
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(".I")) {
      out.emplace_back();
      if (numbers != nullptr) {
        numbers->push_back(std::to_string(std::stoi(line.substr(2))));
      }
      inside = false;
    } else if (line.size() >= 2 && line[0] == '.' && line[1] >= 'A' && line[1] <= 'Z') {
      inside = line[1] == 'W';
    } else if (inside) {
      out.back() += line + " ";
    }
  }
  return out;
}

double ndcg(const search::Index& index, const std::vector<std::string>& questions,
            const std::vector<std::string>& numbers, const std::map<std::string, std::set<std::string>>& judged) {
  double sum = 0;
  int count = 0;
  for (size_t i = 0; i < questions.size(); ++i) {
    const auto relevant = judged.find(numbers[i]);
    if (relevant == judged.end()) {
      continue;
    }
    search::Query query;
    query.words = questions[i];
    query.match = search::Match::any;  // as the peers' figures
    query.snippets = false;
    double gain = 0;
    double ideal = 0;
    const search::Answer answer = index.search(query, pitchblende::access::Viewer::visitor());
    for (size_t place = 0; place < 10; ++place) {
      const double value = 1 / std::log2(static_cast<double>(place) + 2);
      ideal += place < relevant->second.size() ? value : 0;
      gain += place < answer.hits.size() && relevant->second.contains(std::to_string(answer.hits[place].id.bits()))
                  ? value
                  : 0;
    }
    sum += gain / ideal;
    ++count;
  }
  return count > 0 ? sum / count : 0;
}

void measure_quality(const std::string& name, const std::string& documents, const std::string& queries,
                     const std::string& judgements, size_t document_column) {
  std::vector<std::string> document_numbers;
  const std::vector<std::string> texts = smart_texts(documents, &document_numbers);
  if (texts.empty()) {
    std::cerr << name << ": skipped, no " << documents << '\n';
    return;
  }
  const std::unique_ptr<search::Index> index = search::Index::create("unused");
  for (size_t i = 0; i < texts.size(); ++i) {
    search::Document document;
    document.id = Id(std::stoull(document_numbers[i]));
    document.texts.push_back({texts[i], "en", 1, {}});
    index->put(std::move(document));
  }
  index->commit();
  std::vector<std::string> numbers;
  const std::vector<std::string> questions = smart_texts(queries, &numbers);
  if (name == "cranfield") {  // its judgements number the queries by their place
    for (size_t i = 0; i < numbers.size(); ++i) {
      numbers[i] = std::to_string(i + 1);
    }
  }
  std::map<std::string, std::set<std::string>> judged;
  std::ifstream in(judgements);
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    const std::vector<std::string> cells{std::istream_iterator<std::string>(words), {}};
    const bool relevant = cells.size() > 2 && (name != "cranfield" || std::stoi(cells[2]) > 0);
    if (relevant) {
      judged[cells[0]].insert(cells[document_column]);
    }
  }
  print("ndcg10_" + name, ndcg(*index, questions, numbers, judged), "nDCG@10");
}

}  // namespace

int main(int count, char** arguments) {
  const auto setting = [&](int at, const char* name) {
    const char* value = count > at ? arguments[at] : std::getenv(name);
    return std::string(value != nullptr ? value : "");
  };
  const std::string corpus = setting(1, "PB_CORPUS");
  const std::string queries = setting(2, "PB_QUERIES");
  const char* wanted = std::getenv("PB_DOCUMENTS");
  Maker maker(wanted != nullptr ? static_cast<uint32_t>(std::stoul(wanted)) : 200000);
  const std::string folder =
      (std::filesystem::temp_directory_path() / ("bench_search_" + std::to_string(getpid()))).string();

  const pid_t child = fork();  // so that each half has its own peak of memory
  if (child == 0) {
    measure_indexing([&](const OnRow& on_row) { corpus.empty() ? maker.rows(on_row) : rows_of_file(corpus, on_row); },
                     folder);
    std::exit(0);
  }
  int status = 1;
  waitpid(child, &status, 0);
  if (status == 0) {
    measure_searching(queries.empty() ? maker.questions() : questions_of_file(queries), folder);
    const std::string judged = PB_SOURCE_DIR "/../shared/data/retrieval/";
    measure_quality("med", judged + "med/MED.ALL", judged + "med/MED.QRY", judged + "med/MED.REL", 2);
    measure_quality("cranfield", judged + "cranfield/cran.all.1400", judged + "cranfield/cran.qry",
                    judged + "cranfield/cranqrel", 1);
  }
  std::filesystem::remove_all(folder);
  return status == 0 ? 0 : 1;
}
