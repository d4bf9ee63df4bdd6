#include "store/reader_pool.hpp"

#include "store/errors.hpp"

namespace pitchblende::store {

// Gives the session back at the end of the scope, out of its transaction.
class ReaderPool::Lent {
 public:
  Lent(ReaderPool& pool, std::unique_ptr<Session> session) : m_pool(pool), m_session(std::move(session)) {}
  ~Lent() {
    m_session->rollback();
    m_pool.give_back(std::move(m_session));
  }
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;
  Session& session() { return *m_session; }

 private:
  ReaderPool& m_pool;
  std::unique_ptr<Session> m_session;
};

Result<std::unique_ptr<Session>> ReaderPool::take() {
  {
    std::unique_lock lock(m_mutex);
    m_returned.wait(lock, [this] { return !m_idle.empty() || m_open < m_size; });
    if (!m_idle.empty()) {
      std::unique_ptr<Session> session = std::move(m_idle.back());
      m_idle.pop_back();
      return session;
    }
    ++m_open;
  }
  Result<std::unique_ptr<Session>> opened = m_opener(Role::reader);
  if (!opened) {
    give_back(nullptr);
  }
  return opened;
}

void ReaderPool::give_back(std::unique_ptr<Session> session) {
  {
    const std::scoped_lock lock(m_mutex);
    if (session != nullptr && session->alive()) {
      m_idle.push_back(std::move(session));
    } else {
      --m_open;
    }
  }
  m_returned.notify_one();
}

Result<void> ReaderPool::read(const std::function<Result<void>(Connection&)>& function) {
  // Connections that were lost while idle are given up one by one; a new one is made after the last.
  for (int lost = 0;; ++lost) {
    TRY_ASSIGN(std::unique_ptr<Session> session, take());
    Lent lent(*this, std::move(session));
    Result<void> begun = lent.session().begin();
    if (begun) {
      return function(lent.session());
    }
    if (lent.session().alive() || lost == m_size) {
      return begun;
    }
  }
}

Result<void> ReaderPool::use(const std::function<Result<void>(Session&)>& function) {
  TRY_ASSIGN(std::unique_ptr<Session> session, take());
  Lent lent(*this, std::move(session));
  return function(lent.session());
}

}  // namespace pitchblende::store
