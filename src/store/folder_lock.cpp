#include "store/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "store/errors.hpp"

namespace pitchblende::store {

namespace {

std::string holder(int file) {
  std::array<char, 32> bytes{};
  const ssize_t size = pread(file, bytes.data(), bytes.size(), 0);
  std::string text(bytes.data(), size > 0 ? static_cast<size_t>(size) : 0);
  text.erase(text.find_last_not_of(" \n") + 1);
  return text.empty() ? "?" : text;
}

tl::unexpected<Error> failed(const std::string& folder, const std::string& path, int system_errno) {
  if (system_errno == ENOENT || system_errno == ENOTDIR) {
    return fail(errors::missing, folder);
  }
  const std::string reason = path + ": " + std::strerror(system_errno);
  if (system_errno == ENOSPC || system_errno == EDQUOT) {
    return fail(errors::full, reason);
  }
  return fail(errors::read_only, reason);
}

}  // namespace

Result<FolderLock> FolderLock::take(const std::string& folder) {
  const std::string path = folder + "/lock";
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0) {
    return failed(folder, path, errno);
  }
  FolderLock lock(file);
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      return fail(errors::locked, folder, holder(file));
    }
    return failed(folder, path, errno);
  }
  const std::string process = std::to_string(getpid()) + "\n";
  if (ftruncate(file, 0) != 0 || pwrite(file, process.data(), process.size(), 0) < 0) {
    return failed(folder, path, errno);
  }
  return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : m_file(std::exchange(other.m_file, -1)) {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
  std::swap(m_file, other.m_file);
  return *this;
}

FolderLock::~FolderLock() {
  if (m_file >= 0) {
    close(m_file);
  }
}

}  // namespace pitchblende::store
