#include "calls/proposals.hpp"

#include <algorithm>

#include "access/access_rules.hpp"
#include "base/beginning.hpp"
#include "base/id.hpp"
#include "calls/calls_store.hpp"
#include "calls/errors.hpp"
#include "calls/paris.hpp"
#include "calls/plan.hpp"
#include "calls/proposal_rules.hpp"
#include "calls/submitted.hpp"

namespace pitchblende::calls {

namespace {

using store::Connection;
using store::Transaction;

Result<Call> published(Connection& connection, int64_t id) {
  TRY_ASSIGN(std::optional<Call> found, rows::call(connection, id));
  if (!found || found->state == CallState::draft) {
    return fail(errors::unknown);
  }
  return std::move(*found);
}

// Rule 1: the clock of the server, in Paris.
Result<void> judge_open(const Call& call, int64_t now) {
  if (now < call.opens) {
    return fail(errors::not_open, paris_text(call.opens));
  }
  if (now >= call.closes) {
    return fail(errors::closed, paris_text(call.closes), paris_text_to_the_second(now));
  }
  return {};
}

Result<Proposal> own(Connection& connection, std::string_view ref, const By& by) {
  TRY_ASSIGN(std::optional<Proposal> found, rows::proposal(connection, ref));
  if (!found || by.email.empty() || std::ranges::find(found->editors, by.email) == found->editors.end()) {
    return fail(errors::no_proposal);
  }
  return std::move(*found);
}

Result<void> told(Transaction& transaction, const Also& also) { return also ? also(transaction) : Result<void>(); }

Result<std::vector<files::Attachment>> files_of(const files::Files* files, int64_t proposal) {
  return files == nullptr ? Result<std::vector<files::Attachment>>(std::vector<files::Attachment>())
                          : files->of(k_draft_files, proposal);
}

std::vector<SubmittedFile> as_submitted(const std::vector<files::Attachment>& files) {
  std::vector<SubmittedFile> out;
  for (const files::Attachment& each : files) {
    out.push_back({each.file.name, each.file.hash, each.file.bytes});
  }
  return out;
}

constexpr int64_t k_most_own = 20;  // proposals of one person for a call

bool can_have(const Party& party) {
  const bool is_person = party.kind == "person";
  return party.part == Part::partner ? party.kind == "team" || party.kind == "organisation" : is_person;
}

}  // namespace

Result<void> Proposals::drop(std::string_view ref, const By& by, const Also& also) {
  TRY_ASSIGN(const Proposal there, find(ref, by));
  TRY_ASSIGN(const std::vector<files::Attachment> files, files_of(m_files, there.id));
  return m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(const Proposal proposal, own(transaction, ref, by));
    TRY_ASSIGN(const std::vector<Receipt> sent, rows::receipts(transaction, proposal.id));
    if (!sent.empty()) {
      return fail(errors::state, "submitted");
    }
    for (const files::Attachment& each : files) {
      TRY(m_files->remove(transaction, each.id));
    }
    TRY(rows::drop_proposal(transaction, proposal.id));
    return told(transaction, also);
  });
}

Result<std::string> Proposals::begin(int64_t call, const By& by, const std::optional<Party>& coordinator,
                                     const Also& also) {
  const int64_t at = seconds_of(m_clock);
  return m_store.write([&](Transaction& transaction) -> Result<std::string> {
    TRY_ASSIGN(const Call there, published(transaction, call));
    TRY(judge_open(there, at));
    TRY_ASSIGN(const std::vector<Proposal> before, rows::proposals_of(transaction, by.email));
    if (std::ranges::count(before, call, &Proposal::call) >= k_most_own) {
      return fail(errors::most_texts, std::to_string(k_most_own));
    }
    Proposal proposal;
    proposal.ref = random_ref();
    proposal.call = call;
    proposal.made = m_clock.now_text();
    TRY_ASSIGN(proposal.id, rows::add_proposal(transaction, proposal, by.account));
    TRY(rows::add_editor(transaction, proposal.id, by.email, proposal.made));
    if (coordinator) {
      TRY(rows::put_party(transaction, proposal.id, *coordinator));
    }
    TRY(told(transaction, also));
    return proposal.ref;
  });
}

Result<Proposal> Proposals::find(std::string_view ref, const By& by) const {
  return m_store.read([&](Connection& connection) { return own(connection, ref, by); });
}

Result<std::vector<Proposal>> Proposals::mine(const By& by) const {
  TRY_ASSIGN(std::vector<Proposal> found,
             m_store.read([&](Connection& connection) { return rows::proposals_of(connection, by.email); }));
  std::ranges::reverse(found);
  return found;
}

Result<void> Proposals::change(std::string_view ref, const By& by,
                               const std::function<Result<void>(Transaction&, const Proposal&)>& act) {
  const int64_t at = seconds_of(m_clock);
  return m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(const Proposal proposal, own(transaction, ref, by));
    TRY_ASSIGN(const Call call, published(transaction, proposal.call));
    TRY(judge_open(call, at));
    return act(transaction, proposal);
  });
}

Result<Kept> Proposals::write(std::string_view ref, const std::vector<Typed>& typed, const By& by, const Also& also) {
  TRY(judge_lengths(typed));
  Kept kept;
  TRY(change(ref, by, [&](Transaction& transaction, const Proposal& proposal) -> Result<void> {
    TRY_ASSIGN(kept, rows::keep(transaction, {"proposal", proposal.id}, typed, m_clock.now_text(), by.account));
    return told(transaction, also);
  }));
  return kept;
}

Result<void> Proposals::put_party(std::string_view ref, const Party& party, const By& by) {
  if (!can_have(party)) {
    return fail(errors::party_kind, party.kind);
  }
  return change(ref, by, [&](Transaction& transaction, const Proposal& proposal) -> Result<void> {
    if (proposal.parties.size() >= k_most_parties) {
      return fail(errors::most_texts, std::to_string(k_most_parties));
    }
    for (Party each : proposal.parties) {
      if (party.part == Part::coordinator && each.part == Part::coordinator && each.key != party.key) {
        each.part = Part::participant;
        TRY(rows::put_party(transaction, proposal.id, each));
      }
    }
    return rows::put_party(transaction, proposal.id, party);
  });
}

Result<void> Proposals::remove_party(std::string_view ref, std::string_view key, const By& by) {
  return change(ref, by, [&](Transaction& transaction, const Proposal& proposal) {
    return rows::remove_party(transaction, proposal.id, key);
  });
}

Result<void> Proposals::add_editor(std::string_view ref, std::string_view email, const By& by, const Also& also) {
  const auto address = access::email_address(email);
  if (!address) {
    return fail(errors::email, beginning(email, 254));
  }
  return change(ref, by, [&](Transaction& transaction, const Proposal& proposal) -> Result<void> {
    if (proposal.editors.size() >= k_most_parties) {
      return fail(errors::most_texts, std::to_string(k_most_parties));
    }
    TRY(rows::add_editor(transaction, proposal.id, *address, m_clock.now_text()));
    return told(transaction, also);
  });
}

Result<void> Proposals::remove_editor(std::string_view ref, std::string_view email, const By& by) {
  return change(ref, by, [&](Transaction& transaction, const Proposal& proposal) -> Result<void> {
    if (proposal.editors.size() == 1) {
      return fail(errors::last_editor);
    }
    TRY(rows::remove_editor(transaction, proposal.id, email));
    return {};
  });
}

Result<void> Proposals::attach(std::string_view ref, std::string_view name, std::string_view bytes, const By& by) {
  if (m_files == nullptr) {
    return fail(errors::no_proposal);
  }
  TRY(find(ref, by));
  TRY_ASSIGN(const files::Kept kept, m_files->keep(name, bytes));
  return change(ref, by, [&](Transaction& transaction, const Proposal& proposal) -> Result<void> {
    TRY_ASSIGN(const std::vector<files::Attachment> before, files_of(m_files, proposal.id));
    if (before.size() >= k_most_files) {
      return fail(errors::most_texts, std::to_string(k_most_files));
    }
    TRY(m_files->attach(transaction, kept, {k_draft_files, proposal.id, by.account}));
    return {};
  });
}

Result<void> Proposals::detach(std::string_view ref, int64_t attachment, const By& by) {
  TRY_ASSIGN(const std::vector<files::Attachment> own, attachments(ref, by));
  if (std::ranges::find(own, attachment, &files::Attachment::id) == own.end()) {
    return fail(errors::no_proposal);
  }
  return change(ref, by,
                [&](Transaction& transaction, const Proposal&) { return m_files->remove(transaction, attachment); });
}

Result<std::vector<files::Attachment>> Proposals::attachments(std::string_view ref, const By& by) const {
  TRY_ASSIGN(const Proposal proposal, find(ref, by));
  return files_of(m_files, proposal.id);
}

Result<Receipt> Proposals::submit(std::string_view ref, const By& by, const AlsoReceipt& also) {
  const int64_t at = seconds_of(m_clock);  // when it came: nobody is late because others stood before him
  return m_store.write([&](Transaction& transaction) -> Result<Receipt> {
    TRY_ASSIGN(const Proposal proposal, own(transaction, ref, by));
    TRY_ASSIGN(const Call call, published(transaction, proposal.call));
    TRY(judge_open(call, at));
    std::vector<Problem> problems = judge_proposal(call.plan, proposal.texts, proposal.parties);
    if (!problems.empty()) {
      return tl::unexpected(problems.front().error);
    }
    TRY_ASSIGN(const std::vector<Receipt> before, rows::receipts(transaction, proposal.id));
    Receipt receipt;
    receipt.number = before.empty() ? 1 : before.front().number + 1;
    receipt.receipt = std::to_string(call.id) + "-" + random_ref();
    receipt.at = at;
    receipt.asked = budget_of(call.plan, proposal.texts, proposal.parties).sum;
    TRY_ASSIGN(const std::vector<files::Attachment> with, files_of(m_files, proposal.id));
    receipt.content = submission_text(call, proposal, as_submitted(with), receipt);
    receipt.hash = hash256_hex(receipt.content);
    TRY(rows::add_receipt(transaction, proposal.id, receipt, by.account));
    TRY(rows::put_submitted(transaction, proposal.id, receipt.number));
    // Copies: what was submitted stays whatever becomes of the draft.
    for (const files::Attachment& each : with) {
      TRY(m_files->attach(transaction, each.file,
                          {k_submitted_files, files_number(proposal.id, receipt.number), by.account}));
    }
    if (also) {
      TRY(also(transaction, proposal, receipt));
    }
    return receipt;
  });
}

Result<void> Proposals::withdraw(std::string_view ref, const By& by, const Also& also) {
  return change(ref, by, [&](Transaction& transaction, const Proposal& proposal) -> Result<void> {
    if (proposal.submitted == 0) {
      return fail(errors::not_submitted);
    }
    TRY(rows::put_submitted(transaction, proposal.id, 0));
    return told(transaction, also);
  });
}

Result<std::vector<Receipt>> Proposals::receipts(std::string_view ref, const By& by) const {
  return m_store.read([&](Connection& connection) -> Result<std::vector<Receipt>> {
    TRY_ASSIGN(const Proposal proposal, own(connection, ref, by));
    return rows::receipts(connection, proposal.id);
  });
}

Result<std::optional<Proposals::Answer>> Proposals::result(std::string_view ref, const By& by) const {
  return m_store.read([&](Connection& connection) -> Result<std::optional<Answer>> {
    TRY_ASSIGN(const Proposal proposal, own(connection, ref, by));
    TRY_ASSIGN(const Call call, published(connection, proposal.call));
    if (call.released == 0 || proposal.submitted == 0) {
      return std::optional<Answer>();
    }
    Answer answer;
    TRY_ASSIGN(auto verdicts, rows::verdicts(connection, call.id));
    answer.verdict = verdicts[proposal.id];
    answer.to_all = said_to(call.texts, answer.verdict.outcome);
    TRY_ASSIGN(const std::vector<Review> reviews, rows::reviews(connection, proposal.id));
    for (const Review& review : reviews) {
      if (review.state == ReviewState::sent) {
        answer.comments.emplace_back(text_in(review.texts, "to_applicants"));
      }
    }
    std::ranges::sort(answer.comments, {}, mark_of);  // rule 13: not in the order of those who were asked
    return std::optional(std::move(answer));
  });
}

}  // namespace pitchblende::calls
