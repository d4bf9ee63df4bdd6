// A bounded number of readers, opened when first needed; each use is one snapshot.
//
// Thread-safe: who finds all of them in use waits. Inside the slice only.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "store/session.hpp"

namespace pitchblende::store {

class ReaderPool {
 public:
  ReaderPool(Opener opener, int size) : m_opener(std::move(opener)), m_size(size < 1 ? 1 : size) {}

  // In a snapshot transaction; an exception passes through and gives the reader back.
  Result<void> read(const std::function<Result<void>(Connection&)>& function);
  // Without a transaction, for what makes its own.
  Result<void> use(const std::function<Result<void>(Session&)>& function);

 private:
  class Lent;
  Result<std::unique_ptr<Session>> take();
  void give_back(std::unique_ptr<Session> session);

  Opener m_opener;
  int m_size;
  std::mutex m_mutex;
  std::condition_variable m_returned;
  std::vector<std::unique_ptr<Session>> m_idle;
  int m_open = 0;
};

}  // namespace pitchblende::store
