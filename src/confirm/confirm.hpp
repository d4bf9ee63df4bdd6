// Cards confirmed and corrected by those who know, without an account. Front door of confirm; campaigns.hpp and
// workbooks.hpp stand beside it.
//
// A link from a letter opens one card for whoever has the address that it was sent to. A Confirm borrows store and
// pool; any thread. The rules are numbered in docs/rules/confirm.md.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "confirm/confirm_types.hpp"
#include "confirm/editing.hpp"
#include "pool/pool.hpp"
#include "store/store.hpp"

namespace pitchblende::confirm {

// What a link opens.
struct Opened {
  Ask ask;
  Id card;  // where it is now, after merges
};

// Who corrects, and why, as decisions keep it.
struct Author {
  std::string who;
  std::string why;
};

// How somebody came to a card that he holds, other than by a campaign's link: it is his own, a notice of its
// publication named it, his role covers it.
enum class Door : uint8_t { own, notice, role };
struct Holder {
  Door door = Door::own;
  std::string who;
};

// What a decision's reason says: by which door who wrote it came (own, notice, link with its number, role), none for
// the staff; and his words. Who holds the card came by any of them but a role.
struct Reason {
  std::string_view door;
  std::string_view number;
  std::string_view said;
  bool is_by_holder() const { return !door.empty() && door != "role"; }
};
Reason reason_in(std::string_view why);

using Also = std::function<Result<void>(store::Transaction&)>;

class Confirm {
 public:
  // `key`: the data folder's own secret.
  Confirm(store::Store& store, pool::Pool& pool, const Clock& clock, std::string key)
      : m_store(store), m_pool(pool), m_clock(clock), m_key(std::move(key)) {}

  // Without using it. Errors: CONFIRM_LINK, CONFIRM_REVOKED, CONFIRM_EXPIRED, CONFIRM_USED (with the time),
  // CONFIRM_GONE.
  Result<Opened> look_at(std::string_view secret) const;
  // The ask of a link whatever its state. Error: CONFIRM_LINK.
  Result<Ask> ask_of(std::string_view secret) const;
  // "This is right": a decision, and the link is used. Errors: those of look_at().
  Result<void> confirm(std::string_view secret);
  // Corrections, all or none, and a word to those who keep the registry: when the plan is clean they are kept and the
  // link is used. Errors: those of look_at(), CONFIRM_NOTHING: neither.
  Result<Plan> correct(std::string_view secret, const std::vector<Edit>& edits, const std::string& word);

  // The same without a link, by who holds the card. `also` belongs to the transaction. Errors: CONFIRM_GONE,
  // CONFIRM_BUSY, CONFIRM_NOTHING.
  Result<void> confirm_held(Id card, const Holder& holder, const Also& also);
  Result<Plan> correct_held(Id card, const Holder& holder, const std::vector<Edit>& edits, const std::string& word,
                            const Also& also);
  // Words that came alone, the newest first; those of one card, or of all, as many as that.
  Result<std::vector<Word>> words_alone(std::optional<Id> card, int64_t limit) const;

  // The same by somebody who may: a curator, who sends back a workbook. Nothing is done where the plan is not clean or
  // asks for nothing. `also` belongs to the transaction. Errors: CONFIRM_GONE, CONFIRM_BUSY.
  Result<Plan> correct_card(Id card, const std::vector<Edit>& edits, const Author& author, const Also& also = {});
  // What that would be.
  Result<Plan> plan_for(Id card, const std::vector<Edit>& edits) const;
  Result<void> verify_card(Id card, const Author& author, const Also& also = {});

  // A new link for an ask, in the transaction of its letter.
  Result<std::string> new_link(store::Transaction& transaction, int64_t ask) const;
  // Links of that ask open nothing any more. Error: CONFIRM_UNKNOWN.
  Result<void> revoke(store::Transaction& transaction, int64_t ask) const;

  // What somebody means by what he typed into a field that leads to a thing: an id, the address of a page, a reference,
  // a name. Error: CONFIRM_NOBODY.
  Result<std::string> reference_for(registry::FieldId field, std::string_view typed) const;

 private:
  Result<Plan> decide(Id card, const std::vector<Edit>& edits, const Author& author, const Also& also,
                      pool::Judgement::Verdict besides);
  // `author.why` without the word; `note`: what else is kept, by whether something was corrected.
  using Note = std::function<Result<void>(store::Transaction&, AskState)>;
  Result<Plan> take(const Word& word, const std::vector<Edit>& edits, Author author, const Note& note);
  std::string hashed(std::string_view secret) const;

  store::Store& m_store;
  pool::Pool& m_pool;
  const Clock& m_clock;
  std::string m_key;
};

// A value as an import would take it (the Check of plan()).
Result<registry::Value> as_imported(const registry::FieldDescription& field, registry::Value value);

}  // namespace pitchblende::confirm
