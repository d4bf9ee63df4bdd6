// One process per data folder: a lock on <folder>/lock that ends with the process, whatever ends it.
//
// The file holds the number of the process that works there. Thread-safe once taken.
#pragma once

#include <string>

#include "base/result.hpp"

namespace pitchblende::store {

class FolderLock {
 public:
  // Errors: STORE_LOCKED with the other's process number, STORE_READ_ONLY, STORE_MISSING (no such folder).
  static Result<FolderLock> take(const std::string& folder);
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&& other) noexcept;
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int file) : m_file(file) {}
  int m_file = -1;
};

}  // namespace pitchblende::store
