// Bytes in memory to records, on one core. PubMed's are those of ../shared/data, or invented where it is not there;
// beside it pugixml makes a tree of the same bytes, and memchr() looks at each of them.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <functional>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "sources/bytes.hpp"
#include "sources/pubmed/pubmed.hpp"
#include "sources/ror.hpp"
#include "sources/tables/tabular.hpp"

namespace {

namespace fs = std::filesystem;
using pitchblende::Result;
using pitchblende::registry::Record;
using pitchblende::sources::Finding;
using pitchblende::sources::Place;
using pitchblende::sources::RecordSink;
using pitchblende::sources::Settings;

constexpr int k_rounds = 7;
constexpr size_t k_invented_bytes = 48 << 20;

class Counter final : public RecordSink {
 public:
  void accept(Record&& record, const Place&) override {
    const Record taken = std::move(record);  // as whoever takes it does, its memory is given back here
    ++accepted;
    values += static_cast<int64_t>(taken.values.size());
  }
  void reject(Finding&&) override { ++rejected; }
  void notice(Finding&&) override { ++notices; }
  bool progress(int64_t) override { return true; }

  int64_t accepted = 0;
  int64_t rejected = 0;
  int64_t notices = 0;
  int64_t values = 0;
};

void must(bool done, const std::string& what) {
  if (!done) {
    std::fprintf(stderr, "sources_bench: %s\n", what.c_str());
    std::exit(1);
  }
}

void print(const char* figure, double value, const char* unit) {
  std::printf("{\"figure\":\"%s\",\"value\":%.1f,\"unit\":\"%s\"}\n", figure, value, unit);
  std::fflush(stdout);
}

// Of this thread's own time, the best of some rounds: what the code takes, and not what else the machine does.
double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double best_seconds(const std::function<void()>& work) {
  double best = 1e9;
  for (int round = 0; round < k_rounds; ++round) {
    const double begin = thread_seconds();
    work();
    best = std::min(best, thread_seconds() - begin);
  }
  return best;
}

std::string invented_article(int number) {
  const std::string id = std::to_string(10'000'000 + number);
  std::string out =
      "<PubmedArticle>\n  <MedlineCitation Status=\"MEDLINE\" Owner=\"NLM\">\n    <PMID Version=\"1\">" + id +
      "</PMID>\n    <Article PubModel=\"Print\">\n      <Journal>\n        <Title>Annals of invention</Title>\n"
      "      </Journal>\n      <ArticleTitle>Invented effects of compound " +
      id +
      " on nothing.</ArticleTitle>\n"
      "      <Abstract>\n        <AbstractText Label=\"METHODS\">";
  for (int sentence = 0; sentence < 12; ++sentence) {
    out += "Cells of line " + std::to_string(sentence) +
           " were counted &lt; 5 times, and nothing was found in any of them. ";
  }
  out += "</AbstractText>\n      </Abstract>\n      <AuthorList CompleteYN=\"Y\">\n";
  for (int author = 0; author < 20; ++author) {
    out += "        <Author ValidYN=\"Y\">\n          <LastName>Exemple" + std::to_string(author) +
           "</LastName>\n          <ForeName>Camille</ForeName>\n          <Initials>C</Initials>\n"
           "          <AffiliationInfo>\n            <Affiliation>Institut d’exemple, 1 rue Inventée, "
           "Paris.</Affiliation>\n"
           "          </AffiliationInfo>\n        </Author>\n";
  }
  return out +
         "      </AuthorList>\n      <Language>eng</Language>\n    </Article>\n  "
         "</MedlineCitation>\n</PubmedArticle>\n";
}

fs::path g_data = fs::path(PB_SOURCE_DIR) / "../shared/data";

// Of every file in a folder of the data, or of one; empty where it is not there.
std::string shared_bytes(const char* path) {
  const fs::path folder = g_data / path;
  std::string all;
  std::vector<fs::path> files;
  if (fs::is_directory(folder)) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      files.push_back(entry.path());
    }
  }
  if (fs::is_regular_file(folder)) {
    files.push_back(folder);
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    auto stream = pitchblende::sources::open_bytes(file.string(), {});
    must(stream.has_value(), file.string());
    const Result<std::string> bytes = pitchblende::sources::read_all(**stream, file.string(), int64_t{1} << 30);
    must(bytes.has_value(), file.string());
    all += *bytes;
  }
  return all;
}

std::string pubmed_bytes() {
  std::string all = shared_bytes("publications/pubmed");
  if (all.empty()) {
    std::fprintf(stderr, "sources_bench: no ../shared/data: invented articles are measured\n");
    all = "<PubmedArticleSet>\n";
    for (int number = 0; all.size() < k_invented_bytes; ++number) {
      all += invented_article(number);
    }
    all += "</PubmedArticleSet>\n";
  }
  return all;
}

void measure_pubmed() {
  const std::string bytes = pubmed_bytes();
  const double megabytes = static_cast<double>(bytes.size()) / 1e6;
  Counter counter;
  const double ours = best_seconds([&] {
    counter = {};
    const auto stream = pitchblende::sources::memory_bytes(bytes);
    must(pitchblende::sources::read_pubmed(*stream, "memory", {}, counter).has_value(), "PubMed does not read");
  });
  must(counter.accepted > 0 && counter.rejected == 0, "articles were rejected");
  print("pubmed_parse", megabytes / ours, "MB/s");
  print("pubmed_articles", static_cast<double>(counter.accepted) / ours, "articles/s");
  print("pubmed_values", static_cast<double>(counter.values) / ours, "values/s");

  const double tree = best_seconds([&] {
    pugi::xml_document document;
    must(document.load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_fragment), "pugixml");
  });
  print("pubmed_parse_pugixml_tree", megabytes / tree, "MB/s");
  size_t tags = 0;
  const double touch = best_seconds([&] {
    tags = 0;
    const char* end = bytes.data() + bytes.size();
    for (const char* at = bytes.data();
         (at = static_cast<const char*>(std::memchr(at, '<', static_cast<size_t>(end - at)))); ++at) {
      ++tags;
    }
  });
  must(tags > 0, "no tags");
  print("pubmed_touch", megabytes / touch, "MB/s");
}

std::string invented_organisation(int number) {
  const std::string id = std::to_string(number);
  return "{\"id\":\"https://ror.org/"
         "02mhbdp94\",\"names\":[{\"lang\":\"en\",\"types\":[\"label\",\"ror_display\"],\"value\":\"Institute "
         "of invention " +
         id +
         "\"}],\"types\":[\"education\"],\"status\":\"active\",\"established\":1950,\"locations\":[],\"relationships\":"
         "[]}\n";
}

void measure_ror() {
  std::string bytes = shared_bytes("organisations/ror_v2.jsonl.gz");
  for (int number = 0; number < 50'000 && bytes.size() < (1 << 20); ++number) {
    bytes += invented_organisation(number);
  }
  Counter counter;
  const double ours = best_seconds([&] {
    counter = {};
    const auto stream = pitchblende::sources::memory_bytes(bytes);
    must(pitchblende::sources::read_ror(*stream, "memory", {}, counter).has_value(), "ROR does not read");
  });
  must(counter.accepted > 0, "no organisation was read");
  print("ror_parse", static_cast<double>(counter.accepted) / ours, "organisations/s");
  print("ror_parse_bytes", static_cast<double>(bytes.size()) / 1e6 / ours, "MB/s");
}

// A staff list as an institution sends it.
std::string invented_table() {
  std::string out = "Matricule;Nom;Prénom;Courriel;Équipe;Fonction;Depuis\r\n";
  for (int row = 0; row < 100'000; ++row) {
    const std::string id = std::to_string(row);
    out += id + ";EXEMPLE-" + id + ";Camille;camille" + id + "@example.org;\"Équipe " + std::to_string(row % 300) +
           ", invention\";Ingénieur d’études;" + std::to_string(1 + row % 28) + "/0" + std::to_string(1 + row % 9) +
           "/2015\r\n";
  }
  return out;
}

void measure_csv() {
  const std::string bytes = invented_table();
  std::string_view mapping;
  for (const auto& ready : pitchblende::sources::ready_mappings()) {
    mapping = ready.name == "people" ? ready.toml : mapping;
  }
  Settings settings;
  settings.source = "bench";
  settings.institution = "exemple";
  Counter counter;
  const double ours = best_seconds([&] {
    counter = {};
    must(pitchblende::sources::read_table_bytes(bytes, settings, mapping, counter).has_value(),
         "the table does not read");
  });
  must(counter.accepted >= 100'000 && counter.rejected == 0, "rows were rejected");
  print("csv_parse", static_cast<double>(bytes.size()) / 1e6 / ours, "MB/s");
  print("csv_rows", 1e5 / ours, "rows/s");
}

}  // namespace

// bench_sources [DATA]: a folder of the shape of ../shared/data, publications/pubmed and organisations/ror_v2.jsonl.gz
// in it.
int main(int argc, char** argv) {
  g_data = argc > 1 ? fs::path(argv[1]) : g_data;
  measure_pubmed();
  measure_ror();
  measure_csv();
  return 0;
}
