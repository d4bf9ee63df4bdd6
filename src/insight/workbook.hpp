// The figures as an XLSX workbook. The same figures give the same bytes, whenever it is made. Any thread.
#pragma once

#include <map>
#include <string>

#include "base/result.hpp"
#include "insight/insight_types.hpp"
#include "search/search.hpp"

namespace pitchblende::insight {

// What the sheets say beside the figures.
struct WorkbookTexts {
  Language language = Language::english;
  std::string consortium;  // its name
  std::string site;        // "https://pool.example.org/en": what links begin with; empty: no links
  bool counts_hours = false;
  bool counts_requests = false;
  Cell within = {};                      // the key area or institution that it is of
  std::map<Id, std::string> teams = {};  // what they are called, as the reader may know; others stand by their ids
};

// Of the teams that have outputs in common with others.
std::map<Id, std::string> names_of_teams(const Figures& figures, const search::Index& index,
                                         const access::Viewer& viewer, Language language);
// The file's bytes. Error: INSIGHT_WORKBOOK.
Result<std::string> workbook(const Figures& figures, const WorkbookTexts& texts);

}  // namespace pitchblende::insight
