// A proposal as its editors see it: the form with what is written, what is wrong and what is missing. Functions of an
// immutable site; any thread.
#pragma once

#include "pages/calls/calls_room.hpp"

namespace pitchblende::pages {

struct ProposalShown {
  calls::Call call;
  calls::Proposal proposal;
};
Result<View> proposal_view(const Site& site, const http::Request& request, const ProposalShown& shown, const Sent& sent,
                           const Words& words);
// Label of a text by its name, for lists of what is missing.
std::string proposal_label(const calls::Plan& plan, const std::string& name, const Words& words);

}  // namespace pitchblende::pages
