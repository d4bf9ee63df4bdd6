// Work for later: a queue with a time for each job, tried again when it fails. Front door of jobs.
//
// jobs knows names and bytes; app registers who does them. A job is done at least once, and what it changes in the
// store exactly once: its handler gives back a closure that runs in the transaction which takes the job away. Any
// thread may post; handlers are registered before a Worker starts and run in the Worker's thread, one after the other.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "store/store.hpp"

namespace pitchblende::jobs {

struct Job {
  std::string name;  // "requests.remind"
  std::string of;    // what it is about: of one name there is one job for each
  std::string body;
  std::string due;  // as Clock::now_text(); empty: now
};

struct JobRow {
  int64_t id = 0;
  Job job;
  int64_t tries = 0;
  std::string reason;
  bool failed = false;
};

// What a job changes, done together with taking it away. Posting the same job again there makes it come back.
using Change = std::function<Result<void>(store::Transaction&)>;
// Long work stands in the handler, outside of any transaction; what it gives back takes 50 ms at most.
using Handler = std::function<Result<Change>(const Job&)>;

class Jobs {
 public:
  Jobs(store::Store& store, const Clock& clock) : m_store(store), m_clock(clock) {}

  void on(const std::string& name, Handler handler);

  // Belongs into the transaction of what makes it due. One of that name and `of` is there already: it gets this body
  // and time, and its failures are forgotten.
  Result<void> post(store::Transaction& transaction, const Job& job) const;
  Result<void> cancel(store::Transaction& transaction, std::string_view name, std::string_view of) const;

  // What is due, once each, the longest due first. The answer: jobs tried. What a handler says is kept with its job; an
  // error is the store's. A job of a name that nobody registered for stays.
  Result<int64_t> run_due(const std::function<bool()>& is_stopped = {}) const;
  // Those that failed first, then by time.
  Result<std::vector<JobRow>> rows(int64_t limit) const;
  // A job that failed is due again. Error: JOBS_UNKNOWN.
  Result<void> try_again(store::Transaction& transaction, int64_t id) const;

 private:
  struct Due;
  Result<std::vector<Due>> due() const;
  Result<void> run(const Due& due) const;

  store::Store& m_store;
  const Clock& m_clock;
  std::map<std::string, Handler, std::less<>> m_handlers;
};

// Seconds until the next try, after so many; 0: no more.
int64_t next_try(int64_t tries);

// Does what is due in a thread of its own: at once when woken, else it looks every 20 seconds.
class Worker {
 public:
  // `may_work`: asked before each look; none: always.
  explicit Worker(const Jobs& jobs, std::function<bool()> may_work = {});
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  // Something was posted that is due: returns at once.
  void wake();

 private:
  void run();

  const Jobs& m_jobs;
  std::function<bool()> m_may_work;
  std::mutex m_mutex;
  std::condition_variable m_awake;
  bool m_woken = true;
  std::atomic<bool> m_ending = false;
  std::thread m_thread;
};

}  // namespace pitchblende::jobs
