// One file under one mapping: finds the titles, hands the rows on. Inside sources. One thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sources/mappings/mapping_records.hpp"
#include "sources/tables/tabular.hpp"
#include "sources/tables/xlsx_workbook.hpp"

namespace pitchblende::sources {

class TableReading {
 public:
  // `most_rows` < 0: all of them. `preview`: gets the titles of the first table; may be null.
  TableReading(const Mapping& mapping, const Settings& settings, RecordSink& sink, std::string file, int64_t most_rows,
               Preview* preview);

  Result<void> read_file(const std::string& path);
  Result<void> read_bytes(std::string_view bytes, size_t piece);

 private:
  enum class Outcome : uint8_t { empty, no_titles, read };

  Result<void> read_any_file(const std::string& path);
  Result<void> read_any_bytes(std::string_view bytes, size_t piece);
  Result<void> read_csv(std::unique_ptr<ByteStream> bytes);
  Result<void> read_xlsx(const XlsxArchive& archive);
  Result<std::vector<const XlsxSheet*>> chosen_sheets(const XlsxWorkbook& workbook) const;
  Result<Outcome> read_rows(RowStream& rows, const std::string& part, DateSystem dates);
  Result<std::vector<Row>> look_ahead(RowStream& rows) const;
  std::optional<size_t> find_titles(const std::vector<Row>& rows) const;
  void begin(const Row& titles, RowStream& rows, const std::string& part, DateSystem dates);
  bool repeats_titles(const Row& row) const;
  void add_examples(const Row& row);
  bool is_enough() const { return m_stopped || (m_most_rows >= 0 && m_maker.rows() >= m_most_rows); }
  Result<void> take(Row& row, const RowStream& rows);
  Result<void> outcome() const;

  const Mapping& m_mapping;
  const Settings& m_settings;
  RecordSink& m_sink;
  std::string m_file;
  int64_t m_most_rows;
  Preview* m_preview;
  RecordMaker m_maker;
  std::vector<std::string> m_titles;
  std::string m_first_row;
  int64_t m_hidden = 0;  // rows of this table
  bool m_began = false;
  bool m_stopped = false;
};

// The separator under which a sample fits the mapping best, or else cuts it most evenly.
char find_separator(std::string_view sample, const Mapping& mapping);

}  // namespace pitchblende::sources
