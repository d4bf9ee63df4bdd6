// The rows of a sheet as a person sees them: merged cells say in each row what they say once, dates are dates, numbers
// have the zeros that their format shows. Inside sources.
//
// Memory: the largest row. One thread at a time; the workbook and archive must live longer.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <pugixml.hpp>

#include "sources/tables/tabular_rows.hpp"
#include "sources/tables/xlsx_elements.hpp"
#include "sources/tables/xlsx_workbook.hpp"

namespace pitchblende::sources {

enum class Hidden : uint8_t { read, skip };

class XlsxRows final : public RowStream {
 public:
  // Reads through the sheet once for what stands behind its rows: merged cells. Errors: those of the archive.
  static Result<std::unique_ptr<XlsxRows>> open(const XlsxArchive& archive, const XlsxWorkbook& workbook,
                                                const XlsxSheet& sheet, Hidden hidden);
  Result<bool> next(Row& row) override;
  int64_t consumed() const override { return m_elements->consumed(); }
  Alignment alignment() const override { return Alignment::by_grid; }

 private:
  // Merged over several rows; its text is that of the first.
  struct Merged {
    int64_t last_row = 0;
    size_t column = 0;
    std::string text;
  };

  XlsxRows(const XlsxArchive& archive, const XlsxWorkbook& workbook, Hidden hidden)
      : m_archive(archive), m_workbook(workbook), m_hidden(hidden) {}
  Result<void> look_ahead(const XlsxSheet& sheet);
  void add_merged(std::string_view range);
  Result<void> fill_merged(Row& row);
  void read_cells(const pugi::xml_node& element, Row& row);
  std::string text_of(const pugi::xml_node& cell, size_t column, Row& row) const;
  std::string number_text(std::string_view value, std::string_view style) const;

  const XlsxArchive& m_archive;
  const XlsxWorkbook& m_workbook;
  Hidden m_hidden;
  std::unique_ptr<XlsxElements> m_elements;
  std::multimap<int64_t, Merged> m_merged;  // by first row
  std::map<size_t, Merged> m_open;          // by column
  std::vector<std::pair<size_t, size_t>> m_hidden_columns;
  int64_t m_row = 0;
  int64_t m_filled_bytes = 0;
  pugi::xml_document m_document;
};

// "BC12": column 54, row 12. False: no cell.
bool read_cell_name(std::string_view name, size_t& column, int64_t& row);

}  // namespace pitchblende::sources
