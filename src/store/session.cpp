#include "store/session.hpp"

#include <cstring>

#include "store/errors.hpp"
#include "store/sql_text.hpp"

namespace pitchblende::store {

namespace {

// Puts a flag back when a callback throws as well.
class Running {
 public:
  explicit Running(bool& flag) : m_flag(flag) { m_flag = true; }
  ~Running() { m_flag = false; }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  bool& m_flag;
};

Result<void> without_count(Result<int64_t> count) {
  TRY(count);
  return {};
}

}  // namespace

template <typename Run>
Result<int64_t> Session::guarded(Run&& run) {
  if (m_broken) {
    return tl::unexpected(*m_broken);
  }
  if (m_running) {
    return fail(errors::sql, "a statement inside the callback of another");
  }
  Result<int64_t> result = [&] {
    const Running running(m_running);
    return run();
  }();
  if (!result && m_role == Role::writer) {
    m_broken = result.error();
  }
  return result;
}

Result<void> Session::query(std::string_view sql, std::initializer_list<Param> params, const OnRow& on_row) {
  return without_count(guarded([&] { return run(sql, params, &on_row); }));
}

Result<void> Session::lookup(std::string_view sql, const Rows& rows, const OnRow& on_row) {
  return without_count(guarded([&] { return run_rows(sql, rows, &on_row); }));
}

Result<int64_t> Session::execute(std::string_view sql, std::initializer_list<Param> params) {
  return guarded([&] { return run(sql, params, nullptr); });
}

Result<int64_t> Session::bulk(std::string_view sql, const Rows& rows) {
  return guarded([&] { return run_rows(sql, rows, nullptr); });
}

Result<void> Session::script(std::string_view text) {
  for (const std::string& statement : script_statements(text, dialect())) {
    TRY(execute(statement, {}));
  }
  return {};
}

Result<void> Session::begin() {
  m_broken.reset();
  return command(begin_sql());
}

Result<void> Session::commit() { return command("COMMIT"); }

void Session::rollback() {
  m_broken.reset();
  if (in_transaction()) {
    static_cast<void>(command("ROLLBACK"));
  }
}

Result<void> Session::savepoint() {
  m_broken.reset();
  return command("SAVEPOINT closure");
}

Result<void> Session::release() { return command("RELEASE SAVEPOINT closure"); }

Result<void> Session::roll_back_to_savepoint() {
  m_broken.reset();
  TRY(command("ROLLBACK TO SAVEPOINT closure"));
  return release();
}

Result<void> refuse_nul(std::string_view text) {
  if (!text.empty() && std::memchr(text.data(), 0, text.size()) != nullptr) {
    return fail(errors::nul);
  }
  return {};
}

}  // namespace pitchblende::store
