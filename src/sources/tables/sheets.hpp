// Tables as their texts, for who knows what stands in them. Part of the front door of sources.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace pitchblende::sources {

struct SheetRow {
  int64_t number = 0;              // the sheet's row, from 1
  std::vector<std::string> cells;  // UTF-8; dates as 2019-04-30
};
struct Sheet {
  std::string name;
  bool hidden = false;
  std::vector<SheetRow> rows;  // those in which something stands, hidden ones too
};
struct SheetLimits {
  int64_t bytes = 256 << 20;  // decompressed
  int64_t text = 64 << 20;    // in cells
  size_t rows = 100'000;      // of all sheets
};

// An .xlsx in memory. Errors: SOURCES_DAMAGED, SOURCES_TOO_LARGE, SOURCES_SAVE_AS, SOURCES_LOCKED,
// SOURCES_OTHER_FORMAT.
Result<std::vector<Sheet>> read_sheets(std::string_view bytes, const std::string& name, const SheetLimits& limits);
// The first rows of each table: of the sheets of an .xlsx, or of a CSV. Errors: those above.
Result<std::vector<Sheet>> first_rows(std::string_view bytes, const std::string& name, size_t rows);
// As CSV, every row as wide as the widest.
std::string as_csv(const Sheet& sheet);
// One table, whatever it comes as: the first sheet of an .xlsx that is seen and has rows, or CSV of any separator and
// encoding, also as it is pasted from a spreadsheet. Errors: those above, SOURCES_EMPTY.
Result<Sheet> read_table(std::string_view bytes, const std::string& name, const SheetLimits& limits);

}  // namespace pitchblende::sources
