#include "sources/tables/tabular_header.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"

namespace pitchblende::sources {

namespace {

// "Prénom(s)", "Nom (en capitales)": people explain in brackets.
std::string without_brackets(std::string_view title) {
  std::string out;
  int depth = 0;
  for (const char c : title) {
    depth += c == '(' || c == '[' ? 1 : 0;
    if (depth == 0) {
      out += c;
    }
    depth -= (c == ')' || c == ']') && depth > 0 ? 1 : 0;
  }
  return out;
}

}  // namespace

Header read_header(const Row& row, const Mapping& mapping) {
  Header out;
  out.place_of_column.assign(mapping.columns.size(), -1);
  out.column_of_place.assign(row.cells.size(), -1);
  out.titles = row.cells;
  std::map<std::string, int> seen;
  const auto column_of = [&](const std::string& key) {
    const auto found = mapping.column_of_title.find(key);
    return found == mapping.column_of_title.end() ? -1 : found->second;
  };
  for (size_t place = 0; place < row.cells.size(); ++place) {
    std::string& title = out.titles[place];
    title = squeeze(title);
    if (title.empty()) {
      continue;
    }
    out.width = place + 1;
    std::string key = title_key(title);
    // The second "Nom" is "Nom 2".
    const int times = ++seen[key];
    key += times > 1 ? " " + std::to_string(times) : "";
    int column = column_of(key);
    if (column == -1 && times == 1) {
      column = column_of(normalised(without_brackets(title.substr(0, 200))));
    }
    if (column == k_left_out) {
      ++out.known;
      continue;
    }
    if (column < 0 || out.place_of_column[static_cast<size_t>(column)] >= 0) {
      out.unknown.push_back(times > 1 ? title + " (" + std::to_string(times) + ")" : title);
      continue;
    }
    out.place_of_column[static_cast<size_t>(column)] = static_cast<int>(place);
    out.column_of_place[place] = column;
    ++out.known;
  }
  for (size_t i = 0; i < mapping.columns.size(); ++i) {
    if (mapping.columns[i].required && out.place_of_column[i] < 0) {
      out.missing.push_back(mapping.columns[i].titles.size() > 1 ? mapping.columns[i].titles[1]
                                                                 : mapping.columns[i].name);
    }
  }
  return out;
}

bool is_header(const Header& header) {
  const size_t titles = header.known + header.unknown.size();
  const size_t enough = std::min<size_t>(2, header.place_of_column.size());  // an own mapping may have one column
  return header.missing.empty() && header.known > 0 && (header.known >= enough || titles <= 2);
}

}  // namespace pitchblende::sources
