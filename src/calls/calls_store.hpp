// The tables of calls. Functions of a connection or transaction, on its thread. Inside the slice only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calls/calls_types.hpp"
#include "store/store.hpp"

namespace pitchblende::calls::rows {

// Whose texts: "call", "proposal", "review".
struct Owner {
  std::string_view what;
  int64_t id = 0;
};
Result<Texts> texts(store::Connection& connection, const Owner& owner);
// Rule 4: what was typed in the place of what its writer saw; where somebody else wrote since, nothing.
Result<Kept> keep(store::Transaction& transaction, const Owner& owner, const std::vector<Typed>& typed,
                  const std::string& now, int64_t by);

Result<std::optional<Call>> call(store::Connection& connection, int64_t id);
// By their closing, the last first; drafts too.
Result<std::vector<Call>> calls(store::Connection& connection);
Result<int64_t> add_call(store::Transaction& transaction, const std::string& now, int64_t by);
Result<void> drop_call(store::Transaction& transaction, int64_t id);  // a draft
Result<void> put_times(store::Transaction& transaction, const Call& call);
Result<void> put_sheet(store::Transaction& transaction, int64_t call, int64_t line, int64_t sheet);
Result<void> release(store::Transaction& transaction, int64_t call, int64_t at);

// By its ref, or its number.
Result<std::optional<Proposal>> proposal(store::Connection& connection, std::string_view ref);
Result<std::optional<Proposal>> proposal(store::Connection& connection, int64_t id);
// With parties, editors and texts; `submitted`: those alone that were. By number.
enum class Which : uint8_t { all, submitted };
Result<std::vector<Proposal>> proposals(store::Connection& connection, int64_t call, Which which);
Result<std::vector<Proposal>> proposals_of(store::Connection& connection, std::string_view email);
// Whether somebody writes a proposal for that call.
Result<bool> applies(store::Connection& connection, int64_t call, std::string_view email);
Result<int64_t> add_proposal(store::Transaction& transaction, const Proposal& proposal, int64_t by);
Result<void> put_submitted(store::Transaction& transaction, int64_t proposal, int64_t number);
Result<void> add_editor(store::Transaction& transaction, int64_t proposal, std::string_view email,
                        const std::string& now);
Result<int64_t> remove_editor(store::Transaction& transaction, int64_t proposal, std::string_view email);
Result<void> put_party(store::Transaction& transaction, int64_t proposal, const Party& party);
Result<void> remove_party(store::Transaction& transaction, int64_t proposal, std::string_view key);
// With its texts, parties and editors; nothing was submitted.
Result<void> drop_proposal(store::Transaction& transaction, int64_t id);

Result<std::vector<Receipt>> receipts(store::Connection& connection, int64_t proposal);
Result<void> add_receipt(store::Transaction& transaction, int64_t proposal, const Receipt& receipt, int64_t by);

Result<std::vector<Review>> reviews(store::Connection& connection, int64_t proposal);
Result<std::vector<Review>> reviews_of_call(store::Connection& connection, int64_t call);
// Reviews that somebody has accepted and not sent, of proposals that stand in calls that are not announced: how many,
// and the first day by which one is due.
Result<std::pair<int64_t, std::string>> reviews_to_write(store::Connection& connection, std::string_view email);
Result<std::vector<Review>> reviews_by(store::Connection& connection, std::string_view email);
Result<std::optional<Review>> review(store::Connection& connection, std::string_view ref);
Result<std::optional<Review>> review_by_token(store::Connection& connection, std::string_view hash);
Result<int64_t> add_review(store::Transaction& transaction, const Review& review, std::string_view token_hash);
Result<void> put_review_state(store::Transaction& transaction, const Review& review);

Result<std::map<int64_t, Verdict>> verdicts(store::Connection& connection, int64_t call);
Result<void> put_verdict(store::Transaction& transaction, int64_t proposal, const Verdict& verdict);

// What was submitted and is funded: ref, content, granted; by ref.
struct Funded {
  std::string ref;
  std::string content;
  int64_t granted = 0;
};
Result<std::vector<Funded>> funded(store::Connection& connection, int64_t call);

// Proposals that were submitted to a released call and whose editors have not been written.
Result<std::vector<int64_t>> untold(store::Connection& connection, int64_t call);
Result<int64_t> put_told(store::Transaction& transaction, int64_t proposal);

}  // namespace pitchblende::calls::rows
