#include "store/writer.hpp"

#include <algorithm>
#include <exception>

#include "store/errors.hpp"

namespace pitchblende::store {

namespace {

using Clock = std::chrono::steady_clock;

// No closure joins a group that has worked so long: nobody waits much for those behind him.
constexpr auto k_group_time = std::chrono::milliseconds(20);
// A group with its commit, pieces of long work in it: who comes just after its begin waits for it and for his own.
constexpr auto k_group_total = std::chrono::milliseconds(25);
constexpr auto k_least_work = std::chrono::milliseconds(4);
constexpr size_t k_group_size = 512;
// In pages of 8 KiB: 8 MiB, 1 GiB; 16 MiB.
constexpr int64_t k_long_log = 1024;
constexpr int64_t k_longest_log = 131072;
constexpr int64_t k_little_left = 2048;

Result<void> run_caught(const Writer::Work& work, Session& session) {
  try {
    return work(session);
  } catch (const std::exception& exception) {
    return fail(errors::sql, std::string("an exception in a closure: ") + exception.what());
  } catch (...) {
    return fail(errors::sql, "an exception in a closure");
  }
}

}  // namespace

Writer::Writer(std::unique_ptr<Session> session, Opener opener, Checkpointer* checkpointer)
    : m_session(std::move(session)),
      m_opener(std::move(opener)),
      m_checkpointer(checkpointer),
      m_thread([this] { loop(); }) {}

Writer::~Writer() {
  {
    const std::scoped_lock lock(m_mutex);
    m_ending = true;
  }
  m_awake.notify_one();
  m_thread.join();
}

std::future<Result<void>> Writer::post(Work work) { return enqueue(std::move(work), false); }

std::future<Result<void>> Writer::post_alone(Work work) { return enqueue(std::move(work), true); }

std::future<Result<void>> Writer::enqueue(Work work, bool alone) {
  Item item{std::move(work), alone, {}};
  std::future<Result<void>> answer = item.promise.get_future();
  {
    const std::scoped_lock lock(m_mutex);
    m_queue.push_back(std::move(item));
    ++m_handed_over;
  }
  m_awake.notify_one();
  return answer;
}

bool Writer::wait() {
  std::unique_lock lock(m_mutex);
  m_awake.wait(lock, [this] { return m_ending || !m_queue.empty(); });
  return !m_queue.empty();
}

std::optional<Writer::Item> Writer::next() {
  const std::scoped_lock lock(m_mutex);
  if (m_queue.empty() || m_queue.front().alone) {
    return std::nullopt;
  }
  std::optional<Item> item = std::move(m_queue.front());
  m_queue.pop_front();
  return item;
}

void Writer::loop() {
  while (wait()) {
    bool alone = false;
    {
      const std::scoped_lock lock(m_mutex);
      alone = m_queue.front().alone;
    }
    if (alone) {
      run_alone();
    } else {
      run_group();
    }
    if (m_session != nullptr && !m_session->alive()) {
      m_session.reset();
    }
  }
}

void Writer::run_alone() {
  std::optional<Item> item;
  {
    const std::scoped_lock lock(m_mutex);
    item = std::move(m_queue.front());
    m_queue.pop_front();
  }
  if (m_session == nullptr) {
    Result<std::unique_ptr<Session>> opened = m_opener(Role::writer);
    if (!opened) {
      item->promise.set_value(tl::unexpected(std::move(opened).error()));
      return;
    }
    m_session = std::move(*opened);
  }
  item->promise.set_value(run_caught(item->work, *m_session));
}

Result<void> Writer::begin() {
  if (m_session != nullptr) {
    Result<void> begun = m_session->begin();
    if (begun || m_session->alive()) {
      return begun;
    }
  }
  TRY_ASSIGN(m_session, m_opener(Role::writer));
  return m_session->begin();
}

Result<void> Writer::run_one(const Work& work, Place place) {
  if (place == Place::later) {
    TRY(m_session->savepoint());
  }
  Result<void> result = run_caught(work, *m_session);
  if (result && m_session->broken()) {
    result = tl::unexpected(*m_session->broken());
  }
  if (place == Place::later && m_session->in_transaction()) {
    TRY(result ? m_session->release() : m_session->roll_back_to_savepoint());
  }
  return result;
}

Clock::duration Writer::work_time() const {
  const std::chrono::duration<double> work = std::chrono::duration<double>(k_group_total) / (1 + m_commit_ratio);
  return std::max<Clock::duration>(std::chrono::duration_cast<Clock::duration>(work), k_least_work);
}

void Writer::learn_commit(Clock::duration work, Clock::duration commit) {
  // Short groups say nothing of pieces: their commit is all fsync.
  if (work < k_least_work) {
    return;
  }
  constexpr double k_highest = 20;
  const double ratio = std::min(k_highest, std::chrono::duration<double>(commit) / std::chrono::duration<double>(work));
  m_commit_ratio = std::max(ratio, (3 * m_commit_ratio + ratio) / 4);
}

std::optional<Error> Writer::run_until_full(std::vector<Done>& group) {
  const auto begin = Clock::now();
  bool kept = false;
  while (group.size() < k_group_size && (group.empty() || Clock::now() < begin + k_group_time)) {
    std::optional<Item> item = next();
    if (!item) {
      break;
    }
    m_session->set_deadline(std::max(begin + work_time(), Clock::now() + k_least_work));
    Result<void> result = run_one(item->work, kept ? Place::later : Place::first);
    const bool worked = result.has_value();
    group.push_back({std::move(item->promise), std::move(result)});
    if (worked) {
      kept = true;
    }
    if (!m_session->in_transaction()) {
      const Result<void>& last = group.back().result;
      return last ? Error(errors::io, "the transaction ended") : last.error();
    }
    if (!kept) {
      m_session->rollback();
      if (Result<void> begun = m_session->begin(); !begun) {
        return begun.error();
      }
    }
  }
  return std::nullopt;
}

void Writer::run_group() {
  if (Result<void> begun = begin(); !begun) {
    fail_queued(begun.error());
    return;
  }
  std::vector<Done> group;
  const auto begin_of_work = Clock::now();
  std::optional<Error> lost = run_until_full(group);
  const auto begin_of_commit = Clock::now();
  if (!lost) {
    if (const Result<void> committed = m_session->commit(); !committed) {
      lost = committed.error();
    }
  }
  m_session->rollback();
  for (Done& done : group) {
    if (done.result && lost) {
      done.result = tl::unexpected(*lost);
    }
    done.promise.set_value(std::move(done.result));
  }
  tend_log();
  learn_commit(begin_of_commit - begin_of_work, Clock::now() - begin_of_commit);
}

void Writer::tend_log() {
  const int64_t pages = m_session->log_pages();
  if (pages <= k_long_log || m_checkpointer == nullptr) {
    return;
  }
  // A little is moved here, while nobody writes: then the log begins anew. What a long read has held up goes to the
  // other thread, and comes here only when it has no end.
  const int64_t moved = m_checkpointer->moved();
  const int64_t left = moved <= pages ? pages - moved : pages;
  if (left < k_little_left || pages > k_longest_log) {
    static_cast<void>(m_session->checkpoint());
  } else {
    m_checkpointer->request();
  }
}

void Writer::fail_queued(const Error& error) {
  std::deque<Item> failed;
  {
    const std::scoped_lock lock(m_mutex);
    failed.swap(m_queue);
  }
  for (Item& item : failed) {
    item.promise.set_value(tl::unexpected(error));
  }
}

}  // namespace pitchblende::store
