#include "sources/tables/sheets.hpp"

#include "sources/errors.hpp"
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

}  // namespace

Result<std::vector<Sheet>> read_sheets(std::string_view bytes, const std::string& name, const SheetLimits& limits) {
  TRY_ASSIGN(const auto archive, opened(bytes, name, limits.bytes));
  TRY_ASSIGN(const XlsxWorkbook workbook, read_workbook(*archive));
  std::vector<Sheet> out;
  size_t rows_left = limits.rows;
  int64_t text_left = limits.text;
  for (const XlsxSheet& sheet : workbook.sheets) {
    TRY_ASSIGN(const auto rows, XlsxRows::open(*archive, workbook, sheet, Hidden::read));
    Sheet& into = out.emplace_back(Sheet{sheet.name, sheet.hidden, {}});
    Row row;
    while (true) {
      row = {};
      TRY_ASSIGN(const bool more, rows->next(row));
      if (!more) {
        break;
      }
      for (const std::string& cell : row.cells) {
        text_left -= static_cast<int64_t>(cell.size() + sizeof(std::string));
      }
      if (rows_left-- == 0 || text_left < 0) {
        return fail(errors::too_large, name, std::to_string(limits.text));
      }
      into.rows.push_back({row.number, std::move(row.cells)});
    }
  }
  return out;
}

}  // namespace pitchblende::sources
