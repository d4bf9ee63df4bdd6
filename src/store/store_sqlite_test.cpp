// What can befall a file: damage, a full disk, a folder that cannot be written to; and copies of it.
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <atomic>
#include <csignal>
#include <cstring>
#include <fstream>
#include <functional>
#include <thread>

#include "store/folder_lock.hpp"
#include "store/store_fixture.hpp"

namespace pitchblende::store {

namespace {

namespace fs = std::filesystem;

class SqliteTest : public testing::Test {
 protected:
  void SetUp() override {
    m_options.folder = m_folder.path();
    m_options.create = true;
    m_options.migrations = k_test_migrations;
  }
  Result<std::unique_ptr<Store>> open_store() { return Store::open(m_options); }
  std::string file() const { return m_options.folder + "/pitchblende.db"; }

  // A database of some hundred pages, closed.
  void fill() {
    Result<std::unique_ptr<Store>> store = open_store();
    ASSERT_TRUE(store) << store.error().message();
    Rows rows{{"id", ColumnType::integer}, {"name"}};
    for (int64_t id = 0; id < 5000; ++id) {
      rows.add(id).add("name " + std::to_string(id) + std::string(400, 'x'));
    }
    ASSERT_TRUE((*store)->write([&](Transaction& transaction) {
      return transaction.bulk("INSERT INTO thing (id, name) SELECT id, name FROM {rows}", rows);
    }));
  }

  TemporaryFolder m_folder;
  Options m_options;
};

Result<void> write_megabytes(Store& store, int64_t first, int megabytes) {
  for (int64_t id = first; id < first + megabytes; ++id) {
    TRY(store.write([&](Transaction& transaction) {
      return insert_thing(transaction, id, std::string(size_t{1} << 20, static_cast<char>('a' + id % 26)));
    }));
  }
  return {};
}

// Runs it in a process of its own; what it answers is the child's exit code.
int in_child(const std::function<int()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    _exit(work());
  }
  int status = -1;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

TEST_F(SqliteTest, PathsMayHoldAnyCharacter) {
  m_options.folder = m_folder.path() + "/a b=c\"d'é?%23#x;file:";
  Result<std::unique_ptr<Store>> store = open_store();
  ASSERT_TRUE(store) << store.error().message();
  EXPECT_EQ(count_things(**store), 0);
  EXPECT_TRUE(fs::exists(file()));
}

TEST_F(SqliteTest, WhatIsNoDatabaseIsDamaged) {
  std::ofstream(file()) << std::string(20000, 'x');
  for (const bool read_only : {false, true}) {
    m_options.read_only = read_only;
    const auto store = open_store();
    ASSERT_FALSE(store);
    EXPECT_TRUE(store.error().is(errors::damaged)) << store.error().message();
  }
}

TEST_F(SqliteTest, AnEmptyFileIsNoDatabaseOfOurs) {
  std::ofstream(file()).flush();
  m_options.create = false;
  const auto store = open_store();
  ASSERT_FALSE(store);
  EXPECT_TRUE(store.error().is(errors::missing)) << store.error().message();
}

TEST_F(SqliteTest, ATruncatedFileIsAnErrorAndNoCrash) {
  fill();
  fs::resize_file(file(), fs::file_size(file()) / 2);
  auto store = open_store();
  if (store) {
    const Result<std::vector<std::string>> problems = (*store)->integrity();
    ASSERT_TRUE(problems);
    EXPECT_FALSE(problems->empty());
    const Result<void> read = (*store)->read([&](Connection& connection) {
      return connection.query("SELECT sum(length(name)) FROM thing", {}, [](const Row&) {});
    });
    ASSERT_FALSE(read);
    EXPECT_TRUE(read.error().is(errors::damaged)) << read.error().message();
  } else {
    EXPECT_TRUE(store.error().is(errors::damaged)) << store.error().message();
  }
}

TEST_F(SqliteTest, IntegrityFindsAFlippedPage) {
  fill();
  const auto size = static_cast<int64_t>(fs::file_size(file()));
  constexpr int64_t k_page = 8192;
  int found = 0;
  for (int64_t page = 10; page < 14; ++page) {
    ASSERT_LT((page + 1) * k_page, size);
    std::string kept(k_page, 0);
    std::fstream bytes(file(), std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekg(page * k_page).read(kept.data(), k_page);
    std::string flipped = kept;
    for (char& byte : flipped) {
      byte = static_cast<char>(~byte);
    }
    bytes.seekp(page * k_page).write(flipped.data(), k_page).flush();
    auto store = open_store();
    ASSERT_TRUE(store) << store.error().message();
    const Result<std::vector<std::string>> problems = (*store)->integrity();
    ASSERT_TRUE(problems);
    found += problems->empty() ? 0 : 1;
    store->reset();
    bytes.seekp(page * k_page).write(kept.data(), k_page).flush();
  }
  EXPECT_EQ(found, 4);
  const auto store = open_store();
  ASSERT_TRUE(store);
  EXPECT_THAT(*(*store)->integrity(), testing::ElementsAre());
}

TEST_F(SqliteTest, IntegrityFindsABrokenForeignKey) {
  auto store = open_store();
  ASSERT_TRUE(store);
  // PRAGMA foreign_keys is silent inside a transaction, deferring is not.
  const Result<int64_t> broken = (*store)->write([&](Transaction& transaction) -> Result<int64_t> {
    TRY(transaction.execute("PRAGMA defer_foreign_keys = ON"));
    return transaction.execute("INSERT INTO thing (id, parent) VALUES (1, 99)");
  });
  ASSERT_FALSE(broken);
  EXPECT_TRUE(broken.error().is(errors::constraint)) << broken.error().message();
  EXPECT_EQ(count_things(**store), 0);
}

TEST_F(SqliteTest, ACommitThatFailsFailsAllOfItsGroup) {
  auto store = open_store();
  ASSERT_TRUE(store);
  std::promise<void> all_queued;
  std::shared_future<void> ready = all_queued.get_future();
  std::vector<std::future<Result<void>>> answers;
  for (int64_t id = 0; id < 5; ++id) {
    answers.push_back((*store)->write_later([id, ready](Transaction& transaction) -> Result<void> {
      ready.wait();
      if (id == 3) {
        TRY(transaction.execute("PRAGMA defer_foreign_keys = ON"));
        TRY(transaction.execute("INSERT INTO thing (id, parent) VALUES (?, 99)", {id}));
        return {};
      }
      return insert_thing(transaction, id, "x");
    }));
  }
  all_queued.set_value();
  for (std::future<Result<void>>& answer : answers) {
    const Result<void> result = answer.get();
    ASSERT_FALSE(result);
    EXPECT_TRUE(result.error().is(errors::constraint)) << result.error().message();
  }
  EXPECT_EQ(count_things(**store), 0);
  EXPECT_TRUE((*store)->write([&](Transaction& transaction) { return insert_thing(transaction, 9, "x"); }));
}

TEST_F(SqliteTest, AFileThatMayNotGrowIsAFullDisk) {
  auto store = open_store();
  ASSERT_TRUE(store);
  ASSERT_TRUE(
      (*store)->write([&](Transaction& transaction) { return transaction.execute("PRAGMA max_page_count = 400"); }));
  const Result<void> full = write_megabytes(**store, 0, 10);
  ASSERT_FALSE(full);
  EXPECT_TRUE(full.error().is(errors::full)) << full.error().message();
  const int64_t kept = count_things(**store);
  EXPECT_EQ(kept, 1);
  EXPECT_TRUE((*store)->write([&](Transaction& transaction) { return insert_thing(transaction, 99, "short"); }));
  EXPECT_EQ(count_things(**store), kept + 1);
}

// The disk is full by the system's word; then there is room again.
void fill_the_disk(Store& store, const std::function<void()>& make_room) {
  const Result<void> full = write_megabytes(store, 0, 40);
  ASSERT_FALSE(full);
  EXPECT_TRUE(full.error().is(errors::full)) << full.error().message();
  const int64_t kept = count_things(store);
  EXPECT_GT(kept, 0);
  EXPECT_LT(kept, 40);
  make_room();
  const Result<void> again =
      store.write([&](Transaction& transaction) { return insert_thing(transaction, 99, "more"); });
  EXPECT_TRUE(again) << again.error().message();
  EXPECT_EQ(count_things(store), kept + 1);
  EXPECT_THAT(*store.integrity(), testing::ElementsAre());
}

TEST_F(SqliteTest, AFullDiskLosesNothingThatWasAnswered) {
  const std::string disk = m_folder.path() + "/disk";
  fs::create_directory(disk);
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=24m") != 0) {
    GTEST_SKIP() << "skipped: a small disk cannot be mounted here: " << std::strerror(errno);
  }
  std::ofstream(disk + "/ballast") << std::string(size_t{4} << 20, 'x');
  m_options.folder = disk + "/data";
  {
    auto store = open_store();
    EXPECT_TRUE(store);
    if (store) {
      fill_the_disk(**store, [&] { fs::remove(disk + "/ballast"); });
    }
  }
  std::ofstream(disk + "/ballast") << std::string(size_t{40} << 20, 'x');
  m_options.folder = disk + "/other";
  const auto other = open_store();
  EXPECT_FALSE(other);
  if (!other) {
    EXPECT_TRUE(other.error().is(errors::full)) << other.error().message();
  }
  EXPECT_EQ(umount2(disk.c_str(), MNT_DETACH), 0);
}

TEST_F(SqliteTest, ALimitOnTheFilesSizeIsAFullDisk) {
  const int code = in_child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{rlim_t{12} << 20, RLIM_INFINITY};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) {
      return 2;
    }
    auto store = open_store();
    if (!store) {
      return 3;
    }
    const Result<void> full = write_megabytes(**store, 0, 40);
    if (full || !full.error().is(errors::full)) {
      std::fprintf(stderr, "%s\n", full ? "all written" : full.error().message().c_str());
      return 4;
    }
    return 0;
  });
  EXPECT_EQ(code, 0);
  const auto store = open_store();
  ASSERT_TRUE(store) << store.error().message();
  EXPECT_GT(count_things(**store), 0);
  EXPECT_THAT(*(*store)->integrity(), testing::ElementsAre());
}

TEST_F(SqliteTest, AFolderThatCannotBeWrittenToIsSaidSo) {
  fill();
  fs::permissions(m_folder.path(),
                  fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read | fs::perms::others_exec);
  fs::permissions(file(), fs::perms::owner_read | fs::perms::others_read);
  const int code = in_child([&] {
    constexpr uid_t k_nobody = 65534;
    if (geteuid() == 0 && setuid(k_nobody) != 0) {
      return 2;
    }
    for (const bool read_only : {false, true}) {
      m_options.read_only = read_only;
      const auto store = open_store();
      if (store || !store.error().is(errors::read_only)) {
        std::fprintf(stderr, "%s\n", store ? "opened" : store.error().message().c_str());
        return read_only ? 4 : 3;
      }
    }
    return 0;
  });
  fs::permissions(m_folder.path(), fs::perms::owner_all);
  EXPECT_EQ(code, 0);
}

TEST_F(SqliteTest, ALockEndsWithItsProcessHoweverItEnds) {
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  if (child == 0) {
    const Result<FolderLock> lock = FolderLock::take(m_folder.path());
    const char answer = lock ? 'y' : 'n';
    static_cast<void>(write(ready[1], &answer, 1));
    pause();
    _exit(0);
  }
  char answer = 0;
  ASSERT_EQ(read(ready[0], &answer, 1), 1);
  ASSERT_EQ(answer, 'y');
  const auto refused = open_store();
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::locked));
  EXPECT_EQ(refused.error().args().at(1), std::to_string(child));
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  const auto store = open_store();
  EXPECT_TRUE(store) << store.error().message();
  close(ready[0]);
  close(ready[1]);
}

TEST_F(SqliteTest, ABackupWhileOthersWriteIsOneMoment) {
  auto store = open_store();
  ASSERT_TRUE(store);
  std::atomic<bool> stop = false;
  std::atomic<int64_t> answered = 0;
  std::thread writer([&] {
    // Each write is two rows: a copy with one of them is of no one moment.
    for (int64_t id = 0; !stop; id += 2) {
      const Result<void> done = (*store)->write([&](Transaction& transaction) -> Result<void> {
        TRY(insert_thing(transaction, id, std::string(2000, 'x')));
        return insert_thing(transaction, id + 1, std::string(2000, 'y'));
      });
      ASSERT_TRUE(done) << done.error().message();
      answered = id + 2;
    }
  });
  while (answered < 200) {
    std::this_thread::yield();
  }
  for (int round = 0; round < 5; ++round) {
    const std::string copy = m_folder.path() + "/copy" + std::to_string(round);
    fs::create_directory(copy);
    const int64_t before = answered;
    const Result<void> made = (*store)->backup(copy + "/pitchblende.db");
    EXPECT_TRUE(made) << made.error().message();
    Options options = m_options;
    options.folder = copy;
    options.create = false;
    const auto opened = Store::open(options);
    EXPECT_TRUE(opened) << opened.error().message();
    if (opened) {
      const int64_t count = count_things(**opened);
      EXPECT_GE(count, before);
      EXPECT_EQ(count % 2, 0);
      EXPECT_THAT(*(*opened)->integrity(), testing::ElementsAre());
    }
  }
  stop = true;
  writer.join();
}

TEST_F(SqliteTest, ABackupReplacesNothingAndLeavesNoHalf) {
  fill();
  const auto store = open_store();
  ASSERT_TRUE(store);
  const std::string target = m_folder.path() + "/copy.db";
  std::ofstream(target) << "precious";
  const Result<void> exists = (*store)->backup(target);
  ASSERT_FALSE(exists);
  EXPECT_TRUE(exists.error().is(errors::exists));
  EXPECT_EQ(fs::file_size(target), 8u);
  EXPECT_FALSE((*store)->backup(m_folder.path() + "/no/such/folder/copy.db"));
  ASSERT_TRUE((*store)->backup(m_folder.path() + "/second.db"));
  for (const auto& entry : fs::directory_iterator(m_folder.path())) {
    EXPECT_FALSE(entry.path().string().ends_with(".part")) << entry.path();
  }
}

TEST_F(SqliteTest, DeletedTextLeavesTheFile) {
  const std::string secret = "a text that must not stay behind";
  {
    auto store = open_store();
    ASSERT_TRUE(store);
    ASSERT_TRUE((*store)->write([&](Transaction& transaction) { return insert_thing(transaction, 1, secret); }));
    ASSERT_TRUE((*store)->settle());
    ASSERT_TRUE((*store)->write([&](Transaction& transaction) { return transaction.execute("DELETE FROM thing"); }));
    ASSERT_TRUE((*store)->settle());
    for (const auto& entry : fs::directory_iterator(m_folder.path())) {
      std::ifstream stream(entry.path(), std::ios::binary);
      const std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
      EXPECT_EQ(bytes.find(secret), std::string::npos) << entry.path();
    }
  }
}

}  // namespace

}  // namespace pitchblende::store
