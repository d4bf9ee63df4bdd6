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

}  // namespace pitchblende::pages
