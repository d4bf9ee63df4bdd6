// What people wish about their pages and data: objections, which are done at once, and erasures, which staff carries
// out within a month. A Wishes borrows all it is given; any thread.
#pragma once

#include <string>
#include <vector>

#include "access/access.hpp"
#include "access/contacts.hpp"
#include "access/holdings.hpp"
#include "personal/personal_types.hpp"
#include "pool/pool.hpp"

namespace pitchblende::personal {

class Wishes {
 public:
  // `holdings`: of every slice that holds something on people.
  Wishes(store::Store& store, const Clock& clock, pool::Pool& pool, const access::Audit& audit,
         std::vector<access::Holding> holdings)
      : m_store(store),
        m_clock(clock),
        m_pool(pool),
        m_audit(audit),
        m_contacts(store),
        m_holdings(std::move(holdings)) {}

  // Who wishes: an account, or nobody that is signed in (the link of a letter).
  // Takes the page from the site. Twice is once. Error: PERSONAL_NOT_A_PERSON.
  Result<void> object(Id card, int64_t account) const;
  // Puts it back.
  Result<void> take_back_objection(Id card, int64_t account) const;
  // `card` 0: of an account alone. Twice is once.
  Result<int64_t> ask_erasure(Id card, int64_t account) const;
  Result<void> take_back_erasure(Id card, int64_t account) const;

  // That one waits for staff, or stands: of this card or this account.
  Result<std::optional<Wish>> standing(Wish::Kind kind, Id card, int64_t account) const;
  // Those that wait, then objections that stand, then what was closed: the newest first.
  Result<std::vector<Wish>> all(int64_t limit) const;
  Result<int64_t> waiting() const;
  // Error: PERSONAL_UNKNOWN: there is none, or it does not wait; PERSONAL_REASON.
  Result<void> refuse(int64_t wish, int64_t by, const std::string& reason) const;

  // Erases a person with all that the slices hold on him. What he wished is done with that. Errors: POOL_UNKNOWN_ID,
  // POOL_NOT_A_PERSON, ACCESS_LAST, PERSONAL_NAMES_HIM.
  struct Whom {
    Id card;               // 0: he has none
    int64_t account = 0;   // 0: that of the card's addresses, if there is one
    std::string why = {};  // of who erases without having been asked here
  };
  Result<pool::ErasureReport> erase(const Whom& whom, int64_t by, const pool::OnProgress& on_progress) const;

  // Erases again who was erased and is here once more, after an older database was put back: how many people and
  // accounts. Nothing where there is nobody, so that it may be asked at each start.
  Result<int64_t> repeat() const;

  // Everything that the system holds on him, as JSON text; his card with its sources is in `card`, JSON text or empty.
  Result<std::string> file_on(const access::Subject& subject, std::string_view card) const;

 private:
  Result<Wish> insert(Wish wish) const;
  Result<std::vector<access::Subject>> subjects(const Whom& whom, const std::vector<std::string>& emails) const;
  Result<void> forget_all(store::Transaction& transaction, const Whom& whom,
                          const std::vector<access::Subject>& subjects, int64_t by) const;

  store::Store& m_store;
  const Clock& m_clock;
  pool::Pool& m_pool;
  const access::Audit& m_audit;
  access::Contacts m_contacts;
  std::vector<access::Holding> m_holdings;
};

}  // namespace pitchblende::personal
