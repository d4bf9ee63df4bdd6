// When instruments are free: find a slot, the day and the week of an instrument or a platform. Any thread.
//
// These pages say when something is taken; by whom, to who looks after the instrument alone.
#pragma once

#include "pages/site.hpp"

namespace pitchblende::pages {

// /{lang}/slots?q=&minutes=&from=&days=
http::Answer slots_page(const Site& site, const http::Request& request, Language language);

enum class Shown : uint8_t { day, week };
// /{lang}/equipment/{id}/week?from= and /{lang}/platform/{id}/week?from=; /day the same
http::Answer times_page(const Site& site, const http::Request& request, Language language, std::string_view kind,
                        std::string_view id, Shown shown);

// Routes of these pages: they need no entrance.
void add_times(const Site& site, http::Router& router);

// What the page of an instrument or a platform offers: to book it, its week, its day, others like it; to who looks
// after it, its bookings. Of anything else, and where nobody said when it is free, nothing.
Result<Views> booking_links(const Site& site, const registry::Card& card, const access::Actor& actor,
                            const Words& words);

Result<std::vector<Id>> instruments_of_platform(const Site& site, Id platform, const access::Viewer& viewer);

// "2026-03-02" on the clock of Paris as a day; today when it is empty. Error: BOOKING_DAY.
Result<int64_t> asked_day(std::string_view text, int64_t now);

}  // namespace pitchblende::pages
