#include "sources/tables/xlsx_rows.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.hpp"
#include "sources/errors.hpp"
#include "sources/tables/xlsx_text.hpp"

namespace pitchblende::sources {

namespace {

constexpr size_t k_most_columns = 16'384;
constexpr int64_t k_most_rows = 1'048'576;
constexpr size_t k_most_merged = 200'000;
constexpr int64_t k_most_filled_bytes = 512 << 20;  // of merged cells said again
constexpr size_t k_largest_cell = 1 << 20;

std::string column_name(size_t column) {
  std::string out;
  for (size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    out.insert(out.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return out;
}

// The shortest decimal that a spreadsheet shows in a cell wide enough: fifteen digits, no exponent.
std::string plain_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value) || std::fabs(value) >= 1e21 ||
      (value != 0 && std::fabs(value) < 1e-9)) {
    return std::string(text);
  }
  char digits[64];
  const int scale = value == 0 ? 0 : static_cast<int>(std::floor(std::log10(std::fabs(value))));
  const int decimals = std::clamp(14 - scale, 0, 20);
  std::string out(digits,
                  std::to_chars(digits, digits + sizeof(digits), value, std::chars_format::fixed, decimals).ptr);
  if (out.find('.') != std::string::npos) {
    out.erase(out.find_last_not_of('0') + 1);
    out.erase(out.find_last_not_of('.') + 1);
  }
  return out == "-0" ? "0" : out;
}

}  // namespace

bool read_cell_name(std::string_view name, size_t& column, int64_t& row) {
  size_t at = 0;
  size_t number = 0;
  for (; at < name.size() && at < 4 && name[at] >= 'A' && name[at] <= 'Z'; ++at) {
    number = number * 26 + static_cast<size_t>(name[at] - 'A' + 1);
  }
  const auto [end, error] = std::from_chars(name.data() + at, name.data() + name.size(), row);
  column = number - 1;
  return number > 0 && number <= k_most_columns && error == std::errc() && end == name.data() + name.size() &&
         row > 0 && row <= k_most_rows;
}

Result<std::unique_ptr<XlsxRows>> XlsxRows::open(const XlsxArchive& archive, const XlsxWorkbook& workbook,
                                                 const XlsxSheet& sheet, Hidden hidden) {
  std::unique_ptr<XlsxRows> out(new XlsxRows(archive, workbook, hidden));
  TRY(out->look_ahead(sheet));
  TRY_ASSIGN(auto bytes, archive.part(sheet.part));
  out->m_elements =
      std::make_unique<XlsxElements>(std::move(bytes), std::vector<std::string_view>{"row"}, archive.name());
  return out;
}

Result<void> XlsxRows::look_ahead(const XlsxSheet& sheet) {
  TRY_ASSIGN(auto bytes, m_archive.part(sheet.part));
  XlsxElements elements(std::move(bytes), {"mergeCell", "col"}, m_archive.name());
  std::string_view name;
  std::string_view xml;
  while (true) {
    TRY_ASSIGN(const bool got, elements.next(name, xml));
    if (!got) {
      return {};
    }
    if (!m_document.load_buffer(xml.data(), xml.size(), k_xlsx_parsing)) {
      continue;
    }
    const pugi::xml_node element = m_document.document_element();
    if (name == "mergeCell") {
      add_merged(attribute_of(element, "ref"));
    } else if (element.attribute("hidden").as_bool() && m_hidden_columns.size() < k_most_columns) {
      m_hidden_columns.emplace_back(element.attribute("min").as_uint(1) - 1, element.attribute("max").as_uint(0));
    }
  }
}

void XlsxRows::add_merged(std::string_view range) {
  const size_t colon = range.find(':');
  size_t column = 0;
  size_t last_column = 0;
  int64_t row = 0;
  int64_t last_row = 0;
  if (colon == std::string_view::npos || !read_cell_name(range.substr(0, colon), column, row) ||
      !read_cell_name(range.substr(colon + 1), last_column, last_row)) {
    return;
  }
  // Merged to the right only: a title or a remark, and nothing to say again.
  if (last_row > row && m_merged.size() < k_most_merged) {
    m_merged.emplace(row, Merged{last_row, column, {}});
  }
}

Result<void> XlsxRows::fill_merged(Row& row) {
  for (auto at = m_open.begin(); at != m_open.end();) {
    const Merged& merged = at->second;
    if (merged.last_row < row.number) {
      at = m_open.erase(at);
      continue;
    }
    if (merged.column >= row.cells.size()) {
      row.cells.resize(merged.column + 1);
    }
    if (row.cells[merged.column].empty()) {
      row.cells[merged.column] = merged.text;
      m_filled_bytes += static_cast<int64_t>(merged.text.size() + sizeof(std::string));
    }
    ++at;
  }
  if (m_filled_bytes > k_most_filled_bytes) {
    return fail(errors::too_large, m_archive.name(), std::to_string(k_most_filled_bytes));
  }
  while (!m_merged.empty() && m_merged.begin()->first <= row.number) {
    Merged merged = std::move(m_merged.begin()->second);
    const bool here = m_merged.begin()->first == row.number;
    m_merged.erase(m_merged.begin());
    if (here && merged.column < row.cells.size() && !row.cells[merged.column].empty()) {
      merged.text = row.cells[merged.column];
      m_open[merged.column] = std::move(merged);
    }
  }
  return {};
}

std::string XlsxRows::number_text(std::string_view value, std::string_view style) const {
  size_t number = 0;
  std::from_chars(style.data(), style.data() + style.size(), number);
  const CellFormat format = number < m_workbook.formats.size() ? m_workbook.formats[number] : CellFormat{};
  double serial = -1;
  std::from_chars(value.data(), value.data() + value.size(), serial);
  std::string plain = plain_number(value);
  switch (format.form) {
    case NumberForm::day:
    case NumberForm::month:
    case NumberForm::year: {
      const auto date = serial_date(serial, m_workbook.dates);
      const size_t length = format.form == NumberForm::day ? 10 : format.form == NumberForm::month ? 7 : 4;
      return date ? date->substr(0, length) : plain;
    }
    case NumberForm::percent: {
      char digits[64];
      const auto [end, error] =
          std::to_chars(digits, digits + sizeof(digits), serial * 100, std::chars_format::general, 12);
      return std::string(digits, end) + " %";
    }
    case NumberForm::padded:
      if (plain.find_first_not_of("0123456789") == std::string::npos &&
          plain.size() < static_cast<size_t>(format.width)) {
        plain.insert(0, static_cast<size_t>(format.width) - plain.size(), '0');
      }
      return plain;
    case NumberForm::plain:
      break;
  }
  return plain;
}

std::string XlsxRows::text_of(const pugi::xml_node& cell, size_t column, Row& row) const {
  const std::string_view type = attribute_of(cell, "t");
  if (type == "inlineStr") {
    return rich_text(child(cell, "is"));
  }
  const pugi::xml_node node = child(cell, "v");
  const std::string_view value = node.child_value();
  if (value.empty()) {
    if (!child(cell, "f").empty() && type != "str") {
      row.notices.emplace_back(errors::not_computed, column_name(column));
    }
    return {};
  }
  if (type == "s") {
    size_t number = m_workbook.texts.size();
    std::from_chars(value.data(), value.data() + value.size(), number);
    return number < m_workbook.texts.size() ? m_workbook.texts[number] : std::string();
  }
  if (type == "b") {
    return value == "1" ? "true" : "false";
  }
  return type.empty() || type == "n" ? number_text(value, attribute_of(cell, "s")) : clean_utf8(value);
}

void XlsxRows::read_cells(const pugi::xml_node& element, Row& row) {
  size_t column = 0;
  for (const pugi::xml_node& cell : element) {
    if (local_name(cell) != "c") {
      continue;
    }
    const std::string_view name = attribute_of(cell, "r");
    int64_t ignored = 0;
    size_t named = 0;
    if (!name.empty() && read_cell_name(name, named, ignored)) {
      column = named;
    }
    if (column >= k_most_columns) {
      return;
    }
    const bool hidden = m_hidden == Hidden::skip &&
                        std::any_of(m_hidden_columns.begin(), m_hidden_columns.end(),
                                    [&](const auto& range) { return column >= range.first && column < range.second; });
    std::string text = hidden ? std::string() : text_of(cell, column, row);
    if (text.size() > k_largest_cell) {
      row.notices.emplace_back(errors::cell_too_large, column_name(column), std::to_string(k_largest_cell));
      text.clear();
    }
    if (!text.empty()) {
      if (column >= row.cells.size()) {
        row.cells.resize(column + 1);
      }
      row.cells[column] = std::move(text);
    }
    ++column;
  }
}

Result<bool> XlsxRows::next(Row& row) {
  std::string_view name;
  std::string_view xml;
  while (true) {
    row = {};
    TRY_ASSIGN(const bool got, m_elements->next(name, xml));
    if (!got) {
      return false;
    }
    ++m_row;
    if (!m_document.load_buffer(xml.data(), xml.size(), k_xlsx_parsing)) {
      return fail(errors::damaged, m_archive.name(), "row " + std::to_string(m_row));
    }
    const pugi::xml_node element = m_document.document_element();
    const std::string_view number = attribute_of(element, "r");
    std::from_chars(number.data(), number.data() + number.size(), m_row);
    row.number = m_row;
    row.hidden = element.attribute("hidden").as_bool();
    read_cells(element, row);
    if (is_blank(row)) {
      continue;
    }
    TRY(fill_merged(row));
    if (!row.hidden || m_hidden == Hidden::read) {
      return true;
    }
  }
}

}  // namespace pitchblende::sources
