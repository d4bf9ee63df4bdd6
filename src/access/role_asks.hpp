// Roles that people ask for themselves, until somebody who could give them has answered. Part of the front door of
// access.
//
// A RoleAsks borrows the store; any thread. Who may answer is the caller's to ask (may_grant).
#pragma once

#include <string>
#include <vector>

#include "access/access_types.hpp"
#include "base/clock.hpp"
#include "store/store.hpp"

namespace pitchblende::access {

inline constexpr size_t k_longest_why = 1000;

struct RoleAsk {
  enum class State : uint8_t { asked, granted, declined, taken_back };
  int64_t id = 0;
  int64_t account = 0;
  std::string email;
  std::string language;
  Role role = Role::researcher;
  Id object;  // as it was asked for; 0: the whole consortium
  std::string why;
  std::string made;
  State state = State::asked;
  std::string judged;
};
std::string_view name(RoleAsk::State state);

class RoleAsks {
 public:
  RoleAsks(store::Store& store, const Clock& clock) : m_store(store), m_clock(clock) {}

  // Errors: ACCESS_OBJECT, ACCESS_KIND, ACCESS_WHY, ACCESS_ASKED, ACCESS_MANY_ASKS.
  Result<int64_t> ask(const Actor& actor, Role role, const Object& object, const std::string& why) const;
  // Those that wait, the oldest first.
  Result<std::vector<RoleAsk>> waiting() const;
  // His own, the newest first.
  Result<std::vector<RoleAsk>> of(int64_t account) const;
  // One that waits. Error: ACCESS_UNKNOWN.
  Result<RoleAsk> find(int64_t ask) const;
  // Belongs into the transaction of what follows from it. Error: ACCESS_UNKNOWN: it waits no longer.
  Result<void> judge(store::Transaction& transaction, int64_t ask, RoleAsk::State state, int64_t by) const;
  // His own, before it was answered. Error: ACCESS_UNKNOWN.
  Result<void> take_back(int64_t account, int64_t ask) const;
  // Rule 16: what was answered a year ago.
  Result<void> forget_old(store::Transaction& transaction) const;

 private:
  Result<std::vector<RoleAsk>> read(std::string_view where, int64_t number) const;

  store::Store& m_store;
  const Clock& m_clock;
};

}  // namespace pitchblende::access
