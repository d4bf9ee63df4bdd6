// The form of a partnership: what stands in it, what of it is a draft, and what it is filled with beforehand. Functions
// of an immutable site; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pages/partnerships/partner_room.hpp"

namespace pitchblende::pages {

// What stands in the form.
struct TypedPartnership {
  partnerships::Draft draft;
  std::vector<Id> members = {};  // parties, people and areas, told apart by their kinds
  std::string amount = {};
  std::string find = {};
  std::string note = {};   // of a move
  std::string until = {};  // of a renewal
  std::string why = {};    // of a renewal: what happened
  Id card = {};            // that is taken over
  int64_t request = 0;     // with which it begins
};

TypedPartnership typed_partnership(const partnerships::Draft& draft);
TypedPartnership typed_partnership(const http::Form& form);
// What was looked for and is not there, as a party: that of the registry which has just this name, or the name.
// Error: the store's.
Result<void> add_sought(const Site& site, TypedPartnership& typed);
// What was typed as a draft: each member in its place by what it is. Errors: PARTNERSHIPS_AMOUNT, _MEMBER.
Result<partnerships::Draft> partnership_draft(const Site& site, const access::Viewer& viewer,
                                              const TypedPartnership& typed);
View form_view_of(const Site& site, const http::Request& request, const TypedPartnership& typed,
                  const std::string& action, const Words& words);

// What a new one begins with: `member`, `request` and `card` of the address.
Result<TypedPartnership> begun_with(const Site& site, const http::Request& request, const Words& words);
// The one that was begun already with that `request`, or `card`; 0: none.
Result<int64_t> begun_already(const Site& site, const http::Request& request);
// The card that is taken over, as its file tells it; nullopt: none that can be.
Result<std::optional<registry::Card>> card_to_take(const Site& site, const access::Viewer& viewer, Id id);
// At which stage it begins here: as its file says, or as these dates do.
partnerships::Stage stage_taken(const registry::Card& card, const partnerships::Draft& draft, const std::string& today);

}  // namespace pitchblende::pages
