// What came back in a workbook's sheets, against what went out. Inside confirm; pure but for what it is handed.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "confirm/workbooks.hpp"
#include "sources/tables/sheets.hpp"

namespace pitchblende::confirm {

// What went out: each card with its kind and what each of its cells said.
struct WentOut {
  struct Card {
    registry::Kind kind = registry::Kind::person;
    std::string label;
    std::map<std::string, std::vector<Said>, std::less<>> cells;  // by place
  };
  int64_t number = 0;
  Id whole;
  std::map<Id, Card> cards;
};

// Number and whole as the hidden sheet says them; nullopt: there is none.
std::optional<std::pair<int64_t, Id>> stamp_of(const std::vector<sources::Sheet>& sheets);
// What names something new; empty: nothing does.
std::string new_label(const CardOutcome& card);
// Rows counted, what is wrong with them, what is missing, and each changed cell (its fate not yet weighed).
Reading compare_rows(const std::vector<sources::Sheet>& sheets, const WentOut& went_out);

}  // namespace pitchblende::confirm
