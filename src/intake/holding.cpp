#include "intake/holding.hpp"

namespace pitchblende::intake {

namespace {

using access::Fate;
using access::held;
using access::Subject;
using access::Term;

Result<std::vector<access::Held>> told(store::Store& store, const Subject& subject) {
  std::vector<access::Held> out;
  TRY(add(out, held(store, "files_brought", {"number", "source", "format", "state", "created", "changed"},
                    "SELECT id, source, format, state, created, changed FROM intake WHERE account = ? AND account <> 0 "
                    "ORDER BY id",
                    {subject.account})));
  return out;
}

// What was applied is the source's history; what its report said of his rows goes with the report.
Result<void> forget(store::Transaction& db, const Subject& subject) {
  TRY(db.execute("UPDATE intake SET account = 0 WHERE account = ?", {subject.account}));
  for (const std::string* word : {&subject.email, &subject.family}) {
    if (!word->empty()) {
      TRY(db.execute("UPDATE intake SET report = '' WHERE report LIKE '%' || ? || '%'", {std::string_view(*word)}));
    }
  }
  // A file that was applied has done its work, and he may stand in it.
  TRY(
      db.execute("DELETE FROM attachment WHERE slice = 'intake' AND id IN (SELECT attachment FROM intake WHERE state = "
                 "'applied')"));
  return {};
}

}  // namespace

access::Holding holding(store::Store& store) {
  return {"intake",
          [&store](const Subject& subject) { return told(store, subject); },
          forget,
          {},
          {{"intake", {"account", "report"}, Term::erasure, Fate::emptied}}};
}

}  // namespace pitchblende::intake
