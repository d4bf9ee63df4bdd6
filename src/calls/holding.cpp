#include "calls/holding.hpp"

#include "calls/submitted.hpp"
#include "store/numbering.hpp"

namespace pitchblende::calls {

namespace {

using access::Fate;
using access::held;
using access::Subject;
using access::Term;
using store::number;

constexpr std::string_view k_edited = "(SELECT proposal FROM proposal_editor WHERE email = ?)";

Result<std::vector<access::Held>> told(store::Store& store, const Subject& subject) {
  const std::string_view email = subject.email;
  const std::string edited(k_edited);
  std::vector<access::Held> out;
  TRY(add(out, held(store, "proposals", {"number", "added"},
                    "SELECT proposal, added FROM proposal_editor WHERE email = ? ORDER BY proposal", {email})));
  TRY(add(out, held(store, "proposal_texts", {"proposal", "name", "text", "changed"},
                    "SELECT id, name, text, changed FROM call_text WHERE owner = 'proposal' AND id IN " + edited +
                        " ORDER BY id, name",
                    {email})));
  TRY(add(out, held(store, "submissions", {"proposal", "number", "receipt", "at", "asked", "content"},
                    "SELECT proposal, number, receipt, at, asked, content FROM submission WHERE proposal IN " + edited +
                        " OR (by_account = ? AND by_account <> 0) ORDER BY proposal, number",
                    {email, subject.account})));
  TRY(add(out, held(store, "takes_part_in", {"proposal", "role", "label"},
                    "SELECT proposal, role, label FROM proposal_party WHERE entity = ? AND entity <> 0 ORDER BY "
                    "proposal",
                    {number(subject.person)})));
  TRY(add(out, held(store, "reviews", {"number", "label", "state", "invited", "answered", "due", "reason"},
                    "SELECT id, label, state, invited, answered, due, reason FROM review WHERE email = ? ORDER BY id",
                    {email})));
  TRY(add(out, held(store, "review_texts", {"review", "name", "text", "changed"},
                    "SELECT id, name, text, changed FROM call_text WHERE owner = 'review' AND id IN (SELECT id FROM "
                    "review WHERE email = ?) ORDER BY id, name",
                    {email})));
  return out;
}

// A draft that nobody else writes goes with its files.
Result<void> forget_drafts(store::Transaction& db, std::string_view email) {
  const std::string drafts =
      "(SELECT e.proposal FROM proposal_editor e JOIN proposal p ON p.id = e.proposal WHERE e.email = ? AND "
      "p.submitted = 0 AND NOT EXISTS (SELECT 1 FROM proposal_editor o WHERE o.proposal = e.proposal AND o.email <> "
      "e.email))";
  TRY(db.execute("DELETE FROM call_text WHERE owner = 'proposal' AND id IN " + drafts, {email}));
  TRY(db.execute("DELETE FROM proposal_party WHERE proposal IN " + drafts, {email}));
  TRY(db.execute("DELETE FROM attachment WHERE slice = ? AND object IN " + drafts, {k_draft_files, email}));
  return {};
}

// What was submitted and what was judged is the call's file, by which its decision is answered for: it stays. Who wrote
// or reviewed it has no name there.
Result<void> forget(store::Transaction& db, const Subject& subject) {
  const std::string_view email = subject.email;
  const int64_t person = number(subject.person);
  constexpr std::string_view k_his = "(email = ? AND email <> '') OR (entity = ? AND entity <> 0)";
  TRY(forget_drafts(db, email));
  TRY(db.execute("DELETE FROM proposal_editor WHERE email = ?", {email}));
  TRY(db.execute("DELETE FROM proposal_party WHERE entity = ? AND entity <> 0", {person}));
  TRY(
      db.execute("DELETE FROM call_text WHERE owner = 'review' AND id IN (SELECT id FROM review WHERE state <> 'sent' "
                 "AND (" +
                     std::string(k_his) + "))",
                 {email, person}));
  TRY(db.execute(
      "UPDATE review SET email = 'erased:' || id, label = '', reason = '', entity = 0 WHERE " + std::string(k_his),
      {email, person}));
  return {};
}

}  // namespace

access::Holding holding(store::Store& store) {
  return {"calls",
          [&store](const Subject& subject) { return told(store, subject); },
          forget,
          {},
          {{"proposal_editor", {"email"}},
           {"proposal_party", {"party", "entity", "label"}},
           {"review", {"email", "entity", "label", "reason"}, Term::erasure, Fate::emptied},
           {"submission", {"content"}, Term::for_good, Fate::kept},
           {"call_text", {"text"}, Term::for_good, Fate::kept},
           {"verdict", {"message"}, Term::for_good, Fate::kept},
           {"submission", {"by_account"}, Term::for_good, Fate::number},
           {"call_text", {"changed_by"}, Term::for_good, Fate::number},
           {"calls", {"made_by"}, Term::for_good, Fate::number},
           {"proposal", {"made_by"}, Term::for_good, Fate::number}}};
}

}  // namespace pitchblende::calls
