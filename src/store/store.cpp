#include "store/store.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <thread>
#include <utility>

#include "store/checkpointer.hpp"
#include "store/errors.hpp"
#include "store/folder_lock.hpp"
#include "store/reader_pool.hpp"
#include "store/schema.hpp"
#include "store/scrub.hpp"
#include "store/writer.hpp"

namespace pitchblende::store {

namespace {

namespace fs = std::filesystem;

// The order of the members is that of life: the lock goes last.
class SqlStore final : public Store {
 public:
  SqlStore(Dialect dialect, std::optional<FolderLock> lock, Opener opener, int readers)
      : m_dialect(dialect), m_lock(std::move(lock)), m_readers(opener, readers), m_opener(std::move(opener)) {}

  void start_writer(std::unique_ptr<Session> session) {
    if (m_dialect == Dialect::sqlite) {
      m_checkpointer = std::make_unique<Checkpointer>(m_opener);
    }
    m_writer = std::make_unique<Writer>(std::move(session), m_opener, m_checkpointer.get());
  }

  Dialect dialect() const override { return m_dialect; }
  std::future<Result<void>> write_later(std::function<Result<void>(Transaction&)> function) override;
  uint64_t handed_over() const override { return m_writer == nullptr ? 0 : m_writer->handed_over(); }
  Result<void> backup(const std::string& target_file) override;
  Result<std::vector<std::string>> integrity() override;
  Result<void> settle() override;
  Result<void> scrub(Scrub what);

 protected:
  Result<void> write_erased(std::function<Result<void>(Transaction&)> function) override;
  Result<void> read_erased(const std::function<Result<void>(Connection&)>& function) override {
    return m_readers.read(function);
  }

 private:
  Result<void> can_write() const;

  Dialect m_dialect;
  std::optional<FolderLock> m_lock;
  ReaderPool m_readers;
  Opener m_opener;
  std::unique_ptr<Checkpointer> m_checkpointer;
  std::unique_ptr<Writer> m_writer;  // none: read only
};

Result<void> SqlStore::can_write() const {
  if (m_writer == nullptr) {
    return fail(errors::read_only, "opened for reading");
  }
  if (m_writer->is_this_thread()) {
    return fail(errors::sql, "a write inside the closure of another");
  }
  return {};
}

std::future<Result<void>> SqlStore::write_later(std::function<Result<void>(Transaction&)> function) {
  if (m_writer == nullptr) {
    std::promise<Result<void>> refused;
    refused.set_value(can_write());
    return refused.get_future();
  }
  return m_writer->post(std::move(function));
}

Result<void> SqlStore::write_erased(std::function<Result<void>(Transaction&)> function) {
  TRY(can_write());
  return m_writer->post(std::move(function)).get();
}

Result<void> SqlStore::settle() {
  TRY(can_write());
  bool more = true;
  while (more) {
    TRY(m_writer
            ->post_alone([&](Session& session) -> Result<void> {
              TRY_ASSIGN(more, session.settle_piece());
              return {};
            })
            .get());
  }
  return {};
}

// A reader that is in the middle of something holds the log back: it is asked for again until none is.
Result<void> SqlStore::scrub(Scrub what) {
  TRY(can_write());
  constexpr int k_tries = 20;
  bool empty = false;
  for (int tried = 0; tried < k_tries && !empty; ++tried) {
    TRY(m_writer
            ->post_alone([&](Session& session) -> Result<void> {
              const bool anew = what == Scrub::file && tried == 0;
              if (m_dialect == Dialect::postgresql) {
                empty = true;
                return session.script(anew ? "VACUUM (FULL)" : "VACUUM");
              }
              if (anew) {
                TRY(session.script("VACUUM"));
              }
              return session.query("PRAGMA wal_checkpoint(TRUNCATE)", {},
                                   [&](const Row& row) { empty = row.integer(0) == 0; });
            })
            .get());
    if (!empty) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
  return empty ? Result<void>() : fail(errors::busy, "somebody reads what is in its log");
}

Result<std::vector<std::string>> SqlStore::integrity() {
  std::vector<std::string> problems;
  TRY(m_readers.use([&](Session& session) -> Result<void> {
    TRY_ASSIGN(problems, session.integrity());
    return {};
  }));
  return problems;
}

// The bytes and the name are on the disk.
Result<void> sync_path(const std::string& path, int flags) {
  const int file = open(path.c_str(), flags | O_CLOEXEC);
  const bool synced = file >= 0 && fsync(file) == 0;
  const int system_errno = errno;
  if (file >= 0) {
    close(file);
  }
  if (!synced) {
    return fail(errors::io, path + ": " + std::strerror(system_errno));
  }
  return {};
}

Result<void> SqlStore::backup(const std::string& target_file) {
  if (fs::exists(fs::symlink_status(target_file))) {
    return fail(errors::exists, target_file);
  }
  const std::string part = target_file + ".part";
  std::error_code ignored;
  fs::remove(part, ignored);
  Result<void> copied = m_readers.use([&](Session& session) { return session.backup(part); });
  if (copied) {
    copied = sync_path(part, O_RDWR);
  }
  // link() and not rename(): a file that came meanwhile is not replaced.
  if (copied && link(part.c_str(), target_file.c_str()) != 0) {
    copied = fail(errors::io, target_file + ": " + std::strerror(errno));
  }
  fs::remove(part, ignored);
  TRY(copied);
  const std::string folder = fs::path(target_file).parent_path().string();
  return sync_path(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
}

Result<void> make_folder(const Options& options) {
  std::error_code error;
  if (options.create) {
    fs::create_directories(options.folder, error);
    if (error) {
      return fail(errors::read_only, options.folder + ": " + error.message());
    }
  }
  if (!fs::is_directory(options.folder, error)) {
    return fail(errors::missing, options.folder);
  }
  return {};
}

Result<Opener> sqlite_opener(const Options& options) {
  const std::string path = options.folder + "/pitchblende.db";
  std::error_code error;
  if (!fs::exists(path, error) && !options.create) {
    return fail(errors::missing, options.folder);
  }
  const SqliteFile file{path, options.create, options.read_only};
  return [file](Role role) { return open_sqlite(file, role); };
}

}  // namespace

Result<void> scrub(Store& store, Scrub what) { return dynamic_cast<SqlStore&>(store).scrub(what); }

Result<std::unique_ptr<Store>> Store::open(const Options& options) {
  const bool inside = options.database.empty();
  std::optional<FolderLock> lock;
  if (inside || !options.folder.empty()) {
    TRY(make_folder(options));
    if (!options.read_only) {
      TRY_ASSIGN(lock, FolderLock::take(options.folder));
    }
  }
  Opener opener = [address = options.database](Role role) { return open_postgresql(address, role); };
  if (inside) {
    TRY_ASSIGN(opener, sqlite_opener(options));
  }
  const std::string place = inside || !options.folder.empty() ? options.folder : "PostgreSQL";
  const std::span<const Migration> migrations = options.migrations.value_or(built_in_migrations());
  auto store = std::make_unique<SqlStore>(inside ? Dialect::sqlite : Dialect::postgresql, std::move(lock), opener,
                                          options.readers);
  TRY_ASSIGN(std::unique_ptr<Session> session, opener(options.read_only ? Role::reader : Role::writer));
  if (options.read_only) {
    TRY(check_version(*session, migrations, place));
  } else {
    TRY(bring_forward(*session, migrations, options.create, place));
    store->start_writer(std::move(session));
  }
  return store;
}

}  // namespace pitchblende::store
