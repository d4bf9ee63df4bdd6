#include "pages/sheet.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "pages/data.hpp"
#include "pages/moments.hpp"
#include "pages/thing_table.hpp"

namespace pitchblende::pages {

namespace {

const std::string& order_of(const SheetCell& cell) { return cell.order.empty() ? cell.text : cell.order; }

// Empty, not absent: a template looks for what a cell has not in the page around it, whose form's address is no
// button's.
View cell_view(const SheetCell& cell, const std::string& head) {
  return {{"text", cell.text}, {"head", head},          {"url", cell.url}, {"tone", cell.tone},
          {"of", cell.of},     {"action", cell.action}, {"stamp", cell.at}};
}

}  // namespace

std::string ordered(int64_t number) {
  constexpr size_t k_digits = 20;
  std::string digits = std::to_string(std::max<int64_t>(number, 0));
  return std::string(k_digits - std::min(digits.size(), k_digits), '0') + digits;
}

SheetCell time_cell(std::string_view at, const Words& words) {
  SheetCell out;
  out.text = moment(words, at);
  out.order = at;
  out.at = moment_stamp(at);
  return out;
}

void Sheet::find(std::string_view words) {
  const std::string wanted = fold(trim(words));
  std::erase_if(m_rows, [&](const std::vector<SheetCell>& row) {
    return std::none_of(row.begin(), row.end(), [&](const SheetCell& cell) {
      return cell.action.empty() && fold(cell.text).find(wanted) != std::string::npos;
    });
  });
}

void Sheet::sort(std::string_view by) {
  const bool down = by.starts_with('-');
  const auto column = std::find_if(m_columns.begin(), m_columns.end(),
                                   [&](const SheetColumn& each) { return each.key == by.substr(down ? 1 : 0); });
  if (column == m_columns.end() || column->key.empty()) {
    return;
  }
  m_by = by;
  const auto at = static_cast<size_t>(column - m_columns.begin());
  std::stable_sort(m_rows.begin(), m_rows.end(), [&](const auto& a, const auto& b) {
    return down ? order_of(b[at]) < order_of(a[at]) : order_of(a[at]) < order_of(b[at]);
  });
}

View Sheet::view(const std::string& address, const std::string& caption, const Words& words) const {
  constexpr size_t k_fits = 3;  // so many columns have room on a phone
  View out{{"caption", caption}, {"stacked", m_columns.size() > k_fits}};
  Views heads;
  const std::string before = address + (address.find('?') == std::string::npos ? "?" : "&") + "sort=";
  for (const SheetColumn& column : m_columns) {
    View head{{"label", words.get(column.word)}};
    head["up"] = m_by == column.key;
    head["down"] = m_by == "-" + column.key;
    if (!address.empty() && !column.key.empty()) {
      head["url"] = before + (m_by == column.key ? "-" : "") + column.key;
    }
    heads.push_back(std::move(head));
  }
  Views rows;
  for (const auto& row : m_rows) {
    Views cells;
    for (size_t at = 0; at < row.size(); ++at) {
      cells.push_back(cell_view(row[at], words.get(m_columns[at].word)));
    }
    rows.push_back(View{{"cells", std::move(cells)}});
  }
  out["heads"] = std::move(heads);
  out["rows"] = std::move(rows);
  return out;
}

std::string Sheet::csv(const Words& words) const {
  std::string out = "\xEF\xBB\xBF";
  const auto line = [&](const auto& cells, auto&& text_of) {
    bool first = true;
    for (size_t at = 0; at < cells.size(); ++at) {
      if (m_columns[at].key.empty()) {
        continue;
      }
      out += first ? "" : ",";
      first = false;
      append_cell(out, text_of(cells[at]));
    }
    out += "\r\n";
  };
  line(m_columns, [&](const SheetColumn& column) { return words.get(column.word); });
  for (const auto& row : m_rows) {
    line(row, [](const SheetCell& cell) { return cell.at.empty() ? cell.text : cell.at; });
  }
  return out;
}

http::Answer Sheet::csv_answer(const Words& words) const {
  http::Answer answer;
  answer.type = http::media_type(http::Format::csv);
  answer.body = csv(words);
  answer.keep = http::Keep::never;
  return answer;
}

View view_with_file(Sheet sheet, const http::Request& request, const std::string& address, const std::string& file,
                    const std::string& caption, const Words& words) {
  sheet.sort(request.parameter("sort"));
  const std::string sorted =
      sheet.sorted_by().empty()
          ? file
          : file + (file.find('?') == std::string::npos ? "?sort=" : "&sort=") + sheet.sorted_by();
  View out = pages::view({{"csv_url", sorted}, {"caption", caption}});
  out["sheet"] = sheet.view(address, caption, words);
  return out;
}

}  // namespace pitchblende::pages
