// Calls for proposals: drafted, published, changed, found. Front door of calls; proposals.hpp, reviews.hpp and
// committee.hpp are the doors of what follows.
//
// A Calls reads and writes the store that it borrows; any thread. Who may run calls is the policy's to say: it comes as
// a By. The rules have numbers in docs/rules/calls.md.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "calls/calls_types.hpp"
#include "store/store.hpp"

namespace pitchblende::calls {

// What belongs into the transaction of a change: letters, the audit log.
using Also = std::function<Result<void>(store::Transaction&)>;
using AlsoCall = std::function<Result<void>(store::Transaction&, const Call&)>;

class Calls {
 public:
  Calls(store::Store& store, const Clock& clock) : m_store(store), m_clock(clock) {}

  // The last to close first; drafts for who runs calls alone.
  Result<std::vector<Call>> all(const By& by) const;
  // Error: CALLS_UNKNOWN; a draft is unknown to all but who runs calls.
  Result<Call> find(int64_t call, const By& by) const;
  // The new draft's number; the national bodies of today are its parents that do not count (rule 9).
  Result<int64_t> begin(const By& by, const Also& also = {});
  // Rules 2 to 4. What could not be kept because somebody else wrote there is in the answer. Errors: CALLS_UNKNOWN,
  // CALLS_FROZEN, CALLS_TOO_LONG; of a call that is published what is wrong with it, and CALLS_PAST.
  Result<Kept> write(int64_t call, const std::vector<Typed>& typed, const By& by, const AlsoCall& also = {});
  // Errors: CALLS_UNKNOWN, CALLS_STATE, and the first thing that is wrong with it.
  Result<Call> publish(int64_t call, const By& by, const AlsoCall& also = {});

  // Rule 2: a draft is no more. Errors: CALLS_UNKNOWN, CALLS_STATE: it is published, or somebody else's.
  Result<void> drop(int64_t call, const By& by, const Also& also = {});

  // Rule 12: who applies to a call does not run it. Error: CALLS_OWN.
  Result<void> judge_running(int64_t call, const By& by) const;
  int64_t now() const;

 private:
  store::Store& m_store;
  const Clock& m_clock;
};

// Seconds of UTC since 1970.
int64_t seconds_of(const Clock& clock);
// Ten random characters for an address that nobody guesses.
std::string random_ref();
// Error: CALLS_TOO_LONG.
Result<void> judge_lengths(const std::vector<Typed>& typed);

}  // namespace pitchblende::calls
