#include "store/sql_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pitchblende::store {

namespace {

using testing::ElementsAre;

TEST(SqlText, PlaceholdersAreNamedOutsideOfQuotesAndComments) {
  EXPECT_EQ(named_placeholders("SELECT a::int FROM t WHERE a = ? AND b = '?' AND \"c?\" = ?::text"),
            "SELECT a::int FROM t WHERE a = :p1  AND b = '?' AND \"c?\" = :p2 ::text");
  EXPECT_EQ(named_placeholders("SELECT 'it''s ?', ?"), "SELECT 'it''s ?', :p1 ");
  EXPECT_EQ(named_placeholders("SELECT 1 -- why: ?\n, ? /* : ' ? */ + ?"), "SELECT 1  \n, :p1    + :p2 ");
  EXPECT_EQ(named_placeholders("SELECT 'open ?"), "SELECT 'open ?");
  EXPECT_EQ(named_placeholders("SELECT 1 /* open ?"), "SELECT 1  ");
  EXPECT_EQ(named_placeholders(""), "");
}

TEST(SqlText, RowsAreARelation) {
  const Rows rows{{"id", ColumnType::integer}, {"key"}, {"size", ColumnType::real}};
  const RowsSql sqlite = expand_rows("SELECT r.id FROM {rows} r WHERE '{rows}' <> r.key", rows, Dialect::sqlite);
  EXPECT_EQ(sqlite.sql,
            "SELECT r.id FROM (SELECT ?1 AS \"id\", ?2 AS \"key\", ?3 AS \"size\") r WHERE '{rows}' <> r.key");
  EXPECT_EQ(sqlite.uses, 1);
  const RowsSql postgresql =
      expand_rows("DELETE FROM t WHERE id IN (SELECT id FROM {rows})", rows, Dialect::postgresql);
  EXPECT_EQ(
      postgresql.sql,
      "DELETE FROM t WHERE id IN (SELECT id FROM (SELECT c0 AS \"id\", c1 AS \"key\", c2 AS \"size\" FROM "
      "json_to_recordset(? ::json) AS pb_rows(c0 bigint, c1 text COLLATE \"C\", c2 double precision)) AS rows_0)");
}

TEST(SqlText, ARelationWithoutANameGetsOne) {
  const Rows rows{{"a"}};
  const auto tail = [&](std::string_view rest) {
    const std::string sql = expand_rows("{rows}" + std::string(rest), rows, Dialect::sqlite).sql;
    return sql.substr(sql.find(')') + 1);
  };
  EXPECT_EQ(tail(""), " AS rows_0");
  EXPECT_EQ(tail(" r"), " r");
  EXPECT_EQ(tail("\n AS r"), "\n AS r");
  EXPECT_EQ(tail(" \"r\""), " \"r\"");
  EXPECT_EQ(tail(" WHERE true"), " AS rows_0 WHERE true");
  EXPECT_EQ(tail(" joined JOIN t"), " joined JOIN t");
  EXPECT_EQ(tail(" JOIN t"), " AS rows_0 JOIN t");
  EXPECT_EQ(tail(", t"), " AS rows_0, t");
}

TEST(SqlText, ScriptsAreCutAndTranslated) {
  const std::string_view script =
      "-- first; comment {key}\nCREATE TABLE t (id {key}, n {int}, r {real}, s {text}) {without_rowid};\n;\n"
      "INSERT INTO t VALUES (1, 'a;{int}');\n";
  EXPECT_THAT(script_statements(script, Dialect::sqlite),
              ElementsAre(" \nCREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, r REAL, s TEXT) WITHOUT ROWID",
                          "\nINSERT INTO t VALUES (1, 'a;{int}')"));
  EXPECT_THAT(
      script_statements(script, Dialect::postgresql),
      ElementsAre(" \nCREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, r DOUBLE PRECISION, s TEXT COLLATE \"C\") ",
                  "\nINSERT INTO t VALUES (1, 'a;{int}')"));
  EXPECT_THAT(script_statements(" \n-- nothing", Dialect::sqlite), ElementsAre());
}

TEST(SqlText, AnAppendOnlyTableIsGuardedByTriggers) {
  const std::string_view script = "-- only grows\n{append_only} log;\nCREATE TABLE next (id {key});";
  const auto sqlite = script_statements(script, Dialect::sqlite);
  ASSERT_EQ(sqlite.size(), 4);
  EXPECT_TRUE(sqlite.front().starts_with("CREATE TRIGGER log_not_altered BEFORE UPDATE ON log"));
  const auto postgresql = script_statements(script, Dialect::postgresql);
  ASSERT_EQ(postgresql.size(), 3);
  EXPECT_TRUE(postgresql[1].starts_with("CREATE TRIGGER log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log"));
}

}  // namespace

}  // namespace pitchblende::store
