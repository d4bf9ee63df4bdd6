#include "sources/tables/sheets.hpp"

#include <algorithm>

#include "sources/bytes.hpp"
#include "sources/errors.hpp"
#include "sources/tables/csv_rows.hpp"
#include "sources/tables/xlsx_archive.hpp"
#include "sources/tables/xlsx_rows.hpp"
#include "sources/tables/xlsx_workbook.hpp"

namespace pitchblende::sources {

namespace {

constexpr size_t k_head = 1 << 20;

Result<std::unique_ptr<XlsxArchive>> opened(std::string_view bytes, const std::string& name, int64_t limit) {
  const std::string_view head = bytes.substr(0, k_head);
  switch (workbook_like(head)) {
    case WorkbookLike::compound:
      return tl::unexpected(compound_error(head, name));
    case WorkbookLike::no:
      return fail(errors::other_format, name, "XLSX", std::string(bytes.substr(0, 4)));
    case WorkbookLike::archive:
      break;
  }
  TRY_ASSIGN(auto archive, XlsxArchive::of_bytes(bytes, name, limit));
  if (!archive->is_workbook()) {
    TRY(archive->refuse_others());
    return fail(errors::other_format, name, "XLSX", "PK");
  }
  return archive;
}

// What sheets of all may hold together.
class Bound {
 public:
  Bound(const std::string& name, const SheetLimits& limits)
      : m_name(name), m_limits(limits), m_rows(limits.rows), m_text(limits.text) {}

  Result<void> take(Row&& row, Sheet& into) {
    for (const std::string& cell : row.cells) {
      m_text -= static_cast<int64_t>(cell.size() + sizeof(std::string));
    }
    if (m_rows-- == 0 || m_text < 0) {
      return fail(errors::too_large, m_name, std::to_string(m_limits.text));
    }
    into.rows.push_back({row.number, std::move(row.cells)});
    return {};
  }

 private:
  const std::string& m_name;
  const SheetLimits& m_limits;
  size_t m_rows;
  int64_t m_text;
};

Result<void> take_all(RowStream& rows, Bound& bound, Sheet& into, size_t most) {
  while (into.rows.size() < most) {
    Row row;
    TRY_ASSIGN(const bool more, rows.next(row));
    if (!more) {
      return {};
    }
    if (row.error) {
      return tl::unexpected(*row.error);
    }
    TRY(bound.take(std::move(row), into));
  }
  return {};
}

// The separator that cuts the first rows most evenly.
char even_separator(std::string_view text) {
  constexpr size_t k_sample = 64 << 10;
  constexpr size_t k_rows = 50;
  const std::string_view sample = text.substr(0, k_sample);
  char best = ',';
  int64_t most = 0;
  for (const char separator : k_separators) {
    CsvRows stream(memory_bytes(sample), separator, static_cast<int64_t>(sample.size()) + 1);
    std::vector<Row> rows;
    Row row;
    while (rows.size() < k_rows && stream.next(row).value_or(false)) {
      rows.push_back(std::move(row));
      row = {};
    }
    if (const int64_t even = evenness(rows); even > most) {
      most = even;
      best = separator;
    }
  }
  return best;
}

Result<Sheet> read_csv(std::string_view bytes, const std::string& name, const SheetLimits& limits, size_t most) {
  TRY_ASSIGN(const auto unmarked, without_mark(memory_bytes(bytes)));
  TRY_ASSIGN(std::string text, read_all(*unmarked, name, limits.text));
  char separator = declared_separator(text);
  int64_t first_line = 1;
  if (separator == '\0') {
    separator = even_separator(text);
  } else {
    text.erase(0, text.find_first_of("\r\n"));
    text.erase(0, text.starts_with("\r\n") ? 2 : 1);
    first_line = 2;
  }
  CsvRows rows(memory_bytes(text), separator, limits.text, first_line);
  Sheet out;
  out.name = name;
  Bound bound(name, limits);
  TRY(take_all(rows, bound, out, most));
  return out.rows.empty() ? Result<Sheet>(fail(errors::empty, name)) : std::move(out);
}

Result<std::vector<Sheet>> read_xlsx(std::string_view bytes, const std::string& name, const SheetLimits& limits,
                                     size_t most) {
  TRY_ASSIGN(const auto archive, opened(bytes, name, limits.bytes));
  TRY_ASSIGN(const XlsxWorkbook workbook, read_workbook(*archive));
  std::vector<Sheet> out;
  Bound bound(name, limits);
  for (const XlsxSheet& sheet : workbook.sheets) {
    TRY_ASSIGN(const auto rows, XlsxRows::open(*archive, workbook, sheet, Hidden::read));
    TRY(take_all(*rows, bound, out.emplace_back(Sheet{sheet.name, sheet.hidden, {}}), most));
  }
  return out;
}

}  // namespace

Result<Sheet> read_table(std::string_view bytes, const std::string& name, const SheetLimits& limits) {
  if (workbook_like(bytes.substr(0, k_head)) == WorkbookLike::no) {
    return read_csv(bytes, name, limits, limits.rows + 1);
  }
  TRY_ASSIGN(std::vector<Sheet> sheets, read_sheets(bytes, name, limits));
  const auto first = std::find_if(sheets.begin(), sheets.end(),
                                  [](const Sheet& sheet) { return !sheet.hidden && !sheet.rows.empty(); });
  return first == sheets.end() ? Result<Sheet>(fail(errors::empty, name)) : std::move(*first);
}

Result<std::vector<Sheet>> read_sheets(std::string_view bytes, const std::string& name, const SheetLimits& limits) {
  return read_xlsx(bytes, name, limits, limits.rows + 1);
}

Result<std::vector<Sheet>> first_rows(std::string_view bytes, const std::string& name, size_t rows) {
  if (workbook_like(bytes.substr(0, k_head)) != WorkbookLike::no) {
    return read_xlsx(bytes, name, {}, rows);
  }
  TRY_ASSIGN(Sheet only, read_csv(bytes, name, {}, rows));
  only.name.clear();
  std::vector<Sheet> out;
  out.push_back(std::move(only));
  return out;
}

std::string as_csv(const Sheet& sheet) {
  size_t width = 0;
  for (const SheetRow& row : sheet.rows) {
    width = std::max(width, row.cells.size());
  }
  std::string out = "sep=;\n";
  for (const SheetRow& row : sheet.rows) {
    for (size_t at = 0; at < width; ++at) {
      out += at == 0 ? "\"" : ";\"";
      for (const char c : at < row.cells.size() ? row.cells[at] : std::string()) {
        out += c == '"' ? "\"\"" : std::string(1, c);
      }
      out += '"';
    }
    out += '\n';
  }
  return out;
}

}  // namespace pitchblende::sources
