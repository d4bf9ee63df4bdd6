// The figures as an XLSX workbook. The same figures give the same bytes, whenever it is made. Any thread.
#pragma once

#include <string>

#include "base/result.hpp"
#include "insight/insight_types.hpp"

namespace pitchblende::insight {

// What the sheets say beside the figures.
struct WorkbookTexts {
  Language language = Language::english;
  std::string consortium;  // its name
  std::string site;        // "https://pool.example.org/en": what links begin with; empty: no links
  bool counts_hours = false;
  bool counts_requests = false;
};

// The file's bytes. Error: INSIGHT_WORKBOOK.
Result<std::string> workbook(const Figures& figures, const WorkbookTexts& texts);

}  // namespace pitchblende::insight
