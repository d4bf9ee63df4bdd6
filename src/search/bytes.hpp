// Bytes that a segment lives in: anonymous memory or a mapped file; checksums; files that appear whole or not at all.
//
// A Blob is filled by one thread and read by many once it is shared as const.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pitchblende::search {

class Blob {
 public:
  // Zeroed memory that the system takes back as a whole. Throws std::bad_alloc.
  static std::shared_ptr<Blob> allocate(size_t size);
  // The file, read-only; null when it cannot be opened or mapped.
  static std::shared_ptr<const Blob> map(const std::string& path);
  ~Blob();
  Blob(const Blob&) = delete;
  Blob& operator=(const Blob&) = delete;

  std::string_view bytes() const { return {m_data, m_size}; }
  char* data() { return m_data; }

 private:
  Blob(char* data, size_t size) : m_data(data), m_size(size) {}
  char* m_data;
  size_t m_size;
};

// 64 bits, not cryptographic, some 10 GB/s: four lanes of multiply and fold. Little-endian, as the files are.
uint64_t checksum(std::string_view bytes);

// Temporary file, fsync, rename; sync_folder() afterwards makes the name last. Error: SEARCH_WRITE.
Result<void> write_file(const std::string& path, std::string_view bytes);
Result<void> sync_folder(const std::string& folder);

}  // namespace pitchblende::search
