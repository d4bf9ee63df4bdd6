// What somebody keeps for himself on the site: favourites, what he looked at, links, saved searches, whose card is his.
// Front door of personal.
//
// A Personal borrows the store; any thread. Nobody reads but who it belongs to.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "access/access_types.hpp"
#include "access/holdings.hpp"
#include "base/clock.hpp"
#include "personal/personal_types.hpp"
#include "registry/registry.hpp"
#include "store/store.hpp"

namespace pitchblende::personal {

class Personal {
 public:
  Personal(store::Store& store, const Clock& clock) : m_store(store), m_clock(clock) {}

  Result<Shelf> shelf(int64_t account) const;
  Result<bool> is_favourite(int64_t account, Id thing) const;
  enum class Keep : uint8_t { no, yes };
  // Twice the same is once. Error: PERSONAL_MANY.
  Result<void> keep(int64_t account, Id thing, Keep keep) const;
  // Without waiting for the disk: what of this a crash loses nobody misses.
  void note_seen(int64_t account, Id thing) const;
  // Errors: PERSONAL_LABEL, PERSONAL_ADDRESS, PERSONAL_MANY.
  Result<void> add_link(int64_t account, const QuickLink& link) const;
  Result<void> remove_link(int64_t account, int64_t link) const;
  // Whether what he looks at is listed for him; `no` forgets the list.
  Result<void> set_remembers(store::Transaction& transaction, int64_t account, Keep keep) const;

  // Rule 2: his own card: the one whose e-mail is that of his account, else the one that he claimed and that was
  // confirmed.
  Result<std::optional<Id>> card_of(const access::Actor& actor, const registry::Registry& registry) const;
  // Which cards were confirmed to be theirs, by account.
  Result<std::map<int64_t, Id>> claimed_by(const std::vector<int64_t>& accounts) const;
  // Says that a card is his: staff judges. Error: PERSONAL_CLAIMED: it is somebody else's.
  Result<void> claim(int64_t account, Id card) const;
  Result<std::vector<Claim>> claims() const;  // that wait
  // Error: PERSONAL_UNKNOWN. Belongs into the transaction that audits it.
  Result<void> judge(store::Transaction& transaction, int64_t account, Claim::State state, int64_t by) const;

  // What was looked at 30 days ago.
  Result<void> forget_old() const;
  access::Holding holding() const;

 private:
  Result<std::optional<Claim>> claim_of(store::Connection& db, int64_t account) const;

  store::Store& m_store;
  const Clock& m_clock;
};

}  // namespace pitchblende::personal
