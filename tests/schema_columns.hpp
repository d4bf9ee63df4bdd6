// Every column of every table of a store, and whether something stands in it. For tests on both databases.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "store/store.hpp"

namespace pitchblende::tests {

struct SchemaColumn {
  std::string table;
  std::string column;
  bool is_text = false;
  std::string name() const { return table + "." + column; }
};

inline std::vector<SchemaColumn> schema_columns(store::Store& store) {
  const std::string_view sql =
      store.dialect() == store::Dialect::sqlite
          ? "SELECT m.name, p.name, p.type FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = "
            "'table' "
            "AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, p.cid"
          : "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = "
            "current_schema() ORDER BY table_name, ordinal_position";
  std::vector<SchemaColumn> out;
  const auto read = store.read([&](store::Connection& db) {
    return db.query(sql, {}, [&](const store::Row& row) {
      const std::string type(row.text(2));
      out.push_back({std::string(row.text(0)), std::string(row.text(1)), type == "TEXT" || type == "text"});
    });
  });
  EXPECT_TRUE(read) << read.error().message();
  return out;
}

// Whether a text column has the word in it, in any case of ASCII letters, or a column of numbers one of these.
inline bool holds(store::Store& store, const SchemaColumn& at, std::string_view word,
                  const std::vector<int64_t>& numbers) {
  bool found = false;
  const auto note = [&](const store::Row&) { found = true; };
  const std::string from = "SELECT 1 FROM " + at.table + " WHERE ";
  const auto read = store.read([&](store::Connection& db) -> Result<void> {
    if (at.is_text) {
      return db.query(from + "lower(" + at.column + ") LIKE '%' || ? || '%' LIMIT 1", {word}, note);
    }
    for (const int64_t number : numbers) {
      TRY(db.query(from + at.column + " = ? LIMIT 1", {number}, note));
    }
    return {};
  });
  EXPECT_TRUE(read) << at.name() << ": " << read.error().message();
  return found;
}

}  // namespace pitchblende::tests
