#include "app/serve.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <optional>
#include <ostream>
#include <thread>

#include "access/access.hpp"
#include "app/rooms.hpp"
#include "cli/command_socket.hpp"
#include "cli/errors.hpp"
#include "http/http.hpp"
#include "mail/mail.hpp"
#include "pages/pages.hpp"
#include "registry/things.hpp"
#include "store/errors.hpp"

namespace pitchblende::app {

namespace {

namespace fs = std::filesystem;

// Where the folder's server is found: written when it listens, gone when it stops.
class ServedAt {
 public:
  ServedAt(const std::string& folder, const std::string& address) : m_file(file_in(folder)) {
    std::ofstream(m_file) << address << '\n';
  }
  ~ServedAt() {
    std::error_code ignored;
    fs::remove(m_file, ignored);
  }
  ServedAt(const ServedAt&) = delete;
  ServedAt& operator=(const ServedAt&) = delete;

  static std::string read(const std::string& folder) {
    std::string address;
    std::ifstream file(file_in(folder));
    std::getline(file, address);
    return address;
  }

 private:
  static std::string file_in(const std::string& folder) { return (fs::path(folder) / "served-at").string(); }
  std::string m_file;
};

// Signals that end the server, taken by one thread that waits for them. Made before any other thread, so that all have
// them blocked.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&m_signals);
    for (const int each : {SIGINT, SIGTERM, SIGUSR1}) {
      sigaddset(&m_signals, each);
    }
    pthread_sigmask(SIG_BLOCK, &m_signals, &m_before);
    std::signal(SIGPIPE, SIG_IGN);
  }
  ~StopSignals() {
    if (m_thread.joinable()) {
      pthread_kill(m_thread.native_handle(), SIGUSR1);  // wakes it: nothing more to wait for
      m_thread.join();
    }
    pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
  }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  void on_stop(std::function<void()> stop) {
    m_thread = std::thread([this, stop = std::move(stop)] {
      int which = 0;
      if (sigwait(&m_signals, &which) == 0 && which != SIGUSR1) {
        stop();
      }
    });
  }

 private:
  sigset_t m_signals{};
  sigset_t m_before{};
  std::thread m_thread;
};

// Finishes at start what an interrupted import left due, judges each new day who still has a page, and then does what
// else is for each day.
class DailyWork {
 public:
  DailyWork(cli::Workplace& place, std::function<bool()> more)
      : m_place(place), m_more(std::move(more)), m_thread([this] { run(); }) {}
  ~DailyWork() {
    {
      const std::lock_guard lock(m_mutex);
      m_stopping = true;
    }
    m_stop.notify_all();
    m_thread.join();
  }
  DailyWork(const DailyWork&) = delete;
  DailyWork& operator=(const DailyWork&) = delete;

 private:
  void run() {
    std::string done;
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
      const std::string today = m_place.clock.today();
      if (today != done) {
        lock.unlock();
        const auto settled = m_place.pool->settle([this](const pool::Progress&) { return !m_stopping; });
        const bool all = m_more() && settled;
        lock.lock();
        done = all ? today : done;
      } else {
        lock.unlock();
        // What was published while an import held the pool. What cannot be done now is due still at the next look.
        static_cast<void>(m_place.pool->settle_published());
        static_cast<void>(m_place.follow_merges());
        lock.lock();
      }
      m_stop.wait_for(lock, std::chrono::minutes(1), [this] { return m_stopping.load(); });
    }
  }

  cli::Workplace& m_place;
  std::function<bool()> m_more;
  std::atomic<bool> m_stopping = false;
  std::mutex m_mutex;
  std::condition_variable m_stop;
  std::thread m_thread;
};

// Makes what the first to type would wait for, at start and whenever the index has become another one.
class Readiness {
 public:
  explicit Readiness(const pool::Pool& pool) : m_pool(pool), m_thread([this] { run(); }) {}
  ~Readiness() {
    {
      const std::lock_guard lock(m_mutex);
      m_stopping = true;
    }
    m_stop.notify_all();
    m_thread.join();
  }
  Readiness(const Readiness&) = delete;
  Readiness& operator=(const Readiness&) = delete;

 private:
  void run() {
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
      lock.unlock();
      m_pool.index()->make_ready(m_stopping);
      lock.lock();
      m_stop.wait_for(lock, std::chrono::seconds(1), [this] { return m_stopping.load(); });
    }
  }

  const pool::Pool& m_pool;
  std::atomic<bool> m_stopping = false;
  std::mutex m_mutex;
  std::condition_variable m_stop;
  std::thread m_thread;
};

bool is_from_here(const http::Request& request) {
  const bool local = request.peer == "127.0.0.1" || request.peer == "::1";
  return local && request.header("x-forwarded-for").empty() && request.header("forwarded").empty();
}

http::Answer plain(int status, std::string type, std::string body) {
  http::Answer answer;
  answer.status = status;
  answer.type = std::move(type);
  answer.body = std::move(body);
  answer.keep = http::Keep::never;
  return answer;
}

// 200 all the same: a server that makes its index is well, and is not to be started anew.
std::string how_it_stands(const std::optional<pool::Making>& making) {
  if (!making) {
    return "\"ok\"";
  }
  return "\"making\",\"making\":\"" + std::string(making->what == pool::Making::What::cards ? "cards" : "index") +
         "\",\"done\":" + std::to_string(making->done) + ",\"total\":" + std::to_string(making->total);
}

// What machines watch. Figures are for who works on this machine: a proxy's visitors do not get them.
void add_watching(http::Router& router, const cli::Workplace& place, const pages::Pages& pages,
                  const std::unique_ptr<http::Server>& server) {
  router.add({http::Method::get, "/health", http::Right::everyone, [&](const http::Request&, const http::Captures&) {
                const auto index = place.pool->index();
                return plain(200, "application/json",
                             "{\"status\":" + how_it_stands(place.pool->making()) +
                                 ",\"documents\":" + std::to_string(index->size().documents) +
                                 ",\"position\":" + std::to_string(index->position()) + "}\n");
              }});
  router.add(
      {http::Method::get, "/metrics", http::Right::everyone, [&](const http::Request& request, const http::Captures&) {
         if (!is_from_here(request)) {
           return pages.error(request, 404);
         }
         const search::Size size = place.pool->index()->size();
         return plain(200, "text/plain; version=0.0.4; charset=utf-8",
                      server->metrics() + "# TYPE pitchblende_index_documents gauge\npitchblende_index_documents " +
                          std::to_string(size.documents) +
                          "\n# TYPE pitchblende_index_bytes gauge\npitchblende_index_bytes " +
                          std::to_string(size.bytes) + "\n");
       }});
}

mail::Settings mail_settings(const cli::Config& config, const std::string& secret) {
  const std::string from = config.mail_from.empty() ? "pitchblende@localhost" : config.mail_from;
  return {config.mail, from, config.name.empty() ? "Pitchblende" : config.name, secret};
}

std::map<std::string, std::string> source_titles(const cli::Config& config) {
  std::map<std::string, std::string> titles;
  for (const auto& [name, source] : config.sources) {
    titles.emplace(name, source.title);
  }
  return titles;
}

pages::Settings page_settings(const cli::Workplace& place, const cli::Options& options, pages::Entrance entry,
                              Rooms& rooms) {
  const cli::Config& config = place.config;
  pages::Settings settings{config.name, config.consortium, config.notice, config.contact, options.web};
  settings.source_titles = source_titles(config);
  settings.entry = std::move(entry);
  settings.clock = &place.clock;
  settings.making = [&place] { return place.pool->making(); };
  rooms.put_into(settings);
  return settings;
}

Result<std::unique_ptr<cli::Workplace>> open_folder(const std::string& folder) {
  auto place = cli::Workplace::for_writing(folder);
  if (!place && place.error().is(store::errors::locked)) {
    const std::string address = ServedAt::read(folder);
    if (!address.empty()) {
      return fail(cli::errors::served, folder, address);
    }
  }
  return place;
}

}  // namespace

Result<cli::Exit> serve(const cli::Options& options, const cli::Streams& streams) {
  StopSignals signals;
  TRY_ASSIGN(const auto place, open_folder(options.data));
  TRY_ASSIGN(const std::string secret, cli::folder_secret(options.data));
  const registry::Registry registry(*place->store);
  const auto index = [&] { return std::shared_ptr<const search::Index>(place->pool->index()); };
  http::Router router;
  std::unique_ptr<http::Server> server;
  http::Settings settings;
  settings.address = options.address;
  settings.port = static_cast<uint16_t>(options.port);
  std::optional<Rooms> rooms;
  std::unique_ptr<pages::Pages> pages;
  settings.handler = [&](const http::Request& request) { return pages->answer(router, request); };
  settings.refusal = [&](const http::Request& request, int status) { return pages->error(request, status); };
  settings.generation = [&] {
    // What is open, and what is old, is another the next day.
    const auto day = std::chrono::floor<std::chrono::days>(place->clock.now()).time_since_epoch().count();
    return static_cast<uint64_t>(place->pool->index()->position()) + (rooms ? rooms->edition() : 0) +
           static_cast<uint64_t>(day);
  };
  TRY_ASSIGN(server, http::Server::open(std::move(settings)));
  const std::string address = "http://" + options.address + ":" + std::to_string(server->port()) + "/";
  const std::string site =
      place->config.address.empty() ? address.substr(0, address.size() - 1) : place->config.address;
  access::Access access(*place->store, place->clock, secret, registry::things_of(registry));
  const mail::Outbox outbox(*place->store, place->clock, mail_settings(place->config, secret));
  mail::Postman postman(outbox);
  pages::Entrance entry{&access, &outbox, [&] { postman.wake(); }, {}, site};
  rooms.emplace(*place, access, outbox, options.data, secret);
  TRY_ASSIGN(pages, pages::Pages::open(registry, index, page_settings(*place, options, std::move(entry), *rooms)));
  pages->add_to(router);
  add_watching(router, *place, *pages, server);
  place->config.address = site;  // what commands print leads here
  TRY_ASSIGN(const auto commands, cli::CommandSocket::open(options.data, *place));
  const ServedAt served(options.data, address);
  const Readiness readiness(*place->pool);
  const DailyWork daily(*place, [&] { return access.forget_old() && outbox.forget_old() && rooms->forget_old(); });
  TRY(rooms->begin(*pages, postman));
  signals.on_stop([&] { server->stop(); });
  streams.out << (options.json ? "{\"address\":\"" + address + "\"}" : address + " serves " + options.data)
              << std::endl;
  server->run();
  rooms->end();
  return cli::Exit::done;
}

}  // namespace pitchblende::app
