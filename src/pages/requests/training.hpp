// A training that is asked for by a request: who grants it there, what who asked sees of it on the instrument's pages.
// Rule 23 of docs/rules/requests.md. Functions of an immutable site; any thread.
#pragma once

#include <optional>

#include "pages/requests/conversation.hpp"

namespace pitchblende::pages {

// What he may grant in this conversation, if anything.
Result<std::optional<Granting>> granting_in(const Site& site, const access::Actor& actor, const requests::Case& found);
// The same of somebody who is not here: by the link of a letter.
Result<std::optional<Granting>> granting_in(const Site& site, int64_t account, const requests::Case& found);

// Grants it and closes the request. Errors: BOOKING_DAY, BOOKING_PERIOD, BOOKING_NOT_YOURS; those of
// Requests::fulfil().
Result<void> train_there(const Site& site, const Conversation& here, const http::Form& form,
                         const requests::Voice& voice);

// His last request for a training on that instrument that he did not take back.
Result<std::optional<requests::Case>> training_asked(const Site& site, const access::Actor& actor, Id instrument);
// "You asked for this training on 2 March 2026: it waits for an answer."
std::string asked_words(const requests::Case& asked, const Words& words);

}  // namespace pitchblende::pages
