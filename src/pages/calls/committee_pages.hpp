// What the pages of a committee share: its sheet, with what somebody typed in vain. Functions of an immutable site.
#pragma once

#include "pages/calls/calls_room.hpp"

namespace pitchblende::pages {

Result<calls::Sheet> committee_sheet(const Site& site, const http::Request& request, std::string_view number);

// What was sent and not taken: a form of the sheet, or one of the announcement.
struct SentToCommittee {
  const http::Form* sheet = nullptr;
  const http::Form* announcement = nullptr;
};
http::Answer committee_page(const Site& site, const http::Request& request, Language language,
                            const calls::Sheet& sheet, const SentToCommittee& sent,
                            const std::optional<Error>& problem);

}  // namespace pitchblende::pages
