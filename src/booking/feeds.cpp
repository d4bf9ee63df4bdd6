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

// `where`: of one column, and the value that it has.
Result<std::vector<Feed>> feeds_where(Connection& connection, const std::string& where, const store::Param& value) {
  std::vector<Feed> feeds;
  TRY(connection.query("SELECT id, account, instrument, made FROM calendar_feed WHERE " + where + " = ? ORDER BY id",
                       {value}, [&](const Row& row) {
                         feeds.push_back({row.integer(0), row.integer(1), Id(static_cast<uint64_t>(row.integer(2))),
                                          std::string(row.text(3))});
                       }));
  return feeds;
}

Result<Feed> one_where(Connection& connection, const std::string& where, const store::Param& value) {
  TRY_ASSIGN(const std::vector<Feed> found, feeds_where(connection, where, value));
  if (found.empty()) {
    return fail(errors::feed);
  }
  return found.front();
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
  TRY_ASSIGN(std::vector<Feed> feeds,
             m_store.read([&](Connection& connection) { return feeds_where(connection, "account", account); }));
  std::erase_if(feeds, [](const Feed& feed) { return feed.instrument != Id(); });
  return feeds;
}

Result<std::vector<Feed>> Feeds::of_instrument(Id instrument) const {
  return m_store.read([&](Connection& connection) {
    return feeds_where(connection, "instrument", static_cast<int64_t>(instrument.bits()));
  });
}

Result<Feed> Feeds::feed(int64_t feed) const {
  return m_store.read([&](Connection& connection) { return one_where(connection, "id", feed); });
}

Result<void> Feeds::revoke(int64_t feed, const By& by) {
  return m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(const Feed found, one_where(transaction, "id", feed));
    if (found.account != by.account && (found.instrument == Id() || !by.looks_after)) {
      return fail(errors::feed);
    }
    TRY(transaction.execute("DELETE FROM calendar_feed WHERE id = ?", {feed}));
    return {};
  });
}

Result<std::string> Feeds::read(std::string_view secret, const FeedWords& words, const LooksAfter& looks_after) const {
  const int64_t now = std::chrono::duration_cast<std::chrono::seconds>(m_clock.now().time_since_epoch()).count();
  const std::string hash = hashed(secret);
  TRY_ASSIGN(const Feed owner, m_store.read([&](Connection& connection) {
    return one_where(connection, "token_hash", std::string_view(hash));
  }));
  const bool is_own = owner.instrument == Id();
  if (!is_own) {
    TRY_ASSIGN(const bool may, looks_after(owner.account, owner.instrument));
    if (!may) {
      return fail(errors::feed);
    }
  }
  return m_store.read([&](Connection& connection) -> Result<std::string> {
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
