#include "jobs/jobs.hpp"

#include <array>

#include "jobs/errors.hpp"
#include "store/numbering.hpp"

namespace pitchblende::jobs {

namespace {

using store::Row;
using store::Transaction;

constexpr int64_t k_at_a_time = 50;
constexpr std::chrono::seconds k_look{20};
// A day and a half in all.
constexpr std::array<int64_t, 8> k_waits{60, 300, 900, 3'600, 10'800, 21'600, 43'200, 43'200};

}  // namespace

struct Jobs::Due {
  int64_t id = 0;
  Job job;
  int64_t tries = 0;
  int64_t revision = 0;
};

int64_t next_try(int64_t tries) {
  const auto at = static_cast<size_t>(tries - 1);
  return at < k_waits.size() ? k_waits[at] : 0;
}

void Jobs::on(const std::string& name, Handler handler) { m_handlers[name] = std::move(handler); }

Result<void> Jobs::post(Transaction& transaction, const Job& job) const {
  const std::string due = job.due.empty() ? m_clock.now_text() : job.due;
  TRY_ASSIGN(const int64_t changed,
             transaction.execute("UPDATE job SET body = ?, due = ?, tries = 0, reason = '', failed = 0, revision = "
                                 "revision + 1 WHERE name = ? AND of = ?",
                                 {job.body, due, job.name, job.of}));
  if (changed == 0) {
    TRY_ASSIGN(const int64_t id, store::next_number(transaction, "job"));
    TRY(
        transaction.execute("INSERT INTO job (id, name, of, body, due, tries, reason, failed, revision) "
                            "VALUES (?, ?, ?, ?, ?, 0, '', 0, 1)",
                            {id, job.name, job.of, job.body, due}));
  }
  return {};
}

Result<void> Jobs::cancel(Transaction& transaction, std::string_view name, std::string_view of) const {
  TRY(transaction.execute("DELETE FROM job WHERE name = ? AND of = ?", {name, of}));
  return {};
}

Result<std::vector<Jobs::Due>> Jobs::due() const {
  std::vector<Due> out;
  TRY(m_store.read([&](store::Connection& db) {
    return db.query(
        "SELECT id, name, of, body, due, tries, revision FROM job WHERE failed = 0 AND due <= ? ORDER BY due, id",
        {m_clock.now_text()}, [&](const Row& row) {
          // What nobody here does must not keep the rest from its turn.
          if (out.size() < static_cast<size_t>(k_at_a_time) && m_handlers.contains(row.text(1))) {
            out.push_back({row.integer(0),
                           {std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)),
                            std::string(row.text(4))},
                           row.integer(5),
                           row.integer(6)});
          }
        });
  }));
  return out;
}

Result<void> Jobs::run(const Due& due) const {
  const auto changes = m_handlers.find(due.job.name)->second(due.job);
  Result<void> done = changes ? Result<void>() : Result<void>(tl::unexpected(changes.error()));
  if (changes) {
    done = m_store.write([&](Transaction& transaction) -> Result<void> {
      // Said anew while it was done: that one is due still.
      TRY(transaction.execute("DELETE FROM job WHERE id = ? AND revision = ?", {due.id, due.revision}));
      return *changes ? (*changes)(transaction) : Result<void>();
    });
  }
  if (done) {
    return {};
  }
  const int64_t tries = due.tries + 1;
  const int64_t wait = next_try(tries);
  return m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY(transaction.execute("UPDATE job SET tries = ?, reason = ?, failed = ?, due = ? WHERE id = ? AND revision = ?",
                            {tries, done.error().message(), int64_t{wait == 0},
                             m_clock.text_in(std::chrono::seconds(wait)), due.id, due.revision}));
    return {};
  });
}

Result<int64_t> Jobs::run_due(const std::function<bool()>& is_stopped) const {
  int64_t tried = 0;
  TRY_ASSIGN(const std::vector<Due> jobs, due());
  for (const Due& each : jobs) {
    if (is_stopped && is_stopped()) {
      break;
    }
    TRY(run(each));
    ++tried;
  }
  return tried;
}

Result<std::vector<JobRow>> Jobs::rows(int64_t limit) const {
  std::vector<JobRow> out;
  TRY(m_store.read([&](store::Connection& db) {
    return db.query(
        "SELECT id, name, of, body, due, tries, reason, failed FROM job ORDER BY failed DESC, due, id LIMIT ?", {limit},
        [&](const Row& row) {
          out.push_back(
              {row.integer(0),
               {std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4))},
               row.integer(5),
               std::string(row.text(6)),
               row.integer(7) != 0});
        });
  }));
  return out;
}

Result<void> Jobs::try_again(Transaction& transaction, int64_t id) const {
  TRY_ASSIGN(const int64_t changed,
             transaction.execute("UPDATE job SET failed = 0, tries = 0, due = ? WHERE id = ? AND failed = 1",
                                 {m_clock.now_text(), id}));
  return changed == 0 ? Result<void>(fail(errors::unknown, std::to_string(id))) : Result<void>();
}

Worker::Worker(const Jobs& jobs, std::function<bool()> may_work)
    : m_jobs(jobs), m_may_work(std::move(may_work)), m_thread([this] { run(); }) {}

Worker::~Worker() {
  {
    const std::lock_guard lock(m_mutex);
    m_ending = true;
  }
  m_awake.notify_all();
  m_thread.join();
}

void Worker::wake() {
  {
    const std::lock_guard lock(m_mutex);
    m_woken = true;
  }
  m_awake.notify_all();
}

void Worker::run() {
  std::unique_lock lock(m_mutex);
  while (!m_ending) {
    m_woken = false;
    if (m_may_work && !m_may_work()) {
      m_awake.wait_for(lock, k_look, [this] { return m_ending.load(); });
      continue;
    }
    lock.unlock();
    // A store that fails now is asked again at the next look: the jobs are still there.
    const auto tried = m_jobs.run_due([this] { return m_ending.load(); });
    lock.lock();
    m_woken = m_woken || (tried && *tried == k_at_a_time);
    m_awake.wait_for(lock, k_look, [this] { return m_ending || m_woken; });
  }
}

}  // namespace pitchblende::jobs
