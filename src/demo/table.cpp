#include "demo/table.hpp"

#include <xlsxwriter.h>

#include <array>
#include <ctime>

#include "demo/errors.hpp"

namespace pitchblende::demo {

namespace {

struct Replacement {
  std::string_view letter;
  unsigned char in_1252;  // 0: it has none either
  std::string_view near;
};
constexpr std::array k_replacements = {
    Replacement{"’", 0x92, "'"},  Replacement{"–", 0x96, "-"}, Replacement{"œ", 0x9C, "oe"},
    Replacement{"Œ", 0x8C, "OE"}, Replacement{"−", 0, "-"},    Replacement{"ł", 0, "l"},
    Replacement{"Ł", 0, "L"},     Replacement{"ś", 0, "s"},    Replacement{"Ś", 0, "S"},
    Replacement{"ō", 0, "o"},     Replacement{"Ō", 0, "O"},    Replacement{"ı", 0, "i"},
    Replacement{"ị", 0, "i"},     Replacement{"ầ", 0, "a"},    Replacement{"Ầ", 0, "A"},
    Replacement{"Ị", 0, "I"},     Replacement{"Ÿ", 0x9F, "Y"}, Replacement{"…", 0x85, "..."}};

std::string encoded(std::string_view text, Encoding encoding) {
  if (encoding == Encoding::utf8 || encoding == Encoding::utf8_bom) {
    return std::string(encoding == Encoding::utf8_bom ? "\xEF\xBB\xBF" : "").append(text);
  }
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const auto first = static_cast<unsigned char>(text[at]);
    const size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    const std::string_view letter = text.substr(at, size);
    at += size;
    if (size == 1) {
      out += letter;
    } else if (first == 0xC2 || first == 0xC3) {
      out += static_cast<char>((first & 3) << 6 | (static_cast<unsigned char>(letter[1]) & 0x3F));
    } else {
      for (const Replacement& each : k_replacements) {
        if (each.letter == letter) {
          const bool has = encoding == Encoding::windows1252 && each.in_1252 != 0;
          out += has ? std::string(1, static_cast<char>(each.in_1252)) : std::string(each.near);
        }
      }
    }
  }
  return out;
}

std::string_view title(const Column& column, const Layout& layout) {
  return layout.tongue == Tongue::english ? column.english : column.french;
}

std::string_view cell(const Table& table, const Layout& layout, size_t row, size_t column) {
  const std::string& text = table.rows[row][column];
  const bool again = column == layout.repeated && row > 0 && !text.empty() && table.rows[row - 1][column] == text;
  return again && !layout.repeats.empty() ? layout.repeats : std::string_view(text);
}

void add_cell(std::string& out, std::string_view text, char separator) {
  const std::array<char, 4> special = {separator, '"', '\n', '\0'};
  if (text.find_first_of(special.data()) == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    out += c;
    out += c == '"' ? "\"" : "";
  }
  out += '"';
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 10 && text[0] != '0' &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

void fill(lxw_worksheet* sheet, lxw_format* bold, const Table& table, const Layout& layout) {
  lxw_row_t line = 0;
  for (const std::string& above : layout.above) {
    worksheet_write_string(sheet, line++, 0, above.c_str(), nullptr);
  }
  for (size_t column = 0; column < table.columns.size(); ++column) {
    worksheet_write_string(sheet, line, static_cast<lxw_col_t>(column),
                           std::string(title(table.columns[column], layout)).c_str(), bold);
  }
  for (size_t row = 0; row < table.rows.size(); ++row) {
    ++line;
    for (size_t column = 0; column < table.columns.size(); ++column) {
      const std::string text(cell(table, layout, row, column));
      if (is_number(text)) {
        worksheet_write_number(sheet, line, static_cast<lxw_col_t>(column), std::stod(text), nullptr);
      } else if (!text.empty()) {
        worksheet_write_string(sheet, line, static_cast<lxw_col_t>(column), text.c_str(), nullptr);
      }
    }
  }
}

}  // namespace

std::string text_of(const Table& table, const Layout& layout) {
  std::string out;
  for (const std::string& above : layout.above) {
    add_cell(out, above, layout.separator);
    out += '\n';
  }
  for (size_t column = 0; column < table.columns.size(); ++column) {
    out += column == 0 ? "" : std::string(1, layout.separator);
    add_cell(out, title(table.columns[column], layout), layout.separator);
  }
  for (size_t row = 0; row < table.rows.size(); ++row) {
    out += '\n';
    for (size_t column = 0; column < table.columns.size(); ++column) {
      out += column == 0 ? "" : std::string(1, layout.separator);
      add_cell(out, cell(table, layout, row, column), layout.separator);
    }
  }
  return encoded(out + "\n", layout.encoding);
}

Result<void> write_workbook(const std::string& path, const std::vector<Table>& tables, const Layout& layout) {
  lxw_workbook* book = workbook_new(path.c_str());
  if (book == nullptr) {
    return fail(errors::folder, path, "cannot be written");
  }
  lxw_doc_properties properties{};
  properties.created = 1'767'225'600;  // 2026-01-01
  workbook_set_properties(book, &properties);
  lxw_format* bold = workbook_add_format(book);
  format_set_bold(bold);
  for (const Table& table : tables) {
    fill(workbook_add_worksheet(book, table.sheet.c_str()), bold, table, layout);
  }
  const lxw_error error = workbook_close(book);
  return error == LXW_NO_ERROR ? Result<void>{} : fail(errors::folder, path, lxw_strerror(error));
}

}  // namespace pitchblende::demo
