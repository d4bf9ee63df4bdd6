// A workbook as a file: sheets, hidden ids, lists to choose from, notes in both languages. Inside confirm.
//
// The same content gives the same bytes.
#pragma once

#include <string>
#include <vector>

#include "confirm/workbook_cells.hpp"

namespace pitchblende::confirm {

struct SheetOut {
  registry::Kind kind = registry::Kind::person;
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> choices;  // for each column; empty: anything may be typed
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
// "id:person" heads the hidden column, in the hidden row of places.
std::string id_place(registry::Kind kind);

// Error: CONFIRM_FILE.
Result<void> write_file(const std::string& path, const WorkbookOut& workbook);
// The same, as bytes.
Result<std::string> workbook_bytes(const WorkbookOut& workbook);

}  // namespace pitchblende::confirm
