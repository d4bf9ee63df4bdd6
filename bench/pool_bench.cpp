// The main job as its user runs it: the program itself, from an empty folder to a search, timed and weighed from
// outside.
//
//   bench_pool [shared data folder] [publications]
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <random>
#include <vector>

#include "consortium.hpp"
#include "search/search.hpp"

namespace pitchblende::bench {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

struct Cost {
  double seconds = 0;
  double megabytes = 0;
  int exit = -1;
};

void figure(const std::string& name, double value, const char* unit) {
  std::printf("{\"figure\":\"%s\",\"value\":%.4g,\"unit\":\"%s\"}\n", name.c_str(), value, unit);
  std::fflush(stdout);
}

// Runs the program; its words go to `log`.
Cost run(const std::vector<std::string>& arguments, const std::string& log) {
  const auto begin = Clock::now();
  const pid_t child = fork();
  if (child == 0) {
    const int file = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    dup2(file, STDOUT_FILENO);
    dup2(file, STDERR_FILENO);
    std::vector<char*> raw;
    for (const std::string& argument : arguments) {
      raw.push_back(const_cast<char*>(argument.c_str()));
    }
    raw.push_back(nullptr);
    execv(raw[0], raw.data());
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  const std::chrono::duration<double> took = Clock::now() - begin;
  return {took.count(), static_cast<double>(usage.ru_maxrss) / 1024, WIFEXITED(status) ? WEXITSTATUS(status) : -1};
}

class Scenario {
 public:
  Scenario(std::string program, fs::path folder) : m_program(std::move(program)), m_folder(std::move(folder)) {
    fs::remove_all(m_folder);
    fs::create_directories(m_folder);
  }

  Cost pitchblende(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {m_program, "--data", data()});
    const Cost cost = run(arguments, (m_folder / "log").string());
    if (cost.exit != 0 && cost.exit != 3) {
      std::cerr << "bench_pool: " << arguments[3] << " ended with " << cost.exit << "; see " << m_folder / "log"
                << '\n';
      std::exit(1);
    }
    return cost;
  }
  std::string data() const { return (m_folder / "data").string(); }
  const fs::path& folder() const { return m_folder; }

 private:
  std::string m_program;
  fs::path m_folder;
};

std::vector<std::string> shared_files(const fs::path& shared) {
  std::vector<std::string> files{"pool"};
  std::vector<fs::path> pubmed;
  for (const auto& entry : fs::directory_iterator(shared / "publications/pubmed")) {
    if (entry.path().extension() == ".gz") {
      pubmed.push_back(entry.path());
    }
  }
  std::sort(pubmed.begin(), pubmed.end());
  for (const fs::path& file : pubmed) {
    files.push_back("pubmed=" + file.string());
  }
  for (const char* file :
       {"ror=organisations/ror_v1.jsonl.gz", "ror=organisations/ror_v2.jsonl.gz",
        "anr-projects=projects/anr-pia/anr-dgpie-depuis-2010-projets-finances-20220512-projets.csv",
        "anr-partners=projects/anr-pia/anr-dgpie-depuis-2010-projets-finances-20220512-partenaires.csv"}) {
    const std::string each = file;
    const size_t equals = each.find('=');
    files.push_back(each.substr(0, equals + 1) + (shared / each.substr(equals + 1)).string());
  }
  return files;
}

void pool_shared(const std::string& program, const fs::path& shared, const fs::path& work,
                 const std::string& database) {
  const std::string suffix = database.empty() ? "" : "_postgresql";
  const Scenario scenario(program, work / ("shared" + suffix));
  scenario.pitchblende(database.empty() ? std::vector<std::string>{"init"}
                                        : std::vector<std::string>{"init", "--database", database});
  const Cost first = scenario.pitchblende(shared_files(shared));
  const Cost again = scenario.pitchblende(shared_files(shared));
  figure("pool_shared" + suffix, first.seconds, "s");
  figure("pool_shared_memory" + suffix, first.megabytes, "MB");
  figure("pool_shared_again" + suffix, again.seconds, "s");
}

double percentile(std::vector<double>& values, double share) {
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<size_t>(share * static_cast<double>(values.size())))];
}

void search_generated(const Scenario& scenario, const std::vector<std::string>& words) {
  const auto begin = Clock::now();
  const auto index = search::Index::open(scenario.data() + "/index");
  if (!index) {
    std::cerr << index.error().message() << '\n';
    std::exit(1);
  }
  search::Query query;
  query.words = words[3000];
  (*index)->search(query, access::Viewer::visitor());
  figure("start_from_checkpoint", std::chrono::duration<double>(Clock::now() - begin).count(), "s");
  std::mt19937 random(7);
  std::vector<double> times;
  for (int each = 0; each < 3000; ++each) {
    // One to three words, from the frequent to the rare, as people mix them.
    query.words.clear();
    for (uint32_t count = 1 + random() % 3; count > 0; --count) {
      const uint32_t reach = random() % 3 == 0 ? 300 : random() % 2 == 0 ? 5000 : 40'000;
      query.words += (query.words.empty() ? "" : " ") + words[random() % reach];
    }
    const auto start = Clock::now();
    (*index)->search(query, access::Viewer::visitor());
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  figure("search_p50", percentile(times, 0.5), "ms");
  figure("search_p99", percentile(times, 0.99), "ms");
}

void pool_generated(const std::string& program, const fs::path& work, int publications) {
  const Scenario scenario(program, work / "generated");
  Size size;
  size.publications = publications;
  const Files files = write_consortium(scenario.folder().string(), size);
  scenario.pitchblende({"init"});
  const Cost cost = scenario.pitchblende(
      {"pool", "organisations=" + files.organisations, "people=" + files.people, "pubmed=" + files.publications});
  figure("pool_generated", cost.seconds, "s");
  figure("pool_generated_memory", cost.megabytes, "MB");
  figure("search_process", scenario.pitchblende({"search", files.words[3000]}).seconds, "s");
  search_generated(scenario, files.words);
  // One publication more: what a small file costs in a large pool.
  size.publications = 1;
  const Files one = write_consortium((scenario.folder() / "..").string(), size);
  const std::string small = scenario.folder().string() + "/one.xml";
  fs::rename(one.publications, small);
  const std::string renamed = "sed -i 's/1000000/9999999/g' '" + small + "'";
  if (std::system(renamed.c_str()) == 0) {
    figure("pool_one_more", scenario.pitchblende({"pool", "pubmed=" + small}).seconds, "s");
  }
}

void run_all(const fs::path& shared, int publications) {
  const std::string program = (fs::canonical("/proc/self/exe").parent_path() / "pitchblende").string();
  const fs::path work = fs::temp_directory_path() / ("pitchblende-bench-" + std::to_string(getpid()));
  if (fs::exists(shared)) {
    pool_shared(program, shared, work, "");
    if (const char* database = std::getenv("PB_BENCH_POSTGRESQL")) {
      pool_shared(program, shared, work, database);
    }
  } else {
    std::cerr << "bench_pool: skipped, no " << shared << '\n';
  }
  pool_generated(program, work, publications);
  fs::remove_all(work);
}

}  // namespace

}  // namespace pitchblende::bench

int main(int argc, char** argv) {
  pitchblende::bench::run_all(argc > 1 ? argv[1] : PB_SOURCE_DIR "/../shared/data",
                              argc > 2 ? std::atoi(argv[2]) : 200'000);
}
