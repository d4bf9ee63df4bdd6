#include "store/row_statement.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pitchblende::store {

namespace {

std::string single(std::string_view sql) {
  const Rows rows{{"id", ColumnType::integer}, {"name"}, {"size"}};
  std::string text = row_statement(sql, rows).value_or("as it is");
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

TEST(RowStatement, InsertsOfRowsAsTheyAreBecomeValues) {
  EXPECT_EQ(single("INSERT INTO thing (a, b, c) SELECT id, name, size FROM {rows}"),
            "INSERT INTO thing (a, b, c) VALUES (?1, ?2, ?3)");
  EXPECT_EQ(single("insert into thing select r.size,\n r.id from {rows} AS r"), "insert into thing VALUES (?3, ?1)");
  EXPECT_EQ(single("INSERT INTO t(a) SELECT DISTINCT size FROM {rows} r WHERE true ON CONFLICT (a) DO UPDATE SET a = "
                   "excluded.a"),
            "INSERT INTO t(a) VALUES (?3) ON CONFLICT (a) DO UPDATE SET a = excluded.a");
  EXPECT_EQ(single("INSERT INTO t(a) SELECT name FROM {rows} WHERE true ON CONFLICT DO NOTHING"),
            "INSERT INTO t(a) VALUES (?2) ON CONFLICT DO NOTHING");
}

TEST(RowStatement, MembershipBecomesAComparison) {
  EXPECT_EQ(single("DELETE FROM thing WHERE id IN (SELECT id FROM {rows} AS q)"), "DELETE FROM thing WHERE id = ?1");
  EXPECT_EQ(single("UPDATE thing SET a = 'it''s (' WHERE t.name IN (SELECT q.name FROM {rows} q) AND a = 1"),
            "UPDATE thing SET a = 'it''s (' WHERE t.name = ?2 AND a = 1");
}

TEST(RowStatement, UpdatesNameTheirCells) {
  EXPECT_EQ(single("UPDATE thing SET a = q.name, b = b + q.size FROM {rows} AS q WHERE thing.id = q.id"),
            "UPDATE thing SET a = ?2, b = b + ?3 WHERE thing.id = ?1");
}

TEST(RowStatement, JoinsAreMadeFromTheirOtherTables) {
  EXPECT_EQ(single("SELECT q.size, t.a FROM {rows} q JOIN thing t ON t.name = q.name"),
            "SELECT ?3, t.a FROM thing t WHERE (t.name = ?2 ) AND (true)");
  EXPECT_EQ(
      single("SELECT q.id, t.a FROM {rows} q JOIN thing t ON t.id = q.id LEFT JOIN u ON u.id = t.u OR u.id = q.id "
             "WHERE t.a = 1 OR t.a IN (2, 3) ORDER BY t.a"),
      "SELECT ?1, t.a FROM thing t LEFT JOIN u ON u.id = t.u OR u.id = ?1 WHERE (t.id = ?1 ) AND (t.a = 1 OR t.a "
      "IN (2, 3) ) ORDER BY t.a");
  EXPECT_EQ(
      single("INSERT INTO due (a) SELECT DISTINCT t.a FROM {rows} q JOIN t ON t.id = q.id WHERE true ON CONFLICT DO "
             "NOTHING"),
      "INSERT INTO due (a) SELECT DISTINCT t.a FROM t WHERE (t.id = ?1 ) AND (true ) ON CONFLICT DO NOTHING");
}

TEST(RowStatement, OtherFormsAreLeftAlone) {
  for (const char* sql : {"INSERT INTO t SELECT id + 1, size FROM {rows}",
                          "INSERT INTO t SELECT 1, size FROM {rows}",
                          "INSERT INTO t SELECT r.id, size FROM {rows} r, t",
                          "INSERT INTO t SELECT size FROM {rows} WHERE size > 1",
                          "INSERT INTO t SELECT size FROM {rows} WHERE true AND size > 1",
                          "INSERT INTO t SELECT max(size) FROM {rows}",
                          "INSERT INTO t SELECT size FROM {rows} GROUP BY id",
                          "INSERT INTO t SELECT x.size FROM {rows} r",
                          "INSERT INTO t SELECT size, FROM {rows}",
                          "INSERT INTO t SELECT '?', size FROM {rows}",
                          "INSERT INTO t (a",
                          "INSERT INTO t SELECT id FROM {rows} a JOIN {rows} b ON a.id = b.id",
                          "INSERT INTO",
                          "",
                          "UPDATE t SET a = 1",
                          "INSERT INTO t VALUES (1)",
                          "DELETE FROM t WHERE id NOT IN (SELECT id FROM {rows})",
                          "DELETE FROM t WHERE (a, b) IN (SELECT id, name FROM {rows})",
                          "DELETE FROM t WHERE id IN (SELECT id FROM {rows} WHERE size > 1)",
                          "SELECT q.*, t.a FROM {rows} q JOIN t ON t.id = q.id",
                          "SELECT * FROM {rows} q JOIN t ON t.id = q.id",
                          "SELECT q.id FROM {rows} q LEFT JOIN t ON t.id = q.id",
                          "SELECT q.id FROM {rows} q JOIN t USING (id)",
                          "SELECT q.id FROM t JOIN {rows} q ON t.id = q.id",
                          "SELECT q.unknown FROM {rows} q JOIN t ON t.id = q.id",
                          "SELECT q.id FROM {rows} q JOIN t ON t.id = q.id UNION SELECT 1",
                          "SELECT a FROM t WHERE EXISTS (SELECT 1 FROM {rows} q JOIN u ON u.id = q.id)",
                          "SELECT q.id FROM {rows} q JOIN \"t\" ON t.id = q.id",
                          "SELECT q.id FROM {rows} q JOIN t ON t.id = ?",
                          "SELECT id FROM {rows}",
                          "{rows}",
                          "FROM {rows}"}) {
    EXPECT_EQ(single(sql), "as it is") << sql;
  }
}

}  // namespace

}  // namespace pitchblende::store
