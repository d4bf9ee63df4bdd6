#include "search/bytes.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <new>

#include "search/errors.hpp"

namespace pitchblende::search {

namespace {

static_assert(std::endian::native == std::endian::little, "the files of the index are little-endian");

class File {
 public:
  File(const char* path, int flags) : m_descriptor(::open(path, flags | O_CLOEXEC, 0644)) {}
  ~File() {
    if (m_descriptor >= 0) {
      ::close(m_descriptor);
    }
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int get() const { return m_descriptor; }

 private:
  int m_descriptor;
};

uint64_t word_at(const char* at) {
  uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

__extension__ using Wide = unsigned __int128;

uint64_t mix(uint64_t a, uint64_t b) {
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

constexpr uint64_t k_a = 0x9E3779B97F4A7C15u;
constexpr uint64_t k_b = 0xC2B2AE3D27D4EB4Fu;
constexpr uint64_t k_c = 0x165667B19E3779F9u;
constexpr uint64_t k_d = 0x27D4EB2F165667C5u;

}  // namespace

std::shared_ptr<Blob> Blob::allocate(size_t size) {
  void* memory = ::mmap(nullptr, size == 0 ? 1 : size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) {
    throw std::bad_alloc();
  }
  return std::shared_ptr<Blob>(new Blob(static_cast<char*>(memory), size));
}

std::shared_ptr<const Blob> Blob::map(const std::string& path) {
  const File file(path.c_str(), O_RDONLY);
  struct stat status = {};
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return nullptr;
  }
  const auto size = static_cast<size_t>(status.st_size);
  if (size == 0) {
    return allocate(0);
  }
  void* memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (memory == MAP_FAILED) {
    return nullptr;
  }
  return std::shared_ptr<const Blob>(new Blob(static_cast<char*>(memory), size));
}

Blob::~Blob() { ::munmap(m_data, m_size == 0 ? 1 : m_size); }

uint64_t checksum(std::string_view bytes) {
  const char* at = bytes.data();
  size_t left = bytes.size();
  uint64_t a = k_a ^ left;
  if (left >= 32) {
    uint64_t b = k_b;
    uint64_t c = k_c;
    uint64_t d = k_d;
    for (; left >= 32; at += 32, left -= 32) {
      a = mix(word_at(at) ^ k_b, a ^ k_c);
      b = mix(word_at(at + 8) ^ k_c, b ^ k_d);
      c = mix(word_at(at + 16) ^ k_d, c ^ k_a);
      d = mix(word_at(at + 24) ^ k_a, d ^ k_b);
    }
    a = mix(a ^ std::rotl(b, 17), k_a ^ std::rotl(c, 31) ^ std::rotl(d, 47));
  }
  for (; left >= 8; at += 8, left -= 8) {
    a = mix(word_at(at) ^ k_d, a ^ k_b);
  }
  uint64_t last = 0;
  if (left > 0) {
    std::memcpy(&last, at, left);
  }
  return mix(a ^ k_c, last ^ k_a);
}

Result<void> write_file(const std::string& path, std::string_view bytes) {
  const std::string temporary = path + ".tmp";
  const auto give_up = [&](int error) {
    ::unlink(temporary.c_str());
    return fail(errors::write, path, std::strerror(error));
  };
  {
    const File file(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC);
    if (file.get() < 0) {
      return fail(errors::write, path, std::strerror(errno));
    }
    constexpr size_t k_piece = size_t{1} << 26;
    while (!bytes.empty()) {
      const ssize_t written = ::write(file.get(), bytes.data(), std::min(bytes.size(), k_piece));
      if (written < 0 && errno == EINTR) {
        continue;
      }
      if (written <= 0) {
        return give_up(written == 0 ? ENOSPC : errno);
      }
      bytes.remove_prefix(static_cast<size_t>(written));
    }
    if (::fsync(file.get()) != 0) {
      return give_up(errno);
    }
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    return give_up(errno);
  }
  return {};
}

Result<void> sync_folder(const std::string& folder) {
  const File file(folder.c_str(), O_RDONLY | O_DIRECTORY);
  if (file.get() < 0 || ::fsync(file.get()) != 0) {
    return fail(errors::write, folder, std::strerror(errno));
  }
  return {};
}

}  // namespace pitchblende::search
