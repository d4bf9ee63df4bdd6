#include "confirm/workbook/workbook_rows.hpp"

#include <algorithm>
#include <charconv>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "confirm/errors.hpp"
#include "confirm/workbook/workbook_file.hpp"
#include "confirm/workbook/workbook_links.hpp"

namespace pitchblende::confirm {

namespace {

using sources::Sheet;
using sources::SheetRow;

constexpr size_t k_looked_at = 20;  // rows in which the places are looked for

// Which cell of a sheet's rows is what.
struct Layout {
  registry::Kind kind = registry::Kind::person;
  size_t id = 0;
  std::vector<std::pair<size_t, Column>> columns;
  size_t first = 0;  // the row after that of the places
};

std::string_view cell(const SheetRow& row, size_t at) {
  return at < row.cells.size() ? std::string_view(row.cells[at]) : std::string_view();
}

std::optional<Layout> layout_of(const Sheet& sheet) {
  for (size_t row = 0; row < std::min(sheet.rows.size(), k_looked_at); ++row) {
    const auto& cells = sheet.rows[row].cells;
    for (size_t at = 0; at < cells.size(); ++at) {
      const std::string text = squeeze(cells[at]);
      const auto kind = text.starts_with("id:") ? registry::kind(std::string_view(text).substr(3)) : std::nullopt;
      if (!kind) {
        continue;
      }
      Layout out{*kind, at, {}, row + 1};
      std::set<std::string> known;
      for (size_t column = 0; column < cells.size(); ++column) {
        const std::string place = squeeze(cells[column]);
        const auto what = column == at ? std::nullopt : column_at(*kind, place);
        if (what && known.insert(place).second) {
          out.columns.emplace_back(column, *what);
        }
      }
      return out;
    }
  }
  return std::nullopt;
}

bool is_empty(const SheetRow& row) {
  return std::all_of(row.cells.begin(), row.cells.end(), [](const std::string& each) { return trim(each).empty(); });
}

// Whether a sheet without places may be one of ours all the same.
bool looks_ours(const Sheet& sheet) {
  return std::any_of(sheet.rows.begin(), sheet.rows.end(), [](const SheetRow& row) {
    return std::any_of(row.cells.begin(), row.cells.end(), [](const std::string& each) { return each == k_id_title; });
  });
}

// Workbooks that went out before links had sheets of their own hold them in columns.
bool has_links(const WentOut& went_out) {
  return std::any_of(went_out.cards.begin(), went_out.cards.end(), [](const auto& card) {
    return std::any_of(card.second.cells.begin(), card.second.cells.end(),
                       [](const auto& cell) { return cell.first.find('#') != std::string::npos; });
  });
}

class Comparing {
 public:
  Comparing(const WentOut& went_out, Reading& reading) : m_went_out(went_out), m_reading(reading) {}

  void sheet(const Sheet& sheet) {
    auto layout = layout_of(sheet);
    if (!layout) {
      if (looks_ours(sheet)) {
        m_reading.findings.push_back({sheet.name, 0, {}, Error(errors::no_columns)});
      }
      return;
    }
    if (has_links(m_went_out)) {
      std::erase_if(layout->columns, [](const auto& column) { return tenured(column.second.field).has_value(); });
    }
    std::map<Id, std::vector<const SheetRow*>> by_card;
    for (size_t at = layout->first; at < sheet.rows.size(); ++at) {
      take_row(sheet, *layout, sheet.rows[at], by_card);
    }
    for (const auto& [card, rows] : by_card) {
      take_card(sheet, *layout, card, rows);
    }
  }

  void finish() {
    for (const auto& [id, card] : m_went_out.cards) {
      if (!m_seen.contains(id)) {
        m_reading.missing.push_back(id);
      }
    }
  }

 private:
  void reject(const Sheet& sheet, const SheetRow& row, Error error) {
    ++m_reading.rejected;
    m_reading.findings.push_back({sheet.name, row.number, {}, std::move(error)});
  }

  void take_row(const Sheet& sheet, const Layout& layout, const SheetRow& row,
                std::map<Id, std::vector<const SheetRow*>>& by_card) {
    const std::string text = squeeze(cell(row, layout.id));
    if (text == k_id_title || is_empty(row)) {
      return;
    }
    ++m_reading.read;
    if (text.empty()) {
      return take_new(sheet, layout, row);
    }
    const auto id = Id::parse(text);
    if (!id) {
      return reject(sheet, row, Error(errors::id_changed, beginning(text, 40)));
    }
    const auto card = m_went_out.cards.find(*id);
    if (card == m_went_out.cards.end()) {
      return reject(sheet, row, Error(errors::id_foreign, id->text()));
    }
    if (card->second.kind != layout.kind) {
      return reject(sheet, row, Error(errors::other_kind, id->text()));
    }
    m_seen.insert(*id);
    by_card[*id].push_back(&row);
  }

  // Rule 21: something that is not in the registry yet.
  void take_new(const Sheet& sheet, const Layout& layout, const SheetRow& row) {
    CardOutcome out{Id(), layout.kind, {}, {}};
    for (const auto& [at, column] : layout.columns) {
      for (CellEdit& edit : compare(column, {}, cell(row, at))) {
        out.cells.push_back({std::move(edit), CellFate::applied, {}, std::nullopt});
      }
    }
    out.label = new_label(out);
    if (out.label.empty()) {
      return reject(sheet, row, Error(errors::no_name));
    }
    ++m_reading.accepted;
    m_reading.changes.push_back(std::move(out));
  }

  // Rule 20: rows that say the same are one; of rows that differ none is taken.
  void take_card(const Sheet& sheet, const Layout& layout, Id id, const std::vector<const SheetRow*>& rows) {
    const bool differ = std::any_of(rows.begin(), rows.end(), [&](const SheetRow* row) {
      return std::any_of(layout.columns.begin(), layout.columns.end(), [&](const auto& column) {
        return squeeze(cell(*row, column.first)) != squeeze(cell(*rows.front(), column.first));
      });
    });
    if (differ || m_taken.contains(id)) {
      for (const SheetRow* row : rows) {
        reject(sheet, *row, Error(errors::rows_differ, id.text()));
      }
      return;
    }
    m_taken.insert(id);
    m_reading.accepted += static_cast<int64_t>(rows.size());
    const WentOut::Card& before = m_went_out.cards.at(id);
    CardOutcome out{id, before.kind, before.label, {}};
    for (const auto& [at, column] : layout.columns) {
      const auto said = before.cells.find(column.place());
      const std::vector<Said> none;
      for (CellEdit& edit :
           compare(column, said == before.cells.end() ? none : said->second, cell(*rows.front(), at))) {
        out.cells.push_back({std::move(edit), CellFate::applied, {}, std::nullopt});
      }
    }
    if (!out.cells.empty()) {
      m_reading.changes.push_back(std::move(out));
    }
  }

  const WentOut& m_went_out;
  Reading& m_reading;
  std::set<Id> m_seen;
  std::set<Id> m_taken;
};

}  // namespace

std::string new_label(const CardOutcome& card) {
  const auto first = [&](std::string_view field) {
    for (const CellOutcome& each : card.cells) {
      if (registry::description(each.edit.edit.field).name == field) {
        return each.edit.typed;
      }
    }
    return std::string();
  };
  return card.kind == registry::Kind::person ? squeeze(first("given_names") + " " + first("family_name"))
                                             : first(registry::description(card.kind).label_field);
}

std::optional<std::pair<int64_t, Id>> stamp_of(const std::vector<Sheet>& sheets) {
  for (const Sheet& sheet : sheets) {
    if (sheet.name != k_hidden_sheet) {
      continue;
    }
    std::optional<int64_t> number;
    std::optional<Id> whole;
    for (const SheetRow& row : sheet.rows) {
      const std::string_view value = cell(row, 1);
      if (cell(row, 0) == "workbook") {
        int64_t read = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), read);
        number = error == std::errc() && end == value.data() + value.size() ? std::optional(read) : std::nullopt;
      } else if (cell(row, 0) == "whole") {
        whole = Id::parse(value);
      }
    }
    if (number && whole) {
      return std::pair(*number, *whole);
    }
  }
  return std::nullopt;
}

Reading compare_rows(const std::vector<Sheet>& sheets, const WentOut& went_out) {
  Reading out;
  out.workbook = went_out.number;
  out.whole = went_out.whole;
  Comparing comparing(went_out, out);
  std::vector<const Sheet*> of_links;  // read last: somebody new may stand there
  for (const Sheet& sheet : sheets) {
    if (sheet.name == k_hidden_sheet) {
      continue;
    }
    if (is_of_links(sheet)) {
      of_links.push_back(&sheet);
    } else {
      comparing.sheet(sheet);
    }
  }
  for (const Sheet* sheet : of_links) {
    compare_links(*sheet, went_out, out);
  }
  comparing.finish();
  return out;
}

}  // namespace pitchblende::confirm
