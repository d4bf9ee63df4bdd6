// Who was trained on which instrument: granted by who looks after it. Rule 8 of docs/rules/booking.md.
//
// A Trainings borrows the store; any thread.
#pragma once

#include <functional>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "booking/booking_types.hpp"
#include "store/store.hpp"

namespace pitchblende::booking {

class Trainings {
 public:
  // What belongs into the same transaction: a letter, the audit log.
  using Also = std::function<Result<void>(store::Transaction&)>;

  Trainings(store::Store& store, const Clock& clock) : m_store(store), m_clock(clock) {}

  // Errors: BOOKING_NOT_YOURS, BOOKING_PERIOD, BOOKING_NOT_HERE.
  Result<void> grant(const Training& training, const By& by, const Also& also = {});
  // The same within another's transaction.
  Result<void> grant(store::Transaction& transaction, const Training& training, const By& by) const;
  // Yesterday was its last day. Errors: BOOKING_NOT_YOURS, BOOKING_NO_TRAINING.
  Result<void> end(const Training& training, const By& by, const Also& also = {});
  Result<std::vector<Training>> on(Id instrument) const;
  Result<std::vector<Training>> of(int64_t account) const;

 private:
  store::Store& m_store;
  const Clock& m_clock;
};

}  // namespace pitchblende::booking
