// The rooms of workbooks: what somebody may have one of, and what came back and waits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pages/site.hpp"

namespace pitchblende::pages {

// A workbook that came back and was not applied.
struct CameBack {
  int64_t reading = 0;
  std::string label;  // of the institution, unit or platform
  registry::Kind kind = registry::Kind::organisation;
  std::string made;
};
// As far as he may have the workbook; `of`: that one's alone.
Result<std::vector<CameBack>> workbooks_back(const Site& site, const access::Actor& actor, const Words& words,
                                             std::optional<Id> of = {});
std::string reading_address(const Words& words, int64_t reading, std::string_view rest = {});
// /workbooks and the same list as a file.
void add_workbook_list(const Site& site, http::Router& router);

}  // namespace pitchblende::pages
