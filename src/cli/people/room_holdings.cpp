// What the rooms hold on people: requests, proposals and reviews, campaigns and workbooks, events.
#include "cli/people/holdings.hpp"
#include "store/numbering.hpp"

namespace pitchblende::cli {

namespace {

using access::Held;
using access::Subject;
using store::Transaction;

using store::number;

// Requests: the conversation stays with who answered, without who asked and what he wrote.
access::Holding requests_holding(store::Store& store) {
  return {
      "requests",
      [&store](const Subject& subject) -> Result<std::vector<Held>> {
        TRY_ASSIGN(Held asked,
                   access::held(store, "requests", {"number", "kind", "name", "company", "subject", "text"},
                                "SELECT id, kind, name, company, subject, text FROM request WHERE email = ? "
                                "OR (account = ? AND account <> 0) ORDER BY id",
                                {std::string_view(subject.email), subject.account}));
        TRY_ASSIGN(Held said, access::held(store, "messages", {"number", "side", "text"},
                                           "SELECT id, side, text FROM request_message WHERE account = ? AND "
                                           "account <> 0 ORDER BY id",
                                           {subject.account}));
        TRY_ASSIGN(Held stands_in,
                   access::held(store, "stands_in_for", {"@resource"},
                                "SELECT resource FROM request_substitute WHERE email = ? ORDER BY resource",
                                {std::string_view(subject.email)}));
        return std::vector<Held>{std::move(asked), std::move(said), std::move(stands_in)};
      },
      [](Transaction& db, const Subject& subject) -> Result<void> {
        TRY(
            db.execute("UPDATE request SET email = '', name = '', company = '', subject = '', text = '' "
                       "WHERE (email = ? AND email <> '') OR (account = ? AND account <> 0)",
                       {subject.email, subject.account}));
        TRY(db.execute("UPDATE request_message SET text = '' WHERE account = ? AND account <> 0", {subject.account}));
        TRY(db.execute("DELETE FROM request_substitute WHERE email = ?", {subject.email}));
        TRY(db.execute("DELETE FROM request_pending WHERE email = ?", {subject.email}));
        return {};
      },
      {}};
}

// Calls: what was submitted and what was judged is the call's file, and stays; who wrote or reviewed it has no name
// there.
access::Holding calls_holding(store::Store& store) {
  return {"calls",
          [&store](const Subject& subject) -> Result<std::vector<Held>> {
            TRY_ASSIGN(Held edits,
                       access::held(store, "proposals", {"number", "added"},
                                    "SELECT proposal, added FROM proposal_editor WHERE email = ? ORDER BY proposal",
                                    {std::string_view(subject.email)}));
            TRY_ASSIGN(
                Held reviews,
                access::held(store, "reviews", {"number", "state", "invited", "answered", "due", "reason"},
                             "SELECT id, state, invited, answered, due, reason FROM review WHERE email = ? ORDER BY id",
                             {std::string_view(subject.email)}));
            return std::vector<Held>{std::move(edits), std::move(reviews)};
          },
          [](Transaction& db, const Subject& subject) -> Result<void> {
            TRY(db.execute("DELETE FROM proposal_editor WHERE email = ?", {subject.email}));
            TRY(
                db.execute("UPDATE review SET email = 'erased:' || id, label = '', reason = '', entity = 0 "
                           "WHERE (email = ? AND email <> '') OR (entity = ? AND entity <> 0)",
                           {subject.email, number(subject.person)}));
            return {};
          },
          {}};
}

access::Holding confirm_holding(store::Store& store) {
  return {"confirm",
          [&store](const Subject& subject) -> Result<std::vector<Held>> {
            TRY_ASSIGN(Held asks,
                       access::held(store, "asked_to_confirm", {"@card", "state", "sent", "answered"},
                                    "SELECT card, state, sent, answered FROM confirm_ask WHERE email = ? ORDER BY id",
                                    {std::string_view(subject.email)}));
            return std::vector<Held>{std::move(asks)};
          },
          [](Transaction& db, const Subject& subject) -> Result<void> {
            const int64_t card = number(subject.person);
            TRY(db.execute(
                "DELETE FROM confirm_link WHERE ask IN (SELECT id FROM confirm_ask WHERE (email = ? AND email <> '') "
                "OR (card = ? AND card <> 0))",
                {subject.email, card}));
            TRY(
                db.execute("UPDATE confirm_ask SET email = '', failure = '' WHERE (email = ? AND email <> '') OR "
                           "(card = ? AND card <> 0)",
                           {subject.email, card}));
            TRY(
                db.execute("DELETE FROM confirm_reading WHERE applied <> '' AND workbook IN "
                           "(SELECT workbook FROM confirm_row WHERE card = ?)",
                           {card}));
            TRY(db.execute("DELETE FROM confirm_cell WHERE card = ?", {card}));
            TRY(db.execute("DELETE FROM confirm_row WHERE card = ?", {card}));
            return {};
          },
          {}};
}

access::Holding groups_holding(store::Store& store) {
  return {"groups",
          [&store](const Subject& subject) -> Result<std::vector<Held>> {
            TRY_ASSIGN(Held seats, access::held(store, "events", {"number", "seat", "changed"},
                                                "SELECT event, seat, changed FROM group_registration WHERE account = ? "
                                                "ORDER BY event",
                                                {subject.account}));
            return std::vector<Held>{std::move(seats)};
          },
          [](Transaction& db, const Subject& subject) -> Result<void> {
            TRY(db.execute("DELETE FROM group_registration WHERE account = ? AND account <> 0", {subject.account}));
            return {};
          },
          {}};
}

}  // namespace

void add_room_holdings(store::Store& store, std::vector<access::Holding>& out) {
  out.push_back(requests_holding(store));
  out.push_back(calls_holding(store));
  out.push_back(confirm_holding(store));
  out.push_back(groups_holding(store));
}

}  // namespace pitchblende::cli
