// Columns and cells of a workbook: from values to the text of a cell and back to corrections. Inside confirm; pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "confirm/editing.hpp"

namespace pitchblende::confirm {

// A column: a field, of one in both languages a language ("" is: said in none).
struct Column {
  registry::FieldId field;
  std::string lang;
  std::string place() const;  // "names@fr", "orcid"
};
std::optional<Column> column_at(registry::Kind kind, std::string_view place);
// In the order of the kind's fields. `cards`: a language column is there where it has a value, fr and en always.
std::vector<Column> columns_for(registry::Kind kind, const std::vector<registry::Card>& cards);

// One value of a cell.
struct Said {
  std::string shown;  // as it stands in the cell
  std::string text;   // of the value
  std::string mark;
};
std::vector<Said> said_in(const registry::Card& card, const Column& column, const Called& called, Language language);
std::string cell_text(const std::vector<Said>& said);
std::string encode(const std::vector<Said>& said);
std::vector<Said> decode_said(std::string_view text);

// A correction of a cell, as people read it.
struct CellEdit {
  Edit edit;
  std::string shown;  // what stood there; empty: nothing
  std::string typed;  // what came back; empty: taken out
  // Of a row of a sheet of positions: the name that came back, if another; empty: it leads where it led.
  std::string where = {};
};
// What was changed between what went out and what came back. Lines in another order are no change.
std::vector<CellEdit> compare(const Column& column, const std::vector<Said>& said, std::string_view cell);
bool takes_one(const Column& column);

}  // namespace pitchblende::confirm
