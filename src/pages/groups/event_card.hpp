// On the card of an event that a group organises here: when it is, to the minute, and the way to its page. Any thread.
#pragma once

#include "pages/site.hpp"
#include "registry/card.hpp"

namespace pitchblende::pages {

// `body` has "ways" already.
Result<void> put_event_page(const Site& site, const http::Request& request, const registry::Card& card,
                            const Words& words, View& body);

}  // namespace pitchblende::pages
