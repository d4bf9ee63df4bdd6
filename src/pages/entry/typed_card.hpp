// What somebody typed into the form of a card, by the marks that the form itself carries: the card may be gone. Pure,
// any thread.
#pragma once

#include <string>
#include <vector>

#include "http/form.hpp"
#include "pages/words.hpp"

namespace pitchblende::pages {

struct TypedWord {
  std::string label;
  std::string text;
};

bool is_card_form(const http::Form& form);
// Of places that were changed alone; what was emptied is said by a dash.
std::vector<TypedWord> typed_in_card(const http::Form& form, const Words& words);

}  // namespace pitchblende::pages
