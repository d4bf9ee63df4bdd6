// Secret addresses under which a calendar program reads bookings: one's own, or an instrument's without names.
//
// The store has hashes alone: an address that is lost is made anew, the old one revoked. A Feeds borrows the store; any
// thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "booking/booking_types.hpp"
#include "store/store.hpp"

namespace pitchblende::booking {

struct Feed {
  int64_t id = 0;
  int64_t account = 0;  // who made it
  Id instrument;        // 0: his own bookings
  std::string made;
};

// How the calendar names things, in its reader's language.
struct FeedWords {
  std::function<std::string(Id instrument)> name_of;
  std::string mine;   // title of one's own bookings
  std::string taken;  // what an instrument's calendar says of each
};

class Feeds {
 public:
  Feeds(store::Store& store, const Clock& clock) : m_store(store), m_clock(clock) {}

  // The secret that its address ends with, seen this once: 64 hex digits. `instrument` 0: one's own bookings.
  // Error: BOOKING_NOT_YOURS: an instrument's is made by who looks after it.
  Result<std::string> make(Id instrument, const By& by);
  // His own bookings'.
  Result<std::vector<Feed>> of_account(int64_t account) const;
  // Whoever made them.
  Result<std::vector<Feed>> of_instrument(Id instrument) const;
  // Error: BOOKING_FEED.
  Result<Feed> feed(int64_t feed) const;
  // Errors: BOOKING_FEED: neither his own nor of an instrument that he looks after.
  Result<void> revoke(int64_t feed, const By& by);
  // Whether who made an instrument's address looks after it today.
  using LooksAfter = std::function<Result<bool>(int64_t account, Id instrument)>;
  // The calendar: from 31 days ago on. Error: BOOKING_FEED.
  Result<std::string> read(std::string_view secret, const FeedWords& words, const LooksAfter& looks_after) const;

 private:
  store::Store& m_store;
  const Clock& m_clock;
};

}  // namespace pitchblende::booking
