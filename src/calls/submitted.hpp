// What was submitted, as one text that is hashed and kept for good, and read back for reviewers and the committee.
// Pure, any thread.
#pragma once

#include "calls/calls_types.hpp"

namespace pitchblende::calls {

struct Submitted {
  Texts texts;
  std::vector<Party> parties;
};
// JSON, members always in the same order.
std::string submission_text(const Call& call, const Proposal& proposal, const Receipt& receipt);
// Of a text that submission_text() made; what is not in it is empty.
Submitted read_submission(std::string_view content);

}  // namespace pitchblende::calls
