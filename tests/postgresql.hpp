// A private PostgreSQL 15 for tests: a cluster in a temporary folder, reached through a socket there, gone at the end.
//
// Run as the user postgres when the test is root's (PostgreSQL refuses root), else as the user of the test. Started at
// the first use; new_database() may be called by one thread at a time.
#pragma once

#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace pitchblende::tests {

class PostgresqlServer {
 public:
  static constexpr const char* k_programs = "/usr/lib/postgresql/15/bin";
  static constexpr const char* k_missing = "skipped: PostgreSQL 15 (package postgresql-15) is not installed";

  static bool installed() { return std::filesystem::exists(std::string(k_programs) + "/initdb"); }
  static PostgresqlServer& instance() {
    static PostgresqlServer server;
    return server;
  }

  // A fresh empty database; its address as Options::database wants it.
  std::string new_database() {
    const std::string name = "test_" + std::to_string(++m_databases);
    require({"psql", "-q", "-X", "-h", m_folder, "-U", "postgres", "-c",
             "CREATE DATABASE " + name + " TEMPLATE template0", "postgres"});
    return "postgresql:///" + name + "?host=" + m_folder + "&user=postgres";
  }

  PostgresqlServer(const PostgresqlServer&) = delete;
  PostgresqlServer& operator=(const PostgresqlServer&) = delete;

  ~PostgresqlServer() {
    if (m_server > 0) {
      kill(m_server, SIGQUIT);
      waitpid(m_server, nullptr, 0);
    }
    std::error_code ignored;
    std::filesystem::remove_all(m_folder, ignored);
  }

 private:
  PostgresqlServer() {
    std::string pattern = (std::filesystem::temp_directory_path() / "pitchblende_pg_XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) {
      throw std::runtime_error("no temporary folder for PostgreSQL");
    }
    m_folder = pattern;
    if (geteuid() == 0) {
      const passwd* account = getpwnam("postgres");
      if (account == nullptr || chown(m_folder.c_str(), account->pw_uid, account->pw_gid) != 0) {
        throw std::runtime_error("no user postgres to run PostgreSQL as");
      }
      m_user = {account->pw_uid, account->pw_gid};
    }
    const std::string data = m_folder + "/data";
    require({"initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"});
    // Nothing here has to outlive a power cut.
    m_server = start({"postgres", "-D", data, "-k", m_folder, "-c", "listen_addresses=", "-c", "fsync=off", "-c",
                      "logging_collector=off"});
    for (int attempt = 0; attempt < 600; ++attempt) {
      if (run({"pg_isready", "-q", "-h", m_folder}) == 0) {
        return;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    throw std::runtime_error("PostgreSQL does not answer; see " + m_folder + "/log");
  }

  struct User {
    uid_t user;
    gid_t group;
  };

  pid_t start(const std::vector<std::string>& words) const {
    const std::string program = std::string(k_programs) + "/" + words.front();
    const std::string log = m_folder + "/log";
    std::vector<char*> arguments;
    for (const std::string& word : words) {
      arguments.push_back(const_cast<char*>(word.c_str()));
    }
    // By its whole path: PostgreSQL's programs look for one another beside the name they were called by.
    arguments.front() = const_cast<char*>(program.c_str());
    arguments.push_back(nullptr);
    const pid_t child = fork();
    if (child == 0) {
      if (m_user && (setgid(m_user->group) != 0 || setuid(m_user->user) != 0)) {
        _exit(126);
      }
      prctl(PR_SET_PDEATHSIG, SIGQUIT);  // a test that dies leaves no server behind
      const int output = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
      if (chdir(m_folder.c_str()) != 0 || dup2(output, STDOUT_FILENO) < 0 || dup2(output, STDERR_FILENO) < 0) {
        _exit(126);
      }
      execv(program.c_str(), arguments.data());
      _exit(127);
    }
    return child;
  }

  int run(const std::vector<std::string>& words) const {
    int status = -1;
    waitpid(start(words), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  void require(const std::vector<std::string>& words) const {
    if (run(words) != 0) {
      throw std::runtime_error(words.front() + " failed; see " + m_folder + "/log");
    }
  }

  std::string m_folder;
  std::optional<User> m_user;
  pid_t m_server = -1;
  int m_databases = 0;
};

}  // namespace pitchblende::tests
