// Opening, versions and migrations.
#include "store/store_fixture.hpp"

namespace pitchblende::store {

namespace {

constexpr Migration k_second{2, "0002_more",
                             "ALTER TABLE thing ADD COLUMN note {text}; UPDATE thing SET note = 'old';"};
constexpr Migration k_broken{3, "0003_broken", "CREATE TABLE third (id {key}); INSERT INTO third VALUES (1), (1);"};

Result<std::unique_ptr<Store>> open_with(Options options, const std::vector<Migration>& migrations) {
  options.migrations = migrations;
  return Store::open(options);
}

TEST_P(StoreTest, MigrationsGoForwardOnceAndKeepWhatIsThere) {
  ASSERT_TRUE(store().write([&](Transaction& transaction) { return insert_thing(transaction, 1, "a"); }));
  m_store.reset();
  m_options.create = false;
  for (int round = 0; round < 2; ++round) {
    Result<std::unique_ptr<Store>> opened = open_with(m_options, {k_test_migrations[0], k_second});
    ASSERT_TRUE(opened) << opened.error().message();
    Cells cells;
    ASSERT_TRUE((*opened)->read(
        [&](Connection& connection) { return connection.query("SELECT name, note FROM thing", {}, keep(cells, 2)); }));
    EXPECT_EQ(cells, (Cells{{"a", "old"}}));
    ASSERT_TRUE((*opened)->write(
        [&](Transaction& transaction) { return transaction.execute("UPDATE thing SET note = ?", {"old"}); }));
  }
}

TEST_P(StoreTest, AMigrationThatFailsUndoesAllThatWereDue) {
  m_store.reset();
  const Result<std::unique_ptr<Store>> failed = open_with(m_options, {k_test_migrations[0], k_second, k_broken});
  ASSERT_FALSE(failed);
  EXPECT_TRUE(failed.error().is(errors::constraint)) << failed.error().message();
  const Result<std::unique_ptr<Store>> opened = open_with(m_options, {k_test_migrations[0]});
  ASSERT_TRUE(opened) << opened.error().message();
  Cells cells;
  ASSERT_TRUE((*opened)->read([&](Connection& connection) {
    return connection.query("SELECT number, name FROM schema_version", {}, keep(cells, 2));
  }));
  EXPECT_EQ(cells, (Cells{{"1", "0001_test"}}));
}

TEST_P(StoreTest, ADatabaseOfANewerProgramIsRefused) {
  m_store.reset();
  ASSERT_TRUE(open_with(m_options, {k_test_migrations[0], k_second}));
  for (const bool read_only : {false, true}) {
    m_options.read_only = read_only;
    const Result<std::unique_ptr<Store>> refused = Store::open(m_options);
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(errors::newer));
    EXPECT_THAT(refused.error().args(), testing::ElementsAre("2", "1"));
  }
}

TEST_P(StoreTest, ReadersOfAnOlderDatabaseAreRefused) {
  m_store.reset();
  m_options.read_only = true;
  const Result<std::unique_ptr<Store>> refused = open_with(m_options, {k_test_migrations[0], k_second});
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::older));
  EXPECT_THAT(refused.error().args(), testing::ElementsAre("1", "2"));
}

TEST_P(StoreTest, ReadOnlyReadsBesideTheWriterAndRefusesToWrite) {
  ASSERT_TRUE(store().write([&](Transaction& transaction) { return insert_thing(transaction, 1, "a"); }));
  m_options.read_only = true;
  Result<std::unique_ptr<Store>> reader = Store::open(m_options);
  ASSERT_TRUE(reader) << reader.error().message();
  EXPECT_EQ(count_things(**reader), 1);
  const Result<void> refused =
      (*reader)->write([&](Transaction& transaction) { return insert_thing(transaction, 2, "b"); });
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::read_only));
  EXPECT_FALSE((*reader)->write_later([](Transaction&) -> Result<void> { return {}; }).get());
  ASSERT_TRUE(store().write([&](Transaction& transaction) { return insert_thing(transaction, 2, "b"); }));
  EXPECT_EQ(count_things(**reader), 2);
}

TEST_P(StoreTest, ASecondWriterOfAFolderIsRefused) {
  const Result<std::unique_ptr<Store>> second = Store::open(m_options);
  ASSERT_FALSE(second);
  EXPECT_TRUE(second.error().is(errors::locked));
  EXPECT_THAT(second.error().args(), testing::ElementsAre(m_folder.path(), std::to_string(getpid())));
  m_store.reset();
  EXPECT_TRUE(Store::open(m_options));
}

TEST_P(StoreTest, NothingIsMadeUnasked) {
  const TemporaryFolder empty;
  Options options = m_options;
  options.folder = empty.path();
  options.create = false;
  if (GetParam() == Dialect::postgresql) {
    options.database = tests::PostgresqlServer::instance().new_database();
  }
  for (const bool read_only : {false, true}) {
    options.read_only = read_only;
    const Result<std::unique_ptr<Store>> missing = Store::open(options);
    ASSERT_FALSE(missing);
    EXPECT_TRUE(missing.error().is(errors::missing)) << missing.error().message();
  }
  EXPECT_FALSE(std::filesystem::exists(empty.path() + "/pitchblende.db"));
}

TEST(Schema, TheBuiltInMigrationsMakeADatabase) {
  const std::span<const Migration> migrations = built_in_migrations();
  ASSERT_FALSE(migrations.empty());
  for (size_t at = 0; at < migrations.size(); ++at) {
    EXPECT_EQ(migrations[at].number, static_cast<int>(at) + 1) << migrations[at].name;
  }
  const TemporaryFolder folder;
  Options options;
  options.folder = folder.path() + "/made/by/open";
  options.create = true;
  const Result<std::unique_ptr<Store>> inside = Store::open(options);
  EXPECT_TRUE(inside) << inside.error().message();
  if (!tests::PostgresqlServer::installed()) {
    GTEST_SKIP() << tests::PostgresqlServer::k_missing;
  }
  options.folder.clear();
  options.database = tests::PostgresqlServer::instance().new_database();
  const Result<std::unique_ptr<Store>> outside = Store::open(options);
  EXPECT_TRUE(outside) << outside.error().message();
}

TEST(Schema, ADatabaseThatDoesNotAnswerIsNamed) {
  Options options;
  for (const char* address : {"postgresql://nobody@/nowhere?host=/nowhere/at/all&connect_timeout=2",
                              "postgresql://nobody@127.0.0.1:1/x", "postgresql://[", "postgresql:///x?nonsense=1"}) {
    options.database = address;
    const Result<std::unique_ptr<Store>> refused = Store::open(options);
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(errors::connect)) << refused.error().message();
  }
}

}  // namespace

}  // namespace pitchblende::store
