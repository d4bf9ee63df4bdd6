// Forms and letters about a group's events. Functions of an immutable site; any thread.
#pragma once

#include "pages/groups/group_pages.hpp"

namespace pitchblende::pages {

// Of this group. Error: GROUPS_UNKNOWN.
Result<groups::Event> event_for(const Site& site, const GroupRoom& room, std::string_view number);

// Letters in the transaction of a change: to who has a place, waits or comes no more by it (`account` 0: nobody), and
// to those who move up.
Result<void> tell_seats(const Site& site, store::Transaction& transaction, const GroupRoom& room,
                        const groups::Event& event, const groups::Change& change, int64_t account);
// To all who come or wait: it is cancelled, or is at another time or place.
Result<void> tell_guests(const Site& site, store::Transaction& transaction, const GroupRoom& room,
                         const groups::Event& event, const std::vector<groups::Registration>& guests,
                         std::string_view kind);
// What identifiers of events end with in calendars.
std::string calendar_host(const Site& site);

// The list of all events, and the calendar.
void add_event_list(const Site& site, http::Router& router);
void add_event_forms(const Site& site, http::Router& router);

}  // namespace pitchblende::pages
