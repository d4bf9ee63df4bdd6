// Rows of workbooks: what went out, what came back. Inside confirm.
#pragma once

#include <optional>

#include "confirm/workbook/workbook_rows.hpp"
#include "store/store.hpp"

namespace pitchblende::confirm::rows {

struct CellRow {
  Id card;
  std::string place;
  std::string said;
};

Result<int64_t> put_workbook(store::Transaction& db, Id whole, int64_t account, std::string_view now);
Result<void> put_rows(store::Transaction& db, int64_t workbook, const std::vector<Id>& cards,
                      const std::vector<CellRow>& cells);
// Without kinds and labels; nullopt: there is no such workbook.
Result<std::optional<WentOut>> went_out(store::Connection& db, int64_t workbook);

Result<int64_t> put_reading(store::Transaction& db, const Reading& reading, int64_t account, std::string_view now);
// Its edits, not weighed.
Result<std::optional<Reading>> reading(store::Connection& db, int64_t id);
// A hundred at most.
Result<std::vector<Waiting>> waiting(store::Connection& db);
Result<bool> is_applying(store::Connection& db, int64_t reading);
// It waits for nobody any more. Error: CONFIRM_APPLIED.
Result<void> note_begun(store::Transaction& db, int64_t reading);
// With what became of each cell. Error: CONFIRM_APPLIED.
Result<void> note_applied(store::Transaction& db, const Reading& reading, std::string_view now);

}  // namespace pitchblende::confirm::rows
