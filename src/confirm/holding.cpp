#include "confirm/holding.hpp"

#include "store/numbering.hpp"

namespace pitchblende::confirm {

namespace {

using access::Fate;
using access::held;
using access::Subject;
using access::Term;
using store::number;

Result<std::vector<access::Held>> told(store::Store& store, const Subject& subject) {
  const int64_t card = number(subject.person);
  std::vector<access::Held> out;
  TRY(add(out, held(store, "asked_to_confirm", {"@card", "state", "sent", "answered", "failure"},
                    "SELECT card, state, sent, answered, failure FROM confirm_ask WHERE (email = ? AND email <> '') OR "
                    "(card = ? AND card <> 0) ORDER BY id",
                    {std::string_view(subject.email), card})));
  TRY(add(out, held(store, "words_to_those_who_keep_the_registry", {"@card", "who", "made", "said"},
                    "SELECT card, who, made, said FROM confirm_word WHERE (who = ? AND who <> '') OR (card = ? AND "
                    "card <> 0) ORDER BY id",
                    {std::string_view(subject.email), card})));
  TRY(add(out, held(store, "campaigns", {"number", "title", "made"},
                    "SELECT id, title, made FROM confirm_campaign WHERE made_by = ? AND made_by <> 0 ORDER BY id",
                    {subject.account})));
  TRY(add(out, held(store, "workbooks", {"number", "@about", "made"},
                    "SELECT id, whole, made FROM confirm_workbook WHERE made_by = ? AND made_by <> 0 ORDER BY id",
                    {subject.account})));
  TRY(add(out, held(store, "workbooks_with_his_card", {"workbook", "place", "said"},
                    "SELECT workbook, place, said FROM confirm_cell WHERE card = ? AND card <> 0 ORDER BY workbook, "
                    "place",
                    {card})));
  TRY(add(out, held(store, "workbooks_that_came_back", {"number", "workbook", "made", "applied"},
                    "SELECT id, workbook, made, applied FROM confirm_reading WHERE made_by = ? AND made_by <> 0 ORDER "
                    "BY id",
                    {subject.account})));
  return out;
}

// A workbook that came back with his row is not applied any more: it is sent again.
Result<void> forget(store::Transaction& db, const Subject& subject) {
  const int64_t card = number(subject.person);
  const std::string_view email = subject.email;
  constexpr std::string_view k_his = "(email = ? AND email <> '') OR (card = ? AND card <> 0)";
  TRY(db.execute("DELETE FROM confirm_link WHERE ask IN (SELECT id FROM confirm_ask WHERE " + std::string(k_his) + ")",
                 {email, card}));
  TRY(db.execute("DELETE FROM confirm_word WHERE (who = ? AND who <> '') OR (card = ? AND card <> 0)", {email, card}));
  TRY(db.execute("UPDATE confirm_ask SET email = '', failure = '' WHERE " + std::string(k_his), {email, card}));
  TRY(
      db.execute("DELETE FROM confirm_reading WHERE workbook IN (SELECT workbook FROM confirm_row WHERE card = ? AND "
                 "card <> 0)",
                 {card}));
  TRY(db.execute("DELETE FROM confirm_cell WHERE card = ? AND card <> 0", {card}));
  TRY(db.execute("DELETE FROM confirm_row WHERE card = ? AND card <> 0", {card}));
  // What it said of other cards with his address in it: those cells ask nothing of anybody then.
  if (!email.empty()) {
    TRY(db.execute("DELETE FROM confirm_cell WHERE said LIKE '%' || ? || '%'", {email}));
    TRY(db.execute("DELETE FROM confirm_reading WHERE changes LIKE '%' || ? || '%'", {email}));
  }
  return {};
}

}  // namespace

access::Holding holding(store::Store& store) {
  return {"confirm",
          [&store](const Subject& subject) { return told(store, subject); },
          forget,
          {},
          {{"confirm_ask", {"email", "failure"}, Term::erasure, Fate::emptied},
           {"confirm_ask", {"card"}, Term::for_good, Fate::number},
           {"confirm_word", {"card", "who", "said"}},
           {"confirm_cell", {"card", "said"}},
           {"confirm_row", {"card"}},
           {"confirm_reading", {"changes"}},
           {"confirm_campaign", {"chosen", "title", "note_fr", "note_en"}, Term::for_good, Fate::kept},
           {"confirm_campaign", {"made_by"}, Term::for_good, Fate::number},
           {"confirm_workbook", {"made_by"}, Term::for_good, Fate::number},
           {"confirm_reading", {"made_by"}, Term::for_good, Fate::number}}};
}

}  // namespace pitchblende::confirm
