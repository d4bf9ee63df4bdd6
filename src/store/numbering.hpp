// Numbers in rows: the next one of a table, and ids of things as SQL holds them.
#pragma once

#include "base/id.hpp"
#include "store/store.hpp"

namespace pitchblende::store {

// The next number of a column id that the program alone writes, inside a transaction of the writer. `table`: a name of
// ours, never somebody's text.
inline Result<int64_t> next_id(Transaction& transaction, std::string_view table) {
  int64_t next = 1;
  TRY(transaction.query("SELECT max(id) FROM " + std::string(table), {},
                        [&](const Row& row) { next = row.integer(0) + 1; }));
  return next;
}

// The next of a table's numbers that are never given again, not even when their rows are gone: what was begun for one
// is not taken for another.
inline Result<int64_t> next_number(Transaction& transaction, std::string_view table) {
  TRY(transaction.execute("UPDATE numbering SET last = last + 1 WHERE name = ?", {table}));
  int64_t next = 0;
  TRY(transaction.query("SELECT last FROM numbering WHERE name = ?", {table},
                        [&](const Row& row) { next = row.integer(0); }));
  return next;
}

// An entity's id as SQL holds it.
inline int64_t number(Id id) { return static_cast<int64_t>(id.bits()); }
inline Id id_of(int64_t number) { return Id(static_cast<uint64_t>(number)); }
inline Id id_at(const Row& row, int column) { return id_of(row.integer(column)); }

}  // namespace pitchblende::store
