// What the parts of pool share: the store, the index, the counters of rows. Owned by Pool; under its lock when writing.
#pragma once

#include <atomic>
#include <deque>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "pool/pool.hpp"
#include "store/numbering.hpp"

namespace pitchblende::pool {

struct State {
  store::Store& store;
  const Clock& clock;
  Settings settings;
  std::timed_mutex writing;
  // Shared with whoever is searching while a rebuild puts a new one in its place.
  std::shared_ptr<search::Index> index;
  std::mutex index_swap;
  bool index_due = false;        // the index stands for other cards than the store's, or for none: it is made anew
  std::optional<Making> making;  // under making_now
  std::mutex making_now;
  // The next row numbers; the one process that owns the folder gives them out.
  std::atomic<int64_t> next_run = 1;  // these three also by who publishes, beside a run
  std::atomic<int64_t> next_record = 1;
  std::atomic<int64_t> next_version = 1;
  int64_t next_change = 1;
  std::mutex deciding;          // whoever stores decisions; beside a run too
  std::set<Id> decided_beside;  // cards that were decided on beside a run and are not remade yet
  int64_t next_decision = 1;
};

// Writes handed to the store ahead of their answers: the caller computes the next piece while this one is stored. At
// most a few are under way; the first error ends it.
class Pipeline {
 public:
  explicit Pipeline(store::Store& store, size_t depth = 2) : m_store(store), m_depth(depth) {}
  ~Pipeline();
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  Result<void> write(std::function<Result<void>(store::Transaction&)> function);
  // What the store was handed beside these, since this began: others write, and are not to wait long.
  bool others_write() const { return m_store.handed_over() != m_before + m_written; }
  // Waits for all of them.
  Result<void> finish();

 private:
  store::Store& m_store;
  size_t m_depth;
  uint64_t m_before = m_store.handed_over();
  uint64_t m_written = 0;
  std::deque<std::future<Result<void>>> m_under_way;
};

using store::id_of;
using store::number;

}  // namespace pitchblende::pool
