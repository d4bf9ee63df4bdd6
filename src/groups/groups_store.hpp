// The groups' tables. Functions of a connection or transaction, on its thread. Inside the slice only.
#pragma once

#include <optional>
#include <vector>

#include "groups/groups_types.hpp"
#include "store/store.hpp"

namespace pitchblende::groups::rows {

// Who changes something, and when.
struct Hand {
  int64_t account = 0;
  std::string now;
};

Result<std::optional<Presentation>> presentation(store::Connection& db, Id group);
Result<void> put(store::Transaction& db, Id group, const Presentation& presentation, const Hand& hand);

Result<std::vector<Member>> members(store::Connection& db, Id group);
Result<void> put(store::Transaction& db, Id group, const Member& member, const Hand& hand);
Result<void> forget_member(store::Transaction& db, Id group, Id person);

// The newest first; those that are withdrawn too.
Result<std::vector<News>> news_of(store::Connection& db, Id group, int64_t limit);
Result<std::optional<News>> news(store::Connection& db, int64_t id);
// A new one (id 0) gets a number. The answer: it.
Result<int64_t> put(store::Transaction& db, const News& news, const Hand& hand);

// Those that end after that moment, by begin.
Result<std::vector<Event>> events_of(store::Connection& db, Id group, int64_t after);
Result<std::optional<Event>> event(store::Connection& db, int64_t id);
Result<int64_t> put(store::Transaction& db, const Event& event, const Hand& hand);
// Nobody else registers for it until this transaction ends.
Result<void> hold(store::Transaction& db, int64_t event);

Result<std::vector<Registration>> registrations(store::Connection& db, int64_t event);
Result<std::vector<Registration>> registrations_of(store::Connection& db, int64_t account);
Result<std::vector<Event>> coming(store::Connection& db, int64_t account, int64_t after);
Result<std::vector<Id>> groups_of(store::Connection& db, Id person);
Result<void> put(store::Transaction& db, const Registration& registration, const std::string& now);

}  // namespace pitchblende::groups::rows
