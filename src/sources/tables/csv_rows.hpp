// CSV by RFC 4180 and as it is broken in practice: any separator, quotes that are not doubled or never closed, spaces
// around quotes, any line end, encodings that change from row to row. Inside sources.
//
// Memory stays bounded by the largest row and one piece of the stream. One thread at a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sources/source.hpp"
#include "sources/tables/csv_text.hpp"
#include "sources/tables/tabular_rows.hpp"

namespace pitchblende::sources {

// Separators that are tried when none is given.
inline constexpr std::string_view k_separators = ",;\t|";

// A first line "sep=;" as Excel writes it: its separator. 0: there is none.
char declared_separator(std::string_view head);

// How evenly a separator cuts a sample: rows that have the commonest number of cells, if that is over one.
int64_t evenness(const std::vector<Row>& rows);

class CsvRows final : public RowStream {
 public:
  // `bytes` without a byte order mark. A row of more than `largest_row` bytes comes with an error.
  CsvRows(std::unique_ptr<ByteStream> bytes, char separator, int64_t largest_row, int64_t first_line = 1);
  Result<bool> next(Row& row) override;
  int64_t consumed() const override { return m_bytes->consumed(); }
  Alignment alignment() const override { return Alignment::by_separators; }

 private:
  struct Cell {  // places from the row's beginning
    size_t begin = 0;
    size_t end = 0;
    bool doubled = false;  // "" stands for " in it
  };
  enum class State : uint8_t { cell_begin, leading_space, bare, quoted, quote_in_quoted, space_after_quote, row_end };

  Result<bool> more();
  Result<bool> find_row();
  void step(char c);
  void step_begin(char c);
  void step_after_quote(char c);
  void close_cell(size_t end);
  void end_row();
  bool looks_like_opening() const;
  void read_quote_as_text();
  Result<void> skip_line();
  void take_cells(Row& row);
  int64_t lines_in_row() const;
  bool is_line_end(char c) const { return c == '\n' || c == '\r'; }

  std::unique_ptr<ByteStream> m_bytes;
  char m_separator;
  size_t m_largest;
  std::string m_buffer;
  size_t m_row = 0;  // where the current row begins in the buffer
  size_t m_at = 0;   // the next byte, from the row's beginning
  bool m_ended = false;
  int64_t m_line = 1;

  State m_state = State::cell_begin;
  std::vector<Cell> m_cells;
  Cell m_cell;
  size_t m_quote = 0;        // place of the quote that may close the cell
  size_t m_cell_begin = 0;   // where the cell begins, its quote included
  size_t m_not_opening = 0;  // a quote at this place (+1) is text
  bool m_lines_in_cell = false;
  bool m_repaired = false;
  int64_t m_rescans_left;
  CellEncoding m_encoding = CellEncoding::ascii;  // of the first row that is not ASCII
};

}  // namespace pitchblende::sources
