// What a workbook says of all its sheets: their names and places, shared texts, formats, where its dates begin. Inside
// sources.
//
// Values, constant once read: any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sources/mappings/mapping_values.hpp"
#include "sources/tables/xlsx_archive.hpp"

namespace pitchblende::sources {

struct XlsxSheet {
  std::string name;
  std::string part;  // its place in the archive
  bool hidden = false;
};

enum class NumberForm : uint8_t { plain, day, month, year, percent, padded };
struct CellFormat {
  NumberForm form = NumberForm::plain;
  int width = 0;  // of padded: 00000
};

struct XlsxWorkbook {
  std::vector<XlsxSheet> sheets;
  std::vector<std::string> texts;   // shared strings
  std::vector<CellFormat> formats;  // by the style number of a cell
  DateSystem dates = DateSystem::from_1900;
};

// Errors: SOURCES_DAMAGED, SOURCES_TRUNCATED, SOURCES_TOO_LARGE.
Result<XlsxWorkbook> read_workbook(const XlsxArchive& archive);

// The kind of number that a format code shows: "dd/mm/yyyy" a day, "mmm yy" a month, "0 %" a percentage.
CellFormat format_of(std::string_view code);

}  // namespace pitchblende::sources
