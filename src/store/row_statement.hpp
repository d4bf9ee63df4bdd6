// A statement over `{rows}` as one for a single row, with the row's cells as parameters in the place of the relation:
// what SQLite runs fastest, since it builds a table for each subquery each time.
//
// Pure, any thread. Inside the slice only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/store.hpp"

namespace pitchblende::store {

// The cell of column n is `?n+1`. These forms are known; nullopt: another one.
//   INSERT INTO t (…) SELECT [DISTINCT] a, r.b FROM {rows} r [WHERE true] [ON CONFLICT …]   → VALUES (?1, ?2)
//   … x IN (SELECT a FROM {rows})                                                           → x = ?1
//   UPDATE t SET a = r.a FROM {rows} r WHERE …                                              → without the FROM
//   … SELECT r.a, t.b FROM {rows} r JOIN t ON … [JOIN …] [WHERE …] …                         → FROM t … WHERE …
// What comes out may name a column that is gone with the relation: it fails to be prepared, and the statement is to be
// run as it stands. If it can be prepared, it says the same for one row.
std::optional<std::string> row_statement(std::string_view sql, const Rows& rows);

}  // namespace pitchblende::store
