// Proposals: begun, written by several, submitted with a receipt, withdrawn. The door of those who apply.
//
// A Proposals borrows the store and the clock; any thread. A proposal is known to its editors alone; who runs the call
// reads what was submitted (reviews.hpp, committee.hpp).
#pragma once

#include "calls/calls.hpp"
#include "files/files.hpp"

namespace pitchblende::calls {

class Proposals {
 public:
  // Without `files` none are taken.
  Proposals(store::Store& store, const Clock& clock, const files::Files* files = nullptr)
      : m_store(store), m_clock(clock), m_files(files) {}

  // The ref of the new draft, which somebody coordinates already where one is named. Errors: CALLS_UNKNOWN,
  // CALLS_NOT_OPEN, CALLS_CLOSED, CALLS_MOST_TEXTS.
  Result<std::string> begin(int64_t call, const By& by, const std::optional<Party>& coordinator = {},
                            const Also& also = {});
  // One of his, else CALLS_NO_PROPOSAL.
  Result<Proposal> find(std::string_view ref, const By& by) const;
  // His, the newest first.
  Result<std::vector<Proposal>> mine(const By& by) const;

  // Errors: CALLS_NO_PROPOSAL, CALLS_CLOSED, CALLS_TOO_LONG.
  Result<Kept> write(std::string_view ref, const std::vector<Typed>& typed, const By& by, const Also& also = {});
  // Takes somebody in, or changes his part; who coordinated until then takes part. Errors: CALLS_PARTY_KIND,
  // CALLS_MOST_TEXTS.
  Result<void> put_party(std::string_view ref, const Party& party, const By& by);
  Result<void> remove_party(std::string_view ref, std::string_view key, const By& by);
  // Errors: CALLS_EMAIL, CALLS_LAST_EDITOR.
  Result<void> add_editor(std::string_view ref, std::string_view email, const By& by, const Also& also = {});
  Result<void> remove_editor(std::string_view ref, std::string_view email, const By& by);

  // Errors: those of Files::keep, CALLS_MOST_TEXTS.
  Result<void> attach(std::string_view ref, std::string_view name, std::string_view bytes, const By& by);
  Result<void> detach(std::string_view ref, int64_t attachment, const By& by);
  Result<std::vector<files::Attachment>> attachments(std::string_view ref, const By& by) const;

  // Rule 8: what is stored, by the server's clock. Errors: CALLS_NOT_OPEN, CALLS_CLOSED, or the first thing that is
  // wrong with it.
  using AlsoReceipt = std::function<Result<void>(store::Transaction&, const Proposal&, const Receipt&)>;
  Result<Receipt> submit(std::string_view ref, const By& by, const AlsoReceipt& also = {});
  // Until it closes: it does not count any more, the draft stays. Error: CALLS_NOT_SUBMITTED.
  Result<void> withdraw(std::string_view ref, const By& by, const Also& also = {});
  // Rule 8: one that was never submitted goes, with its files. Errors: CALLS_NO_PROPOSAL, CALLS_STATE.
  Result<void> drop(std::string_view ref, const By& by, const Also& also = {});
  // Of one of his, the last first.
  Result<std::vector<Receipt>> receipts(std::string_view ref, const By& by) const;
  // What the committee said and reviewers wrote for him, once the call is released; nullopt before.
  struct Answer {
    Verdict verdict;
    std::string to_all;                 // whose outcome is as his
    std::vector<std::string> comments;  // in an order that tells nothing
  };
  Result<std::optional<Answer>> result(std::string_view ref, const By& by) const;

 private:
  Result<void> change(std::string_view ref, const By& by,
                      const std::function<Result<void>(store::Transaction&, const Proposal&)>& act);

  store::Store& m_store;
  const Clock& m_clock;
  const files::Files* m_files;
};

}  // namespace pitchblende::calls
