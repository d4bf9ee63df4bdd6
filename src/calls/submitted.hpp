// What was submitted, as one text that is hashed and kept for good, and read back for reviewers and the committee.
// Pure, any thread.
#pragma once

#include "calls/calls_types.hpp"

namespace pitchblende::calls {

struct Submitted {
  Texts texts;
  std::vector<Party> parties;
};
// A file that goes with it.
struct SubmittedFile {
  std::string name;
  std::string hash;
  int64_t bytes = 0;
};
// JSON, members always in the same order.
std::string submission_text(const Call& call, const Proposal& proposal, const std::vector<SubmittedFile>& files,
                            const Receipt& receipt);
// Of a text that submission_text() made; what is not in it is empty.
Submitted read_submission(std::string_view content);

// What files hang on: of the draft on the proposal's number, of a submission on this.
inline constexpr std::string_view k_draft_files = "calls";
inline constexpr std::string_view k_submitted_files = "calls_submitted";
inline int64_t files_number(int64_t proposal, int64_t submission) { return proposal * 10'000 + submission; }

}  // namespace pitchblende::calls
