#include "store/checkpointer.hpp"

namespace pitchblende::store {

Checkpointer::~Checkpointer() {
  {
    const std::scoped_lock lock(m_mutex);
    m_ending = true;
  }
  m_awake.notify_one();
  m_thread.join();
}

void Checkpointer::request() {
  {
    const std::scoped_lock lock(m_mutex);
    m_wanted = true;
  }
  m_awake.notify_one();
}

bool Checkpointer::wait() {
  std::unique_lock lock(m_mutex);
  m_awake.wait(lock, [this] { return m_ending || m_wanted; });
  m_wanted = false;
  return !m_ending;
}

void Checkpointer::loop() {
  std::unique_ptr<Session> session;
  while (wait()) {
    if (session == nullptr) {
      Result<std::unique_ptr<Session>> opened = m_opener(Role::reader);
      if (!opened) {
        continue;  // the writer moves the log itself when it grows too long
      }
      session = std::move(*opened);
    }
    // What could not be moved now is moved at the next request.
    m_moved = session->checkpoint().value_or(0);
  }
}

}  // namespace pitchblende::store
