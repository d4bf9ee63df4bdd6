// Roles of institutions in the consortium, as its staff say them. Front door of membership.
//
// What is said is a record of the internal source pitchblende:membership, one for each institution, and beside it
// decisions that hold back what other sources say of the same role. A Memberships borrows store and pool; any
// thread. Who may say it is the caller's to ask. The rules have numbers in docs/rules/membership.md.
#pragma once

#include <functional>
#include <vector>

#include "membership/membership_types.hpp"
#include "pool/pool.hpp"

namespace pitchblende::membership {

using Also = std::function<Result<void>(store::Transaction&)>;

class Memberships {
 public:
  Memberships(store::Store& store, pool::Pool& pool) : m_store(store), m_pool(pool) {}

  // All that have or had a role, by name.
  Result<std::vector<Institution>> all() const;
  // Errors: MEMBERSHIP_UNKNOWN, MEMBERSHIP_KIND.
  Result<Institution> of(Id institution) const;
  // Adds, corrects, ends or takes away a role; the card says so before it returns. `who`: his address, for the history.
  // Errors: those of of() and plan(), POOL_BUSY: an import is under way, nothing was done.
  Result<void> say(Id institution, const Said& said, const std::string& who, const Also& also);

 private:
  store::Store& m_store;
  pool::Pool& m_pool;
};

}  // namespace pitchblende::membership
