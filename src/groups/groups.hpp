// A key area's or working group's own site: what it says, who is in it, what it organises. Front door of groups.
//
// A Groups reads and writes the store that it borrows, and publishes its events through the pool; any thread. Who leads
// a group is the policy's to say: it comes as a By. The rules have numbers in docs/rules/groups.md.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "groups/groups_types.hpp"
#include "pool/pool.hpp"
#include "store/store.hpp"

namespace pitchblende::groups {

// What a change did, for what belongs into its transaction: letters, the audit log.
struct Change {
  int64_t number = 0;             // of the news or event
  Seat seat = Seat::registered;   // what he has now
  std::vector<int64_t> moved_up;  // accounts that waited and have a place now
};
using Also = std::function<Result<void>(store::Transaction&, const Change&)>;

class Groups {
 public:
  Groups(store::Store& store, const Clock& clock, pool::Pool& pool) : m_store(store), m_clock(clock), m_pool(pool) {}

  // Empty where nobody wrote one.
  Result<Presentation> presentation(Id group) const;
  // Errors: GROUPS_NOT_YOURS, those of groups_rules.hpp; GROUPS_CHANGED: `revision` is not the stored one.
  Result<void> set_presentation(Id group, const Presentation& presentation, const By& by, const Also& also = {});

  // All whom its leader has decided on.
  Result<std::vector<Member>> members(Id group) const;
  // nullopt: nobody has decided on him any more. Error: GROUPS_NOT_YOURS.
  Result<void> decide(Id group, Id person, std::optional<Decided> decided, const By& by, const Also& also = {});

  Result<std::vector<News>> news_of(Id group, int64_t limit) const;
  // Error: GROUPS_UNKNOWN.
  Result<News> news(int64_t id) const;
  // The answer: its number. Errors as of set_presentation(), GROUPS_UNKNOWN.
  Result<int64_t> put(const News& news, const By& by, const Also& also = {});

  Result<std::vector<Event>> events_of(Id group, int64_t after) const;
  Result<Event> event(int64_t id) const;
  // The same; more places let people move up. It is published as an event of the registry, or taken back.
  Result<int64_t> put(const Event& event, const By& by, const Also& also = {});

  Result<std::vector<Registration>> registrations(int64_t event) const;
  Result<std::vector<Registration>> registrations_of(int64_t account) const;
  // To which he comes, or waits to, and that are not over; the next one first.
  Result<std::vector<Event>> coming(int64_t account) const;
  // Groups whose leader has confirmed him.
  Result<std::vector<Id>> groups_of(Id person) const;
  // A place, or the end of the waiting list; what he has already stays. Errors: GROUPS_UNKNOWN, and those of
  // judge_registering().
  Result<Seat> enrol(int64_t event, int64_t account, const Also& also = {});
  // Error: GROUPS_NOT_REGISTERED.
  Result<void> give_back(int64_t event, int64_t account, const Also& also = {});

  int64_t now() const;
  // Higher after each change: what pages kept of a group is out of date.
  uint64_t edition() const { return m_edition; }

 private:
  template <typename Function>
  auto write(Function&& function);  // a change of what pages show
  Result<void> publish(store::Transaction& transaction, const Event& event, int64_t id);
  Result<std::vector<int64_t>> move_up(store::Transaction& transaction, const Event& event);

  store::Store& m_store;
  const Clock& m_clock;
  pool::Pool& m_pool;
  std::atomic<uint64_t> m_edition = 0;
};

}  // namespace pitchblende::groups
