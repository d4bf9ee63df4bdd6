// SQL as text: placeholders for SOCI, `{rows}`, the words of a migration, and a script cut into statements.
//
// Quotes, quoted names and comments are left alone or dropped. Pure functions, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.hpp"

namespace pitchblende::store {

// `?` → `:p1 `, `:p2 `… as SOCI wants them for PostgreSQL; comments become a space.
std::string named_placeholders(std::string_view sql);

struct RowsSql {
  std::string sql;
  int uses = 0;  // how often `{rows}` stood there
};
// SQLite: (SELECT ?1 AS "a", ?2 AS "b"). PostgreSQL: a `?` for the JSON text of rows_json at each use.
RowsSql expand_rows(std::string_view sql, const Rows& rows, Dialect dialect);

// "INSERT INTO t (…) SELECT a, r.b FROM {rows} r [WHERE true] [ON CONFLICT …]", which takes the rows' columns as they
// are, with VALUES (?1, ?2) instead: SQLite then needs no journal for each row. nullopt: not of that form.
std::optional<std::string> insert_values(std::string_view sql, const Rows& rows);

// Replaces {key}, {int}, {real}, {text}, {without_rowid} and cuts at `;`. Empty statements are left out.
std::vector<std::string> script_statements(std::string_view text, Dialect dialect);

}  // namespace pitchblende::store
