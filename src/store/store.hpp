// The one door to SQL: SQLite inside a data folder, or PostgreSQL 15 when the configuration says so.
//
// SQL is written once, in the part that both speak; parameters are `?` in order, never concatenated. Text is UTF-8
// without NUL (refused: STORE_NUL); no blobs. ORDER BY text says COLLATE "C" on PostgreSQL by itself: the door makes
// text columns of both sort bytewise. A Store may be used by many threads; a Connection by one at a time, inside the
// closure that got it. What runs in a callback (on_row) must not use the connection: such a query is refused.
#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace pitchblende::store {

enum class Dialect : uint8_t { sqlite, postgresql };

// A value bound to a `?` or to a cell of Rows. A string_view must live until the call returns.
using Param = std::variant<std::monostate, int64_t, double, std::string_view>;

// One row of an answer; columns from 0. Good during the callback only.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool is_null(int column) const = 0;
  virtual int64_t integer(int column) const = 0;        // 0 for NULL
  virtual double real(int column) const = 0;            // 0 for NULL
  virtual std::string_view text(int column) const = 0;  // empty for NULL
};

enum class ColumnType : uint8_t { integer, real, text };
struct Column {
  std::string_view name;
  ColumnType type = ColumnType::text;
};

// Many rows for one statement. Cells are added in the columns' order; a row is complete when all of its cells are
// there.
class Rows {
 public:
  Rows(std::initializer_list<Column> columns) : m_columns(columns) {}
  Rows& add(int64_t value) {
    m_cells.emplace_back(value);
    return *this;
  }
  Rows& add(double value) {
    m_cells.emplace_back(value);
    return *this;
  }
  Rows& add(std::string value) {
    m_cells.emplace_back(std::move(value));
    return *this;
  }
  Rows& add_null() {
    m_cells.emplace_back(std::monostate{});
    return *this;
  }
  size_t size() const { return m_columns.empty() ? 0 : m_cells.size() / m_columns.size(); }
  bool empty() const { return m_cells.empty(); }
  void clear() { m_cells.clear(); }
  const std::vector<Column>& columns() const { return m_columns; }
  using Cell = std::variant<std::monostate, int64_t, double, std::string>;
  const Cell& cell(size_t row, size_t column) const { return m_cells[row * m_columns.size() + column]; }

 private:
  std::vector<Column> m_columns;
  std::vector<Cell> m_cells;
};

using OnRow = std::function<void(const Row&)>;

class Connection {
 public:
  virtual ~Connection() = default;
  virtual Dialect dialect() const = 0;
  virtual Result<void> query(std::string_view sql, std::initializer_list<Param> params, const OnRow& on_row) = 0;
  // `{rows}` in the SQL stands for the rows as a relation with the given column names, e.g.
  // "SELECT r.id, m.id FROM {rows} r JOIN record m ON m.key = r.key". The statement must be row-wise: its answer is the
  // same run once for all rows or once for each (SQLite runs a prepared statement per row, PostgreSQL gets one JSON
  // text). The order of the answer is not given. `{rows}` may stand several times; `?` may not.
  virtual Result<void> lookup(std::string_view sql, const Rows& rows, const OnRow& on_row) = 0;
};

// A statement that fails makes its closure fail, whatever the closure answers: PostgreSQL knows no other way, and both
// are to do the same. Until the closure ends, further statements give the same error.
class Transaction : public Connection {
 public:
  // Rows changed.
  virtual Result<int64_t> execute(std::string_view sql, std::initializer_list<Param> params = {}) = 0;
  // As lookup(), for INSERT … SELECT … FROM {rows}, UPDATE … FROM {rows}, DELETE … WHERE id IN (SELECT id FROM {rows}).
  // Before ON CONFLICT say WHERE true (`… FROM {rows} WHERE true ON CONFLICT …`): SQLite takes the ON for a join's
  // else.
  virtual Result<int64_t> bulk(std::string_view sql, const Rows& rows) = 0;
  // Many statements parted by `;`, without parameters, with the words of a migration ({key}, {int}, {real}, {text},
  // {without_rowid}) replaced: what stands in db/.
  virtual Result<void> script(std::string_view text) = 0;
  // true: this closure should end now and go on in another. Work that is cut in pieces asks it after each small batch;
  // the time that the commit will take is counted in, by what the last ones took.
  virtual bool due() const = 0;
};

// One file of db/migrations: NNNN_name.sql.
struct Migration {
  int number = 0;
  std::string_view name;
  std::string_view text;
};
// The ones built into the program, in order, without gaps.
std::span<const Migration> built_in_migrations();

struct Options {
  std::string folder;    // the data folder; SQLite's file is <folder>/pitchblende.db
  std::string database;  // empty: SQLite; else "postgresql://user@host:port/name"
  int readers = 4;
  bool create = false;     // may make the database
  bool read_only = false;  // no writer thread, no migrations: the database must be of this program's version
  std::optional<std::span<const Migration>> migrations = std::nullopt;  // for tests: others than the built-in ones
};

class Store {
 public:
  // Takes the folder's lock (unless read_only), opens, migrates forward inside a transaction, starts the writer thread.
  // Errors: STORE_MISSING, STORE_NEWER (database of a newer program, says both versions), STORE_OLDER (read_only),
  // STORE_LOCKED, STORE_DAMAGED, STORE_READ_ONLY, STORE_FULL, STORE_CONNECT.
  static Result<std::unique_ptr<Store>> open(const Options& options);
  virtual ~Store() = default;
  virtual Dialect dialect() const = 0;

  // Hands a closure to the one writer, which runs many in one transaction, a savepoint each, and answers after the
  // common commit is on disk (synchronous=FULL). An error from the closure rolls back its savepoint alone and is
  // returned. The closure should take at most 50 ms: longer work is cut in pieces by the caller (Transaction::due()),
  // one in the queue at a time. An exception becomes STORE_SQL. Closures run in the order of the calls; one that calls
  // write() itself is refused.
  template <typename Function>
  std::invoke_result_t<Function, Transaction&> write(Function&& function) {
    using R = std::invoke_result_t<Function, Transaction&>;
    std::optional<R> result;
    Result<void> committed = write_erased([&](Transaction& transaction) -> Result<void> {
      result.emplace(function(transaction));
      if (!*result) {
        return tl::unexpected(result->error());
      }
      return {};
    });
    if (!committed) {
      return tl::unexpected(std::move(committed).error());
    }
    return std::move(*result);
  }
  // The same without waiting; the future answers after the commit.
  virtual std::future<Result<void>> write_later(std::function<Result<void>(Transaction&)> function) = 0;

  // Closures handed to the writer so far, by anybody: whoever counts his own knows whether others write.
  virtual uint64_t handed_over() const = 0;

  // Runs a closure on a reader: one consistent snapshot for all of its queries. A closure that calls read() again takes
  // a second reader of the pool.
  template <typename Function>
  std::invoke_result_t<Function, Connection&> read(Function&& function) {
    using R = std::invoke_result_t<Function, Connection&>;
    std::optional<R> result;
    Result<void> done = read_erased([&](Connection& connection) -> Result<void> {
      result.emplace(function(connection));
      return {};
    });
    if (!done) {
      return tl::unexpected(std::move(done).error());
    }
    return std::move(*result);
  }

  // A consistent copy while others read and write (SQLite: the backup API; PostgreSQL: refused with what to run
  // instead). The file must not exist yet; it appears whole or not at all.
  virtual Result<void> backup(const std::string& target_file) = 0;
  // The database's own integrity check; each string is one problem. Empty: none.
  virtual Result<std::vector<std::string>> integrity() = 0;
  // Gives space back and statistics to the planner; called at the end of a large import.
  virtual Result<void> settle() = 0;

 protected:
  virtual Result<void> write_erased(std::function<Result<void>(Transaction&)> function) = 0;
  virtual Result<void> read_erased(const std::function<Result<void>(Connection&)>& function) = 0;
};

}  // namespace pitchblende::store
