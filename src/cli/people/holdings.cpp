#include "cli/people/holdings.hpp"

#include "booking/holding.hpp"
#include "mail/holding.hpp"
#include "personal/personal.hpp"

namespace pitchblende::cli {

namespace {

// Whom a file hangs on is its slice's to say; who brought it is told and forgotten here.
access::Holding files_holding(store::Store& store) {
  return {"files",
          [&store](const access::Subject& subject) -> Result<std::vector<access::Held>> {
            TRY_ASSIGN(access::Held files,
                       access::held(store, "attachments", {"number", "slice", "name", "bytes", "created"},
                                    "SELECT id, slice, name, bytes, created FROM attachment WHERE account = ? AND "
                                    "account <> 0 ORDER BY id",
                                    {subject.account}));
            return std::vector<access::Held>{std::move(files)};
          },
          [](store::Transaction& db, const access::Subject& subject) -> Result<void> {
            TRY(db.execute("UPDATE attachment SET account = 0 WHERE account = ?", {subject.account}));
            return {};
          },
          {}};
}

}  // namespace

std::vector<access::Holding> holdings(Workplace& place) {
  std::vector<access::Holding> out;
  out.push_back(access::account_holding(*place.store));
  out.push_back(mail::holding(*place.store));
  out.push_back(personal::Personal(*place.store, place.clock).holding());
  out.push_back(booking::holding(*place.store, *place.booking));
  out.push_back(files_holding(*place.store));
  add_room_holdings(*place.store, out);
  return out;
}

}  // namespace pitchblende::cli
