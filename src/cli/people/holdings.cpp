#include "cli/people/holdings.hpp"

#include "booking/holding.hpp"
#include "calls/holding.hpp"
#include "confirm/holding.hpp"
#include "groups/holding.hpp"
#include "intake/holding.hpp"
#include "mail/holding.hpp"
#include "partnerships/holding.hpp"
#include "personal/personal.hpp"
#include "pool/erasure/holding.hpp"
#include "requests/holding.hpp"
#include "texts/holding.hpp"

namespace pitchblende::cli {

namespace {

// What a file hangs on is its slice's to say, and when it goes; who brought it is told and forgotten here.
access::Holding files_holding(store::Store& store) {
  return {"files",
          [&store](const access::Subject& subject) -> Result<std::vector<access::Held>> {
            std::vector<access::Held> out;
            TRY(add(out, access::held(store, "attachments", {"number", "slice", "name", "bytes", "created"},
                                      "SELECT id, slice, name, bytes, created FROM attachment WHERE account = ? AND "
                                      "account <> 0 ORDER BY id",
                                      {subject.account})));
            return out;
          },
          [](store::Transaction& db, const access::Subject& subject) -> Result<void> {
            TRY(db.execute("UPDATE attachment SET account = 0 WHERE account = ?", {subject.account}));
            return {};
          },
          {},
          {{"attachment", {"account"}, access::Term::erasure, access::Fate::emptied},
           {"attachment", {"name"}, access::Term::for_good, access::Fate::kept}}};
}

}  // namespace

std::vector<access::Holding> holdings(Workplace& place) {
  store::Store& store = *place.store;
  std::vector<access::Holding> out;
  out.push_back(access::account_holding(store));
  out.push_back(mail::holding(store));
  out.push_back(pool::holding(store));
  out.push_back(personal::Personal(store, place.clock).holding());
  out.push_back(requests::holding(store));
  out.push_back(partnerships::holding(store));
  out.push_back(confirm::holding(store));
  out.push_back(booking::holding(store, *place.booking));
  out.push_back(groups::holding(store));
  out.push_back(calls::holding(store));
  out.push_back(intake::holding(store));
  out.push_back(texts::holding(store));
  out.push_back(files_holding(store));
  return out;
}

}  // namespace pitchblende::cli
