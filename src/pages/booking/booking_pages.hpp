// When instruments are free: find a slot, and the week of an instrument or a platform. Any thread.
//
// These pages say when something is taken, never by whom.
#pragma once

#include "pages/site.hpp"

namespace pitchblende::pages {

// /{lang}/slots?q=&minutes=&from=&days=
http::Answer slots_page(const Site& site, const http::Request& request, Language language);
// /{lang}/equipment/{id}/week?from= and /{lang}/platform/{id}/week?from=
http::Answer week_page(const Site& site, const http::Request& request, Language language, std::string_view kind,
                       std::string_view id);

// "2026-03-02" on the clock of Paris as a day; today when it is empty. Error: BOOKING_DAY.
Result<int64_t> asked_day(std::string_view text, int64_t now);
// "Monday 2 March 2026"
std::string day_words(int64_t day, const Words& words);
// "09:00 – 11:00" on that clock; "24:00" for the end of a day.
std::string time_words(const booking::Span& span, const booking::Zone& zone);

}  // namespace pitchblende::pages
