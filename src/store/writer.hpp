// The one writer: a thread that runs closures in the order in which they came, many in one transaction.
//
// Each closure has a savepoint; all are answered after the commit that they share. Thread-safe. Inside the slice only.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "store/checkpointer.hpp"
#include "store/session.hpp"

namespace pitchblende::store {

class Writer {
 public:
  using Work = std::function<Result<void>(Session&)>;

  // The session is opened already; another is asked for when its connection is lost. The checkpointer
  // may be null; else it outlives the writer.
  Writer(std::unique_ptr<Session> session, Opener opener, Checkpointer* checkpointer);
  // Does what is queued first.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  std::future<Result<void>> post(Work work);
  // Between transactions, with nothing else in hand.
  std::future<Result<void>> post_alone(Work work);
  uint64_t handed_over() const { return m_handed_over; }
  bool is_this_thread() const { return std::this_thread::get_id() == m_thread.get_id(); }

 private:
  struct Item {
    Work work;
    bool alone = false;
    std::promise<Result<void>> promise;
  };
  // The first in a transaction needs no savepoint, which would cost a copy of each page that it changes: if it fails,
  // the transaction is begun again.
  enum class Place { first, later };
  struct Done {
    std::promise<Result<void>> promise;
    Result<void> result;
  };

  std::future<Result<void>> enqueue(Work work, bool alone);
  void loop();
  // Waits for work; false: the end.
  bool wait();
  // The next item, if it may join a transaction that is open.
  std::optional<Item> next();
  void run_alone();
  void run_group();
  Result<void> begin();
  Result<void> run_one(const Work& work, Place place);
  // How long a group may work, so that with its commit it takes about k_group_total.
  std::chrono::steady_clock::duration work_time() const;
  void learn_commit(std::chrono::steady_clock::duration work, std::chrono::steady_clock::duration commit);
  // Runs items until none is there or the group has had its time. The answer: what ended the transaction of all, such
  // as a full disk.
  std::optional<Error> run_until_full(std::vector<Done>& group);
  void tend_log();
  void fail_queued(const Error& error);

  std::mutex m_mutex;
  std::condition_variable m_awake;
  std::deque<Item> m_queue;
  bool m_ending = false;
  std::atomic<uint64_t> m_handed_over = 0;

  std::unique_ptr<Session> m_session;
  Opener m_opener;
  Checkpointer* m_checkpointer;
  double m_commit_ratio = 0.2;  // time of a commit to that of the work before it; the writer's thread alone
  std::thread m_thread;         // last: it uses all of the above
};

}  // namespace pitchblende::store
