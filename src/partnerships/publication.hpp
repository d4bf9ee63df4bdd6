// What others may see of a partnership: a record of the internal source pitchblende:partnerships, one for each company
// that is a party by its name alone. Borrows pool and registry; any thread.
#pragma once

#include "partnerships/partnerships_types.hpp"
#include "pool/pool.hpp"

namespace pitchblende::partnerships {

// Why a card was decided on for a partnership that stands for it.
inline constexpr std::string_view k_reason = "partnerships";

class Publisher {
 public:
  Publisher(pool::Pool& pool, const registry::Registry& registry) : m_pool(pool), m_registry(registry) {}

  // As it is now, in the transaction that changed it: what is not published (rule 6) is withdrawn. Error: the store's.
  Result<void> publish(store::Transaction& transaction, const Partnership& partnership) const;
  // After the transaction: the card is there, unless an import is under way, which does it at its end. A card that it
  // took over says what it says, decided by `who` (rule 16).
  void settle(const Partnership& partnership, const std::string& who) const;

  // The record itself.
  Result<registry::Record> record_of(const Partnership& partnership) const;

 private:
  Result<void> publish_named(store::Transaction& transaction, int64_t id) const;
  Result<void> join(const Partnership& partnership, const std::string& who) const;
  Result<void> agree(const Partnership& partnership, const std::string& who) const;

  pool::Pool& m_pool;
  const registry::Registry m_registry;
};

// The number of the partnership that a card was made of; 0: of none of ours.
int64_t number_of(const registry::Card& card);

}  // namespace pitchblende::partnerships
