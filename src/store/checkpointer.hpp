// Moves SQLite's log into its file on a thread of its own: after a long read or a copy there may be much to move, and
// no write is to wait for it.
//
// Thread-safe. Inside the slice only.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "store/session.hpp"

namespace pitchblende::store {

class Checkpointer {
 public:
  // The session is opened at the first request.
  explicit Checkpointer(Opener opener) : m_opener(std::move(opener)), m_thread([this] { loop(); }) {}
  ~Checkpointer();
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  // Returns at once; requests made while one is worked on are one.
  void request();
  // Pages of the log that the last time had moved.
  int64_t moved() const { return m_moved; }

 private:
  void loop();
  bool wait();

  Opener m_opener;
  std::mutex m_mutex;
  std::condition_variable m_awake;
  std::atomic<int64_t> m_moved = 0;
  bool m_wanted = false;
  bool m_ending = false;
  std::thread m_thread;  // last: it uses all of the above
};

}  // namespace pitchblende::store
