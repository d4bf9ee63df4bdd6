// What both databases do alike.
#include <cmath>
#include <limits>
#include <stdexcept>

#include "store/store_fixture.hpp"

namespace pitchblende::store {

namespace {

using testing::ElementsAre;

INSTANTIATE_TEST_SUITE_P(Databases, StoreTest, testing::Values(Dialect::sqlite, Dialect::postgresql),
                         [](const auto& which) {
                           return std::string(which.param == Dialect::sqlite ? "Sqlite" : "Postgresql");
                         });

TEST_P(StoreTest, ValuesComeBackAsTheyWent) {
  const std::string text = "Hôpital « Exemple » \\ ' \" :p1 ? {rows} \xF0\x9F\xA7\xAC\n\t";
  const int64_t big = std::numeric_limits<int64_t>::max();
  const double small = 0.1 + 0.2;
  ASSERT_TRUE(store().write([&](Transaction& transaction) -> Result<void> {
    TRY(transaction.execute("INSERT INTO thing (id, name, size) VALUES (?, ?, ?)", {big, text, small}));
    TRY(transaction.execute("INSERT INTO thing (id, name, size) VALUES (?, ?, ?)",
                            {int64_t{-1}, std::string_view(), std::monostate{}}));
    TRY(transaction.execute("INSERT INTO thing (id, name, size, parent) VALUES (?, ?, ?, ?)",
                            {int64_t{0}, std::monostate{}, -1e300, big}));
    return {};
  }));
  int rows = 0;
  ASSERT_TRUE(store().read([&](Connection& connection) {
    return connection.query("SELECT id, name, size, parent FROM thing ORDER BY id", {}, [&](const Row& row) {
      if (rows == 0) {
        EXPECT_EQ(row.integer(0), -1);
        EXPECT_FALSE(row.is_null(1));
        EXPECT_EQ(row.text(1), "");
        EXPECT_TRUE(row.is_null(2));
        EXPECT_EQ(row.real(2), 0);
        EXPECT_EQ(row.integer(3), 0);
      } else if (rows == 1) {
        EXPECT_TRUE(row.is_null(1));
        EXPECT_EQ(row.text(1), "");
        EXPECT_EQ(row.real(2), -1e300);
        EXPECT_EQ(row.integer(3), big);
      } else {
        EXPECT_EQ(row.integer(0), big);
        EXPECT_EQ(row.text(1), text);
        EXPECT_EQ(row.real(2), small);
      }
      ++rows;
    });
  }));
  EXPECT_EQ(rows, 3);
}

TEST_P(StoreTest, CountsAndComparisonsAreNumbers) {
  ASSERT_TRUE(store().write([&](Transaction& transaction) { return insert_thing(transaction, 7, "a"); }));
  ASSERT_TRUE(store().read([&](Connection& connection) {
    return connection.query(
        "SELECT count(*), sum(id), id = 7, id = 8, coalesce(parent, 5), 'x' || name FROM thing GROUP BY id, name, "
        "parent",
        {}, [&](const Row& row) {
          EXPECT_EQ(row.integer(0), 1);
          EXPECT_EQ(row.integer(1), 7);
          EXPECT_EQ(row.integer(2), 1);
          EXPECT_EQ(row.integer(3), 0);
          EXPECT_EQ(row.integer(4), 5);
          EXPECT_EQ(row.text(5), "xa");
        });
  }));
}

TEST_P(StoreTest, TextSortsBytewise) {
  ASSERT_TRUE(store().write([&](Transaction& transaction) -> Result<void> {
    int64_t id = 0;
    for (const char* name :
         {"é", "z", "Z", "a", "œ", "A", "\xF0\x9F\xA7\xAC", "\xEF\xBC\xA1", "", "a b", "a-b", "ab"}) {
      TRY(insert_thing(transaction, ++id, name));
    }
    return {};
  }));
  Cells cells;
  ASSERT_TRUE(store().read([&](Connection& connection) {
    return connection.query("SELECT name FROM thing ORDER BY name", {}, keep(cells, 1));
  }));
  EXPECT_TRUE(std::ranges::is_sorted(cells));
  EXPECT_EQ(cells.size(), 12u);
}

TEST_P(StoreTest, NulIsRefusedAtTheDoor) {
  const std::string nul("a\0b", 3);
  const Result<void> single =
      store().write([&](Transaction& transaction) { return insert_thing(transaction, 1, nul); });
  ASSERT_FALSE(single);
  EXPECT_TRUE(single.error().is(errors::nul));
  const Result<int64_t> many = store().write([&](Transaction& transaction) {
    Rows rows{{"id", ColumnType::integer}, {"name"}};
    rows.add(int64_t{1}).add(nul);
    return transaction.bulk("INSERT INTO thing (id, name) SELECT id, name FROM {rows}", rows);
  });
  ASSERT_FALSE(many);
  EXPECT_TRUE(many.error().is(errors::nul));
  EXPECT_EQ(count_things(store()), 0);
}

TEST_P(StoreTest, ExecuteSaysHowManyRowsChanged) {
  const Result<int64_t> changed = store().write([&](Transaction& transaction) -> Result<int64_t> {
    for (int64_t id = 1; id <= 5; ++id) {
      TRY(insert_thing(transaction, id, "x"));
    }
    TRY_ASSIGN(const int64_t none, transaction.execute("UPDATE thing SET name = ? WHERE id > ?", {"y", int64_t{9}}));
    EXPECT_EQ(none, 0);
    return transaction.execute("UPDATE thing SET name = ? WHERE id > ?", {"y", int64_t{2}});
  });
  ASSERT_TRUE(changed);
  EXPECT_EQ(*changed, 3);
}

TEST_P(StoreTest, AClosureThatFailsLeavesItsNeighboursAlone) {
  std::vector<std::future<Result<void>>> answers;
  for (int64_t id = 0; id < 300; ++id) {
    answers.push_back(store().write_later([id](Transaction& transaction) -> Result<void> {
      TRY(insert_thing(transaction, id, "kept unless its number divides by three"));
      switch (id % 9) {
        case 0:
          throw std::runtime_error("thrown");
        case 3:
          return fail(errors::busy, "returned");
        case 6:
          return insert_thing(transaction, id, "the same key again");
        default:
          return {};
      }
    }));
  }
  for (size_t id = 0; id < answers.size(); ++id) {
    const Result<void> answer = answers[id].get();
    EXPECT_EQ(answer.has_value(), id % 3 != 0) << id;
    if (!answer) {
      EXPECT_TRUE(answer.error().is(id % 9 == 0   ? errors::sql
                                    : id % 9 == 3 ? errors::busy
                                                  : errors::constraint))
          << answer.error().message();
    }
  }
  EXPECT_EQ(count_things(store()), 200);
}

TEST_P(StoreTest, AFailedStatementCannotBeOverlooked) {
  const Result<void> answer = store().write([&](Transaction& transaction) -> Result<void> {
    TRY(insert_thing(transaction, 1, "a"));
    static_cast<void>(insert_thing(transaction, 1, "b"));
    EXPECT_FALSE(insert_thing(transaction, 2, "c"));
    return {};
  });
  ASSERT_FALSE(answer);
  EXPECT_TRUE(answer.error().is(errors::constraint)) << answer.error().message();
  EXPECT_EQ(count_things(store()), 0);
}

TEST_P(StoreTest, ForeignKeysHold) {
  const Result<int64_t> answer = store().write([&](Transaction& transaction) {
    return transaction.execute("INSERT INTO thing (id, parent) VALUES (?, ?)", {int64_t{1}, int64_t{99}});
  });
  ASSERT_FALSE(answer);
  EXPECT_TRUE(answer.error().is(errors::constraint)) << answer.error().message();
}

TEST_P(StoreTest, WrongSqlIsAnErrorAndNoMore) {
  for (const char* sql : {"SELECT nothing FROM nowhere", "SELEKT 1", "", "SELECT id FROM thing WHERE id = ?"}) {
    const Result<void> answer =
        store().read([&](Connection& connection) { return connection.query(sql, {}, [](const Row&) {}); });
    ASSERT_FALSE(answer) << sql;
    EXPECT_TRUE(answer.error().is(errors::sql)) << answer.error().message();
  }
  EXPECT_EQ(count_things(store()), 0);
}

TEST_P(StoreTest, AStatementInACallbackIsRefused) {
  ASSERT_TRUE(store().write([&](Transaction& transaction) { return insert_thing(transaction, 1, "a"); }));
  Result<void> inner;
  ASSERT_TRUE(store().read([&](Connection& connection) {
    return connection.query("SELECT id FROM thing", {}, [&](const Row&) {
      inner = connection.query("SELECT id FROM thing", {}, [](const Row&) {});
    });
  }));
  EXPECT_FALSE(inner);
}

TEST_P(StoreTest, AWriteInAClosureIsRefusedAndNotAwaited) {
  Result<void> inner;
  ASSERT_TRUE(store().write([&](Transaction&) -> Result<void> {
    inner = store().write([](Transaction&) -> Result<void> { return {}; });
    return {};
  }));
  EXPECT_FALSE(inner);
}

TEST_P(StoreTest, ACallbackThatThrowsLeavesTheReaderUsable) {
  ASSERT_TRUE(store().write([&](Transaction& transaction) -> Result<void> {
    for (int64_t id = 1; id <= 1000; ++id) {
      TRY(insert_thing(transaction, id, "x"));
    }
    return {};
  }));
  for (int round = 0; round < 10; ++round) {
    EXPECT_THROW(static_cast<void>(store().read([&](Connection& connection) {
                   return connection.query("SELECT id FROM thing", {},
                                           [](const Row&) { throw std::runtime_error("thrown"); });
                 })),
                 std::runtime_error);
  }
  EXPECT_EQ(count_things(store()), 1000);
}

TEST_P(StoreTest, ReadersCannotWrite) {
  const Result<void> answer = store().read([&](Connection& connection) {
    return connection.query("INSERT INTO thing (id) VALUES (1)", {}, [](const Row&) {});
  });
  ASSERT_FALSE(answer);
  EXPECT_TRUE(answer.error().is(errors::read_only)) << answer.error().message();
  EXPECT_EQ(count_things(store()), 0);
}

TEST_P(StoreTest, ScriptsRunWhole) {
  ASSERT_TRUE(store().write([&](Transaction& transaction) {
    return transaction.script(
        "-- derived; remade\nDROP TABLE IF EXISTS derived;\nCREATE TABLE derived (id {key}, label {text} NOT NULL);\n"
        "INSERT INTO derived VALUES (1, 'a;b -- {text}');");
  }));
  Cells cells;
  ASSERT_TRUE(store().read(
      [&](Connection& connection) { return connection.query("SELECT label FROM derived", {}, keep(cells, 1)); }));
  EXPECT_EQ(cells, (Cells{{"a;b -- {text}"}}));
}

TEST_P(StoreTest, MoreStatementsThanAreKeptWork) {
  ASSERT_TRUE(store().write([&](Transaction& transaction) { return insert_thing(transaction, 1, "a"); }));
  ASSERT_TRUE(store().read([&](Connection& connection) -> Result<void> {
    for (int round = 0; round < 2; ++round) {
      for (int number = 0; number < 600; ++number) {
        int64_t answer = -1;
        TRY(connection.query("SELECT id + " + std::to_string(number) + " FROM thing WHERE id = ?", {int64_t{1}},
                             [&](const Row& row) { answer = row.integer(0); }));
        EXPECT_EQ(answer, number + 1);
      }
    }
    return {};
  }));
}

TEST_P(StoreTest, WritesSurviveClosing) {
  ASSERT_TRUE(store().write([&](Transaction& transaction) { return insert_thing(transaction, 1, "a"); }));
  std::future<Result<void>> later =
      store().write_later([](Transaction& transaction) { return insert_thing(transaction, 2, "b"); });
  m_store.reset();
  EXPECT_TRUE(later.get());
  m_store = open_or_fail(m_options);
  EXPECT_EQ(count_things(store()), 2);
}

TEST_P(StoreTest, IntegrityOfASoundDatabaseHasNothingToSay) {
  ASSERT_TRUE(store().write([&](Transaction& transaction) { return insert_thing(transaction, 1, "a"); }));
  const Result<std::vector<std::string>> problems = store().integrity();
  ASSERT_TRUE(problems);
  EXPECT_THAT(*problems, ElementsAre());
}

TEST_P(StoreTest, SettlingChangesNoData) {
  const Result<int64_t> written = store().write([&](Transaction& transaction) -> Result<int64_t> {
    Rows rows{{"id", ColumnType::integer}, {"name"}};
    for (int64_t id = 0; id < 20000; ++id) {
      rows.add(id).add(std::string(200, 'x'));
    }
    TRY(transaction.bulk("INSERT INTO thing (id, name) SELECT id, name FROM {rows}", rows));
    return transaction.execute("DELETE FROM thing WHERE id >= ?", {int64_t{100}});
  });
  ASSERT_TRUE(written) << written.error().message();
  EXPECT_EQ(*written, 19900);
  const Result<void> settled = store().settle();
  ASSERT_TRUE(settled) << settled.error().message();
  EXPECT_EQ(count_things(store()), 100);
}

}  // namespace

}  // namespace pitchblende::store
