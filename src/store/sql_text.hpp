// SQL as text: placeholders for SOCI, `{rows}`, the words of a migration, and a script cut into statements.
//
// Quotes, quoted names and comments are left alone or dropped. Pure functions, any thread.
#pragma once

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

// Whether the text after `{rows}` begins with a name for it; PostgreSQL 15 wants one for each relation.
bool is_named(std::string_view rest);

// Replaces {key}, {int}, {real}, {text}, {without_rowid} and cuts at `;`. Empty statements are left out.
// `{append_only} table;` becomes triggers that refuse to alter and to delete rows of a table with an `id`.
std::vector<std::string> script_statements(std::string_view text, Dialect dialect);

}  // namespace pitchblende::store
