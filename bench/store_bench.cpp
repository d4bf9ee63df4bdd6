// The store beside SQLite's own C interface on the same machine in the same run. With PITCHBLENDE_BENCH_DATABASE (an
// address as the configuration has it, of an empty database) the store's figures are PostgreSQL's.
#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "store/store.hpp"

namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;
using pitchblende::Result;
using pitchblende::store::ColumnType;
using pitchblende::store::Connection;
using pitchblende::store::Migration;
using pitchblende::store::Options;
using pitchblende::store::Row;
using pitchblende::store::Rows;
using pitchblende::store::Store;
using pitchblende::store::Transaction;

constexpr int64_t k_rows = 200'000;
constexpr int64_t k_piece = 5'000;
constexpr int64_t k_reads = 100'000;
constexpr int k_scans = 3;
constexpr int k_writers = 8;
constexpr int k_writes_each = 150;
constexpr int k_short_writes = 200;
constexpr Migration k_migration{
    1, "0001_bench",
    "CREATE TABLE item (id {key}, source {int} NOT NULL, key {text} NOT NULL, payload {text} "
    "NOT NULL, UNIQUE (source, key));"
    "CREATE TABLE note (id {key}, body {text} NOT NULL);"};
constexpr const char* k_insert = "INSERT INTO item (id, source, key, payload) VALUES (?, ?, ?, ?)";
constexpr const char* k_point = "SELECT id, payload FROM item WHERE source = ? AND key = ?";
constexpr const char* k_scan = "SELECT id, source, key, payload FROM item";

struct Item {
  int64_t id;
  std::string key;
  std::string payload;
};

std::vector<Item> make_items() {
  std::vector<Item> items;
  for (int64_t id = 0; id < k_rows; ++id) {
    // Keys in an order that is not the rows', payloads of some hundred bytes.
    const auto mixed = static_cast<uint64_t>(id) * 0x9E3779B97F4A7C15U;
    items.push_back({id, "pmid:" + std::to_string(mixed % 100'000'000), std::string(200 + mixed % 200, 'x')});
    items.back().key += "-" + std::to_string(id);
  }
  return items;
}

double seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void print(const std::string& figure, double value, const char* unit) {
  std::printf("{\"figure\":\"%s\",\"value\":%.3f,\"unit\":\"%s\"}\n", figure.c_str(), value, unit);
  std::fflush(stdout);
}

void must(bool done, const std::string& what) {
  if (!done) {
    std::fprintf(stderr, "store_bench: %s\n", what.c_str());
    std::exit(1);
  }
}

template <typename T>
void must(const Result<T>& result) {
  must(result.has_value(), result ? "" : result.error().message());
}

struct Figures {
  double bulk = 0;   // rows/s
  double point = 0;  // reads/s
  double scan = 0;   // rows/s
  double write = 0;  // durable single writes/s
};

class Raw {
 public:
  explicit Raw(const std::string& path) {
    check(sqlite3_open_v2(path.c_str(), &m_connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                          nullptr));
    exec(
        "PRAGMA busy_timeout = 30000; PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = "
        "WAL; PRAGMA synchronous = "
        "FULL;"
        "PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA mmap_size = "
        "268435456");
  }
  ~Raw() { sqlite3_close(m_connection); }
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;

  void exec(const char* sql) { check(sqlite3_exec(m_connection, sql, nullptr, nullptr, nullptr)); }
  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(m_connection, sql, -1, &statement, nullptr));
    return statement;
  }
  void check(int code) {
    must(code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE, sqlite3_errmsg(m_connection));
  }

 private:
  sqlite3* m_connection = nullptr;
};

void bind(sqlite3_stmt* statement, int at, const std::string& text) {
  sqlite3_bind_text(statement, at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

double raw_bulk(Raw& raw, const std::vector<Item>& items) {
  raw.exec(
      "CREATE TABLE item (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, key TEXT NOT NULL, payload TEXT NOT NULL, "
      "UNIQUE (source, key)); CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL)");
  sqlite3_stmt* insert = raw.prepare(k_insert);
  const double time = seconds([&] {
    for (int64_t first = 0; first < k_rows; first += k_piece) {
      raw.exec("BEGIN IMMEDIATE");
      for (int64_t row = first; row < first + k_piece; ++row) {
        const Item& item = items[static_cast<size_t>(row)];
        sqlite3_bind_int64(insert, 1, item.id);
        sqlite3_bind_int64(insert, 2, 1);
        bind(insert, 3, item.key);
        bind(insert, 4, item.payload);
        raw.check(sqlite3_step(insert));
        sqlite3_reset(insert);
      }
      raw.exec("COMMIT");
    }
  });
  sqlite3_finalize(insert);
  return k_rows / time;
}

double raw_point(Raw& raw, const std::vector<Item>& items) {
  sqlite3_stmt* point = raw.prepare(k_point);
  size_t bytes = 0;
  const double time = seconds([&] {
    for (int64_t read = 0; read < k_reads; ++read) {
      const Item& item = items[static_cast<size_t>(read * 7919 % k_rows)];
      sqlite3_bind_int64(point, 1, 1);
      bind(point, 2, item.key);
      raw.check(sqlite3_step(point));
      must(sqlite3_column_int64(point, 0) == item.id, "a wrong row");
      bytes += std::string(reinterpret_cast<const char*>(sqlite3_column_text(point, 1))).size();
      sqlite3_reset(point);
    }
  });
  must(bytes > 0, "nothing read");
  sqlite3_finalize(point);
  return k_reads / time;
}

double raw_scan(Raw& raw) {
  sqlite3_stmt* scan = raw.prepare(k_scan);
  int64_t sum = 0;
  const double time = seconds([&] {
    for (int round = 0; round < k_scans; ++round) {
      while (sqlite3_step(scan) == SQLITE_ROW) {
        sum += sqlite3_column_int64(scan, 0) + sqlite3_column_int64(scan, 1);
        for (const int column : {2, 3}) {
          sum += sqlite3_column_text(scan, column)[0] + sqlite3_column_bytes(scan, column);
        }
      }
      sqlite3_reset(scan);
    }
  });
  must(sum > 0, "nothing read");
  sqlite3_finalize(scan);
  return k_scans * k_rows / time;
}

// What a program without a common writer gets: a connection for each thread, a transaction and an fsync for each write.
double raw_write(const std::string& path) {
  const double time = seconds([&] {
    std::vector<std::thread> threads;
    for (int thread = 0; thread < k_writers; ++thread) {
      threads.emplace_back([&, thread] {
        Raw raw(path);
        sqlite3_stmt* insert = raw.prepare("INSERT INTO note (id, body) VALUES (?, ?)");
        for (int write = 0; write < k_writes_each; ++write) {
          sqlite3_bind_int64(insert, 1, thread * k_writes_each + write);
          sqlite3_bind_text(insert, 2, "a note", -1, SQLITE_STATIC);
          raw.check(sqlite3_step(insert));
          sqlite3_reset(insert);
        }
        sqlite3_finalize(insert);
      });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
  });
  return k_writers * k_writes_each / time;
}

Figures measure_raw(const std::string& folder, const std::vector<Item>& items) {
  const std::string path = folder + "/raw.db";
  Raw raw(path);
  Figures figures;
  figures.bulk = raw_bulk(raw, items);
  Raw reader(path);
  reader.exec("PRAGMA cache_size = -16384");
  figures.point = raw_point(reader, items);
  figures.scan = raw_scan(reader);
  figures.write = raw_write(path);
  return figures;
}

double store_bulk(Store& store, const std::vector<Item>& items) {
  return k_rows / seconds([&] {
           for (int64_t first = 0; first < k_rows; first += k_piece) {
             Rows rows{{"id", ColumnType::integer}, {"source", ColumnType::integer}, {"key"}, {"payload"}};
             for (int64_t row = first; row < first + k_piece; ++row) {
               const Item& item = items[static_cast<size_t>(row)];
               rows.add(item.id).add(int64_t{1}).add(item.key).add(item.payload);
             }
             must(store.write([&](Transaction& transaction) {
               return transaction.bulk(
                   "INSERT INTO item (id, source, key, payload) SELECT id, source, key, payload FROM {rows}", rows);
             }));
           }
         });
}

double store_point(Store& store, const std::vector<Item>& items) {
  size_t bytes = 0;
  const double time = seconds([&] {
    for (int64_t read = 0; read < k_reads; ++read) {
      const Item& item = items[static_cast<size_t>(read * 7919 % k_rows)];
      must(store.read([&](Connection& connection) {
        return connection.query(k_point, {int64_t{1}, item.key}, [&](const Row& row) {
          must(row.integer(0) == item.id, "a wrong row");
          bytes += std::string(row.text(1)).size();
        });
      }));
    }
  });
  must(bytes > 0, "nothing read");
  return k_reads / time;
}

double store_lookup(Store& store, const std::vector<Item>& items) {
  size_t bytes = 0;
  const double time = seconds([&] {
    for (int64_t first = 0; first < k_reads; first += k_piece) {
      Rows rows{{"key"}};
      for (int64_t read = first; read < first + k_piece; ++read) {
        rows.add(items[static_cast<size_t>(read * 7919 % k_rows)].key);
      }
      must(store.read([&](Connection& connection) {
        return connection.lookup("SELECT i.id, i.payload FROM {rows} r JOIN item i ON i.source = 1 AND i.key = r.key",
                                 rows, [&](const Row& row) { bytes += row.text(1).size(); });
      }));
    }
  });
  must(bytes > 0, "nothing read");
  return k_reads / time;
}

double store_scan(Store& store) {
  int64_t sum = 0;
  const double time = seconds([&] {
    for (int round = 0; round < k_scans; ++round) {
      must(store.read([&](Connection& connection) {
        return connection.query(k_scan, {}, [&](const Row& row) {
          sum += row.integer(0) + row.integer(1);
          for (const int column : {2, 3}) {
            const std::string_view text = row.text(column);
            sum += text[0] + static_cast<int64_t>(text.size());
          }
        });
      }));
    }
  });
  must(sum > 0, "nothing read");
  return k_scans * k_rows / time;
}

double store_write(Store& store) {
  const double time = seconds([&] {
    std::vector<std::thread> threads;
    for (int thread = 0; thread < k_writers; ++thread) {
      threads.emplace_back([&, thread] {
        for (int write = 0; write < k_writes_each; ++write) {
          must(store.write([&](Transaction& transaction) {
            return transaction.execute("INSERT INTO note (id, body) VALUES (?, ?)",
                                       {int64_t{thread * k_writes_each + write}, "a note"});
          }));
        }
      });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
  });
  return k_writers * k_writes_each / time;
}

// The longest wait of short writes, in ms, while an import writes pieces as long as they may be.
double store_longest_wait(Store& store, const std::vector<Item>& items) {
  std::atomic<bool> stop = false;
  std::thread import([&] {
    for (int64_t next = k_rows; !stop;) {
      must(store.write([&](Transaction& transaction) -> Result<int64_t> {
        while (!transaction.due()) {
          Rows rows{{"id", ColumnType::integer}, {"source", ColumnType::integer}, {"key"}, {"payload"}};
          for (int row = 0; row < 100; ++row, ++next) {
            const Item& item = items[static_cast<size_t>(next % k_rows)];
            rows.add(next).add(next / k_rows + 1).add(item.key).add(item.payload);
          }
          TRY(transaction.bulk(
              "INSERT INTO item (id, source, key, payload) SELECT id, source, key, payload FROM {rows}", rows));
        }
        return next;
      }));
    }
  });
  double longest = 0;
  for (int64_t id = 1'000'000; id < 1'000'000 + k_short_writes; ++id) {
    longest = std::max(longest, seconds([&] {
                         must(store.write([&](Transaction& transaction) {
                           return transaction.execute("INSERT INTO note (id, body) VALUES (?, ?)", {id, "a note"});
                         }));
                       }));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  stop = true;
  import.join();
  return longest * 1000;
}

void report(const std::string& figure, double ours, double raw, const char* unit) {
  print(figure, ours, unit);
  print(figure + "_raw", raw, unit);
  print(figure + "_of_raw", ours / raw, "ratio");
}

}  // namespace

int main() {
  std::string pattern = (fs::temp_directory_path() / "pitchblende_bench_XXXXXX").string();
  must(mkdtemp(pattern.data()) != nullptr, "no temporary folder");
  const std::vector<Item> items = make_items();
  const Figures raw = measure_raw(pattern, items);
  {
    const std::vector<Migration> migrations{k_migration};
    Options options;
    options.folder = pattern + "/store";
    options.create = true;
    options.migrations = migrations;
    if (const char* database = std::getenv("PITCHBLENDE_BENCH_DATABASE")) {
      options.database = database;
    }
    Result<std::unique_ptr<Store>> opened = Store::open(options);
    must(opened);
    Store& store = **opened;
    report("store_bulk", store_bulk(store, items), raw.bulk, "rows/s");
    report("store_point_read", store_point(store, items), raw.point, "reads/s");
    print("store_lookup", store_lookup(store, items), "rows/s");
    report("store_scan", store_scan(store), raw.scan, "rows/s");
    report("store_durable_write", store_write(store), raw.write, "writes/s");
    print("store_longest_wait", store_longest_wait(store, items), "ms");
  }
  std::error_code ignored;
  fs::remove_all(pattern, ignored);
  return 0;
}
