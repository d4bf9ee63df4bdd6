// The committee's sheet: proposals in their order with scores and money, a line that moves, outcomes, and the day on
// which they are told.
//
// A Committee borrows the store and the clock; any thread. What stands here is secret until the call is released.
#pragma once

#include "calls/calls.hpp"
#include "calls/submitted.hpp"

namespace pitchblende::calls {

struct Score {
  std::string reviewer;
  int64_t hundredths = 0;
};
struct SheetRow {
  Proposal proposal;
  Submitted submitted;
  int64_t asked = 0;
  int64_t so_far = 0;  // asked by this one and those before it
  std::vector<Score> scores;
  int64_t waiting = 0;                // reviews that were accepted and not sent, or not answered yet
  std::optional<int64_t> hundredths;  // mean of the scores
  Verdict verdict;
  bool above = false;  // of the line
};
struct Sheet {
  Call call;
  std::vector<SheetRow> rows;  // in their order: by place, then by score, the best first
  int64_t above = 0;           // asked by those above the line
  int64_t granted = 0;         // to those that are funded
};
// More granted than what a proposal asks, than what the call gives for one, or than it gives in all.
enum class Bound : uint8_t { asked, most, money };
struct Overrun {
  Bound bound = Bound::asked;
  std::string ref;  // of the proposal; of Bound::money empty
  int64_t granted = 0;
  int64_t limit = 0;
};
// Rule 11: in the order of the sheet, the sum last. Pure.
std::vector<Overrun> overruns(const Sheet& sheet);

// What somebody sets, of one proposal.
struct Placed {
  std::string ref;
  Verdict verdict;
};
struct Setting {
  int64_t revision = 0;  // of the sheet that he saw
  int64_t line = 0;
  std::vector<Placed> placed;
};

// What one is told who applied.
struct Told {
  Proposal proposal;
  Submitted submitted;
  Verdict verdict;
  std::string to_all = {};  // whose outcome is as his
};
// What is said to all when results are announced: to those that are funded, to the others.
struct Announcement {
  bool overgranted = false;  // it is meant to grant more than there is
  std::string to_funded = {};
  std::string to_others = {};
};

class Committee {
 public:
  Committee(store::Store& store, const Clock& clock) : m_store(store), m_clock(clock) {}

  // Errors: CALLS_UNKNOWN, CALLS_OWN.
  Result<Sheet> sheet(int64_t call, const By& by) const;
  // The same, and CALLS_CHANGED, CALLS_RELEASED, CALLS_STILL_OPEN, CALLS_NO_PROPOSAL.
  Result<void> set(int64_t call, const Setting& setting, const By& by, const Also& also = {});
  // Rule 14: from now on outcomes are known. Errors: those of set(), CALLS_UNDECIDED; CALLS_OVERGRANTED where more is
  // granted than there is, unless somebody says that it is meant; CALLS_TOO_LONG.
  Result<void> announce(int64_t call, const By& by, const Announcement& said = {}, const Also& also = {});
  // Of a released call: who is to be written, in pieces that may be taken up again.
  Result<std::vector<Told>> untold(int64_t call) const;
  using AlsoTold = std::function<Result<void>(store::Transaction&, const Told&)>;
  Result<void> tell(const Told& told, const AlsoTold& also);
  // What everybody may know of a released call: those that are funded, by their titles, without editors and drafts.
  Result<std::vector<Told>> laureates(int64_t call) const;

 private:
  store::Store& m_store;
  const Clock& m_clock;
};

// The order of the sheet; sums and the line. Pure.
void arrange(Sheet& sheet);

}  // namespace pitchblende::calls
