// The table of docs/rules/access.md: right → cells, "right" → the names of the columns.
#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace pitchblende::tests {

inline std::map<std::string, std::vector<std::string>> rules_table(const std::string& root) {
  std::ifstream file(root + "/docs/rules/access.md");
  std::map<std::string, std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    std::istringstream cells(line);
    std::vector<std::string> row;
    for (std::string cell; std::getline(cells, cell, '|');) {
      cell.erase(0, cell.find_first_not_of(' '));
      cell.erase(cell.find_last_not_of(' ') + 1);
      row.push_back(cell);
    }
    if (row.size() > 3 && !row[1].starts_with("---")) {
      rows[row[1]] = std::vector<std::string>(row.begin() + 2, row.end());
    }
  }
  return rows;
}

}  // namespace pitchblende::tests
