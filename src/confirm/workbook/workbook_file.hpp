// A workbook as a file: sheets, hidden ids, lists to choose from, notes in both languages. Inside confirm.
//
// The same content gives the same bytes.
#pragma once

#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"

namespace pitchblende::confirm {

struct ColumnOut {
  std::string place;  // what the column is, in the hidden row
  std::string title;
  std::string note;
  std::vector<std::string> choices;  // empty: anything may be typed
  bool is_closed = false;            // nothing else than these
  bool is_hidden = false;
  bool is_dated = false;  // whole dates are dates of the spreadsheet
};
struct SheetOut {
  std::string name;
  std::string id_place;  // heads the hidden column of ids
  std::vector<ColumnOut> columns;
  struct Row {
    Id card;
    std::vector<std::string> cells;
  };
  std::vector<Row> rows;
};
struct WorkbookOut {
  int64_t number = 0;
  Id whole;
  std::string title;  // of the institution, unit or platform
  std::string made;
  std::vector<SheetOut> sheets;
};

inline constexpr std::string_view k_hidden_sheet = "pitchblende";
inline constexpr std::string_view k_id_title = "Identifiant – Identifier";
// Error: CONFIRM_FILE.
Result<void> write_file(const std::string& path, const WorkbookOut& workbook);
// The same, as bytes.
Result<std::string> workbook_bytes(const WorkbookOut& workbook);

}  // namespace pitchblende::confirm
