#include "sources/bytes.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>
#include <zlib.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "sources/bytes_ahead.hpp"
#include "sources/errors.hpp"

namespace pitchblende::sources {

namespace {

constexpr size_t k_piece = 1 << 20;
// Text packs 20 times at best; what unpacks three hundredfold was made to.
constexpr int64_t k_largest_ratio = 300;
constexpr int64_t k_ratio_counts_from = 64 << 20;

class Memory final : public ByteStream {
 public:
  Memory(std::string_view bytes, size_t piece) : m_bytes(bytes), m_piece(piece) {}
  Result<std::string_view> next() override {
    const std::string_view out = m_bytes.substr(m_at, m_piece);
    m_at += out.size();
    return out;
  }
  int64_t consumed() const override { return static_cast<int64_t>(m_at); }

 private:
  std::string_view m_bytes;
  size_t m_piece;
  size_t m_at = 0;
};

// A file descriptor that closes itself.
class File {
 public:
  static Result<File> open(const std::string& path) {
    const int handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat status {};
    if (handle < 0 || fstat(handle, &status) != 0) {
      const std::string reason = std::strerror(errno);
      if (handle >= 0) {
        ::close(handle);
      }
      return fail(errors::open, path, reason);
    }
    File file(handle, path);
    if (S_ISDIR(status.st_mode)) {
      return fail(errors::open, path, std::strerror(EISDIR));
    }
    return file;
  }
  File(File&& other) noexcept
      : m_handle(std::exchange(other.m_handle, -1)), m_path(std::move(other.m_path)), m_consumed(other.m_consumed) {}
  File& operator=(File&&) = delete;
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (m_handle >= 0) {
      ::close(m_handle);
    }
  }

  // Bytes read; 0 at the end.
  Result<size_t> read(char* into, size_t size) {
    ssize_t got = 0;
    do {
      got = ::read(m_handle, into, size);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
      return fail(errors::open, m_path, std::strerror(errno));
    }
    m_consumed += got;
    return static_cast<size_t>(got);
  }
  int64_t consumed() const { return m_consumed; }
  const std::string& path() const { return m_path; }

 private:
  File(int handle, std::string path) : m_handle(handle), m_path(std::move(path)) {}
  int m_handle;
  std::string m_path;
  int64_t m_consumed = 0;
};

class Plain final : public ByteStream {
 public:
  Plain(File file, std::string head) : m_file(std::move(file)), m_head(std::move(head)), m_buffer(k_piece, '\0') {}
  Result<std::string_view> next() override {
    if (!m_head.empty()) {
      m_buffer.replace(0, m_head.size(), m_head);
      return std::string_view(m_buffer).substr(0, std::exchange(m_head, {}).size());
    }
    TRY_ASSIGN(const size_t got, m_file.read(m_buffer.data(), m_buffer.size()));
    return std::string_view(m_buffer).substr(0, got);
  }
  int64_t consumed() const override { return m_file.consumed(); }

 private:
  File m_file;
  std::string m_head;
  std::string m_buffer;
};

class Gzip final : public ByteStream {
 public:
  Gzip(File file, std::string head, int64_t limit)
      : m_file(std::move(file)), m_in(std::move(head)), m_out(k_piece, '\0'), m_limit(limit) {
    inflateInit2(&m_zlib, 15 + 16);
  }
  ~Gzip() override { inflateEnd(&m_zlib); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  Result<std::string_view> next() override {
    TRY(std::exchange(m_damaged, {}));
    m_zlib.next_out = reinterpret_cast<Bytef*>(m_out.data());
    m_zlib.avail_out = static_cast<uInt>(m_out.size());
    while (m_zlib.avail_out == m_out.size() && !m_done) {
      TRY(step());
    }
    const size_t made = m_out.size() - m_zlib.avail_out;
    m_made += static_cast<int64_t>(made);
    if (m_made > m_limit || (m_made > k_ratio_counts_from && m_made > k_largest_ratio * m_file.consumed())) {
      return fail(errors::too_large, m_file.path(),
                  std::to_string(std::min(m_limit, k_largest_ratio * m_file.consumed())));
    }
    return std::string_view(m_out).substr(0, made);
  }
  int64_t consumed() const override { return m_file.consumed(); }

 private:
  Result<void> refill() {
    if (m_in.size() < k_piece) {
      m_in.resize(k_piece);
    }
    TRY_ASSIGN(const size_t got, m_file.read(m_in.data(), m_in.size()));
    m_zlib.next_in = reinterpret_cast<Bytef*>(m_in.data());
    m_zlib.avail_in = static_cast<uInt>(got);
    return {};
  }

  Result<void> step() {
    if (m_first) {
      m_first = false;
      m_zlib.next_in = reinterpret_cast<Bytef*>(m_in.data());
      m_zlib.avail_in = static_cast<uInt>(m_in.size());
    } else if (m_zlib.avail_in == 0) {
      TRY(refill());
    }
    if (m_zlib.avail_in == 0) {
      m_done = true;
      return m_between_members ? Result<void>{}
                               : fail(errors::truncated, m_file.path(),
                                      InBoth{"inside its packed data", "au milieu de ses données compressées"});
    }
    if (m_between_members) {
      // Members may follow each other, and tapes are filled up with zeros; anything else may have been data.
      if (*m_zlib.next_in == 0) {
        ++m_zlib.next_in;
        --m_zlib.avail_in;
        return {};
      }
      inflateReset(&m_zlib);
      m_between_members = false;
    }
    const int state = inflate(&m_zlib, Z_NO_FLUSH);
    if (state == Z_STREAM_END) {
      m_between_members = true;
    } else if (state != Z_OK && state != Z_BUF_ERROR) {
      m_damaged = fail(errors::damaged, m_file.path(), archive_reason(0));
      m_done = true;
      // What was unpacked before it is given out first.
      return m_zlib.avail_out == m_out.size() ? std::exchange(m_damaged, {}) : Result<void>{};
    }
    return {};
  }

  File m_file;
  std::string m_in;
  std::string m_out;
  z_stream m_zlib{};
  int64_t m_limit;
  int64_t m_made = 0;
  Result<void> m_damaged;
  bool m_first = true;
  bool m_between_members = false;
  bool m_done = false;
};

struct CloseZip {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseMember {
  void operator()(zip_file_t* member) const { zip_fclose(member); }
};

class Zip final : public ByteStream {
 public:
  // The wanted members, or the first that is a file with bytes in it: a dump has its data first, or alone.
  static Result<std::unique_ptr<ByteStream>> open(const std::string& path, int64_t limit, MemberRank rank) {
    int code = 0;
    std::unique_ptr<zip_t, CloseZip> archive(zip_open(path.c_str(), ZIP_RDONLY, &code));
    if (!archive) {
      return fail(errors::damaged, path, archive_reason(code));
    }
    std::unique_ptr<Zip> zip(new Zip(std::move(archive), path, limit));
    zip->choose(rank);
    if (zip->m_members.empty()) {
      return fail(errors::empty, path);
    }
    TRY(zip->open_next());
    return std::unique_ptr<ByteStream>(std::move(zip));
  }

  Result<std::string_view> next() override {
    for (;;) {
      const zip_int64_t got = zip_fread(m_member.get(), m_buffer.data(), m_buffer.size());
      if (got < 0) {
        return fail(errors::damaged, m_path, archive_reason(zip_error_code_zip(zip_file_get_error(m_member.get()))));
      }
      m_made += got;
      if (m_made > m_limit || (m_made > k_ratio_counts_from && m_made > k_largest_ratio * m_packed)) {
        return fail(errors::too_large, m_path, std::to_string(std::min(m_limit, k_largest_ratio * m_packed)));
      }
      if (got > 0 || m_opened == m_members.size()) {
        return std::string_view(m_buffer).substr(0, static_cast<size_t>(got));
      }
      TRY(open_next());
    }
  }
  int64_t consumed() const override { return m_unpacked == 0 ? 0 : m_packed * m_made / m_unpacked; }

 private:
  Zip(std::unique_ptr<zip_t, CloseZip> archive, std::string path, int64_t limit)
      : m_archive(std::move(archive)), m_path(std::move(path)), m_buffer(k_piece, '\0'), m_limit(limit) {}

  void choose(MemberRank rank) {
    int best = 0;
    const auto members = static_cast<zip_uint64_t>(std::max<zip_int64_t>(zip_get_num_entries(m_archive.get(), 0), 0));
    for (zip_uint64_t at = 0; at < members; ++at) {
      zip_stat_t status;
      if (zip_stat_index(m_archive.get(), at, 0, &status) != 0 || status.size == 0 || is_noise(status.name)) {
        continue;
      }
      const int wanted = rank == nullptr ? 0 : rank(status.name);
      if (wanted < best || (wanted == 0 && !m_members.empty())) {
        continue;
      }
      if (wanted > best) {
        best = wanted;
        m_members.clear();
        m_packed = 0;
        m_unpacked = 0;
      }
      m_members.push_back(at);
      m_packed += static_cast<int64_t>(status.comp_size);
      m_unpacked += static_cast<int64_t>(status.size);
    }
  }

  Result<void> open_next() {
    m_member.reset(zip_fopen_index(m_archive.get(), m_members[m_opened++], 0));
    if (!m_member) {
      return fail(errors::damaged, m_path, archive_reason(zip_error_code_zip(zip_get_error(m_archive.get()))));
    }
    return {};
  }

  static bool is_noise(const char* name) {
    const std::string_view path(name == nullptr ? "" : name);
    return path.empty() || path.back() == '/' || path.starts_with("__MACOSX/");
  }

  std::unique_ptr<zip_t, CloseZip> m_archive;
  std::unique_ptr<zip_file_t, CloseMember> m_member;
  std::string m_path;
  std::string m_buffer;
  std::vector<zip_uint64_t> m_members;
  size_t m_opened = 0;
  int64_t m_limit;
  int64_t m_packed = 0;
  int64_t m_unpacked = 0;
  int64_t m_made = 0;
};

}  // namespace

InBoth archive_reason(int zip_code) {
  const bool spoilt = zip_code == 0 || zip_code == ZIP_ER_NOZIP || zip_code == ZIP_ER_INCONS ||
                      zip_code == ZIP_ER_EOF || zip_code == ZIP_ER_ZLIB || zip_code == ZIP_ER_CRC;
  if (spoilt) {
    return {"it was cut short or changed on its way; save it or fetch it again",
            "il a été coupé ou modifié en chemin ; enregistrez-le ou récupérez-le de nouveau"};
  }
  zip_error_t error;
  zip_error_init_with_code(&error, zip_code);
  const std::string reason = zip_error_strerror(&error);
  zip_error_fini(&error);
  return {reason, reason};
}

std::unique_ptr<ByteStream> memory_bytes(std::string_view bytes, size_t piece) {
  return std::make_unique<Memory>(bytes, piece);
}

Result<std::string> read_all(ByteStream& stream, const std::string& name, int64_t limit) {
  std::string all;
  while (true) {
    TRY_ASSIGN(const std::string_view piece, stream.next());
    if (piece.empty()) {
      return all;
    }
    if (static_cast<int64_t>(all.size() + piece.size()) > limit) {
      return fail(errors::too_large, name, std::to_string(limit));
    }
    all += piece;
  }
}

Result<std::unique_ptr<ByteStream>> open_bytes(const std::string& path, const Settings& settings) {
  return open_members(path, settings, nullptr);
}

Result<std::unique_ptr<ByteStream>> open_members(const std::string& path, const Settings& settings, MemberRank rank) {
  TRY_ASSIGN(File file, File::open(path));
  std::string head(4096, '\0');
  TRY_ASSIGN(const size_t got, file.read(head.data(), head.size()));
  head.resize(got);
  if (head.empty()) {
    return fail(errors::empty, path);
  }
  if (head.starts_with("\x1F\x8B")) {
    return read_ahead(std::make_unique<Gzip>(std::move(file), std::move(head), settings.largest_file));
  }
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) {
    TRY_ASSIGN(std::unique_ptr<ByteStream> members, Zip::open(path, settings.largest_file, rank));
    return read_ahead(std::move(members));
  }
  return std::unique_ptr<ByteStream>(std::make_unique<Plain>(std::move(file), std::move(head)));
}

}  // namespace pitchblende::sources
