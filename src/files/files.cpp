#include "files/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/beginning.hpp"
#include "base/id.hpp"
#include "base/text.hpp"
#include "files/errors.hpp"
#include "files/file_type.hpp"
#include "store/numbering.hpp"

namespace pitchblende::files {

namespace {

namespace fs = std::filesystem;
using store::Row;

constexpr size_t k_longest_name = 120;
constexpr std::string_view k_columns =
    "SELECT id, slice, object, name, type, bytes, hash, account, created FROM attachment ";

Attachment attachment_of(const Row& row) {
  Attachment out;
  out.id = row.integer(0);
  out.slice = row.text(1);
  out.object = row.integer(2);
  out.file = {std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(6)), row.integer(5)};
  out.account = row.integer(7);
  out.created = row.text(8);
  return out;
}

// Some browsers send a path. The ending stays when a name is cut.
std::string name_of(std::string_view said) {
  std::string name = squeeze(clean_utf8(said));
  const size_t slash = name.find_last_of("/\\");
  name.erase(0, slash == std::string::npos ? 0 : slash + 1);
  std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '"' || c == 0x7f; });
  if (name.size() > k_longest_name) {
    const size_t dot = name.rfind('.');
    const std::string ending = dot == std::string::npos || name.size() - dot > 8 ? "" : name.substr(dot);
    name = beginning(name, k_longest_name - ending.size()) + ending;
  }
  return name;
}

bool write_through(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return ::fsync(file) == 0;
}

bool sync_folder(const fs::path& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) {
    ::close(file);
  }
  return synced;
}

// A name of its own for each writer: two may bring the same bytes at once.
bool put(const fs::path& path, std::string_view bytes) {
  std::string temporary = path.string() + ".XXXXXX";
  const int file = ::mkstemp(temporary.data());
  if (file < 0) {
    return false;
  }
  const bool written = write_through(file, bytes);
  ::close(file);
  if (written && ::rename(temporary.c_str(), path.c_str()) == 0 && sync_folder(path.parent_path())) {
    return true;
  }
  const int why = errno;
  ::unlink(temporary.c_str());
  errno = why;
  return false;
}

std::optional<std::string> bytes_at(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return std::nullopt;
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

std::string Files::path_of(std::string_view hash) const {
  return (fs::path(m_folder) / hash.substr(0, 2) / hash).string();
}

Result<Kept> Files::keep(std::string_view said, std::string_view bytes) const {
  Kept kept;
  kept.name = name_of(said);
  kept.bytes = static_cast<int64_t>(bytes.size());
  if (bytes.empty()) {
    return fail(errors::empty, kept.name);
  }
  if (bytes.size() > k_largest) {
    return fail(errors::too_large, kept.name, std::to_string(bytes.size()), std::to_string(k_largest));
  }
  const auto type = type_of(kept.name, bytes);
  if (!type) {
    return fail(errors::type, kept.name);
  }
  kept.type = *type;
  kept.hash = hash256_hex(bytes);
  const fs::path path = path_of(kept.hash);
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  const bool there = !error && bytes_at(path.string()) == bytes;
  if (there) {
    fs::last_write_time(path, fs::file_time_type::clock::now(), error);  // sweep() lets what is young alone
  }
  if (error || (!there && !put(path, bytes))) {
    return fail(errors::write, kept.name, error ? error.message() : std::strerror(errno));
  }
  sync_folder(m_folder);
  return kept;
}

Result<int64_t> Files::attach(store::Transaction& transaction, const Kept& file, const Owner& owner) const {
  TRY_ASSIGN(const int64_t id, store::next_id(transaction, "attachment"));
  TRY(transaction.execute(
      "INSERT INTO attachment (id, slice, object, name, type, bytes, hash, account, created) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {id, owner.slice, owner.object, file.name, file.type, file.bytes, file.hash, owner.account, m_clock.now_text()}));
  return id;
}

Result<void> Files::remove(store::Transaction& transaction, int64_t id) const {
  TRY(transaction.execute("DELETE FROM attachment WHERE id = ?", {id}));
  return {};
}

Result<std::vector<Attachment>> Files::of(std::string_view slice, int64_t object) const {
  std::vector<Attachment> out;
  TRY(m_store.read([&](store::Connection& db) {
    return db.query(std::string(k_columns) + "WHERE slice = ? AND object = ? ORDER BY id", {slice, object},
                    [&](const Row& row) { out.push_back(attachment_of(row)); });
  }));
  return out;
}

Result<Attachment> Files::find(int64_t id) const {
  Attachment out;
  TRY(m_store.read([&](store::Connection& db) {
    return db.query(std::string(k_columns) + "WHERE id = ?", {id}, [&](const Row& row) { out = attachment_of(row); });
  }));
  return out.id == 0 ? Result<Attachment>(fail(errors::unknown, std::to_string(id))) : Result<Attachment>(out);
}

Result<std::string> Files::read(const Attachment& attachment) const {
  auto bytes = bytes_at(path_of(attachment.file.hash));
  if (!bytes || hash256_hex(*bytes) != attachment.file.hash) {
    return fail(errors::damaged, attachment.file.name);
  }
  return std::move(*bytes);
}

Result<int64_t> Files::sweep() const {
  int64_t gone = 0;
  std::error_code error;
  std::vector<fs::path> old;
  const auto before = fs::file_time_type::clock::now() - std::chrono::hours(24);
  for (fs::recursive_directory_iterator at(m_folder, error), end; !error && at != end; at.increment(error)) {
    if (at->is_regular_file(error) && at->last_write_time(error) < before) {
      old.push_back(at->path());
    }
  }
  for (const fs::path& each : old) {
    // In the writer's turn: nothing is attached between the question and the removal.
    TRY_ASSIGN(const bool removed, m_store.write([&](store::Transaction& db) -> Result<bool> {
      bool used = false;
      TRY(db.query("SELECT 1 FROM attachment WHERE hash = ? LIMIT 1", {each.filename().string()},
                   [&](const Row&) { used = true; }));
      std::error_code ignored;
      return !used && fs::remove(each, ignored);
    }));
    gone += removed ? 1 : 0;
  }
  return gone;
}

Result<std::vector<std::string>> Files::check() const {
  std::vector<Attachment> all;
  TRY(m_store.read([&](store::Connection& db) {
    return db.query(std::string(k_columns) + "ORDER BY id", {},
                    [&](const Row& row) { all.push_back(attachment_of(row)); });
  }));
  std::vector<std::string> problems;
  for (const Attachment& each : all) {
    const auto bytes = read(each);
    if (!bytes) {
      problems.push_back("attachment " + std::to_string(each.id) + " of " + each.slice + ": " +
                         bytes.error().message());
    }
  }
  return problems;
}

}  // namespace pitchblende::files
