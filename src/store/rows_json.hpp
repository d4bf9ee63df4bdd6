// Rows as JSON texts for PostgreSQL's json_to_recordset.
//
// Pure functions, any thread. Inside the slice only.
#pragma once

#include <string>

#include "store/store.hpp"

namespace pitchblende::store {

struct RowsJson {
  std::string text;  // [{"c0":1,"c1":"…"},…]; a NULL cell is absent
  size_t next = 0;   // the first row that is not in it
};
// From the row `first` on, as many as make about `bytes` (at least one). Errors: STORE_NUL.
Result<RowsJson> rows_json(const Rows& rows, size_t first, size_t bytes);

// The shortest text that reads back as the same number.
std::string real_text(double value);

}  // namespace pitchblende::store
