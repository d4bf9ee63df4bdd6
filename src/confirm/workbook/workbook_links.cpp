#include "confirm/workbook/workbook_links.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "confirm/errors.hpp"
#include "confirm/workbook/workbook_sheets.hpp"

namespace pitchblende::confirm {

namespace {

using sources::Sheet;
using sources::SheetRow;

constexpr size_t k_looked_at = 20;  // rows in which the places are looked for
constexpr size_t k_count = links::k_parts.size();
enum Part : size_t { k_where, k_role, k_kind, k_title, k_from, k_to };

struct Layout {
  Tenured field;
  size_t id = 0;
  std::map<std::string, size_t, std::less<>> columns;  // by place
  size_t first = 0;
};

std::string cell(const SheetRow& row, size_t at) {
  return at < row.cells.size() ? squeeze(row.cells[at]) : std::string();
}

std::optional<Layout> layout_of(const Sheet& sheet) {
  for (size_t row = 0; row < std::min(sheet.rows.size(), k_looked_at); ++row) {
    const auto& cells = sheet.rows[row].cells;
    for (size_t at = 0; at < cells.size(); ++at) {
      if (const auto field = links_at(squeeze(cells[at]))) {
        Layout out{*field, at, {}, row + 1};
        for (size_t column = 0; column < cells.size(); ++column) {
          out.columns.emplace(squeeze(cells[column]), column);
        }
        return out;
      }
    }
  }
  return std::nullopt;
}

// In a cell of dates a spreadsheet takes a year for the day of that number: 2019 is the 11th of July 1905.
std::string date_meant(const std::string& cell) {
  constexpr std::array<int, 9> k_before{0, 31, 59, 90, 120, 151, 181, 212, 243};
  constexpr int k_day_1900 = 73;  // the 14th of March 1905
  int month = 0;
  int day = 0;
  const bool whole = cell.size() == 10 && cell.starts_with("1905-0");
  if (whole) {
    std::from_chars(cell.data() + 5, cell.data() + 7, month);
    std::from_chars(cell.data() + 8, cell.data() + 10, day);
  }
  const int in_year = month < 1 ? 0 : k_before[static_cast<size_t>(month - 1)] + day;
  return in_year >= k_day_1900 && in_year <= k_day_1900 + 200 ? std::to_string(1900 + in_year - k_day_1900) : cell;
}

// A row as it came back, against what went out.
struct Line {
  const SheetRow* row = nullptr;
  std::array<std::string, k_count> typed;  // of a missing column what went out
  bool is_never = false;
  bool is_same = false;
};

std::string in_words(const std::array<std::string, k_count>& parts) {
  std::string out;
  for (const size_t part : {k_where, k_title, k_kind, k_role}) {
    out += (out.empty() || parts[part].empty() ? "" : ", ") + parts[part];
  }
  const bool dated = !parts[k_from].empty() || !parts[k_to].empty();
  return dated ? out + " (" + parts[k_from] + " – " + parts[k_to] + ")" : out;
}

class ComparingLinks {
 public:
  ComparingLinks(const Sheet& sheet, Layout layout, const WentOut& went_out, Reading& reading)
      : m_sheet(sheet), m_layout(std::move(layout)), m_went_out(went_out), m_reading(reading) {}

  void run() {
    std::map<std::pair<Id, std::string>, std::vector<Line>> known;
    for (size_t at = m_layout.first; at < m_sheet.rows.size(); ++at) {
      take_row(m_sheet.rows[at], known);
    }
    for (const auto& [which, lines] : known) {
      take_known(which.first, which.second, lines);
    }
  }

 private:
  void reject(const SheetRow& row, Error error) {
    ++m_reading.rejected;
    m_reading.findings.push_back({m_sheet.name, row.number, {}, std::move(error)});
  }

  std::string at(const SheetRow& row, std::string_view place) const {
    const auto column = m_layout.columns.find(place);
    return column == m_layout.columns.end() ? std::string() : cell(row, column->second);
  }

  const std::vector<Said>* said_of(Id card, const std::string& mark) const {
    const auto& cells = m_went_out.cards.at(card).cells;
    const auto said = cells.find(kept_place(m_layout.field.field, mark));
    return said == cells.end() || said->second.size() != k_count ? nullptr : &said->second;
  }

  void take_row(const SheetRow& row, std::map<std::pair<Id, std::string>, std::vector<Line>>& known) {
    const std::string text = cell(row, m_layout.id);
    const bool empty =
        std::all_of(row.cells.begin(), row.cells.end(), [](const std::string& each) { return trim(each).empty(); });
    if (text == k_id_title || empty) {
      return;
    }
    ++m_reading.read;
    const std::string mark = at(row, links::k_mark);
    if (text.empty() && mark.empty()) {
      return take_added(row, read_line(row, nullptr), std::nullopt);
    }
    const auto id = Id::parse(text);
    if (!id) {
      return reject(row, Error(errors::id_changed, beginning(text.empty() ? mark : text, 40)));
    }
    const auto card = m_went_out.cards.find(*id);
    if (card == m_went_out.cards.end()) {
      return reject(row, Error(errors::id_foreign, id->text()));
    }
    if (card->second.kind != registry::kind_of(m_layout.field.field)) {
      return reject(row, Error(errors::other_kind, id->text()));
    }
    if (mark.empty()) {
      return take_added(row, read_line(row, nullptr), *id);
    }
    const std::vector<Said>* said = said_of(*id, mark);
    if (said == nullptr) {
      return reject(row, Error(errors::id_changed, beginning(mark, 40)));
    }
    known[{*id, mark}].push_back(read_line(row, said));
  }

  std::string code_in(size_t part, const std::string& typed) const {
    return part == k_role   ? listed_code(m_layout.field.roles, typed)
           : part == k_kind ? listed_code(m_layout.field.kinds, typed)
                            : typed;
  }

  Line read_line(const SheetRow& row, const std::vector<Said>* said) const {
    Line out;
    out.row = &row;
    out.is_never = !at(row, links::k_never).empty();
    out.is_same = said != nullptr && !out.is_never;
    for (size_t part = 0; part < k_count; ++part) {
      const bool there = m_layout.columns.contains(links::k_parts[part]);
      std::string& typed = out.typed[part];
      typed = there ? at(row, links::k_parts[part]) : std::string();
      typed = part == k_from || part == k_to ? date_meant(typed) : typed;
      if (said == nullptr) {
        continue;
      }
      const Said& each = (*said)[part];
      const bool same = !there || typed == each.shown || (!typed.empty() && code_in(part, typed) == each.text);
      typed = same ? each.shown : typed;
      out.is_same = out.is_same && same;
    }
    return out;
  }

  Tenure tenure_in(const Line& line, const std::vector<Said>* said) const {
    const auto part = [&](size_t at_part) {
      const bool same = said != nullptr && line.typed[at_part] == (*said)[at_part].shown;
      return same ? (*said)[at_part].text : code_in(at_part, line.typed[at_part]);
    };
    return {part(k_role), part(k_kind), part(k_title), part(k_from), part(k_to)};
  }

  // Rule 30. Who copies a row to write a new one copies what is hidden with it: where one of several is as it went out,
  // the others are new.
  void take_known(Id card, const std::string& mark, const std::vector<Line>& lines) {
    const std::vector<Said>& said = *said_of(card, mark);
    std::vector<const Line*> changed;
    for (const Line& line : lines) {
      const bool again = std::any_of(changed.begin(), changed.end(), [&](const Line* other) {
        return other->typed == line.typed && other->is_never == line.is_never;
      });
      if (!line.is_same && !again) {
        changed.push_back(&line);
      } else {
        ++m_reading.accepted;
      }
    }
    const bool kept = std::any_of(lines.begin(), lines.end(), [](const Line& line) { return line.is_same; });
    if (kept) {
      for (const Line* line : changed) {
        take_added(*line->row, *line, card);
      }
    } else if (changed.size() == 1) {
      ++m_reading.accepted;
      add(card, {}, changed_cell(mark, said, *changed.front()));
    } else {
      for (const Line* line : changed) {
        reject(*line->row, Error(errors::rows_differ, card.text()));
      }
    }
  }

  CellEdit changed_cell(const std::string& mark, const std::vector<Said>& said, const Line& line) const {
    CellEdit out{{m_layout.field.field, {}, mark, said[k_where].text, {}}, {}, {}};
    std::array<std::string, k_count> shown;
    for (size_t part = 0; part < k_count; ++part) {
      shown[part] = said[part].shown;
    }
    out.shown = in_words(shown);
    const Tenure before{said[k_role].text, said[k_kind].text, said[k_title].text, said[k_from].text, said[k_to].text};
    out.edit.tenure = {before, before};
    if (!line.is_never && !line.typed[k_where].empty()) {
      out.typed = in_words(line.typed);
      out.where = line.typed[k_where] == said[k_where].shown ? std::string() : line.typed[k_where];
      out.edit.tenure->after = tenure_in(line, &said);
    }
    return out;
  }

  // `id`: whose it is; else it is said by name.
  void take_added(const SheetRow& row, const Line& line, std::optional<Id> id) {
    const std::string who = at(row, links::k_who);
    std::string fresh;
    if (!id) {
      id = named(who);
      fresh = id ? std::string() : fresh_named(who);
    }
    if (!id && fresh.empty()) {
      return reject(row, Error(errors::no_card, beginning(who, 100)));
    }
    if (line.typed[k_where].empty()) {
      return reject(row, Error(errors::no_place));
    }
    ++m_reading.accepted;
    if (line.is_never) {
      return;
    }
    CellEdit out{{m_layout.field.field, {}, {}, {}, {}}, {}, in_words(line.typed), line.typed[k_where]};
    out.edit.tenure = {Tenure(), tenure_in(line, nullptr)};
    add(id.value_or(Id()), fresh, std::move(out));
  }

  std::optional<Id> named(const std::string& who) const {
    std::optional<Id> out;
    for (const auto& [id, card] : m_went_out.cards) {
      const bool is_it = card.kind == registry::kind_of(m_layout.field.field) &&
                         (id.text() == who || normalised(card.label) == normalised(who));
      if (is_it && out) {
        return std::nullopt;  // several
      }
      out = is_it ? std::optional(id) : out;
    }
    return out;
  }

  std::string fresh_named(const std::string& who) const {
    for (const CardOutcome& card : m_reading.changes) {
      if (card.is_new() && card.kind == registry::kind_of(m_layout.field.field) &&
          normalised(card.label) == normalised(who)) {
        return card.label;
      }
    }
    return {};
  }

  void add(Id card, const std::string& fresh, CellEdit edit) {
    auto at_card = std::find_if(m_reading.changes.begin(), m_reading.changes.end(), [&](const CardOutcome& each) {
      return each.card == card && (!each.is_new() || each.label == fresh);
    });
    if (at_card == m_reading.changes.end()) {
      const WentOut::Card& known = m_went_out.cards.at(card);
      at_card = m_reading.changes.insert(m_reading.changes.end(), {card, known.kind, known.label, {}});
    }
    at_card->cells.push_back({std::move(edit), CellFate::applied, {}, std::nullopt});
  }

  const Sheet& m_sheet;
  const Layout m_layout;
  const WentOut& m_went_out;
  Reading& m_reading;
};

}  // namespace

bool is_of_links(const Sheet& sheet) { return layout_of(sheet).has_value(); }

void compare_links(const Sheet& sheet, const WentOut& went_out, Reading& reading) {
  if (auto layout = layout_of(sheet)) {
    ComparingLinks(sheet, std::move(*layout), went_out, reading).run();
  }
}

}  // namespace pitchblende::confirm
