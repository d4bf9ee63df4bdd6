// A sheet of links that came back: rows that were changed, added, taken away. Inside confirm; pure.
#pragma once

#include "confirm/workbook/workbook_rows.hpp"

namespace pitchblende::confirm {

bool is_of_links(const sources::Sheet& sheet);
// Its rows are counted, and its changes added to those of their cards. New cards of the workbook's other sheets are
// there already. Rules 30 and 31.
void compare_links(const sources::Sheet& sheet, const WentOut& went_out, Reading& reading);

}  // namespace pitchblende::confirm
