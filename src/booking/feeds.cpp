#include "booking/feeds.hpp"

#include <chrono>

#include "base/secret.hpp"
#include "booking/booking_store.hpp"
#include "booking/calendar/feed.hpp"
#include "booking/errors.hpp"

namespace pitchblende::booking {

namespace {

using store::Connection;
using store::Row;
using store::Transaction;

constexpr int64_t k_back = 31 * k_day;
constexpr int64_t k_ahead = 5 * 366 * k_day;

std::string hashed(std::string_view secret) { return hash256_hex(secret, "booking calendar feed"); }

struct Owner {
  int64_t account = 0;
  Id instrument;
};

Result<Owner> owner_of(Connection& connection, std::string_view secret) {
  std::optional<Owner> found;
  TRY(connection.query("SELECT account, instrument FROM calendar_feed WHERE token_hash = ?", {hashed(secret)},
                       [&](const Row& row) {
                         found = Owner{row.integer(0), Id(static_cast<uint64_t>(row.integer(1)))};
                       }));
  if (!found) {
    return fail(errors::feed);
  }
  return *found;
}

}  // namespace

// Rule 16.
Result<std::string> Feeds::make(Id instrument, const By& by) {
  if (by.account == 0 || (instrument != Id() && !by.looks_after)) {
    return fail(errors::not_yours);
  }
  std::string secret = random_secret();
  TRY(m_store.write([&](Transaction& transaction) {
    return transaction.execute(
        "INSERT INTO calendar_feed (id, token_hash, account, instrument, made) "
        "SELECT coalesce(max(id), 0) + 1, ?, ?, ?, ? FROM calendar_feed",
        {hashed(secret), by.account, static_cast<int64_t>(instrument.bits()), m_clock.now_text()});
  }));
  return secret;
}

Result<std::vector<Feed>> Feeds::of_account(int64_t account) const {
  return m_store.read([&](Connection& connection) -> Result<std::vector<Feed>> {
    std::vector<Feed> feeds;
    TRY(connection.query(
        "SELECT id, instrument, made FROM calendar_feed WHERE account = ? ORDER BY id", {account}, [&](const Row& row) {
          feeds.push_back({row.integer(0), Id(static_cast<uint64_t>(row.integer(1))), std::string(row.text(2))});
        }));
    return feeds;
  });
}

Result<void> Feeds::revoke(int64_t feed, int64_t account) {
  return m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(const int64_t gone,
               transaction.execute("DELETE FROM calendar_feed WHERE id = ? AND account = ?", {feed, account}));
    if (gone == 0) {
      return fail(errors::feed);
    }
    return {};
  });
}

Result<std::string> Feeds::read(std::string_view secret, const FeedWords& words) const {
  const int64_t now = std::chrono::duration_cast<std::chrono::seconds>(m_clock.now().time_since_epoch()).count();
  return m_store.read([&](Connection& connection) -> Result<std::string> {
    TRY_ASSIGN(const Owner owner, owner_of(connection, secret));
    const bool is_own = owner.instrument == Id();
    std::vector<Held> bookings;
    if (is_own) {
      TRY_ASSIGN(bookings, rows::of_account(connection, owner.account, now - k_back));
    } else {
      TRY_ASSIGN(bookings, rows::of_instrument(connection, owner.instrument, {now - k_back, now + k_ahead}));
    }
    std::vector<calendar::FeedEvent> events;
    for (Held& held : bookings) {
      if (!is_own) {
        held.purpose.clear();
      }
      const std::string summary = is_own ? words.name_of(held.instrument) : words.taken;
      events.push_back({std::move(held), summary});
    }
    return calendar::write_feed(is_own ? words.mine : words.name_of(owner.instrument), events, now);
  });
}

}  // namespace pitchblende::booking
