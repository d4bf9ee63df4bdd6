#include "mail/holding.hpp"

namespace pitchblende::mail {

access::Holding holding(store::Store& store) {
  const auto told = [&store](const access::Subject& subject) -> Result<std::vector<access::Held>> {
    std::vector<access::Held> out;
    TRY_ASSIGN(access::Held letters,
               access::held(store, "letters", {"number", "kind", "state", "created", "tries"},
                            "SELECT id, kind, state, created, tries FROM letter WHERE recipient = ? ORDER BY id",
                            {subject.email}));
    TRY_ASSIGN(access::Held refusals,
               access::held(store, "refused_letters", {"kind"},
                            "SELECT kind FROM letter_refusal WHERE recipient = ? ORDER BY kind", {subject.email}));
    out.push_back(std::move(letters));
    out.push_back(std::move(refusals));
    return out;
  };
  const auto forget = [](store::Transaction& db, const access::Subject& subject) -> Result<void> {
    TRY(db.execute("DELETE FROM letter WHERE recipient = ?", {subject.email}));
    TRY(db.execute("DELETE FROM letter_refusal WHERE recipient = ?", {subject.email}));
    return {};
  };
  return {"mail",
          told,
          forget,
          {},
          {{"letter", {"recipient", "content", "reason"}, access::Term::quarter}, {"letter_refusal", {"recipient"}}}};
}

}  // namespace pitchblende::mail
