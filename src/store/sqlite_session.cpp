// SOCI opens the session, prepares the statements and owns both; values go in and out through the handles that its
// backend publishes. SOCI's own exchange copies each cell and cuts INTEGER to 32 bits in dynamic rows
// (docs/decisions/0013).
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <cmath>

#include "store/errors.hpp"
#include "store/row_statement.hpp"
#include "store/session.hpp"
#include "store/sql_text.hpp"
#include "store/sqlite_errors.hpp"
#include "store/statement_cache.hpp"

namespace pitchblende::store {

namespace {

using sqlite_api::sqlite3_stmt;

constexpr size_t k_kept_statements = 256;
// Settings that must come first in a new file, and those of every connection.
constexpr const char* k_file_settings = "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL;";
constexpr const char* k_settings =
    "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
    "PRAGMA trusted_schema = OFF;";
// What the writer reads it mostly changes, for which it wants a page of its own: a map would only weigh.
constexpr const char* k_writer_settings =
    "PRAGMA cache_size = -65536; PRAGMA journal_size_limit = 67108864; PRAGMA mmap_size = 0;";
constexpr const char* k_reader_settings =
    "PRAGMA cache_size = -16384; PRAGMA query_only = ON; PRAGMA mmap_size = 134217728;";
constexpr int k_busy_milliseconds = 5000;

// What the system said. A commit that fails leaves it with the file alone: the log, or the database.
int system_errno_of(sqlite_api::sqlite3* connection) {
  if (connection == nullptr) {
    return 0;
  }
  int system_errno = sqlite_api::sqlite3_system_errno(connection);
  for (const int which : {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER}) {
    sqlite_api::sqlite3_file* file = nullptr;
    if (system_errno == 0 && sqlite_api::sqlite3_file_control(connection, "main", which, &file) == SQLITE_OK &&
        file != nullptr && file->pMethods != nullptr) {
      file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &system_errno);
    }
  }
  return system_errno;
}

Error error_of(sqlite_api::sqlite3* connection, int code, std::string_view sql = {}) {
  std::string message =
      connection == nullptr ? sqlite_api::sqlite3_errstr(code) : sqlite_api::sqlite3_errmsg(connection);
  // What was asked matters where the asking was wrong; of a damaged or full disk it says nothing.
  if (!sql.empty() && (code & 0xff) == SQLITE_ERROR) {
    message.append(" in ").append(sql.substr(0, 200));
  }
  return sqlite_error(code, system_errno_of(connection), message);
}

// The types of SOCI's backend are not exported for the sanitizer to look at.
__attribute__((no_sanitize("vptr"))) sqlite_api::sqlite3*& handle_of(soci::details::session_backend* backend) {
  return static_cast<soci::sqlite3_session_backend*>(backend)->conn_;
}
__attribute__((no_sanitize("vptr"))) sqlite3_stmt* handle_of(soci::statement& statement) {
  return static_cast<soci::sqlite3_statement_backend*>(statement.get_backend())->stmt_;
}

struct Opening {
  std::string path;
  int flags;
};

// SOCI knows none of the flags wanted and splits paths at `=`: the handle it opened is replaced by one opened here.
class Factory final : public soci::backend_factory {
 public:
  explicit Factory(Opening opening) : m_opening(std::move(opening)) {}

  soci::details::session_backend* make_session(const soci::connection_parameters& /*parameters*/) const override {
    soci::details::session_backend* backend =
        soci::factory_sqlite3()->make_session(soci::connection_parameters(soci::sqlite3, ":memory:"));
    sqlite_api::sqlite3*& handle = handle_of(backend);
    sqlite_api::sqlite3_close(handle);
    sqlite_api::sqlite3* connection = nullptr;
    const int code = sqlite_api::sqlite3_open_v2(m_opening.path.c_str(), &connection, m_opening.flags, nullptr);
    handle = connection;
    m_error.reset();
    if (code != SQLITE_OK) {
      m_error = error_of(connection, connection == nullptr ? code : sqlite_api::sqlite3_extended_errcode(connection));
    }
    return backend;
  }

  // What opening the last session gave.
  const std::optional<Error>& error() const { return m_error; }

 private:
  Opening m_opening;
  mutable std::optional<Error> m_error;
};

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : m_statement(statement) {}
  bool is_null(int column) const override {
    return sqlite_api::sqlite3_column_type(m_statement, column) == SQLITE_NULL;
  }
  int64_t integer(int column) const override { return sqlite_api::sqlite3_column_int64(m_statement, column); }
  double real(int column) const override { return sqlite_api::sqlite3_column_double(m_statement, column); }
  std::string_view text(int column) const override {
    const auto* bytes = reinterpret_cast<const char*>(sqlite_api::sqlite3_column_text(m_statement, column));
    if (bytes == nullptr) {
      return {};
    }
    return {bytes, static_cast<size_t>(sqlite_api::sqlite3_column_bytes(m_statement, column))};
  }

 private:
  sqlite3_stmt* m_statement;
};

// A statement is always left ready to run again, and holds no lock or snapshot.
class Reset {
 public:
  explicit Reset(sqlite3_stmt* statement) : m_statement(statement) {}
  ~Reset() { sqlite_api::sqlite3_reset(m_statement); }
  Reset(const Reset&) = delete;
  Reset& operator=(const Reset&) = delete;

 private:
  sqlite3_stmt* m_statement;
};

int bind_one(sqlite3_stmt* statement, int position, std::monostate) {
  return sqlite_api::sqlite3_bind_null(statement, position);
}
int bind_one(sqlite3_stmt* statement, int position, int64_t value) {
  return sqlite_api::sqlite3_bind_int64(statement, position, value);
}
int bind_one(sqlite3_stmt* statement, int position, double value) {
  return sqlite_api::sqlite3_bind_double(statement, position, value);  // NaN is NULL
}
int bind_one(sqlite3_stmt* statement, int position, std::string_view value) {
  // A view without bytes may have no address, which would be NULL.
  return sqlite_api::sqlite3_bind_text64(statement, position, value.empty() ? "" : value.data(), value.size(),
                                         SQLITE_STATIC, SQLITE_UTF8);
}

template <typename Cell>
Result<void> refuse_nul_cell(const Cell& cell) {
  return std::visit(
      [](const auto& value) -> Result<void> {
        if constexpr (std::is_convertible_v<decltype(value), std::string_view>) {
          return refuse_nul(value);
        }
        return {};
      },
      cell);
}

class SqliteSession final : public Session {
 public:
  SqliteSession(std::unique_ptr<Factory> factory, std::unique_ptr<soci::session> session, Role role)
      : Session(role), m_factory(std::move(factory)), m_session(std::move(session)), m_statements(k_kept_statements) {
    m_connection = handle_of(m_session->get_backend());
  }

  Dialect dialect() const override { return Dialect::sqlite; }
  bool in_transaction() const override { return sqlite_api::sqlite3_get_autocommit(m_connection) == 0; }
  bool alive() const override { return true; }
  int64_t log_pages() const override { return m_log_pages; }
  Result<int64_t> checkpoint() override;
  Result<bool> has_table(std::string_view name) override;
  Result<void> backup(const std::string& target_file) override;
  Result<std::vector<std::string>> integrity() override;
  Result<bool> settle_piece() override;
  Result<void> configure();

 protected:
  const char* begin_sql() const override { return role() == Role::writer ? "BEGIN IMMEDIATE" : "BEGIN"; }
  Result<void> command(const char* sql) override;
  Result<int64_t> run(std::string_view sql, std::initializer_list<Param> params, const OnRow* on_row) override;
  Result<int64_t> run_rows(std::string_view sql, const Rows& rows, const OnRow* on_row) override;

 private:
  Result<sqlite3_stmt*> prepare(std::string_view sql);
  Result<sqlite3_stmt*> prepare_rows(std::string_view sql, const Rows& rows);
  Result<void> step(sqlite3_stmt* statement, std::string_view sql, const OnRow* on_row);
  Result<void> check(int code, std::string_view sql);
  Result<void> exec(const char* sql);

  std::unique_ptr<Factory> m_factory;  // SOCI keeps a pointer to it
  std::unique_ptr<soci::session> m_session;
  sqlite_api::sqlite3* m_connection;
  int64_t m_log_pages = 0;
  StatementCache<soci::statement> m_statements;  // gone before the session
};

Result<void> SqliteSession::check(int code, std::string_view sql) {
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) {
    return {};
  }
  return tl::unexpected(error_of(m_connection, code, sql));
}

Result<void> SqliteSession::exec(const char* sql) {
  return check(sqlite_api::sqlite3_exec(m_connection, sql, nullptr, nullptr, nullptr), sql);
}

Result<void> SqliteSession::configure() {
  sqlite_api::sqlite3_extended_result_codes(m_connection, 1);
  sqlite_api::sqlite3_busy_timeout(m_connection, k_busy_milliseconds);
  if (role() == Role::writer) {
    TRY(exec(k_file_settings));
    std::string mode;
    TRY(run("PRAGMA journal_mode = WAL", {}, nullptr));
    const OnRow keep = [&](const Row& row) { mode = row.text(0); };
    TRY(run("PRAGMA journal_mode", {}, &keep));
    if (mode != "wal") {
      return fail(errors::io, "no write-ahead log here (journal mode " + mode + "): is the folder on a network disk?");
    }
  }
  TRY(exec(k_settings));
  TRY(exec(role() == Role::writer ? k_writer_settings : k_reader_settings));
  // In the place of SQLite's own hook, which would move the log inside of a commit.
  const auto note_pages = [](void* session, sqlite_api::sqlite3*, const char*, int pages) {
    static_cast<SqliteSession*>(session)->m_log_pages = pages;
    return SQLITE_OK;
  };
  sqlite_api::sqlite3_wal_hook(m_connection, note_pages, this);
  // Reads the file's header: what is no database shows here.
  TRY(run("SELECT count(*) FROM sqlite_schema", {}, nullptr));
  return {};
}

Result<sqlite3_stmt*> SqliteSession::prepare(std::string_view sql) {
  soci::statement* kept = m_statements.find(sql);
  if (kept == nullptr) {
    try {
      soci::statement made(*m_session);
      made.alloc();
      made.prepare(std::string(sql));
      kept = &m_statements.add(sql, made);
    } catch (const soci::sqlite3_soci_error& error) {
      return tl::unexpected(error_of(m_connection, error.result(), sql));
    }
  }
  sqlite3_stmt* statement = handle_of(*kept);
  if (statement == nullptr) {
    return fail(errors::sql, "an empty statement");
  }
  return statement;
}

Result<void> SqliteSession::step(sqlite3_stmt* statement, std::string_view sql, const OnRow* on_row) {
  const SqliteRow row(statement);
  int code = sqlite_api::sqlite3_step(statement);
  while (code == SQLITE_ROW) {
    if (on_row != nullptr) {
      (*on_row)(row);
    }
    code = sqlite_api::sqlite3_step(statement);
  }
  return check(code, sql);
}

Result<void> SqliteSession::command(const char* sql) {
  TRY_ASSIGN(sqlite3_stmt * statement, prepare(sql));
  const Reset reset(statement);
  return step(statement, sql, nullptr);
}

Result<int64_t> SqliteSession::run(std::string_view sql, std::initializer_list<Param> params, const OnRow* on_row) {
  TRY_ASSIGN(sqlite3_stmt * statement, prepare(sql));
  if (static_cast<size_t>(sqlite_api::sqlite3_bind_parameter_count(statement)) != params.size()) {
    return fail(errors::sql, "another number of parameters than of `?` in " + std::string(sql.substr(0, 200)));
  }
  const Reset reset(statement);
  int position = 0;
  for (const Param& param : params) {
    TRY(refuse_nul_cell(param));
    ++position;
    TRY(check(std::visit([&](const auto& value) { return bind_one(statement, position, value); }, param), sql));
  }
  const int64_t before = sqlite_api::sqlite3_total_changes64(m_connection);
  TRY(step(statement, sql, on_row));
  // changes() keeps the count of an earlier statement when this one was no change at all.
  return sqlite_api::sqlite3_total_changes64(m_connection) == before ? 0 : sqlite_api::sqlite3_changes64(m_connection);
}

Result<sqlite3_stmt*> SqliteSession::prepare_rows(std::string_view sql, const Rows& rows) {
  if (const std::optional<std::string> single = row_statement(sql, rows)) {
    Result<sqlite3_stmt*> statement = prepare(*single);
    if (statement && sqlite_api::sqlite3_bind_parameter_count(*statement) > 0) {
      return statement;
    }
  }
  TRY_ASSIGN(sqlite3_stmt * statement, prepare(expand_rows(sql, rows, Dialect::sqlite).sql));
  if (static_cast<size_t>(sqlite_api::sqlite3_bind_parameter_count(statement)) != rows.columns().size()) {
    return fail(errors::sql, "`{rows}` is not in, or a `?` is, in " + std::string(sql.substr(0, 200)));
  }
  return statement;
}

Result<int64_t> SqliteSession::run_rows(std::string_view sql, const Rows& rows, const OnRow* on_row) {
  if (rows.empty()) {
    return 0;
  }
  TRY_ASSIGN(sqlite3_stmt * statement, prepare_rows(sql, rows));
  const auto columns = static_cast<size_t>(sqlite_api::sqlite3_bind_parameter_count(statement));
  int64_t changed = 0;
  for (size_t row = 0; row < rows.size(); ++row) {
    const Reset reset(statement);
    for (size_t column = 0; column < columns; ++column) {
      const Rows::Cell& cell = rows.cell(row, column);
      TRY(refuse_nul_cell(cell));
      const int position = static_cast<int>(column) + 1;
      TRY(check(std::visit([&](const auto& value) { return bind_one(statement, position, value); }, cell), sql));
    }
    const int64_t before = sqlite_api::sqlite3_total_changes64(m_connection);
    TRY(step(statement, sql, on_row));
    if (sqlite_api::sqlite3_total_changes64(m_connection) != before) {
      changed += sqlite_api::sqlite3_changes64(m_connection);
    }
  }
  return changed;
}

Result<bool> SqliteSession::has_table(std::string_view name) {
  bool found = false;
  TRY(query("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?", {name},
            [&](const Row& row) { found = row.integer(0) > 0; }));
  return found;
}

// A copy of damaged pages is no backup: it is found out now, and not on the day that it is needed.
Result<void> checked_copy(sqlite_api::sqlite3* copy, const std::string& file) {
  std::string problem;
  const auto first = [](void* said, int columns, char** values, char**) {
    auto& text = *static_cast<std::string*>(said);
    if (text.empty() && columns > 0 && values[0] != nullptr && std::string_view(values[0]) != "ok") {
      text = values[0];
    }
    return 0;
  };
  const int code = sqlite_api::sqlite3_exec(copy, "PRAGMA quick_check(1)", first, &problem, nullptr);
  if (code != SQLITE_OK) {
    return tl::unexpected(error_of(copy, code, file));
  }
  return problem.empty() ? Result<void>() : fail(errors::damaged, problem);
}

Result<void> SqliteSession::backup(const std::string& target_file) {
  sqlite_api::sqlite3* target = nullptr;
  int code = sqlite_api::sqlite3_open_v2(target_file.c_str(), &target,
                                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code == SQLITE_OK) {
    sqlite_api::sqlite3_extended_result_codes(target, 1);
    sqlite_api::sqlite3_backup* copy = sqlite_api::sqlite3_backup_init(target, "main", m_connection, "main");
    if (copy != nullptr) {
      // All at once, in one snapshot: in pieces it would begin again at each write.
      sqlite_api::sqlite3_backup_step(copy, -1);
      sqlite_api::sqlite3_backup_finish(copy);
    }
    code = sqlite_api::sqlite3_extended_errcode(target);
  }
  Result<void> result;
  if (code != SQLITE_OK && code != SQLITE_DONE) {
    result = tl::unexpected(error_of(target, code, target_file));
  } else {
    result = checked_copy(target, target_file);
  }
  sqlite_api::sqlite3_close(target);
  return result;
}

Result<std::vector<std::string>> SqliteSession::integrity() {
  std::vector<std::string> problems;
  const Result<void> pages = query("PRAGMA integrity_check(100)", {}, [&](const Row& row) {
    if (row.text(0) != "ok") {
      problems.emplace_back(row.text(0));
    }
  });
  if (!pages) {
    problems.push_back(pages.error().message());
    return problems;
  }
  const Result<void> keys = query("PRAGMA foreign_key_check", {}, [&](const Row& row) {
    if (problems.size() < 100) {
      problems.push_back("table " + std::string(row.text(0)) + ", row " + std::to_string(row.integer(1)) +
                         ": no such row in " + std::string(row.text(2)));
    }
  });
  if (!keys) {
    problems.push_back(keys.error().message());
  }
  return problems;
}

Result<int64_t> SqliteSession::checkpoint() {
  int64_t moved = 0;
  const OnRow note = [&](const Row& row) { moved = row.integer(2); };
  TRY(run("PRAGMA wal_checkpoint(PASSIVE)", {}, &note));
  return moved;
}

Result<bool> SqliteSession::settle_piece() {
  int64_t pages = 0;
  int64_t unused = 0;
  const OnRow count_pages = [&](const Row& row) { pages = row.integer(0); };
  const OnRow count_unused = [&](const Row& row) { unused = row.integer(0); };
  TRY(run("PRAGMA page_count", {}, &count_pages));
  TRY(run("PRAGMA freelist_count", {}, &count_unused));
  // A few unused pages are for the next import.
  constexpr int64_t k_kept_share = 8;
  if (unused > pages / k_kept_share) {
    TRY(run("PRAGMA incremental_vacuum(500)", {}, nullptr));
    return true;
  }
  TRY(exec("PRAGMA analysis_limit = 1000; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);"));
  return false;
}

}  // namespace

Result<std::unique_ptr<Session>> open_sqlite(const SqliteFile& file, Role role) {
  const int access = file.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  const int create = file.create && role == Role::writer ? SQLITE_OPEN_CREATE : 0;
  auto factory = std::make_unique<Factory>(Opening{file.path, access | create | SQLITE_OPEN_NOMUTEX});
  std::unique_ptr<soci::session> session;
  try {
    session = std::make_unique<soci::session>(*factory, file.path);
  } catch (const soci::soci_error& error) {
    return fail(errors::io, std::string(error.what()));
  }
  if (factory->error()) {
    return tl::unexpected(*factory->error());
  }
  auto opened = std::make_unique<SqliteSession>(std::move(factory), std::move(session), role);
  TRY(opened->configure());
  return opened;
}

}  // namespace pitchblende::store
