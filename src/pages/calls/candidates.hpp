// Who can review a proposal: proposed by their works or sought by name, each with what keeps him from it, the address
// that is known and the language of his letter. Functions of an immutable site; any thread.
#pragma once

#include "pages/calls/calls_room.hpp"

namespace pitchblende::pages {

// Who was asked already, and what was sent in vain.
struct ReviewersAsked {
  const std::vector<calls::Review>& reviews;
  const http::Form* typed = nullptr;
};
// Into the view of a proposal that is judged: `free`, `bound`, `find`.
Result<void> put_candidates(const Site& site, const http::Request& request, const calls::Judged& judged,
                            const ReviewersAsked& asking, const Words& words, View& body);

// The address on somebody's card, and whether this reader may see it.
struct KnownAddress {
  std::string email;  // empty: none, or he wants no letters
  bool is_seen = false;
};
Result<KnownAddress> known_address(const Site& site, const access::Viewer& viewer, Id person);
// "français", "English", that one chosen.
Views letter_languages(std::string_view chosen, const Words& words);

}  // namespace pitchblende::pages
