#include "confirm/workbook/workbook_file.hpp"

#include <xlsxwriter.h>

#include <cstdio>

#include "base/scratch_file.hpp"
#include "confirm/errors.hpp"

namespace pitchblende::confirm {

namespace {

constexpr size_t k_longest_cell = 32'000;  // what a spreadsheet holds, less a little
constexpr lxw_row_t k_places = 0;          // hidden: which field each column is
constexpr lxw_row_t k_titles = 1;
constexpr lxw_row_t k_spare = 200;        // rows below the last, for which lists are there too
constexpr time_t k_made = 1'767'225'600;  // 2026-01-01: what a file says of itself is not when it was made

struct Formats {
  lxw_format* title = nullptr;
  lxw_format* cell = nullptr;
  lxw_format* prose = nullptr;
  lxw_format* date = nullptr;
};

void write_text(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, std::string text, lxw_format* format) {
  if (!text.empty()) {
    worksheet_write_string(sheet, row, column, text.c_str(), format);
  }
}

void write_guide(lxw_worksheet* sheet, const WorkbookOut& workbook, const Formats& formats) {
  const std::vector<std::string> lines{
      workbook.title,
      workbook.made.substr(0, 10),
      "",
      "Corrigez ce qui est faux, complétez ce qui manque, puis renvoyez ce fichier. Seules les cellules modifiées "
      "comptent.",
      "Une cellule vidée retire sa valeur. Une ligne supprimée ne retire rien. Plusieurs valeurs : une par ligne "
      "(Alt+Entrée).",
      "Les colonnes et les lignes peuvent être déplacées. Ne touchez pas à ce qui est masqué : c’est ce qui reconnaît "
      "chaque fiche.",
      "",
      "Correct what is wrong, add what is missing, then send this file back. Only the cells you changed count.",
      "An emptied cell takes its value away. A deleted row takes nothing away. Several values: one a line (Alt+Enter).",
      "Columns and rows may be moved. Leave what is hidden as it is: it tells each card.",
      "",
      "Fonctions : une ligne chacune, avec rôle et dates. Un départ est une date de fin ; une nouvelle fonction est "
      "une "
      "ligne de plus, avec le nom de la personne.",
      "Positions: a row each, with role and dates. Who leaves gets a last day; a new position is one row more, with "
      "the "
      "person's name."};
  worksheet_set_column(sheet, 0, 0, 100, nullptr);
  for (size_t at = 0; at < lines.size(); ++at) {
    write_text(sheet, static_cast<lxw_row_t>(at), 0, lines[at], at == 0 ? formats.title : formats.prose);
  }
}

class Lists {
 public:
  Lists(lxw_worksheet* sheet, lxw_col_t first) : m_sheet(sheet), m_next(first) {}

  // Where these stand, as a formula; empty: nowhere.
  std::string place(const std::vector<std::string>& choices) {
    if (choices.empty()) {
      return {};
    }
    for (size_t at = 0; at < choices.size(); ++at) {
      write_text(m_sheet, static_cast<lxw_row_t>(at), m_next, choices[at], nullptr);
    }
    std::string name;
    for (size_t rest = static_cast<size_t>(m_next++) + 1; rest > 0; rest = (rest - 1) / 26) {
      name.insert(name.begin(), static_cast<char>('A' + (rest - 1) % 26));
    }
    return "=" + std::string(k_hidden_sheet) + "!$" + name + "$1:$" + name + "$" + std::to_string(choices.size());
  }

 private:
  lxw_worksheet* m_sheet;
  lxw_col_t m_next;
};

void add_list(lxw_worksheet* sheet, const SheetOut& out, size_t column, std::string formula) {
  if (formula.empty()) {
    return;
  }
  lxw_data_validation rule{};
  rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
  rule.value_formula = formula.data();
  rule.ignore_blank = LXW_VALIDATION_ON;
  // Of a closed list nothing else may be typed; else it is help.
  const bool closed = out.columns[column].is_closed;
  rule.error_type = closed ? LXW_VALIDATION_ERROR_TYPE_STOP : LXW_VALIDATION_ERROR_TYPE_INFORMATION;
  if (!closed) {
    rule.show_error = LXW_VALIDATION_OFF;
  }
  const auto at = static_cast<lxw_col_t>(column + 1);
  worksheet_data_validation_range(sheet, k_titles + 1, at, static_cast<lxw_row_t>(k_titles + out.rows.size() + k_spare),
                                  at, &rule);
}

// A year or a month alone is no date of a spreadsheet, and stays a text.
void write_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const ColumnOut& of, const std::string& cell,
                const Formats& formats) {
  lxw_datetime date{};
  if (of.is_dated && std::sscanf(cell.c_str(), "%4d-%2d-%2d", &date.year, &date.month, &date.day) == 3) {
    worksheet_write_datetime(sheet, row, column, &date, formats.date);
  } else if (cell.size() <= k_longest_cell) {
    write_text(sheet, row, column, cell, of.is_dated ? formats.date : formats.cell);
  }
}

void head(lxw_worksheet* sheet, const SheetOut& out, Lists& lists, const Formats& formats) {
  lxw_row_col_options hidden{};
  hidden.hidden = LXW_TRUE;
  write_text(sheet, k_places, 0, out.id_place, nullptr);
  write_text(sheet, k_titles, 0, std::string(k_id_title), formats.title);
  for (size_t at = 0; at < out.columns.size(); ++at) {
    const ColumnOut& each = out.columns[at];
    const auto column = static_cast<lxw_col_t>(at + 1);
    write_text(sheet, k_places, column, each.place, nullptr);
    write_text(sheet, k_titles, column, each.title, formats.title);
    if (each.is_hidden) {
      worksheet_set_column_opt(sheet, column, column, 12, nullptr, &hidden);
      continue;
    }
    lxw_comment_options look{};
    look.x_scale = 2;
    look.y_scale = 2;
    worksheet_write_comment_opt(sheet, k_titles, column, each.note.c_str(), &look);
    worksheet_set_column(sheet, column, column, each.is_dated ? 14 : 28, each.is_dated ? formats.date : formats.cell);
    add_list(sheet, out, at, lists.place(each.choices));
  }
  worksheet_set_column_opt(sheet, 0, 0, 12, nullptr, &hidden);
  worksheet_set_row_opt(sheet, k_places, LXW_DEF_ROW_HEIGHT, nullptr, &hidden);
  worksheet_set_row(sheet, k_titles, 36, nullptr);
}

void fill(lxw_worksheet* sheet, const SheetOut& out, Lists& lists, const Formats& formats) {
  head(sheet, out, lists, formats);
  for (size_t row = 0; row < out.rows.size(); ++row) {
    const auto line = static_cast<lxw_row_t>(k_titles + 1 + row);
    write_text(sheet, line, 0, out.rows[row].card.text(), nullptr);
    for (size_t at = 0; at < out.columns.size(); ++at) {
      write_cell(sheet, line, static_cast<lxw_col_t>(at + 1), out.columns[at], out.rows[row].cells[at], formats);
    }
  }
  const bool leads = !out.columns.empty() && out.columns.front().is_hidden;
  worksheet_freeze_panes(sheet, k_titles + 1, leads ? 3 : 2);
}

lxw_format* wrapped(lxw_workbook* book) {
  lxw_format* format = workbook_add_format(book);
  format_set_text_wrap(format);
  format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  return format;
}

}  // namespace

Result<void> write_file(const std::string& path, const WorkbookOut& workbook) {
  lxw_workbook* book = workbook_new(path.c_str());
  if (book == nullptr) {
    return fail(errors::file, path, "cannot be written");
  }
  lxw_doc_properties properties{};
  properties.created = k_made;
  workbook_set_properties(book, &properties);
  Formats formats{wrapped(book), wrapped(book), wrapped(book), wrapped(book)};
  format_set_bold(formats.title);
  format_set_num_format(formats.cell, "@");  // what is typed stays as it is typed: dates, zeros in front
  format_set_num_format(formats.date, "yyyy-mm-dd");
  write_guide(workbook_add_worksheet(book, "Lisez-moi – Read me"), workbook, formats);
  std::vector<lxw_worksheet*> sheets;
  for (const SheetOut& each : workbook.sheets) {
    sheets.push_back(workbook_add_worksheet(book, each.name.c_str()));
  }
  lxw_worksheet* hidden = workbook_add_worksheet(book, std::string(k_hidden_sheet).c_str());
  write_text(hidden, 0, 0, "workbook", nullptr);
  write_text(hidden, 0, 1, std::to_string(workbook.number), nullptr);
  write_text(hidden, 1, 0, "whole", nullptr);
  write_text(hidden, 1, 1, workbook.whole.text(), nullptr);
  Lists lists(hidden, 3);
  for (size_t at = 0; at < sheets.size(); ++at) {
    fill(sheets[at], workbook.sheets[at], lists, formats);
  }
  worksheet_hide(hidden);
  worksheet_activate(sheets.empty() ? hidden : sheets.front());
  const lxw_error error = workbook_close(book);
  return error == LXW_NO_ERROR ? Result<void>() : fail(errors::file, path, lxw_strerror(error));
}

Result<std::string> workbook_bytes(const WorkbookOut& workbook) {
  const ScratchFile file;
  if (!file.is_there()) {
    return fail(errors::file, file.path(), "cannot be written");
  }
  TRY(write_file(file.path(), workbook));
  return file.bytes();
}

}  // namespace pitchblende::confirm
