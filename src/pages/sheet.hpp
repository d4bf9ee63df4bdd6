// A table that people sort by its heads and take along as a file. Values; any thread.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "http/http.hpp"
#include "pages/blocks.hpp"

namespace pitchblende::pages {

struct SheetColumn {
  std::string key;   // in the address: "sent"; empty: of buttons, neither sorted by nor in the file
  std::string word;  // key of its name
};
struct SheetCell {
  std::string text;
  std::string url = {};
  std::string tone = {};    // of a badge: plain, good, warn
  std::string order = {};   // what it is sorted by; empty: its text
  std::string action = {};  // of a button with that text: where its form goes; the page is a form_page
  std::string of = {};      // what the button is about, for who does not see its row
  std::string at = {};      // of a time: the same for machines and in the file
};
// A time of the store, "2026-11-24T10:20:30Z", by the consortium's clock.
SheetCell time_cell(std::string_view at, const Words& words);
// "0000000042": numbers and times in the order of their values.
std::string ordered(int64_t number);

enum class Rows : uint8_t { page, all };  // shown, or in the file

class Sheet {
 public:
  explicit Sheet(std::vector<SheetColumn> columns) : m_columns(std::move(columns)) {}
  void add(std::vector<SheetCell> row) { m_rows.push_back(std::move(row)); }
  size_t size() const { return m_rows.size(); }
  const std::string& sorted_by() const { return m_by; }

  // Keeps the rows in one of whose cells that stands, whatever its case and accents.
  void find(std::string_view words);
  // Keeps the first so many.
  void cut(size_t most) { m_rows.resize(std::min(m_rows.size(), most)); }
  // By "sent" upwards, by "-sent" downwards; anything else leaves the rows as they were added.
  void sort(std::string_view by);
  // heads [{label, url, up, down}], rows [{cells [{text, head, url, tone, action, of, stamp}]}], for {{>sheet}}.
  // `address`: of the page, with what else it is asked for: "/en/requests/all?state=new"; empty: heads are no links.
  View view(const std::string& address, const std::string& caption, const Words& words) const;
  // RFC 4180, UTF-8; cells that a spreadsheet would take for a formula begin with an apostrophe.
  std::string csv(const Words& words) const;
  http::Answer csv_answer(const Words& words) const;

 private:
  std::vector<SheetColumn> m_columns;
  std::vector<std::vector<SheetCell>> m_rows;
  std::string m_by;
};

// A sheet of a page that has several, sorted as the request says where the column is one of its own: {sheet, csv_url,
// caption}; its file is sorted alike. `address`: of the page, as in Sheet::view.
View view_with_file(Sheet sheet, const http::Request& request, const std::string& address, const std::string& file,
                    const std::string& caption, const Words& words);

}  // namespace pitchblende::pages
