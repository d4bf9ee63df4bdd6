// Dates as PubMed has them: in parts, with months as words or numbers, as spans and seasons. Inside sources. Pure.
#pragma once

#include <string>
#include <string_view>

namespace pitchblende::sources::pubmed {

struct DateParts {
  std::string year;
  std::string month;  // "04", "4", "Apr", "April"
  std::string day;
};

struct DateText {
  std::string text;   // 2019, 2019-04, 2019-04-30; empty: no date
  bool whole = true;  // all parts that were given went in
};
DateText date_text(const DateParts& parts);

struct DateSpan {
  std::string from;
  std::string to;  // empty: the same
};
// "1998 Dec-1999 Jan", "2001 Nov 26-Dec 1", "Winter 1992", "2000 Spring": from is the first year, month, day that is
// said; a season is none. (MedlineDate, NLM's "MEDLINE/PubMed XML element descriptions".)
DateSpan date_span(std::string_view printed);

}  // namespace pitchblende::sources::pubmed
