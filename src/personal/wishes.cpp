#include "personal/wishes.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "personal/errors.hpp"
#include "personal/personal_rules.hpp"
#include "registry/registry.hpp"
#include "store/numbering.hpp"

namespace pitchblende::personal {

namespace {

using store::Connection;
using store::Row;
using store::Transaction;

using store::number;

constexpr size_t k_longest_reason = 2000;  // letters

constexpr std::string_view k_columns =
    "SELECT id, kind, entity, account, made, due, state, decision, closed, reason FROM wish ";

Wish wish_at(const Row& row) {
  Wish out;
  out.id = row.integer(0);
  out.kind = row.text(1) == "objection" ? Wish::Kind::objection : Wish::Kind::erasure;
  out.card = Id(static_cast<uint64_t>(row.integer(2)));
  out.account = row.integer(3);
  out.made = row.text(4);
  out.due = row.text(5);
  for (const Wish::State state :
       {Wish::State::open, Wish::State::done, Wish::State::refused, Wish::State::taken_back}) {
    out.state = name(state) == row.text(6) ? state : out.state;
  }
  out.decision = row.integer(7);
  out.closed = row.text(8);
  out.reason = row.text(9);
  return out;
}

// Empty: he has no card, or it has none.
Result<std::string> family_name(store::Store& store, Id card) {
  TRY_ASSIGN(const auto cards, registry::Registry(store).cards({card}, access::Viewer::everything()));
  static const registry::FieldId k_family = registry::field(registry::Kind::person, "family_name");
  return cards.empty() ? std::string() : std::string(cards.front().text(k_family));
}

// Why somebody was erased is kept: it must not say who.
Result<void> must_not_name(const Wishes::Whom& whom, const std::vector<access::Subject>& subjects) {
  const std::string said = " " + normalised(whom.why) + " ";
  bool names = false;
  for (const access::Subject& subject : subjects) {
    const std::string family = normalised(subject.family);
    names = names || (!subject.email.empty() && said.find(normalised(subject.email)) != std::string::npos) ||
            (!family.empty() && said.find(" " + family + " ") != std::string::npos);
  }
  return names ? Result<void>(fail(errors::names_him)) : Result<void>();
}

// A decision says who: never by name.
std::string teller(int64_t account) {
  return account == 0 ? std::string("by the link of a letter") : "account " + std::to_string(account);
}

}  // namespace

Result<std::optional<Wish>> Wishes::standing(Wish::Kind kind, Id card, int64_t account) const {
  // An objection that was done stands until it is taken back; an erasure that was done leaves nobody.
  const std::string_view also = kind == Wish::Kind::objection ? "done" : "open";
  std::optional<Wish> found;
  TRY(m_store.read([&](Connection& db) {
    return db.query(std::string(k_columns) +
                        "WHERE kind = ? AND state IN ('open', ?) AND ((entity = ? AND entity <> 0) OR "
                        "(account = ? AND account <> 0)) ORDER BY id DESC LIMIT 1",
                    {name(kind), also, number(card), account}, [&](const Row& row) { found = wish_at(row); });
  }));
  return found;
}

Result<Wish> Wishes::insert(Wish wish) const {
  wish.made = m_clock.now_text();
  TRY(m_store.write([&](Transaction& db) -> Result<void> {
    TRY_ASSIGN(wish.id, store::next_id(db, "wish"));
    TRY(db.execute(
        "INSERT INTO wish (id, kind, entity, account, made, due, state, decision, closed, closed_by, reason) "
        "VALUES (?, ?, ?, ?, ?, ?, 'open', 0, '', 0, '')",
        {wish.id, name(wish.kind), number(wish.card), wish.account, wish.made, wish.due}));
    return m_audit.record(db, {wish.account, "wish_" + std::string(name(wish.kind)), "wish", wish.id,
                               wish.card == Id() ? std::string() : wish.card.text()});
  }));
  return wish;
}

Result<void> Wishes::object(Id card, int64_t account) const {
  TRY_ASSIGN(std::optional<Wish> wish, standing(Wish::Kind::objection, card, 0));
  if (wish && wish->state == Wish::State::done) {
    return {};
  }
  if (!wish) {
    // Written first: killed before the decision, it is there for staff to see, and to be said again.
    Wish fresh;
    fresh.card = card;
    fresh.account = account;
    fresh.due = m_clock.today();
    TRY_ASSIGN(wish, insert(std::move(fresh)));
  }
  pool::Judgement judgement;
  judgement.verdict = pool::Judgement::Verdict::override_;
  judgement.a = card;
  judgement.field = "opted_out";
  judgement.value.text = "true";
  judgement.who = teller(account);
  judgement.why = "objection";
  TRY_ASSIGN(const auto decisions, m_pool.decide(std::vector<pool::Judgement>{std::move(judgement)}, {}));
  const int64_t decision = decisions.front();
  return m_store.write([&](Transaction& db) -> Result<void> {
    TRY(db.execute("UPDATE wish SET state = 'done', decision = ?, closed = ? WHERE id = ?",
                   {decision, m_clock.now_text(), wish->id}));
    return {};
  });
}

Result<void> Wishes::take_back_objection(Id card, int64_t account) const {
  TRY_ASSIGN(const std::optional<Wish> wish, standing(Wish::Kind::objection, card, 0));
  if (!wish || wish->state != Wish::State::done) {
    return fail(errors::unknown);
  }
  pool::Judgement judgement;
  judgement.verdict = pool::Judgement::Verdict::undo;
  judgement.undoes = wish->decision;
  judgement.who = teller(account);
  judgement.why = "objection taken back";
  TRY(m_pool.decide(std::vector<pool::Judgement>{std::move(judgement)}, {}));
  return m_store.write([&](Transaction& db) -> Result<void> {
    TRY(db.execute("UPDATE wish SET state = 'taken_back', closed = ?, closed_by = ? WHERE id = ?",
                   {m_clock.now_text(), account, wish->id}));
    return m_audit.record(db, {account, "take_back_objection", "wish", wish->id, card.text()});
  });
}

Result<int64_t> Wishes::ask_erasure(Id card, int64_t account) const {
  TRY_ASSIGN(const std::optional<Wish> there, standing(Wish::Kind::erasure, card, account));
  if (there) {
    return there->id;
  }
  Wish wish;
  wish.kind = Wish::Kind::erasure;
  wish.card = card;
  wish.account = account;
  wish.due = month_after(m_clock.today());
  TRY_ASSIGN(const Wish stored, insert(std::move(wish)));
  return stored.id;
}

Result<void> Wishes::take_back_erasure(Id card, int64_t account) const {
  TRY_ASSIGN(const std::optional<Wish> wish, standing(Wish::Kind::erasure, card, account));
  if (!wish) {
    return fail(errors::unknown);
  }
  return m_store.write([&](Transaction& db) -> Result<void> {
    TRY_ASSIGN(const int64_t changed, db.execute("UPDATE wish SET state = 'taken_back', closed = ?, closed_by = ? "
                                                 "WHERE id = ? AND state = 'open'",
                                                 {m_clock.now_text(), account, wish->id}));
    if (changed == 0) {
      return fail(errors::unknown);
    }
    return m_audit.record(db, {account, "take_back_erasure", "wish", wish->id, {}});
  });
}

Result<std::vector<Wish>> Wishes::all(int64_t limit) const {
  std::vector<Wish> out;
  TRY(m_store.read([&](Connection& db) {
    return db.query(std::string(k_columns) +
                        "ORDER BY CASE WHEN state = 'open' THEN 0 WHEN state = 'done' AND kind = 'objection' THEN 1 "
                        "ELSE 2 END, CASE WHEN state = 'open' THEN due ELSE '' END, id DESC LIMIT ?",
                    {limit}, [&](const Row& row) { out.push_back(wish_at(row)); });
  }));
  return out;
}

Result<int64_t> Wishes::waiting() const {
  int64_t count = 0;
  TRY(m_store.read([&](Connection& db) {
    return db.query("SELECT count(*) FROM wish WHERE state = 'open'", {},
                    [&](const Row& row) { count = row.integer(0); });
  }));
  return count;
}

Result<void> Wishes::refuse(int64_t wish, int64_t by, const std::string& reason) const {
  if (reason.find_first_not_of(" \t\n") == std::string::npos) {
    return fail(errors::reason);
  }
  if (count_letters(reason) > k_longest_reason) {
    return fail(errors::long_reason, std::to_string(k_longest_reason));
  }
  return m_store.write([&](Transaction& db) -> Result<void> {
    TRY_ASSIGN(const int64_t changed, db.execute("UPDATE wish SET state = 'refused', closed = ?, closed_by = ?, "
                                                 "reason = ? WHERE id = ? AND state = 'open'",
                                                 {m_clock.now_text(), by, reason, wish}));
    if (changed == 0) {
      return fail(errors::unknown);
    }
    return m_audit.record(db, {by, "refuse_wish", "wish", wish, {}});
  });
}

// Everybody that he is to the slices: each address of his card, and the account that asked.
Result<std::vector<access::Subject>> Wishes::subjects(const Whom& whom, const std::vector<std::string>& emails) const {
  std::vector<access::Subject> out;
  TRY_ASSIGN(const auto own, m_contacts.of({whom.account}));
  for (const auto& [account, holder] : own) {
    out.push_back({account, holder.email, whom.card});
  }
  for (const std::string& email : emails) {
    TRY_ASSIGN(const auto holder, m_contacts.with(email));
    const int64_t account = holder ? holder->account : 0;
    if (std::none_of(out.begin(), out.end(), [&](const auto& each) { return each.email == email; })) {
      out.push_back({account, email, whom.card});
    }
  }
  if (out.empty()) {
    out.push_back({0, {}, whom.card});
  }
  TRY_ASSIGN(const std::string family, family_name(m_store, whom.card));
  for (access::Subject& subject : out) {
    subject.family = family;
  }
  return out;
}

Result<void> Wishes::forget_all(Transaction& db, const Whom& whom, const std::vector<access::Subject>& subjects,
                                int64_t by) const {
  for (const access::Subject& subject : subjects) {
    for (const access::Holding& holding : m_holdings) {
      if (holding.forget) {
        TRY(holding.forget(db, subject));
      }
    }
    TRY(db.execute(
        "UPDATE wish SET state = 'done', closed = ?, closed_by = ? WHERE state = 'open' AND kind = 'erasure' "
        "AND ((entity = ? AND entity <> 0) OR (account = ? AND account <> 0))",
        {m_clock.now_text(), by, number(whom.card), subject.account}));
  }
  if (!whom.why.empty()) {
    TRY_ASSIGN(const int64_t id, store::next_id(db, "wish"));
    const std::string now = m_clock.now_text();
    TRY(db.execute(
        "INSERT INTO wish (id, kind, entity, account, made, due, state, decision, closed, closed_by, reason) "
        "VALUES (?, 'erasure', ?, 0, ?, ?, 'done', 0, ?, ?, ?)",
        {id, number(whom.card), now, m_clock.today(), now, by, std::string_view(whom.why)}));
  }
  return m_audit.record(
      db, {by, "erase", "person", subjects.front().account, whom.card == Id() ? std::string() : whom.card.text()});
}

Result<pool::ErasureReport> Wishes::erase(const Whom& given, int64_t by, const pool::OnProgress& on_progress) const {
  Whom whom = given;
  std::vector<std::string> emails;
  if (whom.card != Id()) {
    TRY_ASSIGN(const pool::ErasureReport foreseen, pool::foresee_erasure(m_store, whom.card));
    whom.card = foreseen.person;
    emails = foreseen.emails;
    if (whom.account == 0) {
      TRY(m_store.read([&](Connection& db) {
        return db.query("SELECT account FROM claim WHERE entity = ? AND state = 'confirmed'", {number(whom.card)},
                        [&](const Row& row) { whom.account = row.integer(0); });
      }));
    }
  }
  TRY_ASSIGN(const std::vector<access::Subject> all, subjects(whom, emails));
  TRY(must_not_name(whom, all));
  for (const access::Subject& subject : all) {
    for (const access::Holding& holding : m_holdings) {
      if (holding.give_back) {
        TRY(holding.give_back(subject));
      }
    }
  }
  pool::Erasure erasure;
  erasure.person = whom.card;
  for (const access::Subject& subject : all) {
    erasure.words.push_back(subject.email);
  }
  erasure.also = [&](Transaction& db) { return forget_all(db, whom, all, by); };
  return m_pool.erase(erasure, on_progress);
}

Result<int64_t> Wishes::repeat() const {
  std::vector<std::string> emails;
  TRY(m_store.read([&](Connection& db) {
    return db.query("SELECT email FROM account", {}, [&](const Row& row) { emails.emplace_back(row.text(0)); });
  }));
  TRY_ASSIGN(const pool::Returned returned, m_pool.returned(emails));
  int64_t count = 0;
  bool all = true;
  const auto again = [&](const Whom& whom) {
    // One that cannot be (the last administrator) does not keep the others; it is tried at the next start.
    const bool erased = erase(whom, 0, {}).has_value();
    count += erased ? 1 : 0;
    all = all && erased;
  };
  for (const Id person : returned.people) {
    again({person});
  }
  for (const std::string& email : returned.emails) {
    TRY_ASSIGN(const auto holder, m_contacts.with(email));
    if (holder) {
      again({Id(), holder->account});
    }
  }
  if (all) {
    TRY(m_pool.settle_returned());
  }
  return count;
}

Result<std::string> Wishes::file_on(const access::Subject& subject, std::string_view card) const {
  boost::json::object out;
  out["made"] = m_clock.now_text();
  for (const access::Holding& holding : m_holdings) {
    if (!holding.told) {
      continue;
    }
    TRY_ASSIGN(const std::vector<access::Held> tables, holding.told(subject));
    boost::json::object slice;
    for (const access::Held& table : tables) {
      boost::json::array rows;
      for (const auto& cells : table.rows) {
        boost::json::object row;
        for (const auto& [column, value] : cells) {
          row[column] = value;
        }
        rows.push_back(std::move(row));
      }
      slice[table.what] = std::move(rows);
    }
    out[holding.slice] = std::move(slice);
  }
  if (!card.empty()) {
    boost::system::error_code ignored;
    out["card"] = boost::json::parse(card, ignored);
  }
  return boost::json::serialize(out) + "\n";
}

}  // namespace pitchblende::personal
