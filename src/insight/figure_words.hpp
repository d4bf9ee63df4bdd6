// What people call the figures, how each is defined and what may be missing in it: for pages, workbooks and JSON.
// Constants, any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "insight/insight_types.hpp"

namespace pitchblende::insight {

std::string_view label(Figure figure, Language language);       // "Open access"
std::string_view definition(Figure figure, Language language);  // one or two sentences; the rule, in plain words
// Before the number of those that lack something: "without a date"; empty: nothing can be missing.
std::string_view lack(Figure figure, Language language);

std::string_view word_of_all(Language language);   // "All"
std::string_view word_of_none(Language language);  // "in none"
std::string_view name_in(const Place& place, Language language);

}  // namespace pitchblende::insight
