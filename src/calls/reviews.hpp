// Reviews: who can review a proposal, who was asked, what they wrote. For who runs the call, and for each reviewer his
// own alone.
//
// A Reviews borrows store, clock and registry; any thread. What stands here is secret (rule 13).
#pragma once

#include "calls/calls.hpp"
#include "calls/conflicts.hpp"
#include "calls/submitted.hpp"

namespace pitchblende::calls {

// A proposal as those see it who judge it: as it was submitted.
struct Judged {
  Call call;
  Proposal proposal;
  Receipt receipt;
  Submitted submitted;
};
struct Invitation {
  Candidate who;
  std::string due;  // a day; empty: the call's, where that is not past
};
// Under this name a review keeps where somebody works whom the registry does not know, in the words that were typed.
inline constexpr std::string_view k_review_place = "place";
// A review with what it is about.
struct Assigned {
  Review review;
  Judged judged;
};
// One that was sent: when, and the how manieth of its proposal it is, of how many that are wanted or were asked for.
struct Arrived {
  Assigned assigned;
  int64_t at = 0;
  int64_t number = 0;
  int64_t of = 0;
};

class Reviews {
 public:
  Reviews(store::Store& store, const Clock& clock) : m_store(store), m_clock(clock), m_registry(store) {}

  // Rule 12. Errors: CALLS_NO_PROPOSAL (also of one that was not submitted), CALLS_OWN.
  Result<Judged> judged(std::string_view ref, const By& by) const;
  // Rule 9: for each candidate what keeps him from reviewing it; empty: nothing that the pool knows.
  Result<std::vector<std::vector<Conflict>>> conflicts_of(const Judged& judged,
                                                          const std::vector<Candidate>& candidates) const;
  // Rules 9 and 10. `also` gets the secret of the link for the letter. Errors: those of judged(), CALLS_STILL_OPEN,
  // CALLS_RELEASED, CALLS_EMAIL, CALLS_WANTED, CALLS_DAY, CALLS_PAST, CALLS_CONFLICT, CALLS_INVITED.
  using AlsoLink = std::function<Result<void>(store::Transaction&, const Review&, std::string_view secret)>;
  Result<Review> invite(std::string_view ref, const Invitation& invitation, const By& by, const AlsoLink& also = {});
  // Errors: CALLS_NO_REVIEW, CALLS_STATE, CALLS_OWN.
  Result<void> withdraw(std::string_view review, const By& by, const Also& also = {});
  Result<std::vector<Review>> of_proposal(std::string_view ref, const By& by) const;
  Result<std::vector<Review>> of_call(int64_t call, const By& by) const;

  // Who has the link. Error: CALLS_LINK.
  Result<Assigned> by_link(std::string_view secret) const;
  // Of a link whose holder has answered: what he said, to lead him on. Error: CALLS_LINK.
  Result<Review> answered(std::string_view secret) const;
  // Accepted or declined. Errors: CALLS_LINK.
  Result<Review> answer(std::string_view secret, ReviewState to, const std::string& reason, const Also& also = {});

  // How many he has accepted and not sent yet, and the first day by which one is due.
  Result<std::pair<int64_t, std::string>> to_write(const By& by) const;
  // What he was asked to review, whatever he answered, without what it is about.
  Result<std::vector<Review>> asked_of(const By& by) const;
  // A reviewer's own: what he was asked and has not declined. The last first.
  Result<std::vector<Assigned>> mine(const By& by) const;
  // Error: CALLS_NO_REVIEW, also of one that he has not accepted.
  Result<Assigned> find(std::string_view review, const By& by) const;
  // Errors: CALLS_NO_REVIEW, CALLS_RELEASED, CALLS_TOO_LONG. One that was sent is a draft again until it is sent anew.
  Result<Kept> write(std::string_view review, const std::vector<Typed>& typed, const By& by);
  // What counts already arrives once. Errors: CALLS_NO_REVIEW, CALLS_RELEASED, or the first thing that is wrong with
  // it.
  using AlsoArrived = std::function<Result<void>(store::Transaction&, const Arrived&)>;
  Result<void> send(std::string_view review, const By& by, const AlsoArrived& also = {});

 private:
  store::Store& m_store;
  const Clock& m_clock;
  registry::Registry m_registry;
};

}  // namespace pitchblende::calls
