// The row of titles: which cell is which column of the mapping. Inside sources. Pure, any thread.
#pragma once

#include <string>
#include <vector>

#include "sources/mappings/mapping.hpp"
#include "sources/tables/tabular_rows.hpp"

namespace pitchblende::sources {

struct Header {
  std::vector<int> place_of_column;  // by the mapping's columns; -1: not in this table
  std::vector<int> column_of_place;  // by cells; -1: unknown
  std::vector<std::string> titles;   // by cells, as written
  std::vector<std::string> unknown;  // titles that the mapping does not name
  std::vector<std::string> missing;  // required columns that are not there
  size_t width = 0;                  // cells up to the last title
  size_t known = 0;
};

// Reads a row as if it were the titles.
Header read_header(const Row& row, const Mapping& mapping);
// Whether it can be: nothing required is missing, and enough is known that it is no accident.
bool is_header(const Header& header);
// A line over the table ("Research teams") is no row of titles: what comes below is much wider.
bool is_line_over(const std::vector<Row>& rows, size_t at);
// Titles that a file may have; what it must have comes first: required columns, then those that fill a required field,
// then keys.
std::string wanted_titles(const Mapping& mapping);
// "Nom, Prénom, …"
std::string joined(const std::vector<std::string>& words, size_t most);

}  // namespace pitchblende::sources
