// Rows of a table, one at a time, whatever the file is: what CSV and XLSX have in common. Inside sources.
//
// One thread at a time for each stream.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace pitchblende::sources {

struct Row {
  int64_t number = 0;              // CSV: the line where it begins; XLSX: the sheet's row; from 1
  std::vector<std::string> cells;  // UTF-8 without controls but tab and newline
  bool hidden = false;             // in a sheet
  std::vector<Error> notices;      // what had to be repaired
  std::optional<Error> error;      // the row cannot be used
};

// Whether a cell can slip into a neighbour's column: a forgotten separator does it, a sheet's grid does not.
enum class Alignment : uint8_t { by_separators, by_grid };

class RowStream {
 public:
  virtual ~RowStream() = default;
  // False: the end. Rows in which every cell is blank are passed over.
  virtual Result<bool> next(Row& row) = 0;
  // Bytes of the file consumed so far.
  virtual int64_t consumed() const = 0;
  virtual Alignment alignment() const = 0;
};

bool is_blank(const Row& row);

}  // namespace pitchblende::sources
