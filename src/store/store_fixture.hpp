// What the store's tests share: a fresh folder, a fresh database of either kind, and short words for rows.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "../tests/postgresql.hpp"
#include "store/errors.hpp"
#include "store/store.hpp"

namespace pitchblende::store {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr int k_slowness = 10;
#else
inline constexpr int k_slowness = 1;
#endif
// Tests run beside other work: what holds on a quiet machine (the benchmark says it) is given some room here.
inline constexpr int k_busy_machine = 3;

inline constexpr std::array<Migration, 1> k_test_migrations{
    {{1, "0001_test",
      "CREATE TABLE thing (id {key}, name {text}, size {real}, "
      "parent {int} REFERENCES thing (id));\n"
      "CREATE INDEX thing_by_name ON thing (name); -- a comment;\n"
      "CREATE INDEX thing_by_parent ON thing (parent);\n"
      "CREATE TABLE pair (a {int} NOT NULL, b {text} NOT NULL, "
      "PRIMARY KEY (a, b)) {without_rowid};"}}};

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "pitchblende_store_XXXXXX").string();
    m_path = mkdtemp(pattern.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return m_path; }

 private:
  std::string m_path;
};

using Cells = std::vector<std::vector<std::string>>;

// Keeps the answer as text; NULL is "∅".
inline OnRow keep(Cells& cells, int columns) {
  return [&cells, columns](const Row& row) {
    std::vector<std::string>& line = cells.emplace_back();
    for (int column = 0; column < columns; ++column) {
      line.emplace_back(row.is_null(column) ? "∅" : std::string(row.text(column)));
    }
  };
}

inline Cells select(Connection& connection, std::string_view sql, int columns) {
  Cells cells;
  const Result<void> done = connection.query(sql, {}, keep(cells, columns));
  EXPECT_TRUE(done) << done.error().message();
  return cells;
}

inline int64_t count_things(Store& store) {
  int64_t count = -1;
  const Result<void> done = store.read([&](Connection& connection) {
    return connection.query("SELECT count(*) FROM thing", {}, [&](const Row& row) { count = row.integer(0); });
  });
  EXPECT_TRUE(done) << done.error().message();
  return count;
}

inline Result<void> insert_thing(Transaction& transaction, int64_t id, std::string_view name) {
  TRY(transaction.execute("INSERT INTO thing (id, name) VALUES (?, ?)", {id, name}));
  return {};
}

class StoreTest : public testing::TestWithParam<Dialect> {
 protected:
  void SetUp() override {
    m_options.folder = m_folder.path();
    m_options.create = true;
    m_options.migrations = k_test_migrations;
    if (GetParam() == Dialect::postgresql) {
      if (!tests::PostgresqlServer::installed()) {
        GTEST_SKIP() << tests::PostgresqlServer::k_missing;
      }
      m_options.database = tests::PostgresqlServer::instance().new_database();
    }
    m_store = open_or_fail(m_options);
  }

  static std::unique_ptr<Store> open_or_fail(const Options& options) {
    Result<std::unique_ptr<Store>> store = Store::open(options);
    EXPECT_TRUE(store) << store.error().message();
    return store ? std::move(*store) : nullptr;
  }

  Store& store() { return *m_store; }

  TemporaryFolder m_folder;
  Options m_options;
  std::unique_ptr<Store> m_store;
};

}  // namespace pitchblende::store
