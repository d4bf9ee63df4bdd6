#include "booking/trainings.hpp"

#include "booking/booking_store.hpp"
#include "booking/errors.hpp"
#include "booking/local_time.hpp"

namespace pitchblende::booking {

using store::Connection;
using store::Transaction;

Result<void> Trainings::grant(const Training& training, const By& by, const Also& also) {
  return m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY(grant(transaction, training, by));
    return also ? also(transaction) : Result<void>();
  });
}

Result<void> Trainings::grant(Transaction& transaction, const Training& training, const By& by) const {
  if (!by.looks_after) {
    return fail(errors::not_yours);
  }
  if (training.last_day && *training.last_day < training.first_day) {
    return fail(errors::period, day_text(*training.last_day), day_text(training.first_day));
  }
  TRY_ASSIGN(const auto terms, rows::terms(transaction, training.instrument));
  if (!terms) {
    return fail(errors::not_here);
  }
  return rows::put_training(transaction, training, m_clock.now_text(), by.account);
}

Result<void> Trainings::end(const Training& training, const By& by, const Also& also) {
  if (!by.looks_after) {
    return fail(errors::not_yours);
  }
  const int64_t yesterday = read_day(m_clock.today()).value_or(0) - 1;
  return m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(const bool was_there, rows::end_training(transaction, training, yesterday));
    if (!was_there) {
      return fail(errors::no_training);
    }
    return also ? also(transaction) : Result<void>();
  });
}

Result<std::vector<Training>> Trainings::on(Id instrument) const {
  return m_store.read([&](Connection& connection) { return rows::trainings_on(connection, instrument); });
}

Result<std::vector<Training>> Trainings::of(int64_t account) const {
  return m_store.read([&](Connection& connection) { return rows::trainings_of(connection, account); });
}

}  // namespace pitchblende::booking
