// A card before somebody who holds it: said to be right with one button, or corrected. By whatever door he came: a
// campaign's link, his account, a notice. Rules 1 to 10 and 25 of docs/rules/confirm.md. Any thread.
#pragma once

#include <functional>

#include "pages/confirm/card_form.hpp"

namespace pitchblende::pages {

struct HeldCard {
  Id card;
  access::Viewer viewer;  // what he sees of it, and may correct
  std::string here;       // its page; the form that says it is right goes there, corrections below it
  std::string lead;       // key of what the page says first
  std::string holder;     // whom it is for
};

// Who sees all that is kept of a card.
access::Viewer owner_of(Id card);

// Error: CONFIRM_GONE.
Result<http::Answer> held_page(const Site& site, const http::Request& request, Language language, const HeldCard& held,
                               const SentCard& sent);
// The form that was sent, done: its page again with what is wrong, or on to where `next` says.
using Correct = std::function<Result<confirm::Plan>(const std::vector<confirm::Edit>&, const std::string& word)>;
using Next = std::function<std::string(const confirm::Plan&)>;
Result<http::Answer> corrected(const Site& site, const http::Request& request, Language language, const HeldCard& held,
                               const Correct& correct, const Next& next);

}  // namespace pitchblende::pages
