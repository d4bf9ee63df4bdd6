// Tables through mappings: CSV and XLSX as people send them, a row becomes one record or several. Part of the front
// door of sources.
//
// A reader is used by one thread; the ready mappings are constant.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sources/source.hpp"

namespace pitchblende::sources {

// Reads .csv (and the like), .xlsx and .xlsm through a mapping (docs/mappings.md). Errors: SOURCES_MAPPING_*. Its
// read() may fail with those of open_bytes() and SOURCES_NO_HEADER, _NO_SHEET, _NO_ROWS, _SAVE_AS, _LOCKED,
// _OTHER_FORMAT.
Result<std::unique_ptr<Reader>> make_tabular_reader(const Settings& settings, std::string_view mapping_toml);

// The ready mappings, in the order of their names.
struct ReadyMapping {
  std::string_view name;
  std::string_view toml;
  std::string english;
  std::string french;
  Mode mode = Mode::snapshot;
};
const std::vector<ReadyMapping>& ready_mappings();
// The mode that a mapping asks for. Errors: SOURCES_MAPPING_*.
Result<Mode> mapping_mode(std::string_view mapping_toml);

// What a column of a file may be taken as.
struct Target {
  struct Gift {
    registry::FieldId field;
    std::optional<registry::Attribute> attribute;  // of the field's value; nullopt: the value
    bool operator==(const Gift&) const = default;
  };
  std::string name;         // of the mapping's column; "field:skills": a field that none of its columns gives
  std::string title;        // the first that the mapping knows it by
  std::vector<Gift> gives;  // empty: a key or a condition alone
};
// Errors: SOURCES_MAPPING_*.
Result<std::vector<Target>> mapping_targets(std::string_view mapping_toml);
// The mapping with a table [taken], in place of the one it has: each title of the file, and the name of a target or
// nothing. Empty: without one.
std::string with_taken(std::string_view mapping_toml, const std::vector<std::pair<std::string, std::string>>& taken);

// Which table of a file is read: of a workbook the sheets, and the row of titles.
struct TableChoice {
  std::vector<std::string> sheets;  // empty: every visible one that fits
  int64_t header = 0;               // 0: it is found
  bool operator==(const TableChoice&) const = default;
};
// Errors: SOURCES_MAPPING_*.
Result<TableChoice> table_choice(std::string_view mapping_toml);
// The mapping with that choice in place of its own.
std::string with_table(std::string_view mapping_toml, const TableChoice& choice);

// What the first rows of a file become under a mapping, for a person who writes one.
struct Preview {
  struct Column {
    std::string title;                       // as in the file
    std::string column;                      // the mapping's name for it; empty: not known
    std::vector<std::string> examples = {};  // the first values that differ, shortened
  };
  struct Accepted {
    Place place;
    registry::Record record;
  };
  std::string part;         // the sheet
  int64_t header_line = 0;  // the row of titles
  std::vector<Column> columns;
  std::vector<Accepted> accepted;
  std::vector<Finding> rejected;
  std::vector<Finding> notices;
  std::vector<std::string> passed_over;  // sheets that are not read
};
// Of the first table that the mapping takes, its first `rows` rows. Errors: those of make_tabular_reader() and read().
Result<Preview> preview_table(const std::string& path, const Settings& settings, std::string_view mapping_toml,
                              int64_t rows);
// The same of a table in memory.
Result<Preview> preview_bytes(std::string_view bytes, const Settings& settings, std::string_view mapping_toml,
                              int64_t rows);

// The same reading, of bytes in memory. `piece`: how much a stream gives at once.
Result<void> read_table_bytes(std::string_view bytes, const Settings& settings, std::string_view mapping_toml,
                              RecordSink& sink, size_t piece = 1 << 20);

}  // namespace pitchblende::sources
