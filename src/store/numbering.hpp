// The next number of a table's column id, where a program alone writes it. Inside a transaction of the writer.
#pragma once

#include "store/store.hpp"

namespace pitchblende::store {

// `table`: a name of ours, never somebody's text.
inline Result<int64_t> next_id(Transaction& transaction, std::string_view table) {
  int64_t next = 1;
  TRY(transaction.query("SELECT max(id) FROM " + std::string(table), {},
                        [&](const Row& row) { next = row.integer(0) + 1; }));
  return next;
}

}  // namespace pitchblende::store
