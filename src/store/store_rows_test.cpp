// bulk() and lookup() are the same as single statements, one for each row.
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <optional>
#include <tuple>

#include "store/store_fixture.hpp"

namespace pitchblende::store {

namespace {

struct Line {
  int64_t id;
  std::optional<std::string> name;
  std::optional<double> size;
};

rc::Gen<std::string> any_text() {
  const auto piece = rc::gen::element<std::string>("a", "B", "é", "œ", "\"", "'", "\\", "?", ":x", "{rows}", "\n", "\t",
                                                   "\x01", "\x1f", "\x7f", "𝒳", "\u2028", " ", "0", "null", "<", "%");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& pieces) {
    std::string text;
    for (const std::string& part : pieces) {
      text += part;
    }
    return text;
  });
}

template <typename T>
rc::Gen<std::optional<T>> maybe(rc::Gen<T> value) {
  return rc::gen::map(rc::gen::pair(rc::gen::inRange(0, 4), std::move(value)), [](std::pair<int, T> drawn) {
    return drawn.first == 0 ? std::nullopt : std::optional<T>(std::move(drawn.second));
  });
}

rc::Gen<std::vector<Line>> lines() {
  const auto real =
      rc::gen::oneOf(rc::gen::arbitrary<double>(),
                     rc::gen::element(0.1, -0.0, 1e-310, 1.7976931348623157e308, 4e15, HUGE_VAL, -HUGE_VAL));
  const auto line = rc::gen::construct<Line>(rc::gen::arbitrary<int64_t>(), maybe(any_text()), maybe(real));
  return rc::gen::uniqueBy<std::vector<Line>>(line, [](const Line& one) { return one.id; });
}

Rows as_rows(const std::vector<Line>& all) {
  Rows rows{{"key", ColumnType::integer}, {"name"}, {"size", ColumnType::real}};
  for (const Line& line : all) {
    rows.add(line.id);
    line.name ? rows.add(*line.name) : rows.add_null();
    line.size ? rows.add(*line.size) : rows.add_null();
  }
  return rows;
}

std::vector<Param> as_params(const Line& line) {
  return {Param(line.id), line.name ? Param(std::string_view(*line.name)) : Param(),
          line.size ? Param(*line.size) : Param()};
}

using Bits = std::tuple<int64_t, std::optional<std::string>, std::optional<uint64_t>>;

// Both databases know one zero only.
std::optional<uint64_t> real_bits(double value) { return std::bit_cast<uint64_t>(value + 0.0); }

Bits bits(const Line& line) { return {line.id, line.name, line.size ? real_bits(*line.size) : std::nullopt}; }

Result<std::vector<Bits>> things(Connection& connection) {
  std::vector<Bits> all;
  TRY(connection.query("SELECT id, name, size FROM thing ORDER BY id", {}, [&](const Row& row) {
    all.emplace_back(row.integer(0), row.is_null(1) ? std::nullopt : std::optional(std::string(row.text(1))),
                     row.is_null(2) ? std::nullopt : std::optional(std::bit_cast<uint64_t>(row.real(2))));
  }));
  return all;
}

void must(const Result<int64_t>& rows, size_t expected) {
  if (!rows) {
    RC_FAIL(rows.error().message());
  }
  RC_ASSERT(*rows == static_cast<int64_t>(expected));
}

TEST_P(StoreTest, BulkIsTheSameAsSingleStatements) {
  EXPECT_TRUE(rc::check([&] {
    const std::vector<Line> all = *lines();
    std::vector<Bits> singly;
    std::vector<Bits> together;
    must(store().write([&](Transaction& transaction) -> Result<int64_t> {
      TRY(transaction.execute("DELETE FROM thing"));
      for (const Line& line : all) {
        const std::vector<Param> cells = as_params(line);
        TRY(transaction.execute("INSERT INTO thing (id, name, size) VALUES (?, ?, ?)", {cells[0], cells[1], cells[2]}));
      }
      TRY_ASSIGN(singly, things(transaction));
      TRY(transaction.execute("DELETE FROM thing"));
      TRY_ASSIGN(
          const int64_t changed,
          transaction.bulk("INSERT INTO thing (id, name, size) SELECT key, name, size FROM {rows}", as_rows(all)));
      TRY_ASSIGN(together, things(transaction));
      return changed;
    }),
         all.size());
    RC_ASSERT(singly == together);
  }));
}

// What updating the names and then inserting, or else updating the sizes, leaves.
std::vector<Bits> changed(const std::vector<Line>& before, const std::vector<Line>& changes) {
  std::vector<Bits> expected;
  for (const Line& line : before) {
    const auto change = std::ranges::find(changes, line.id, &Line::id);
    expected.push_back(bits(change == changes.end() ? line : *change));
  }
  for (const Line& line : changes) {
    if (std::ranges::find(before, line.id, &Line::id) == before.end()) {
      expected.push_back(bits(line));
    }
  }
  std::ranges::sort(expected);
  return expected;
}

TEST_P(StoreTest, BulkUpdatesInsertsOrUpdatesAndDeletesAsSingleStatementsDo) {
  EXPECT_TRUE(rc::check([&] {
    const std::vector<Line> before = *lines();
    std::vector<Line> changes = *lines();
    for (const Line& line : before) {
      if (*rc::gen::arbitrary<bool>()) {
        changes.push_back({line.id, *maybe(any_text()), std::nullopt});
      }
    }
    std::ranges::sort(changes, {}, &Line::id);
    const auto same = std::ranges::unique(changes, {}, &Line::id);
    changes.erase(same.begin(), same.end());
    std::vector<Bits> after;
    size_t left = 0;
    must(store().write([&](Transaction& transaction) -> Result<int64_t> {
      TRY(transaction.execute("DELETE FROM thing"));
      TRY(transaction.bulk("INSERT INTO thing (id, name, size) SELECT key, name, size FROM {rows} r", as_rows(before)));
      TRY(transaction.bulk("UPDATE thing SET name = r.name FROM {rows} r WHERE thing.id = r.key", as_rows(changes)));
      TRY(
          transaction.bulk("INSERT INTO thing (id, name, size) SELECT r.key, r.name, r.size FROM {rows} r WHERE true "
                           "ON CONFLICT (id) DO UPDATE SET size = excluded.size",
                           as_rows(changes)));
      TRY_ASSIGN(after, things(transaction));
      TRY_ASSIGN(const int64_t deleted,
                 transaction.bulk("DELETE FROM thing WHERE id IN (SELECT key FROM {rows})", as_rows(changes)));
      TRY_ASSIGN(const std::vector<Bits> rest, things(transaction));
      left = rest.size();
      return deleted;
    }),
         changes.size());
    RC_ASSERT(after == changed(before, changes));
    RC_ASSERT(left == after.size() - changes.size());
  }));
}

TEST_P(StoreTest, LookupFindsWhatSingleQueriesFind) {
  ASSERT_TRUE(store().write([&](Transaction& transaction) -> Result<void> {
    Rows rows{{"id", ColumnType::integer}, {"name"}};
    for (int64_t id = 0; id < 300; ++id) {
      rows.add(id).add("name " + std::to_string(id % 100));
    }
    TRY(transaction.bulk("INSERT INTO thing (id, name) SELECT id, name FROM {rows}", rows));
    return {};
  }));
  EXPECT_TRUE(rc::check([&] {
    const auto wanted = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 150));
    Cells together;
    Cells singly;
    RC_ASSERT(store()
                  .read([&](Connection& connection) -> Result<void> {
                    Rows rows{{"place", ColumnType::integer}, {"name"}};
                    for (size_t place = 0; place < wanted.size(); ++place) {
                      rows.add(static_cast<int64_t>(place)).add("name " + std::to_string(wanted[place]));
                      TRY(connection.query("SELECT CAST(? AS INTEGER), id, name FROM thing WHERE name = ?",
                                           {static_cast<int64_t>(place), std::get<std::string>(rows.cell(place, 1))},
                                           keep(singly, 3)));
                    }
                    return connection.lookup(
                        "SELECT r.place, t.id, t.name FROM {rows} r JOIN thing t ON t.name = r.name", rows,
                        keep(together, 3));
                  })
                  .has_value());
    std::ranges::sort(singly);
    std::ranges::sort(together);
    RC_ASSERT(singly == together);
  }));
}

// Statements that can be made single, beside the same ones with what keeps them from it.
TEST_P(StoreTest, SingleStatementsSayWhatTheRelationSays) {
  ASSERT_TRUE(store().write([&](Transaction& transaction) -> Result<void> {
    Rows rows{{"id", ColumnType::integer}, {"name"}, {"parent", ColumnType::integer}};
    for (int64_t id = 0; id < 60; ++id) {
      rows.add(id).add("name " + std::to_string(id % 7));
      id % 3 == 0 ? rows.add_null() : rows.add(id / 3);
    }
    TRY(transaction.bulk("INSERT INTO thing (id, name, parent) SELECT id, name, parent FROM {rows} r", rows));
    return {};
  }));
  const std::array<std::pair<std::string, std::string>, 4> statements{{
      {"SELECT q.id, t.id, t.name FROM {rows} q JOIN thing t ON t.parent = q.id OR t.name = q.name WHERE t.id > 3 OR "
       "t.id < 2",
       "SELECT q.id, t.id, t.name FROM (SELECT id, name FROM {rows}) q JOIN thing t ON t.parent = q.id OR t.name = "
       "q.name "
       "WHERE t.id > 3 OR t.id < 2"},
      {"SELECT q.id, t.id, p.name FROM {rows} q JOIN thing t ON t.name = q.name LEFT JOIN thing p ON p.id = t.parent "
       "AND "
       "p.id <> q.id",
       "SELECT q.id, t.id, p.name FROM (SELECT id, name FROM {rows}) q JOIN thing t ON t.name = q.name LEFT JOIN thing "
       "p ON "
       "p.id = t.parent AND p.id <> q.id"},
      {"SELECT q.id, count(t.id), 0 FROM {rows} q JOIN thing t ON t.parent = q.id GROUP BY q.id",
       "SELECT q.id, count(t.id), 0 FROM (SELECT id, name FROM {rows}) q JOIN thing t ON t.parent = q.id GROUP BY "
       "q.id"},
      {"SELECT t.id, t.name, t.parent FROM thing t WHERE t.id IN (SELECT id FROM {rows})",
       "SELECT t.id, t.name, t.parent FROM thing t WHERE t.id IN (SELECT id FROM (SELECT id FROM {rows}) x)"},
  }};
  EXPECT_TRUE(rc::check([&] {
    const auto ids = *rc::gen::unique<std::vector<int>>(rc::gen::inRange(0, 70));
    Rows rows{{"id", ColumnType::integer}, {"name"}};
    for (const int id : ids) {
      rows.add(int64_t{id}).add("name " + std::to_string(id % 9));
    }
    const Result<void> done = store().read([&](Connection& connection) -> Result<void> {
      for (const auto& [made_single, as_it_is] : statements) {
        Cells first;
        Cells second;
        TRY(connection.lookup(made_single, rows, keep(first, 3)));
        TRY(connection.lookup(as_it_is, rows, keep(second, 3)));
        std::ranges::sort(first);
        std::ranges::sort(second);
        RC_ASSERT(first == second);
      }
      return {};
    });
    RC_ASSERT(done.has_value());
  }));
}

TEST_P(StoreTest, ABareNameOfAColumnIsFoundToo) {
  ASSERT_TRUE(store().write([&](Transaction& transaction) { return insert_thing(transaction, 4, "a"); }));
  Rows rows{{"wanted", ColumnType::integer}};
  rows.add(int64_t{4});
  Cells cells;
  const Result<void> done = store().read([&](Connection& connection) {
    return connection.lookup("SELECT wanted, name FROM {rows} q JOIN thing t ON t.id = wanted", rows, keep(cells, 2));
  });
  ASSERT_TRUE(done) << done.error().message();
  EXPECT_EQ(cells, (Cells{{"4", "a"}}));
}

TEST_P(StoreTest, RowsMayStandTwiceAndNothingIsNothing) {
  Rows rows{{"id", ColumnType::integer}, {"name"}};
  const std::string sql =
      "INSERT INTO thing (id, name) SELECT id, name FROM {rows} WHERE NOT EXISTS "
      "(SELECT 1 FROM {rows} other WHERE other.id = 2 AND other.name = 'b')";
  const Result<int64_t> none = store().write([&](Transaction& transaction) { return transaction.bulk(sql, rows); });
  ASSERT_TRUE(none) << none.error().message();
  EXPECT_EQ(*none, 0);
  rows.add(int64_t{1}).add("a");
  const Result<int64_t> one = store().write([&](Transaction& transaction) { return transaction.bulk(sql, rows); });
  ASSERT_TRUE(one) << one.error().message();
  EXPECT_EQ(*one, 1);
  rows.clear();
  rows.add(int64_t{2}).add("b");
  const Result<int64_t> refused = store().write([&](Transaction& transaction) { return transaction.bulk(sql, rows); });
  ASSERT_TRUE(refused) << refused.error().message();
  EXPECT_EQ(*refused, 0);
}

TEST_P(StoreTest, ManyLargeRowsGoIn) {
  Rows rows{{"id", ColumnType::integer}, {"name"}};
  for (int64_t id = 0; id < 40; ++id) {
    rows.add(id).add(std::string(300'000, static_cast<char>('a' + id % 26)));
  }
  const Result<int64_t> changed = store().write([&](Transaction& transaction) -> Result<int64_t> {
    TRY(transaction.script("DROP INDEX thing_by_name"));  // PostgreSQL bounds what an index holds
    return transaction.bulk("INSERT INTO thing (id, name) SELECT id, name FROM {rows}", rows);
  });
  ASSERT_TRUE(changed) << changed.error().message();
  EXPECT_EQ(*changed, 40);
  Cells cells;
  ASSERT_TRUE(store().read([&](Connection& connection) {
    return connection.query("SELECT sum(length(name)) FROM thing", {}, keep(cells, 1));
  }));
  EXPECT_EQ(cells, (Cells{{"12000000"}}));
}

TEST_P(StoreTest, ForgottenRowsAreAnError) {
  Rows rows{{"id", ColumnType::integer}};
  rows.add(int64_t{1});
  const Result<int64_t> answer = store().write(
      [&](Transaction& transaction) { return transaction.bulk("INSERT INTO thing (id) VALUES (1)", rows); });
  ASSERT_FALSE(answer);
  EXPECT_TRUE(answer.error().is(errors::sql));
}

}  // namespace

}  // namespace pitchblende::store
