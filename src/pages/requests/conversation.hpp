// One conversation as who answers it has it before him: signed in, or by the link of a letter. Functions of an
// immutable site; any thread.
#pragma once

#include <functional>

#include "booking/booking_types.hpp"
#include "pages/requests/request_letters.hpp"

namespace pitchblende::pages {

// A training that can be granted here.
struct Granting {
  Id instrument;
  booking::By by;
};

struct Conversation {
  requests::Case found;
  std::string path;  // below the language
  bool is_staff = false;
  bool forwards = false;
  // Whether it is still his, asked within the transaction of what he does; none: it is.
  std::function<Result<void>(store::Transaction&, const requests::Thread& now)> holds = {};
  // Rule 21: only shown.
  bool closed = false;
  // Of whose letter the link is, and until when it opens; empty: he is signed in.
  std::string holder = {};
  // Links of letters that he may take back.
  bool takes_back = false;
  // Rule 23; none: it is about no training, is closed, or is not his to grant.
  std::optional<Granting> grants = {};
};

// What somebody typed into which form of the page.
struct Unsent {
  std::string text = {};    // a message
  std::string reason = {};  // of an answer
  std::string note = {};    // to whom it is forwarded
  std::string find = {};
  std::string until = {};  // the last day of a training
};
Unsent unsent_in(const http::Form& form);

Result<http::Answer> conversation_page(const Site& site, const http::Request& request, Language language,
                                       const Conversation& here, const Unsent& unsent, const Said& said);

// What a form of the page asks for. Errors: those of Requests::write() and answer(), REQUESTS_LETTER_CLOSED.
using Act = Result<void> (*)(const Site&, const Conversation&, const http::Form&, const requests::Voice&);
Result<void> write_there(const Site& site, const Conversation& here, const http::Form& form,
                         const requests::Voice& voice);
Result<void> answer_there(const Site& site, const Conversation& here, const http::Form& form,
                          const requests::Voice& voice);

}  // namespace pitchblende::pages
