// What a file holds, as far as its bytes and its titles tell. Inside intake. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sources/tables/sheets.hpp"

namespace pitchblende::intake {

struct Guess {
  std::string format;  // empty: it cannot be told
  std::vector<std::string>
      sheets;  // of a workbook whose other sheets are tables of something else; empty: all that fit
};

// Rule 9 of docs/rules/intake.md: pubmed, ror, clinicaltrials … by the first bytes, else the ready mapping that takes
// most rows of the sheet that has most of them.
Guess guess(const std::string& path, std::string_view bytes);
// Of one sheet.
std::string guess_sheet(const sources::Sheet& sheet);

}  // namespace pitchblende::intake
