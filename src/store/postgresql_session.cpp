// SOCI opens the session, prepares the statements and owns both; values go in and out through the handles that its
// backend publishes, a row at a time as they arrive: SOCI would hold the whole answer in memory
// (docs/decisions/0013).
#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

#include <charconv>
#include <cmath>

#include "store/errors.hpp"
#include "store/postgresql_errors.hpp"
#include "store/rows_json.hpp"
#include "store/session.hpp"
#include "store/sql_text.hpp"
#include "store/statement_cache.hpp"

namespace pitchblende::store {

namespace {

constexpr size_t k_kept_statements = 256;
// One text of rows; PostgreSQL keeps several copies of it while it reads.
constexpr size_t k_rows_bytes = size_t{4} << 20;
constexpr Oid k_boolean = 16;

// One writer at a time, as in SQLite, however many nodes there are: an advisory lock of this database.
constexpr const char* k_begin_write = "BEGIN; SELECT pg_advisory_xact_lock(7236921745)";
constexpr const char* k_begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
constexpr const char* k_settings =
    "SET client_min_messages = warning; SET client_encoding = 'UTF8'; SET standard_conforming_strings = on;"
    "SET extra_float_digits = 1; SET bytea_output = 'hex'; SET synchronous_commit = on; SET jit = off";

struct FreeResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultHandle = std::unique_ptr<PGresult, FreeResult>;

Error error_of(PGconn* connection, const PGresult* result, std::string_view sql) {
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* primary = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  // The primary message alone: the detail holds values, which have no place in a log.
  std::string message = primary != nullptr ? primary : PQerrorMessage(connection);
  message.append(" in ").append(sql.substr(0, 200));
  const bool lost = PQstatus(connection) == CONNECTION_BAD;
  return postgresql_error(lost ? std::string_view() : state == nullptr ? "XX000" : state, message);
}

struct Prepared {
  const char* name;
  size_t parameters;
};

// The types of SOCI's backend are not exported for the sanitizer to look at.
__attribute__((no_sanitize("vptr"))) PGconn* connection_of(soci::session& session) {
  return static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_;
}
__attribute__((no_sanitize("vptr"))) Prepared prepared_of(soci::statement& statement) {
  const auto* backend = static_cast<soci::postgresql_statement_backend*>(statement.get_backend());
  return {backend->statementName_.c_str(), backend->names_.size()};
}

class PostgresqlRow final : public Row {
 public:
  explicit PostgresqlRow(const PGresult* result) : m_result(result) {}
  bool is_null(int column) const override { return PQgetisnull(m_result, 0, column) != 0; }
  int64_t integer(int column) const override {
    const std::string_view value = text(column);
    if (PQftype(m_result, column) == k_boolean) {
      return value == "t" ? 1 : 0;
    }
    int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error == std::errc() && end == value.data() + value.size()) {
      return number;
    }
    return static_cast<int64_t>(real(column));
  }
  double real(int column) const override {
    const std::string_view value = text(column);
    double number = 0;
    if (std::from_chars(value.data(), value.data() + value.size(), number).ec != std::errc()) {
      return value == "Infinity" ? HUGE_VAL : value == "-Infinity" ? -HUGE_VAL : 0;
    }
    return number;
  }
  std::string_view text(int column) const override {
    return {PQgetvalue(m_result, 0, column), static_cast<size_t>(PQgetlength(m_result, 0, column))};
  }

 private:
  const PGresult* m_result;
};

// A parameter as text, NULL absent.
Result<std::optional<std::string>> text_of(const Param& param) {
  if (const auto* text = std::get_if<std::string_view>(&param)) {
    TRY(refuse_nul(*text));
    return std::string(*text);
  }
  if (const auto* integer = std::get_if<int64_t>(&param)) {
    return std::to_string(*integer);
  }
  const auto* real = std::get_if<double>(&param);
  if (real == nullptr || std::isnan(*real)) {
    return std::nullopt;
  }
  return real_text(*real);
}

class PostgresqlSession final : public Session {
 public:
  PostgresqlSession(std::unique_ptr<soci::session> session, Role role)
      : Session(role),
        m_session(std::move(session)),
        m_connection(connection_of(*m_session)),
        m_statements(k_kept_statements) {}

  Dialect dialect() const override { return Dialect::postgresql; }
  bool in_transaction() const override {
    const PGTransactionStatusType status = PQtransactionStatus(m_connection);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
  }
  bool alive() const override { return PQstatus(m_connection) == CONNECTION_OK; }
  int64_t log_pages() const override { return 0; }
  Result<int64_t> checkpoint() override { return 0; }
  Result<bool> has_table(std::string_view name) override;
  Result<void> backup(const std::string& target_file) override;
  Result<std::vector<std::string>> integrity() override;
  Result<bool> settle_piece() override;
  Result<void> configure();

 protected:
  const char* begin_sql() const override { return role() == Role::writer ? k_begin_write : k_begin_read; }
  Result<void> command(const char* sql) override;
  Result<int64_t> run(std::string_view sql, std::initializer_list<Param> params, const OnRow* on_row) override;
  Result<int64_t> run_rows(std::string_view sql, const Rows& rows, const OnRow* on_row) override;

 private:
  using Texts = std::vector<std::optional<std::string>>;
  Result<Prepared> prepare(std::string_view sql);
  Result<int64_t> send(std::string_view sql, const Texts& texts, const OnRow* on_row);
  // Reads the answer to its end, whatever happens on the way.
  Result<int64_t> receive(std::string_view sql, const OnRow* on_row);

  std::unique_ptr<soci::session> m_session;
  PGconn* m_connection;
  StatementCache<soci::statement> m_statements;  // gone before the session
};

Result<void> PostgresqlSession::configure() {
  const char* encoding = PQparameterStatus(m_connection, "server_encoding");
  if (encoding == nullptr || std::string_view(encoding) != "UTF8") {
    return fail(errors::connect, std::string("the database's encoding is ") + (encoding == nullptr ? "?" : encoding) +
                                     ", UTF8 is wanted");
  }
  constexpr int k_oldest = 150000;
  if (PQserverVersion(m_connection) < k_oldest) {
    return fail(errors::connect, "PostgreSQL 15 or later is wanted, the server is of version " +
                                     std::to_string(PQserverVersion(m_connection)));
  }
  return command(k_settings);
}

Result<void> PostgresqlSession::command(const char* sql) {
  const ResultHandle result(PQexec(m_connection, sql));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    return tl::unexpected(error_of(m_connection, result.get(), sql));
  }
  // The commit of a transaction that failed is answered by a rollback, and no error.
  if (std::string_view(sql) == "COMMIT" && std::string_view(PQcmdStatus(result.get())) != "COMMIT") {
    return fail(errors::sql, "the transaction was rolled back");
  }
  return {};
}

Result<Prepared> PostgresqlSession::prepare(std::string_view sql) {
  soci::statement* kept = m_statements.find(sql);
  if (kept == nullptr) {
    try {
      soci::statement made(*m_session);
      made.alloc();
      made.prepare(named_placeholders(sql));
      kept = &m_statements.add(sql, made);
    } catch (const soci::postgresql_soci_error& error) {
      return tl::unexpected(postgresql_error(alive() ? error.sqlstate() : "", error.get_error_message()));
    } catch (const soci::soci_error& error) {
      return tl::unexpected(postgresql_error(alive() ? "XX000" : "", error.get_error_message()));
    }
  }
  return prepared_of(*kept);
}

Result<int64_t> PostgresqlSession::receive(std::string_view sql, const OnRow* on_row) {
  // The rest of the answer is taken off the connection when a callback throws as well.
  struct Drain {
    PGconn* connection;
    ~Drain() {
      while (const ResultHandle rest{PQgetResult(connection)}) {
      }
    }
  } const drain{m_connection};

  Result<int64_t> changed = 0;
  while (const ResultHandle result{PQgetResult(m_connection)}) {
    switch (PQresultStatus(result.get())) {
      case PGRES_SINGLE_TUPLE:
        if (on_row != nullptr && changed) {
          (*on_row)(PostgresqlRow(result.get()));
        }
        break;
      case PGRES_COMMAND_OK: {
        const std::string_view count = PQcmdTuples(result.get());
        int64_t number = 0;
        std::from_chars(count.data(), count.data() + count.size(), number);
        changed = number;
        break;
      }
      case PGRES_TUPLES_OK:
        break;
      case PGRES_EMPTY_QUERY:
        changed = fail(errors::sql, "an empty statement");
        break;
      default:
        changed = tl::unexpected(error_of(m_connection, result.get(), sql));
    }
  }
  return changed;
}

Result<int64_t> PostgresqlSession::send(std::string_view sql, const Texts& texts, const OnRow* on_row) {
  TRY_ASSIGN(const Prepared prepared, prepare(sql));
  if (prepared.parameters != texts.size()) {
    return fail(errors::sql, "another number of parameters than of `?` in " + std::string(sql.substr(0, 200)));
  }
  std::vector<const char*> values;
  for (const std::optional<std::string>& text : texts) {
    values.push_back(text ? text->c_str() : nullptr);
  }
  if (PQsendQueryPrepared(m_connection, prepared.name, static_cast<int>(values.size()), values.data(), nullptr, nullptr,
                          0) != 1) {
    return tl::unexpected(error_of(m_connection, nullptr, sql));
  }
  PQsetSingleRowMode(m_connection);
  return receive(sql, on_row);
}

Result<int64_t> PostgresqlSession::run(std::string_view sql, std::initializer_list<Param> params, const OnRow* on_row) {
  Texts texts;
  for (const Param& param : params) {
    TRY_ASSIGN(std::optional<std::string> text, text_of(param));
    texts.push_back(std::move(text));
  }
  return send(sql, texts, on_row);
}

Result<int64_t> PostgresqlSession::run_rows(std::string_view sql, const Rows& rows, const OnRow* on_row) {
  if (rows.empty()) {
    return 0;
  }
  const RowsSql expanded = expand_rows(sql, rows, Dialect::postgresql);
  if (expanded.uses == 0) {
    return fail(errors::sql, "`{rows}` is not in " + std::string(sql.substr(0, 200)));
  }
  int64_t changed = 0;
  for (size_t first = 0; first < rows.size();) {
    TRY_ASSIGN(RowsJson json, rows_json(rows, first, k_rows_bytes));
    first = json.next;
    const Texts texts(static_cast<size_t>(expanded.uses), std::move(json.text));
    TRY_ASSIGN(const int64_t count, send(expanded.sql, texts, on_row));
    changed += count;
  }
  return changed;
}

Result<bool> PostgresqlSession::has_table(std::string_view name) {
  bool found = false;
  TRY(query("SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = ?", {name},
            [&](const Row& row) { found = row.integer(0) > 0; }));
  return found;
}

Result<void> PostgresqlSession::backup(const std::string&) {
  return fail(errors::elsewhere, "pg_dump --format=custom --file=FILE");
}

Result<std::vector<std::string>> PostgresqlSession::integrity() {
  std::vector<std::string> problems;
  TRY(query("SELECT indexrelid::regclass::text FROM pg_catalog.pg_index WHERE NOT indisvalid ORDER BY 1", {},
            [&](const Row& row) { problems.push_back("index " + std::string(row.text(0)) + " is not valid"); }));
  TRY(query("SELECT conname::text FROM pg_catalog.pg_constraint WHERE NOT convalidated ORDER BY 1", {},
            [&](const Row& row) { problems.push_back("constraint " + std::string(row.text(0)) + " is not checked"); }));
  TRY(query(
      "SELECT checksum_failures FROM pg_catalog.pg_stat_database WHERE datname = current_database() AND "
      "checksum_failures > 0",
      {}, [&](const Row& row) { problems.push_back(std::string(row.text(0)) + " pages with a wrong checksum"); }));
  return problems;
}

Result<bool> PostgresqlSession::settle_piece() {
  TRY(command("VACUUM (ANALYZE)"));
  return false;
}

// The address as SOCI takes it: name=value, the quotes of libpq inside the quotes of SOCI.
Result<std::string> soci_address(const std::string& address) {
  char* message = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfoParse(address.c_str(), &message),
                                                                             &PQconninfoFree);
  if (options == nullptr) {
    const std::string reason = message == nullptr ? "out of memory" : message;
    PQfreemem(message);
    return fail(errors::connect, reason);
  }
  std::string words;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val == nullptr) {
      continue;
    }
    std::string value;
    for (const char c : std::string_view(option->val)) {
      if (c == '\'' || c == '\\') {
        value += '\\';
      }
      value += c;
    }
    const bool quote = value.find('"') != std::string::npos;
    if (quote && value.find_first_of(" \t\n\r\f\v") != std::string::npos) {
      return fail(errors::connect, std::string(option->keyword) + " with a space and a quotation mark");
    }
    const std::string mark = quote ? "" : "\"";
    words += (words.empty() ? "" : " ") + std::string(option->keyword) + "=" + mark + "'" + value + "'" + mark;
  }
  return words;
}

}  // namespace

Result<std::unique_ptr<Session>> open_postgresql(const std::string& address, Role role) {
  TRY_ASSIGN(const std::string words, soci_address(address));
  std::unique_ptr<soci::session> session;
  try {
    session = std::make_unique<soci::session>(*soci::factory_postgresql(), words);
  } catch (const soci::soci_error& error) {
    return fail(errors::connect, std::string(error.what()));
  }
  auto opened = std::make_unique<PostgresqlSession>(std::move(session), role);
  TRY(opened->configure());
  return opened;
}

}  // namespace pitchblende::store
