#include "calls/calls_store.hpp"

#include "calls/errors.hpp"
#include "calls/plan.hpp"
#include "calls/proposal_rules.hpp"
#include "store/numbering.hpp"

namespace pitchblende::calls::rows {

namespace {

using store::Connection;
using store::Row;
using store::Transaction;

constexpr int64_t k_most_texts = 2000;

using store::id_at;
using store::number;

struct Standing {
  std::string text;
  int64_t by = 0;
};

constexpr std::string_view k_call_columns =
    "SELECT id, state, opens, closes, line, sheet, released, made_by FROM calls ";

Call call_of(const Row& row) {
  Call call;
  call.id = row.integer(0);
  call.state = row.text(1) == "published" ? CallState::published : CallState::draft;
  call.opens = row.integer(2);
  call.closes = row.integer(3);
  call.line = row.integer(4);
  call.sheet = row.integer(5);
  call.released = row.integer(6);
  call.made_by = row.integer(7);
  return call;
}

// The times that count are those that were published, not those that are being typed.
void understand(Call& call, Texts texts) {
  call.texts = std::move(texts);
  call.plan = read_plan(call.texts).plan;
  if (call.state == CallState::published) {
    call.plan.opens = call.opens;
    call.plan.closes = call.closes;
  }
}

constexpr std::string_view k_proposal_columns = "SELECT p.id, p.ref, p.call, p.submitted, p.made FROM proposal p ";

Proposal proposal_of(const Row& row) {
  Proposal out;
  out.id = row.integer(0);
  out.ref = row.text(1);
  out.call = row.integer(2);
  out.submitted = row.integer(3);
  out.made = row.text(4);
  return out;
}

Result<void> fill(Connection& connection, Proposal& proposal) {
  TRY_ASSIGN(proposal.texts, texts(connection, {"proposal", proposal.id}));
  TRY(connection.query(
      "SELECT party, entity, kind, role, label FROM proposal_party WHERE proposal = ? ORDER BY role, "
      "label, party",
      {proposal.id}, [&](const Row& row) {
        proposal.parties.push_back({std::string(row.text(0)), id_at(row, 1), std::string(row.text(2)),
                                    part(row.text(3)).value_or(Part::participant), std::string(row.text(4))});
      }));
  return connection.query("SELECT email FROM proposal_editor WHERE proposal = ? ORDER BY email", {proposal.id},
                          [&](const Row& row) { proposal.editors.emplace_back(row.text(0)); });
}

Result<std::optional<Proposal>> one_proposal(Connection& connection, std::string_view where, store::Param value) {
  std::optional<Proposal> found;
  TRY(connection.query(std::string(k_proposal_columns) + std::string(where), {value},
                       [&](const Row& row) { found = proposal_of(row); }));
  if (found) {
    TRY(fill(connection, *found));
  }
  return found;
}

Result<std::vector<Proposal>> some_proposals(Connection& connection, const std::string& where, store::Param value) {
  std::vector<Proposal> found;
  TRY(connection.query(std::string(k_proposal_columns) + where + " ORDER BY p.id", {value},
                       [&](const Row& row) { found.push_back(proposal_of(row)); }));
  for (Proposal& each : found) {
    TRY(fill(connection, each));
  }
  return found;
}

constexpr std::string_view k_review_columns =
    "SELECT r.id, r.ref, r.proposal, r.entity, r.label, r.email, r.state, r.due, r.reason, r.checked, r.invited, "
    "r.answered FROM review r ";

Result<std::vector<Review>> some_reviews(Connection& connection, std::string_view where, store::Param value) {
  std::vector<Review> found;
  TRY(connection.query(std::string(k_review_columns) + std::string(where) + " ORDER BY r.id", {value},
                       [&](const Row& row) {
                         Review out;
                         out.id = row.integer(0);
                         out.ref = row.text(1);
                         out.proposal = row.integer(2);
                         out.entity = id_at(row, 3);
                         out.label = row.text(4);
                         out.email = row.text(5);
                         out.state = review_state(row.text(6)).value_or(ReviewState::withdrawn);
                         out.due = row.text(7);
                         out.reason = row.text(8);
                         out.checked = row.text(9);
                         out.invited = row.text(10);
                         out.answered = row.text(11);
                         found.push_back(std::move(out));
                       }));
  for (Review& each : found) {
    TRY_ASSIGN(each.texts, texts(connection, {"review", each.id}));
  }
  return found;
}

std::optional<Review> first(std::vector<Review> found) {
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

}  // namespace

Result<Texts> texts(Connection& connection, const Owner& owner) {
  Texts out;
  TRY(connection.query("SELECT name, text FROM call_text WHERE owner = ? AND id = ?", {owner.what, owner.id},
                       [&](const Row& row) { out.emplace(row.text(0), row.text(1)); }));
  return out;
}

Result<Kept> keep(Transaction& transaction, const Owner& owner, const std::vector<Typed>& typed, const std::string& now,
                  int64_t by) {
  std::map<std::string, Standing, std::less<>> there;
  TRY(transaction.query("SELECT name, text, changed_by FROM call_text WHERE owner = ? AND id = ?",
                        {owner.what, owner.id}, [&](const Row& row) {
                          there.emplace(row.text(0), Standing{std::string(row.text(1)), row.integer(2)});
                        }));
  Kept kept;
  for (const Typed& each : typed) {
    const auto found = there.find(each.name);
    const std::string_view stands = found == there.end() ? std::string_view() : std::string_view(found->second.text);
    if (each.text == stands || each.seen == mark_of(each.text)) {
      continue;  // nothing new, or nothing of his
    }
    if (each.seen != mark_of(stands)) {
      kept.clashes.push_back({each.name, std::string(stands), found == there.end() ? 0 : found->second.by});
      continue;
    }
    if (found == there.end() && static_cast<int64_t>(there.size()) >= k_most_texts) {
      return fail(errors::most_texts, std::to_string(k_most_texts));
    }
    TRY(transaction.execute(
        "INSERT INTO call_text (owner, id, name, text, changed, changed_by) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT "
        "(owner, id, name) DO UPDATE SET text = excluded.text, changed = excluded.changed, changed_by = "
        "excluded.changed_by",
        {owner.what, owner.id, std::string_view(each.name), std::string_view(each.text), std::string_view(now), by}));
    there[each.name] = {each.text, by};
    ++kept.changed;
  }
  return kept;
}

Result<std::optional<Call>> call(Connection& connection, int64_t id) {
  std::optional<Call> found;
  TRY(connection.query(std::string(k_call_columns) + "WHERE id = ?", {id},
                       [&](const Row& row) { found = call_of(row); }));
  if (found) {
    TRY_ASSIGN(Texts own, texts(connection, {"call", id}));
    understand(*found, std::move(own));
  }
  return found;
}

Result<std::vector<Call>> calls(Connection& connection) {
  std::vector<Call> found;
  TRY(connection.query(std::string(k_call_columns) + "ORDER BY closes DESC, id DESC", {},
                       [&](const Row& row) { found.push_back(call_of(row)); }));
  for (Call& each : found) {
    TRY_ASSIGN(Texts own, texts(connection, {"call", each.id}));
    understand(each, std::move(own));
  }
  return found;
}

Result<int64_t> add_call(Transaction& transaction, const std::string& now, int64_t by) {
  TRY_ASSIGN(const int64_t id, store::next_id(transaction, "calls"));
  TRY(transaction.execute(
      "INSERT INTO calls (id, state, opens, closes, line, sheet, released, made, made_by) VALUES (?, 'draft', 0, 0, 0, "
      "1, 0, ?, ?)",
      {id, std::string_view(now), by}));
  return id;
}

Result<void> drop_call(Transaction& transaction, int64_t id) {
  TRY(transaction.execute("DELETE FROM call_text WHERE owner = 'call' AND id = ?", {id}));
  TRY(transaction.execute("DELETE FROM calls WHERE id = ? AND state = 'draft'", {id}));
  return {};
}

Result<void> put_times(Transaction& transaction, const Call& call) {
  TRY(transaction.execute("UPDATE calls SET state = ?, opens = ?, closes = ? WHERE id = ?",
                          {name(call.state), call.opens, call.closes, call.id}));
  return {};
}

Result<void> put_sheet(Transaction& transaction, int64_t call, int64_t line, int64_t sheet) {
  TRY(transaction.execute("UPDATE calls SET line = ?, sheet = ? WHERE id = ?", {line, sheet, call}));
  return {};
}

Result<void> release(Transaction& transaction, int64_t call, int64_t at) {
  TRY(transaction.execute("UPDATE calls SET released = ? WHERE id = ?", {at, call}));
  return {};
}

Result<std::optional<Proposal>> proposal(Connection& connection, std::string_view ref) {
  return one_proposal(connection, "WHERE p.ref = ?", ref);
}

Result<std::optional<Proposal>> proposal(Connection& connection, int64_t id) {
  return one_proposal(connection, "WHERE p.id = ?", id);
}

Result<std::vector<Proposal>> proposals(Connection& connection, int64_t call, Which which) {
  return some_proposals(connection, which == Which::all ? "WHERE p.call = ?" : "WHERE p.call = ? AND p.submitted > 0",
                        call);
}

Result<std::vector<Proposal>> proposals_of(Connection& connection, std::string_view email) {
  return some_proposals(connection, "JOIN proposal_editor e ON e.proposal = p.id WHERE e.email = ?", email);
}

Result<bool> applies(Connection& connection, int64_t call, std::string_view email) {
  bool found = false;
  TRY(
      connection.query("SELECT 1 FROM proposal_editor e JOIN proposal p ON p.id = e.proposal WHERE e.email = ? AND "
                       "p.call = ? LIMIT 1",
                       {email, call}, [&](const Row&) { found = true; }));
  return found;
}

Result<int64_t> add_proposal(Transaction& transaction, const Proposal& proposal, int64_t by) {
  TRY_ASSIGN(const int64_t id, store::next_id(transaction, "proposal"));
  TRY(transaction.execute(
      "INSERT INTO proposal (id, ref, call, submitted, told, made, made_by) VALUES (?, ?, ?, 0, 0, ?, ?)",
      {id, std::string_view(proposal.ref), proposal.call, std::string_view(proposal.made), by}));
  return id;
}

Result<void> put_submitted(Transaction& transaction, int64_t proposal, int64_t number) {
  TRY(transaction.execute("UPDATE proposal SET submitted = ? WHERE id = ?", {number, proposal}));
  return {};
}

Result<void> add_editor(Transaction& transaction, int64_t proposal, std::string_view email, const std::string& now) {
  TRY(
      transaction.execute("INSERT INTO proposal_editor (proposal, email, added) VALUES (?, ?, ?) ON CONFLICT "
                          "(proposal, email) DO NOTHING",
                          {proposal, email, std::string_view(now)}));
  return {};
}

Result<int64_t> remove_editor(Transaction& transaction, int64_t proposal, std::string_view email) {
  return transaction.execute("DELETE FROM proposal_editor WHERE proposal = ? AND email = ?", {proposal, email});
}

Result<void> put_party(Transaction& transaction, int64_t proposal, const Party& party) {
  TRY(transaction.execute(
      "INSERT INTO proposal_party (proposal, party, entity, kind, role, label) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT "
      "(proposal, party) DO UPDATE SET role = excluded.role, label = excluded.label",
      {proposal, std::string_view(party.key), number(party.entity), std::string_view(party.kind), name(party.part),
       std::string_view(party.label)}));
  return {};
}

Result<void> remove_party(Transaction& transaction, int64_t proposal, std::string_view key) {
  TRY(transaction.execute("DELETE FROM proposal_party WHERE proposal = ? AND party = ?", {proposal, key}));
  return {};
}

Result<void> drop_proposal(Transaction& transaction, int64_t id) {
  TRY(transaction.execute("DELETE FROM call_text WHERE owner = 'proposal' AND id = ?", {id}));
  TRY(transaction.execute("DELETE FROM proposal_party WHERE proposal = ?", {id}));
  TRY(transaction.execute("DELETE FROM proposal_editor WHERE proposal = ?", {id}));
  TRY(transaction.execute("DELETE FROM proposal WHERE id = ?", {id}));
  return {};
}

Result<std::vector<Receipt>> receipts(Connection& connection, int64_t proposal) {
  std::vector<Receipt> found;
  TRY(
      connection.query("SELECT number, receipt, at, asked, hash, content FROM submission WHERE proposal = ? ORDER BY "
                       "number DESC",
                       {proposal}, [&](const Row& row) {
                         found.push_back({row.integer(0), std::string(row.text(1)), row.integer(2), row.integer(3),
                                          std::string(row.text(4)), std::string(row.text(5))});
                       }));
  return found;
}

Result<void> add_receipt(Transaction& transaction, int64_t proposal, const Receipt& receipt, int64_t by) {
  TRY(
      transaction.execute("INSERT INTO submission (proposal, number, receipt, at, by_account, asked, hash, content) "
                          "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                          {proposal, receipt.number, std::string_view(receipt.receipt), receipt.at, by, receipt.asked,
                           std::string_view(receipt.hash), std::string_view(receipt.content)}));
  return {};
}

Result<std::vector<Review>> reviews(Connection& connection, int64_t proposal) {
  return some_reviews(connection, "WHERE r.proposal = ?", proposal);
}

Result<std::vector<Review>> reviews_of_call(Connection& connection, int64_t call) {
  return some_reviews(connection, "JOIN proposal p ON p.id = r.proposal WHERE p.call = ?", call);
}

Result<std::pair<int64_t, std::string>> reviews_to_write(Connection& connection, std::string_view email) {
  std::pair<int64_t, std::string> out;
  TRY(
      connection.query("SELECT count(*), coalesce(min(r.due), '') FROM review r JOIN proposal p ON p.id = r.proposal "
                       "JOIN calls c ON c.id = p.call WHERE r.email = ? AND r.state = ? AND p.submitted <> 0 AND "
                       "c.released = 0",
                       {email, name(ReviewState::accepted)}, [&](const Row& row) {
                         out = {row.integer(0), std::string(row.text(1))};
                       }));
  return out;
}

Result<std::vector<Review>> reviews_by(Connection& connection, std::string_view email) {
  return some_reviews(connection, "WHERE r.email = ?", email);
}

Result<std::optional<Review>> review(Connection& connection, std::string_view ref) {
  TRY_ASSIGN(std::vector<Review> found, some_reviews(connection, "WHERE r.ref = ?", ref));
  return first(std::move(found));
}

Result<std::optional<Review>> review_by_token(Connection& connection, std::string_view hash) {
  TRY_ASSIGN(std::vector<Review> found, some_reviews(connection, "WHERE r.token_hash = ?", hash));
  return first(std::move(found));
}

Result<int64_t> add_review(Transaction& transaction, const Review& review, std::string_view token_hash) {
  TRY_ASSIGN(const int64_t id, store::next_id(transaction, "review"));
  TRY(transaction.execute(
      "INSERT INTO review (id, ref, proposal, entity, label, email, token_hash, state, due, reason, checked, invited, "
      "answered) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, '')",
      {id, std::string_view(review.ref), review.proposal, number(review.entity), std::string_view(review.label),
       std::string_view(review.email), token_hash, name(review.state), std::string_view(review.due),
       std::string_view(review.checked), std::string_view(review.invited)}));
  return id;
}

Result<void> put_review_state(Transaction& transaction, const Review& review) {
  TRY(transaction.execute(
      "UPDATE review SET state = ?, reason = ?, answered = ? WHERE id = ?",
      {name(review.state), std::string_view(review.reason), std::string_view(review.answered), review.id}));
  return {};
}

Result<std::map<int64_t, Verdict>> verdicts(Connection& connection, int64_t call) {
  std::map<int64_t, Verdict> found;
  TRY(
      connection.query("SELECT v.proposal, v.place, v.outcome, v.granted, v.message FROM verdict v JOIN proposal p ON "
                       "p.id = v.proposal WHERE p.call = ?",
                       {call}, [&](const Row& row) {
                         found[row.integer(0)] = {row.integer(1), outcome(row.text(2)).value_or(Outcome::unsaid),
                                                  row.integer(3), std::string(row.text(4))};
                       }));
  return found;
}

Result<void> put_verdict(Transaction& transaction, int64_t proposal, const Verdict& verdict) {
  TRY(transaction.execute(
      "INSERT INTO verdict (proposal, place, outcome, granted, message) VALUES (?, ?, ?, ?, ?) ON CONFLICT (proposal) "
      "DO UPDATE SET place = excluded.place, outcome = excluded.outcome, granted = excluded.granted, message = "
      "excluded.message",
      {proposal, verdict.place, name(verdict.outcome), verdict.granted, std::string_view(verdict.message)}));
  return {};
}

Result<std::vector<Funded>> funded(Connection& connection, int64_t call) {
  std::vector<Funded> found;
  TRY(
      connection.query("SELECT p.ref, s.content, v.granted FROM proposal p JOIN verdict v ON v.proposal = p.id JOIN "
                       "submission s ON s.proposal = p.id AND s.number = p.submitted WHERE p.call = ? AND v.outcome = "
                       "'funded' ORDER BY p.ref",
                       {call}, [&](const Row& row) {
                         found.push_back({std::string(row.text(0)), std::string(row.text(1)), row.integer(2)});
                       }));
  return found;
}

Result<std::vector<int64_t>> untold(Connection& connection, int64_t call) {
  std::vector<int64_t> found;
  TRY(
      connection.query("SELECT p.id FROM proposal p JOIN calls c ON c.id = p.call WHERE p.call = ? AND p.submitted > 0 "
                       "AND p.told = 0 AND c.released > 0 ORDER BY p.id",
                       {call}, [&](const Row& row) { found.push_back(row.integer(0)); }));
  return found;
}

Result<int64_t> put_told(Transaction& transaction, int64_t proposal) {
  return transaction.execute("UPDATE proposal SET told = 1 WHERE id = ? AND told = 0", {proposal});
}

}  // namespace pitchblende::calls::rows
