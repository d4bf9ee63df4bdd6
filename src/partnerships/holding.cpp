#include "partnerships/holding.hpp"

#include "store/numbering.hpp"

namespace pitchblende::partnerships {

namespace {

using access::Fate;
using access::held;
using access::Subject;
using access::Term;
using store::number;

Result<std::vector<access::Held>> told(store::Store& store, const Subject& subject) {
  std::vector<access::Held> out;
  TRY(add(out,
          held(store, "partnerships", {"number", "title", "kind", "stage", "starts", "ends"},
               "SELECT p.id, p.title, p.kind, p.stage, p.starts, p.ends FROM partnership_member m JOIN partnership "
               "p ON p.id = m.partnership WHERE m.part = 'person' AND m.entity = ? AND m.entity <> 0 ORDER BY p.id",
               {number(subject.person)})));
  TRY(add(out, held(store, "noted", {"partnership", "at", "stage", "note"},
                    "SELECT partnership, at, stage, note FROM partnership_event WHERE account = ? AND account <> 0 "
                    "ORDER BY id",
                    {subject.account})));
  return out;
}

Result<void> forget(store::Transaction& db, const Subject& subject) {
  TRY(db.execute("DELETE FROM partnership_member WHERE part = 'person' AND entity = ? AND entity <> 0",
                 {number(subject.person)}));
  TRY(db.execute("UPDATE partnership_event SET note = '' WHERE account = ? AND account <> 0", {subject.account}));
  return {};
}

}  // namespace

access::Holding holding(store::Store& store) {
  return {"partnerships",
          [&store](const Subject& subject) { return told(store, subject); },
          forget,
          {},
          {{"partnership_member", {"entity"}},
           {"partnership", {"title", "description", "note"}, Term::for_good, Fate::kept},
           {"partnership_named", {"name"}, Term::for_good, Fate::kept},
           {"partnership_event", {"note"}, Term::erasure, Fate::emptied},
           {"partnership_event", {"account"}, Term::for_good, Fate::number}}};
}

}  // namespace pitchblende::partnerships
