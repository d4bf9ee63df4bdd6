// Many at once: writers, a long import beside short writes, snapshots, and processes that are killed.
#include <sys/wait.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "store/store_fixture.hpp"

namespace pitchblende::store {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

TEST_P(StoreTest, ManyWritersLoseNothing) {
  constexpr int k_threads = 8;
  constexpr int k_each = 100;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < k_threads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int number = 0; number < k_each; ++number) {
        const Result<int64_t> done = store().write([&](Transaction& transaction) -> Result<int64_t> {
          TRY(insert_thing(transaction, thread * k_each + number, "x"));
          return number;
        });
        ASSERT_TRUE(done) << done.error().message();
        EXPECT_EQ(*done, number);
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(count_things(store()), k_threads * k_each);
}

TEST_P(StoreTest, ClosuresRunInTheOrderOfTheCalls) {
  std::vector<int> order;
  std::vector<std::future<Result<void>>> answers;
  for (int number = 0; number < 2000; ++number) {
    answers.push_back(store().write_later([&order, number](Transaction&) -> Result<void> {
      order.push_back(number);
      return {};
    }));
  }
  for (std::future<Result<void>>& answer : answers) {
    EXPECT_TRUE(answer.get());
  }
  EXPECT_TRUE(std::ranges::is_sorted(order));
  EXPECT_EQ(order.size(), 2000u);
}

// A long import: pieces one after the other, each until it is due.
Result<int64_t> import_piece(Store& store, int64_t first) {
  return store.write([&](Transaction& transaction) -> Result<int64_t> {
    int64_t id = first;
    while (!transaction.due()) {
      Rows rows{{"id", ColumnType::integer}, {"name"}};
      for (int row = 0; row < 50; ++row) {
        const auto mixed = static_cast<uint64_t>(id) * 0x9E3779B97F4A7C15U;
        rows.add(id++).add(std::to_string(mixed) + std::string(500, 'x'));
      }
      TRY(transaction.bulk("INSERT INTO thing (id, name) SELECT id, name FROM {rows}", rows));
    }
    return id;
  });
}

TEST_P(StoreTest, ShortWritesBesideALongImportWaitNoLongerThanATenthOfASecond) {
  std::atomic<bool> stop = false;
  std::atomic<int64_t> imported = 1'000'000;
  std::thread import([&] {
    while (!stop) {
      const Result<int64_t> next = import_piece(store(), imported);
      ASSERT_TRUE(next) << next.error().message();
      imported = *next;
    }
  });
  std::vector<double> waits;
  const auto end = Clock::now() + std::chrono::seconds(3);
  for (int64_t id = 0; Clock::now() < end; ++id) {
    const auto begin = Clock::now();
    const Result<void> done =
        store().write([&](Transaction& transaction) { return insert_thing(transaction, id, "x"); });
    waits.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    ASSERT_TRUE(done) << done.error().message();
    std::this_thread::sleep_for(milliseconds(3));
  }
  stop = true;
  import.join();
  std::ranges::sort(waits);
  const double longest = waits.back();
  const double median = waits[waits.size() / 2];
  RecordProperty("longest_ms", std::to_string(longest));
  std::printf("  %zu short writes beside %ld imported rows: median %.1f ms, longest %.1f ms\n", waits.size(),
              static_cast<long>(imported - 1'000'000), median, longest);
  EXPECT_GT(waits.size(), 10u);
  EXPECT_LT(median, 100.0 * k_slowness);
  EXPECT_LT(longest, 100.0 * k_slowness * k_busy_machine);
}

TEST_P(StoreTest, WritesGoOnWhileAReaderHoldsTheLogAndAfter) {
  ASSERT_TRUE(store().write([&](Transaction& transaction) { return insert_thing(transaction, -1, "first"); }));
  int64_t next = 0;
  double longest = 0;
  const auto write_some = [&](int writes) {
    for (int write = 0; write < writes; ++write) {
      const auto begin = Clock::now();
      const Result<int64_t> done = store().write([&](Transaction& transaction) -> Result<int64_t> {
        Rows rows{{"id", ColumnType::integer}, {"name"}};
        for (int row = 0; row < 20; ++row) {
          rows.add(next).add(std::string(1500, static_cast<char>('a' + next % 26)));
          ++next;
        }
        return transaction.bulk("INSERT INTO thing (id, name) SELECT id, name FROM {rows}", rows);
      });
      ASSERT_TRUE(done) << done.error().message();
      longest = std::max(longest, std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    }
  };
  ASSERT_TRUE(store().read([&](Connection& connection) -> Result<void> {
    const Cells before = select(connection, "SELECT count(*) FROM thing", 1);
    write_some(600);
    EXPECT_EQ(select(connection, "SELECT count(*) FROM thing", 1), before);
    return {};
  }));
  write_some(200);
  std::printf("  longest write %.1f ms\n", longest);
  EXPECT_LT(longest, 100.0 * k_slowness * k_busy_machine);
  EXPECT_EQ(count_things(store()), next + 1);
  // The log is moved and used anew, not grown for ever.
  const std::string log = m_folder.path() + "/pitchblende.db-wal";
  if (GetParam() == Dialect::sqlite) {
    EXPECT_LT(std::filesystem::file_size(log), uintmax_t{256} << 20);
  }
}

TEST_P(StoreTest, SnapshotsDoNotMove) {
  ASSERT_TRUE(store().write([&](Transaction& transaction) -> Result<void> {
    for (int64_t id = 0; id < 100; ++id) {
      TRY(transaction.execute("INSERT INTO thing (id, size) VALUES (?, ?)", {id, 0.0}));
    }
    return {};
  }));
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    // Moves a unit from one row to another: the sum is always 0.
    for (int64_t round = 0; !stop; ++round) {
      ASSERT_TRUE(store().write([&](Transaction& transaction) -> Result<void> {
        TRY(transaction.execute("UPDATE thing SET size = size + 1 WHERE id = ?", {round % 100}));
        TRY(transaction.execute("UPDATE thing SET size = size - 1 WHERE id = ?", {(round + 37) % 100}));
        return {};
      }));
    }
  });
  std::vector<std::thread> readers;
  std::atomic<int> moved = 0;
  for (int reader = 0; reader < 6; ++reader) {  // more than the pool holds
    readers.emplace_back([&] {
      for (int round = 0; round < 30; ++round) {
        ASSERT_TRUE(store().read([&](Connection& connection) -> Result<void> {
          const Cells first = select(connection, "SELECT sum(size), sum(size * id) FROM thing", 2);
          std::this_thread::sleep_for(milliseconds(2));
          const Cells second = select(connection, "SELECT sum(size), sum(size * id) FROM thing", 2);
          EXPECT_EQ(first, second);
          moved += first.front()[1] != second.front()[1] ? 1 : 0;
          double sum = 1;
          TRY(connection.query("SELECT sum(size) FROM thing", {}, [&](const Row& row) { sum = row.real(0); }));
          EXPECT_EQ(sum, 0);
          return {};
        }));
      }
    });
  }
  for (std::thread& reader : readers) {
    reader.join();
  }
  stop = true;
  writer.join();
  EXPECT_EQ(moved, 0);
}

TEST_P(StoreTest, ALostConnectionIsAnErrorAndThenMadeAnew) {
  if (GetParam() == Dialect::sqlite) {
    GTEST_SKIP() << "skipped: a file has no connection to lose";
  }
  static constexpr std::string_view k_cut = "SELECT pg_terminate_backend(pg_backend_pid())";
  static constexpr std::string_view k_cut_others =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
      "pg_backend_pid()";
  for (int round = 0; round < 3; ++round) {
    const Result<void> cut = store().write([&](Transaction& transaction) -> Result<void> {
      TRY(insert_thing(transaction, 1000 + round, "lost"));
      return transaction.query(k_cut, {}, [](const Row&) {});
    });
    ASSERT_FALSE(cut);
    EXPECT_TRUE(cut.error().is(errors::connect)) << cut.error().message();
    const Result<void> read =
        store().read([&](Connection& connection) { return connection.query(k_cut, {}, [](const Row&) {}); });
    ASSERT_FALSE(read);
    EXPECT_TRUE(read.error().is(errors::connect)) << read.error().message();
    const Result<void> again =
        store().write([&](Transaction& transaction) { return insert_thing(transaction, round, "kept"); });
    EXPECT_TRUE(again) << again.error().message();
    EXPECT_EQ(count_things(store()), round + 1);
    // Lost while nobody used it: nobody need know.
    Options options = m_options;
    options.read_only = true;
    ASSERT_TRUE(open_or_fail(options)->read(
        [&](Connection& connection) { return connection.query(k_cut_others, {}, [](const Row&) {}); }));
    EXPECT_EQ(count_things(store()), round + 1);
    EXPECT_TRUE(
        store().write([](Transaction& transaction) { return transaction.execute("UPDATE thing SET size = 1"); }));
  }
}

// Writes without end and says each number on the pipe after its write was answered.
[[noreturn]] void write_until_killed(const Options& options, int64_t first, int pipe_end) {
  Result<std::unique_ptr<Store>> store = Store::open(options);
  if (!store) {
    _exit(3);
  }
  std::atomic<int64_t> next = first;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (;;) {
        const int64_t id = next++;
        const Result<void> done = (*store)->write([&](Transaction& transaction) -> Result<void> {
          TRY(insert_thing(transaction, id, std::string(static_cast<size_t>(id * 37 % 3000), 'x')));
          TRY(transaction.execute("INSERT INTO pair (a, b) VALUES (?, ?)", {id, "beside"}));
          return {};
        });
        if (!done || write(pipe_end, &id, sizeof id) != sizeof id) {
          _exit(4);
        }
      }
    });
  }
  for (;;) {
    pause();
  }
}

std::vector<int64_t> run_and_kill(const Options& options, int64_t first, milliseconds life) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    write_until_killed(options, first, ends[1]);
  }
  close(ends[1]);
  std::vector<int64_t> acknowledged;
  int64_t id = 0;
  std::optional<Clock::time_point> end;
  std::thread killer;
  while (read(ends[0], &id, sizeof id) == sizeof id) {
    acknowledged.push_back(id);
    if (!end) {
      end = Clock::now() + life;
      killer = std::thread([&] {
        std::this_thread::sleep_until(*end);
        kill(child, SIGKILL);
      });
    }
  }
  if (killer.joinable()) {
    killer.join();
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "exit code " << WEXITSTATUS(status);
  close(ends[0]);
  return acknowledged;
}

TEST_P(StoreTest, AKilledProcessLosesNothingThatWasAnswered) {
  m_store.reset();
  std::mt19937 random(20261124);  // NOLINT: the same each time
  std::vector<int64_t> acknowledged;
  for (int round = 0; round < 20; ++round) {
    const auto life = milliseconds(1 + random() % 60);
    const std::vector<int64_t> more = run_and_kill(m_options, round * int64_t{1'000'000}, life);
    EXPECT_FALSE(more.empty());
    acknowledged.insert(acknowledged.end(), more.begin(), more.end());
    m_store = open_or_fail(m_options);
    ASSERT_NE(m_store, nullptr);
    std::vector<int64_t> kept;
    int64_t halves = -1;
    ASSERT_TRUE(store().read([&](Connection& connection) -> Result<void> {
      TRY(connection.query("SELECT id FROM thing ORDER BY id", {},
                           [&](const Row& row) { kept.push_back(row.integer(0)); }));
      return connection.query("SELECT count(*) FROM thing t WHERE NOT EXISTS (SELECT 1 FROM pair p WHERE p.a = t.id)",
                              {}, [&](const Row& row) { halves = row.integer(0); });
    }));
    std::ranges::sort(acknowledged);
    EXPECT_TRUE(std::ranges::includes(kept, acknowledged)) << "round " << round;
    EXPECT_EQ(halves, 0);
    EXPECT_THAT(*store().integrity(), testing::ElementsAre());
    m_store.reset();
  }
}

}  // namespace

}  // namespace pitchblende::store
