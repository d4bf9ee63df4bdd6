// Pooling: import, resolve, merge, index, and every other write that changes a card. Front door of pool.
//
// A Pool belongs to the one process that owns the data folder. Its calls may come from any thread; those that write
// take turns. Readers use registry::Registry and index() meanwhile.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "pool/pool_types.hpp"
#include "registry/registry.hpp"
#include "search/search.hpp"
#include "store/store.hpp"

namespace pitchblende::pool {

struct Settings {
  std::string index_folder;
  int retention_years = 3;  // a person whose last position ended longer ago has no page
  std::string key = {};     // the data folder's own secret: what is left of the erased is hashed with it
};

struct State;

class Pool {
 public:
  // Makes the derived tables when they are missing or of another form (a rebuild is then due), cleans up runs that were
  // interrupted while staging, and finishes applying those that were interrupted later.
  static Result<std::unique_ptr<Pool>> open(store::Store& store, const Clock& clock, Settings settings);
  ~Pool();

  // One run of one source: all of the files together. What is wrong in them is in the report; an error is only what
  // kept the run as such from being made. Apply is part of it; settle() must follow.
  Result<RunReport> import(const SourceSettings& source, const std::vector<std::string>& files,
                           const ImportOptions& options, const OnProgress& on_progress);
  // Does all work that is due: resolve, merge, index, checkpoint.
  Result<SettleReport> settle(const OnProgress& on_progress);
  // Re-resolves everything; ids stay.
  Result<SettleReport> full(const OnProgress& on_progress);
  // Remakes cards, links, identifiers, keys, index and the queue from records, decisions and assignments, which stay as
  // they are.
  Result<SettleReport> rebuild(const OnProgress& on_progress);

  // What a slice lets others see of its own work, as a record of the internal source `pitchblende:<slice>`. Belongs
  // into the transaction of what it tells: both are stored or neither. settle_published() after it shows it at once.
  // Error: POOL_NO_KEY.
  Result<void> publish(store::Transaction& transaction, const Publication& publication);
  // The work that published records made due. False: an import is under way; what is due is done at its end, or at the
  // server's next look.
  Result<bool> settle_published();

  // Gives the decision's number. The cards it concerns are remade before it returns.
  Result<int64_t> decide(const Judgement& judgement);
  // Several on cards (override, hide, verified, undo), all or none, in one transaction with what `also` writes: it runs
  // first, and its error leaves everything as it was. While an import is under way they are stored beside it, and the
  // cards remade at its end, or at the server's next look: nobody waits for it. Error: POOL_BUSY: somebody else decided
  // on the card during that import; nothing was done.
  using Also = std::function<Result<void>(store::Transaction&)>;
  Result<std::vector<int64_t>> decide(const std::vector<Judgement>& judgements, const Also& also);
  // Takes a person out of the pool for good (docs/rules/erasure.md). Killed in the middle, it has not happened, or it
  // is finished when the folder is opened again. Errors: POOL_UNKNOWN_ID, POOL_NOT_A_PERSON.
  Result<ErasureReport> erase(const Erasure& erasure, const OnProgress& on_progress);
  // Who was erased and is here again, because the database is older than the list that stands beside it. `emails`: of
  // accounts. Nobody, where the database knows of every erasure.
  Result<Returned> returned(const std::vector<std::string>& emails) const;
  // When they are erased again: the database knows the whole list from now on.
  Result<void> settle_returned();
  Result<CheckReport> check(const OnProgress& on_progress);

  // The index as it is now; a rebuild puts another one in its place, and this one lives while somebody holds it.
  std::shared_ptr<const search::Index> index() const;
  // Nothing: cards and index are whole. Else settle() makes them so.
  std::optional<Making> making() const;

 private:
  explicit Pool(std::unique_ptr<State> state);
  std::unique_ptr<State> m_state;
};

// What the last applied run of a source was told of it; none: no record of it is there. An import that says nothing
// else goes on with that. Reads only.
Result<std::optional<SourceSettings>> stored_settings(store::Store& store, const std::string& name);

// What an erasure would find. Reads only; every record once. Errors as of Pool::erase().
Result<ErasureReport> foresee_erasure(store::Store& store, Id person);
// Why a thing is one thing: its records and names, what held them together or apart and how much that weighed. Reads
// only.
Result<Explanation> explain(store::Store& store, Id id);
// What a record, or a name on it, is assigned to.
Result<Id> thing_at(store::Store& store, const resolution::MentionRef& place);
// What speaks for and against two being one, and why they are or are not. Reads only.
Result<PairExplanation> explain(store::Store& store, const Named& a, const Named& b);
// What things are called: as on their cards, else as the first record or printed name of theirs says. Reads only.
Result<std::map<Id, std::string>> names_of(store::Store& store, const std::vector<Id>& things);
// Whether a “same” of `who` about these two would be taken: the error is what it would meet with, with the names of
// both. Reads only.
Result<void> may_be_one(store::Store& store, const resolution::MentionRef& a, const resolution::MentionRef& b,
                        std::string_view who);
// Pairs that may be one, not surely enough to be joined; those first where an answer would change most pages. Reads
// only.
Result<Queue> queue(store::Store& store, const QueueQuery& query);
// How good the pool is: sizes, what looks wrong, what is left to do. Reads every record once.
Result<Quality> quality(store::Store& store, const QualityQuery& query);

}  // namespace pitchblende::pool
