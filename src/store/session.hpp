// One database connection with its transaction and savepoint: what the writer and the readers are made of.
//
// Inside the slice only. A Session is used by one thread at a time.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.hpp"

namespace pitchblende::store {

enum class Role : uint8_t { writer, reader };

class Session : public Transaction {
 public:
  // The writer's begin takes the database's write lock; a reader's begin makes a snapshot that cannot write.
  Result<void> begin();
  Result<void> commit();
  // Never fails: a transaction that is gone is rolled back already.
  void rollback();
  Result<void> savepoint();
  Result<void> release();
  Result<void> roll_back_to_savepoint();
  // The first statement that failed since savepoint() or begin().
  const std::optional<Error>& broken() const { return m_broken; }

  void set_deadline(std::chrono::steady_clock::time_point deadline) { m_deadline = deadline; }
  bool due() const final { return std::chrono::steady_clock::now() >= m_deadline; }

  virtual bool in_transaction() const = 0;
  // false: the connection is lost, and the session of no more use.
  virtual bool alive() const = 0;
  // Pages in the log that the last commit left; 0 where the database looks after its own.
  virtual int64_t log_pages() const = 0;
  // Moves what no reader needs from the log into the file. Outside of a transaction; waits for nobody. The answer: the
  // pages of the log that have been moved by now.
  virtual Result<int64_t> checkpoint() = 0;
  virtual Result<bool> has_table(std::string_view name) = 0;
  virtual Result<void> backup(const std::string& target_file) = 0;
  virtual Result<std::vector<std::string>> integrity() = 0;
  // Outside of a transaction, a short while at a time; true: there is more to do.
  virtual Result<bool> settle_piece() = 0;

  Result<void> query(std::string_view sql, std::initializer_list<Param> params, const OnRow& on_row) final;
  Result<void> lookup(std::string_view sql, const Rows& rows, const OnRow& on_row) final;
  Result<int64_t> execute(std::string_view sql, std::initializer_list<Param> params) final;
  Result<int64_t> bulk(std::string_view sql, const Rows& rows) final;
  Result<void> script(std::string_view text) final;

 protected:
  explicit Session(Role role) : m_role(role) {}
  Role role() const { return m_role; }
  virtual const char* begin_sql() const = 0;
  // A word of transaction control, without parameters or answer.
  virtual Result<void> command(const char* sql) = 0;
  // Runs one prepared statement; on_row may be empty. The answer: rows changed.
  virtual Result<int64_t> run(std::string_view sql, std::initializer_list<Param> params, const OnRow* on_row) = 0;
  virtual Result<int64_t> run_rows(std::string_view sql, const Rows& rows, const OnRow* on_row) = 0;

 private:
  template <typename Run>
  Result<int64_t> guarded(Run&& run);

  Role m_role;
  bool m_running = false;
  std::optional<Error> m_broken;
  std::chrono::steady_clock::time_point m_deadline = std::chrono::steady_clock::time_point::max();
};

using Opener = std::function<Result<std::unique_ptr<Session>>(Role)>;

// Opens <file>. `create`: may make it. A reader never writes; `read_only` says that nobody of this process does.
struct SqliteFile {
  std::string path;
  bool create = false;
  bool read_only = false;
};
Result<std::unique_ptr<Session>> open_sqlite(const SqliteFile& file, Role role);
Result<std::unique_ptr<Session>> open_postgresql(const std::string& address, Role role);

// NUL in a text parameter is refused at the door, by either database alike.
Result<void> refuse_nul(std::string_view text);

}  // namespace pitchblende::store
