#include "groups/holding.hpp"

#include "store/numbering.hpp"

namespace pitchblende::groups {

namespace {

using access::Fate;
using access::held;
using access::Subject;
using access::Term;
using store::number;

Result<std::vector<access::Held>> told(store::Store& store, const Subject& subject) {
  std::vector<access::Held> out;
  TRY(add(out, held(store, "events", {"number", "title", "seat", "changed"},
                    "SELECT r.event, e.title_fr, r.seat, r.changed FROM group_registration r JOIN group_event e ON "
                    "e.id = r.event WHERE r.account = ? ORDER BY r.event",
                    {subject.account})));
  TRY(add(out, held(store, "memberships", {"@group", "standing", "decided"},
                    "SELECT group_id, standing, decided FROM group_member WHERE person = ? AND person <> 0 ORDER BY "
                    "group_id",
                    {number(subject.person)})));
  return out;
}

Result<void> forget(store::Transaction& db, const Subject& subject) {
  TRY(db.execute("DELETE FROM group_registration WHERE account = ? AND account <> 0", {subject.account}));
  TRY(db.execute("DELETE FROM group_member WHERE person = ? AND person <> 0", {number(subject.person)}));
  return {};
}

}  // namespace

access::Holding holding(store::Store& store) {
  return {"groups",
          [&store](const Subject& subject) { return told(store, subject); },
          forget,
          {},
          {{"group_registration", {"account"}},
           {"group_member", {"person"}},
           {"group_member", {"decided_by"}, Term::for_good, Fate::number},
           {"group_text", {"french", "english"}, Term::for_good, Fate::kept},
           {"group_text", {"changed_by"}, Term::for_good, Fate::number},
           {"group_news", {"title_fr", "title_en", "text_fr", "text_en"}, Term::for_good, Fate::kept},
           {"group_news", {"changed_by"}, Term::for_good, Fate::number},
           {"group_event", {"title_fr", "title_en", "text_fr", "text_en"}, Term::for_good, Fate::kept},
           {"group_event", {"changed_by"}, Term::for_good, Fate::number}}};
}

}  // namespace pitchblende::groups
