#include "sources/tables/csv_rows.hpp"

#include <algorithm>
#include <map>

#include "sources/errors.hpp"

namespace pitchblende::sources {

namespace {

// After so many bytes read twice for quotes that were never closed, a quoted cell may not span lines any more: a
// file of nothing but open quotes stays linear.
constexpr int64_t k_rescans = 256 << 20;
constexpr size_t k_largest_cell = 1 << 20;
constexpr size_t k_most_cells = 20'000;

}  // namespace

bool is_blank(const Row& row) {
  return !row.error && std::all_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) {
    return cell.find_first_not_of(" \t\n") == std::string::npos;
  });
}

char declared_separator(std::string_view head) {
  const bool declared =
      head.size() > 5 && (head.starts_with("sep=") || head.starts_with("SEP=")) && (head[5] == '\n' || head[5] == '\r');
  return declared ? head[4] : '\0';
}

int64_t evenness(const std::vector<Row>& rows) {
  std::map<size_t, int64_t> counts;
  for (const Row& row : rows) {
    ++counts[row.cells.size()];
  }
  int64_t best = 0;
  for (const auto& [cells, count] : counts) {
    best = cells > 1 ? std::max(best, count * 100 + static_cast<int64_t>(std::min<size_t>(cells, 99))) : best;
  }
  return best;
}

CsvRows::CsvRows(std::unique_ptr<ByteStream> bytes, char separator, int64_t largest_row, int64_t first_line)
    : m_bytes(std::move(bytes)),
      m_separator(separator),
      m_largest(static_cast<size_t>(largest_row)),
      m_line(first_line),
      m_rescans_left(k_rescans) {}

// False: nothing more comes.
Result<bool> CsvRows::more() {
  if (m_ended) {
    return false;
  }
  m_buffer.erase(0, m_row);
  m_row = 0;
  TRY_ASSIGN(const std::string_view piece, m_bytes->next());
  m_ended = piece.empty();
  m_buffer += piece;
  return !m_ended;
}

void CsvRows::close_cell(size_t end) {
  m_cell.end = end;
  if (m_cells.size() < k_most_cells) {
    m_cells.push_back(m_cell);
  }
  m_lines_in_cell = false;
}

// A quote that cannot close its cell, behind a separator or a line end: it opens a cell of its own, so the one that we
// are in was never open.
bool CsvRows::looks_like_opening() const {
  size_t before = m_quote;
  while (before > m_cell_begin && m_buffer[m_row + before - 1] == ' ') {
    --before;
  }
  const char c = before == m_cell_begin ? 'x' : m_buffer[m_row + before - 1];
  return m_lines_in_cell && (c == m_separator || is_line_end(c));
}

void CsvRows::read_quote_as_text() {
  m_rescans_left -= static_cast<int64_t>(m_at - m_cell_begin);
  m_repaired = true;
  m_lines_in_cell = false;
  m_not_opening = m_cell.begin;
  m_at = m_cell_begin;
  m_state = State::cell_begin;
}

void CsvRows::step_begin(char c) {
  if (m_state == State::cell_begin) {
    m_cell_begin = m_at;
    m_cell = {m_at, m_at, false};
    m_state = State::leading_space;
  }
  if (c == '"' && m_state == State::leading_space && m_not_opening != m_at + 1) {
    m_cell.begin = m_at + 1;
    m_state = State::quoted;
  } else if (c == m_separator) {
    close_cell(m_at);
    m_state = State::cell_begin;
  } else if (is_line_end(c)) {
    close_cell(m_at);
    m_state = State::row_end;
  } else if (c != ' ') {
    m_state = State::bare;
  }
}

void CsvRows::step_after_quote(char c) {
  if (c == '"' && m_state == State::quote_in_quoted) {
    m_cell.doubled = true;
    m_state = State::quoted;
  } else if (c == m_separator || is_line_end(c)) {
    close_cell(m_quote);
    m_state = c == m_separator ? State::cell_begin : State::row_end;
  } else if (c == ' ') {
    m_state = State::space_after_quote;
  } else if (looks_like_opening()) {
    read_quote_as_text();
    return;
  } else {
    m_repaired = true;
    m_state = State::quoted;
    if (c == '"') {
      m_quote = m_at;
      m_state = State::quote_in_quoted;
    }
  }
  ++m_at;
}

void CsvRows::step(char c) {
  switch (m_state) {
    case State::quoted:
      if (c == '"') {
        m_quote = m_at;
        m_state = State::quote_in_quoted;
      } else if (is_line_end(c)) {
        m_lines_in_cell = true;
        if (m_rescans_left <= 0) {
          read_quote_as_text();
          return;
        }
      }
      ++m_at;
      return;
    case State::quote_in_quoted:
    case State::space_after_quote:
      step_after_quote(c);
      return;
    default:
      step_begin(c);
      ++m_at;
      return;
  }
}

// The file ends where a row is not finished.
void CsvRows::end_row() {
  if (m_state == State::quoted) {
    read_quote_as_text();
    return;
  }
  const bool after_quote = m_state == State::quote_in_quoted || m_state == State::space_after_quote;
  if (m_state == State::cell_begin) {
    m_cell = {m_at, m_at, false};
  }
  close_cell(after_quote ? m_quote : m_at);
  m_state = State::row_end;
}

Result<void> CsvRows::skip_line() {
  while (true) {
    const size_t end = m_buffer.find_first_of("\r\n", m_row + m_at);
    if (end != std::string::npos) {
      m_at = end + 1 - m_row;
      return {};
    }
    m_row = m_buffer.size();
    m_at = 0;
    TRY_ASSIGN(const bool got, more());
    if (!got) {
      return {};
    }
  }
}

// False: no row is left.
Result<bool> CsvRows::find_row() {
  m_cells.clear();
  m_state = State::cell_begin;
  m_at = 0;
  m_not_opening = 0;
  m_lines_in_cell = false;
  m_repaired = false;
  while (m_state != State::row_end) {
    if (m_row + m_at < m_buffer.size()) {
      step(m_buffer[m_row + m_at]);
      if (m_at > m_largest) {
        if (m_state != State::quoted) {
          return true;
        }
        read_quote_as_text();
      }
      continue;
    }
    TRY_ASSIGN(const bool got, more());
    if (!got) {
      if (m_at == 0 && m_cells.empty()) {
        return false;
      }
      end_row();
    }
  }
  return true;
}

void CsvRows::take_cells(Row& row) {
  bool other = false;
  bool nul = false;
  std::string undoubled;
  row.cells.resize(m_cells.size());
  for (size_t i = 0; i < m_cells.size(); ++i) {
    const Cell& cell = m_cells[i];
    std::string_view raw = std::string_view(m_buffer).substr(m_row + cell.begin, cell.end - cell.begin);
    if (raw.size() > k_largest_cell) {
      row.notices.emplace_back(errors::cell_too_large, std::to_string(i + 1), std::to_string(k_largest_cell));
      row.cells[i].clear();
      continue;
    }
    if (cell.doubled) {
      undoubled.clear();
      for (size_t at = 0; at < raw.size(); ++at) {
        undoubled += raw[at];
        at += raw[at] == '"' && at + 1 < raw.size() && raw[at + 1] == '"' ? 1 : 0;
      }
      raw = undoubled;
    }
    nul = nul || raw.find('\0') != std::string_view::npos;
    const CellEncoding encoding = decode_cell(raw, row.cells[i]);
    if (encoding != CellEncoding::ascii) {
      m_encoding = m_encoding == CellEncoding::ascii ? encoding : m_encoding;
      other = other || encoding != m_encoding;
    }
  }
  if (m_cells.size() == k_most_cells) {
    row.error.emplace(errors::too_many_cells, std::to_string(k_most_cells));
  }
  if (m_repaired) {
    row.notices.emplace_back(errors::quotes);
  }
  if (nul) {
    row.notices.emplace_back(errors::nul_bytes);
  }
  if (other) {
    const bool latin = m_encoding == CellEncoding::utf8;
    row.notices.emplace_back(errors::mixed_encodings, latin ? "Windows-1252" : "UTF-8",
                             latin ? "UTF-8" : "Windows-1252");
  }
}

// Line ends of the row just found, its own counted.
int64_t CsvRows::lines_in_row() const {
  const std::string_view raw = std::string_view(m_buffer).substr(m_row, m_at);
  int64_t lines = m_state == State::row_end ? 0 : 1;
  for (size_t i = 0; i < raw.size(); ++i) {
    lines += raw[i] == '\n' || (raw[i] == '\r' && (i + 1 == raw.size() || raw[i + 1] != '\n')) ? 1 : 0;
  }
  return lines;
}

Result<bool> CsvRows::next(Row& row) {
  do {
    row = {};
    row.number = m_line;
    TRY_ASSIGN(const bool found, find_row());
    if (!found) {
      return false;
    }
    m_line += lines_in_row();
    if (m_state == State::row_end) {
      take_cells(row);
    } else {
      row.error.emplace(errors::record_too_large, std::to_string(m_largest));
      TRY(skip_line());
    }
    // \r\n is one line end; its second half may not have been read yet.
    if (m_at > 0 && m_row + m_at <= m_buffer.size() && m_buffer[m_row + m_at - 1] == '\r') {
      if (m_row + m_at == m_buffer.size()) {
        m_row += m_at;
        m_at = 0;
        TRY(more());
      }
      m_at += m_row + m_at < m_buffer.size() && m_buffer[m_row + m_at] == '\n' ? 1 : 0;
    }
    m_row += m_at;
    m_at = 0;
  } while (is_blank(row));
  return true;
}

}  // namespace pitchblende::sources
