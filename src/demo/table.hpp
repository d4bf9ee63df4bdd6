// A table as somebody would export it: his separator, encoding, titles, dates, blanks. Owner: demo. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace pitchblende::demo {

enum class Encoding : uint8_t { utf8, utf8_bom, latin1, windows1252 };
enum class Form : uint8_t { text, workbook };
enum class Tongue : uint8_t { french, english };

struct Column {
  std::string_view french;
  std::string_view english;
};

struct Layout {
  Form form = Form::text;
  char separator = ';';
  Encoding encoding = Encoding::utf8;
  Tongue tongue = Tongue::french;
  std::vector<std::string> above;  // rows above the titles
  std::string_view repeats;        // what stands for a cell equal to the one above ("idem"); empty: the cell itself
  size_t repeated = SIZE_MAX;      // the column in which it does
};

struct Table {
  std::string sheet;  // in a workbook
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
};

// The bytes of a text file. Letters that the encoding has not are written as near as it can.
std::string text_of(const Table& table, const Layout& layout);
// A workbook with a sheet for each table. The same bytes each time: it says that it was made on the first of January.
Result<void> write_workbook(const std::string& path, const std::vector<Table>& tables, const Layout& layout);

}  // namespace pitchblende::demo
