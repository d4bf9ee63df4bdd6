// What booking's tests share: a store of either kind with the program's own tables, a clock that stands, an instrument.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "../tests/either_store.hpp"
#include "booking/booking.hpp"
#include "booking/booking_rules.hpp"
#include "booking/errors.hpp"
#include "booking/local_time.hpp"
#include "booking/trainings.hpp"

namespace pitchblende::booking {

inline const Zone& paris() {
  static const Zone k_paris = Zone::named(k_home_zone).value();
  return k_paris;
}
// "2026-03-02T09:00" in Paris.
inline int64_t at(std::string_view text) { return paris().utc(read_local(text).value()).first; }
inline Span span(std::string_view from, std::string_view to) { return {at(from), at(to)}; }
inline int64_t day(std::string_view text) { return read_day(text).value(); }
inline FixedClock clock_at(std::string_view text) {
  return FixedClock(std::chrono::system_clock::time_point(std::chrono::seconds(at(text))));
}

// Monday to Friday, 8 to 20, half hours.
inline Terms workdays(Id instrument) {
  Terms terms;
  terms.instrument = instrument;
  for (int weekday = 0; weekday < 5; ++weekday) {
    terms.hours.push_back({weekday, 8 * 60, 20 * 60});
  }
  return terms;
}
inline Terms round_the_clock(Id instrument) {
  Terms terms;
  terms.instrument = instrument;
  for (int weekday = 0; weekday < 7; ++weekday) {
    terms.hours.push_back({weekday, 0, 1440});
  }
  return terms;
}

template <typename T>
std::string code_of(const Result<T>& result) {
  return result ? "" : result.error().kind().code;
}

class BookingTest : public tests::EitherStoreTest {
 protected:
  void SetUp() override {
    EitherStoreTest::SetUp();
    if (!IsSkipped()) {
      reopen();
    }
  }
  void reopen() {
    m_booking.reset();
    open_store();
    auto booking = Booking::open(*m_store, m_clock);
    ASSERT_TRUE(booking) << booking.error().message();
    m_booking = std::move(*booking);
  }
  Booking& booking() { return *m_booking; }
  Trainings trainings() { return {*m_store, m_clock}; }
  void set(const Terms& terms) {
    const Result<void> done = booking().set_terms(terms, k_chief);
    ASSERT_TRUE(done) << done.error().message();
  }

  static constexpr Id k_microscope{7};
  static constexpr By k_camille{1, false};
  static constexpr By k_dominique{2, false};
  static constexpr By k_chief{9, true};
  FixedClock m_clock = clock_at("2026-03-02T07:00");  // a Monday
  std::unique_ptr<Booking> m_booking;
};

}  // namespace pitchblende::booking
