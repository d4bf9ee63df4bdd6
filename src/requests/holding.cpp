#include "requests/holding.hpp"

namespace pitchblende::requests {

namespace {

using access::Fate;
using access::held;
using access::Subject;
using access::Term;

Result<std::vector<access::Held>> told(store::Store& store, const Subject& subject) {
  const std::string_view email = subject.email;
  std::vector<access::Held> out;
  TRY(add(out, held(store, "requests", {"number", "kind", "name", "company", "subject", "text"},
                    "SELECT id, kind, name, company, subject, text FROM request WHERE (email = ? AND email <> '') OR "
                    "(account = ? AND account <> 0) ORDER BY id",
                    {email, subject.account})));
  TRY(add(out, held(store, "waiting_for_his_address", {"kind", "name", "company", "subject", "text"},
                    "SELECT kind, name, company, subject, text FROM request_pending WHERE email = ? ORDER BY expires",
                    {email})));
  TRY(add(out, held(store, "messages", {"number", "side", "text"},
                    "SELECT id, side, text FROM request_message WHERE (account = ? AND account <> 0) OR (side = "
                    "'asker' AND thread IN (SELECT t.id FROM request_thread t JOIN request q ON q.id = t.request WHERE "
                    "q.email = ? AND q.email <> '')) ORDER BY id",
                    {subject.account, email})));
  TRY(add(out, held(store, "answered", {"number", "@resource", "state", "reason"},
                    "SELECT id, resource, state, reason FROM request_thread WHERE handler = ? AND handler <> 0 ORDER "
                    "BY id",
                    {subject.account})));
  TRY(add(out, held(store, "stands_in_for", {"@resource"},
                    "SELECT resource FROM request_substitute WHERE email = ? ORDER BY resource", {email})));
  TRY(add(out,
          held(store, "links_to_answer", {"conversation", "level"},
               "SELECT thread, level FROM request_answer_link WHERE email = ? ORDER BY thread, expires", {email})));
  return out;
}

// The conversation stays with who answered, without who asked, what he wrote and the files that he brought.
Result<void> forget(store::Transaction& db, const Subject& subject) {
  const std::string_view email = subject.email;
  constexpr std::string_view k_his_messages =
      "(account = ? AND account <> 0) OR (side = 'asker' AND thread IN (SELECT t.id FROM request_thread t JOIN request "
      "q ON q.id = t.request WHERE q.email = ? AND q.email <> ''))";
  TRY(db.execute(
      "DELETE FROM attachment WHERE slice = 'requests' AND object IN (SELECT id FROM request_message WHERE " +
          std::string(k_his_messages) + ")",
      {subject.account, email}));
  TRY(db.execute("UPDATE request_message SET text = '' WHERE " + std::string(k_his_messages),
                 {subject.account, email}));
  TRY(
      db.execute("UPDATE request SET email = '', name = '', company = '', subject = '', text = '' WHERE (email = ? AND "
                 "email <> '') OR (account = ? AND account <> 0)",
                 {email, subject.account}));
  TRY(db.execute("UPDATE request_thread SET reason = '' WHERE handler = ? AND handler <> 0", {subject.account}));
  TRY(db.execute("DELETE FROM request_substitute WHERE email = ?", {email}));
  TRY(db.execute("DELETE FROM request_pending WHERE email = ?", {email}));
  TRY(db.execute("DELETE FROM request_answer_link WHERE email = ?", {email}));
  return {};
}

}  // namespace

access::Holding holding(store::Store& store) {
  return {"requests",
          [&store](const Subject& subject) { return told(store, subject); },
          forget,
          {},
          {{"request", {"email", "name", "company", "subject", "text"}, Term::erasure, Fate::emptied},
           {"request", {"account"}, Term::erasure, Fate::number},
           {"request_thread", {"reason"}, Term::erasure, Fate::emptied},
           {"request_thread", {"handler"}, Term::erasure, Fate::number},
           {"request_message", {"text"}, Term::erasure, Fate::emptied},
           {"request_message", {"account"}, Term::erasure, Fate::number},
           {"request_substitute", {"email"}},
           {"request_substitute", {"set_by"}, Term::erasure, Fate::number},
           {"request_pending", {"email", "name", "company", "subject", "text"}, Term::moment},
           {"request_answer_link", {"email"}, Term::quarter}}};
}

}  // namespace pitchblende::requests
