// Calls for proposals, for those who apply, review, run them, and for everybody. Functions of an immutable site; any
// thread. The site has an entrance.
#pragma once

#include "pages/site.hpp"

namespace pitchblende::pages {

void add_calls(const Site& site, http::Router& router);

// What waits for those who write, review and run calls. `calling` outlives it.
access::TaskSource calls_tasks(const Calling& calling);
// Proposals that he writes, reviews that he has accepted.
access::RoomSource calls_room(const Calling& calling);

// Whether he writes for a call, whatever else he is: who was asked to review is not shown to him anywhere (rules 12 and
// 13 of calls).
Result<bool> applies_somewhere(const Site& site, const access::Actor& actor);

}  // namespace pitchblende::pages
