// Partnerships from the first contact to the end. Front door of partnerships.
//
// A Partnerships reads and writes the store that it borrows; any thread. Who may run them is the policy's to say: it
// comes as a By. The rules have numbers in docs/rules/partnerships.md.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "partnerships/partnerships_types.hpp"
#include "store/store.hpp"

namespace pitchblende::partnerships {

// What belongs into the transaction of a change: the audit log.
using Also = std::function<Result<void>(store::Transaction&, const Partnership&)>;

class Partnerships {
 public:
  Partnerships(store::Store& store, const Clock& clock) : m_store(store), m_clock(clock) {}

  // `request`: with which it begins; 0: none. Errors: those of judge_draft, PARTNERSHIPS_NOT_YOURS, PARTNERSHIPS_BEGUN.
  Result<Partnership> add(const Draft& draft, const By& by, const Also& also = {}, int64_t request = 0);
  // What a file tells of, at the stage that it is at. Errors: the same, those of judge_whole, PARTNERSHIPS_TAKEN.
  Result<Partnership> take_over(const Taken& taken, const Draft& draft, const By& by, const Also& also = {});
  // Those of add, and PARTNERSHIPS_UNKNOWN, PARTNERSHIPS_CHANGED.
  Result<Partnership> edit(const Seen& seen, const Draft& draft, const By& by, const Also& also = {});
  // Ended, its last day is today unless it was before. Errors: those of judge_move, the same.
  Result<Partnership> move(const Seen& seen, Stage to, const std::string& note, const By& by, const Also& also = {});
  // To a later end; its history keeps the period that it had. Errors: those of judge_renewal, the same.
  Result<Partnership> renew(const Seen& seen, const std::string& ends, const std::string& note, const By& by,
                            const Also& also = {});

  // Error: PARTNERSHIPS_UNKNOWN.
  Result<Partnership> one(int64_t id) const;
  // The number of the one that took over that card; 0: none.
  Result<int64_t> standing_for(Id card) const;
  // The number of the one that was begun with that request, and with which request one was begun; 0: none.
  Result<int64_t> begun_with(int64_t request) const;
  Result<int64_t> request_of(int64_t id) const;
  // Those that somebody runs, the same way.
  Result<std::vector<Partnership>> run_by(Id person) const;
  // Those that changed last first.
  Result<std::vector<Partnership>> all() const;
  // The oldest first.
  Result<std::vector<Event>> events(int64_t id) const;

 private:
  Result<Partnership> begun(store::Transaction& transaction, const Taken& taken, const Draft& draft, const By& by,
                            const Also& also) const;

  store::Store& m_store;
  const Clock& m_clock;
};

}  // namespace pitchblende::partnerships
