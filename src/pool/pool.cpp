#include "pool/pool.hpp"

#include <chrono>

#include "pool/checking.hpp"
#include "pool/curation/decide.hpp"
#include "pool/curation/queue.hpp"
#include "pool/erasure/erase.hpp"
#include "pool/erasure/erased_list.hpp"
#include "pool/errors.hpp"
#include "pool/indexing.hpp"
#include "pool/merge.hpp"
#include "pool/people/page_rule.hpp"
#include "pool/resolve.hpp"
#include "pool/runs/import_run.hpp"
#include "pool/runs/publish.hpp"
#include "pool/state.hpp"
#include "resolution/resolution.hpp"
#include "store/migrations.hpp"

namespace pitchblende::pool {

namespace {

using store::Connection;
using store::Row;
using store::Transaction;

// How long who published waits for an import under way, before he leaves the rest to it.
constexpr std::chrono::milliseconds k_patience{200};
// How long who decides on a card waits to see it remade.
constexpr std::chrono::milliseconds k_longest_wait{500};

std::string derived_sql() {
  std::string sql;
  for (const auto& file : embedded::migrations()) {
    if (file.path.starts_with("db/derived/")) {
      sql += file.text;
    }
  }
  return sql;
}

// True when the derived tables were made anew, and so are empty.
Result<bool> prepare_derived(State& state) {
  const std::string sql = derived_sql();
  const std::string form = hash128_hex(sql) + "." + std::string(resolution::k_form_of_keys);
  return state.store.write([&](Transaction& db) -> Result<bool> {
    std::string known;
    TRY(db.query("SELECT value FROM memo WHERE name = 'derived'", {}, [&](const Row& row) { known = row.text(0); }));
    if (known == form) {
      return false;
    }
    TRY(db.script(sql));
    TRY(db.execute("DELETE FROM memo WHERE name = 'derived'"));
    TRY(db.execute("INSERT INTO memo (name, value) VALUES ('derived', ?)", {std::string_view(form)}));
    TRY(note_dropped(db));
    TRY(
        db.execute("INSERT INTO due_entity (entity) SELECT id FROM entity WHERE redirect IS NULL ON CONFLICT (entity) "
                   "DO NOTHING"));
    return true;
  });
}

Result<void> read_counters(State& state) {
  const auto next = [&](std::string_view table, auto& counter) {
    return state.store.read([&](Connection& db) {
      return db.query("SELECT COALESCE(MAX(id), 0) + 1 FROM " + std::string(table), {},
                      [&](const Row& row) { counter = row.integer(0); });
    });
  };
  TRY(next("run", state.next_run));
  TRY(next("record", state.next_record));
  TRY(next("version", state.next_version));
  TRY(next("change", state.next_change));
  return next("decision", state.next_decision);
}

std::set<Id> decided_beside(State& state) {
  const std::lock_guard deciding(state.deciding);
  return state.decided_beside;
}

Result<SettleReport> settle_now(State& state, Scope scope, const OnProgress& on_progress) {
  SettleReport report;
  const std::set<Id> decided = decided_beside(state);
  // PostgreSQL plans by what it last counted: after a large import it is told to count before each step that follows.
  const auto counted = [&]() -> Result<void> {
    const bool large = report.records > 1000 && state.store.dialect() == store::Dialect::postgresql;
    return large ? state.store.settle() : Result<void>{};
  };
  const OnProgress noted = noting(state, on_progress);
  TRY(judge_lapsed(state));
  TRY(resolve(state, scope, on_progress, report));
  TRY(renew_dropped_queue(state, on_progress));
  TRY(counted());
  TRY(merge_due(state, noted, report));
  cards_are_made(state);
  TRY(counted());
  TRY(index_changes(state, noted, report));
  if (report.documents > 1000) {
    TRY(state.store.settle());
  }
  const std::lock_guard deciding(state.deciding);
  std::erase_if(state.decided_beside, [&](Id card) { return decided.contains(card); });
  return report;
}

// Every entity is due; what was derived from them goes in pieces.
Result<void> forget_derived(State& state) {
  return state.store.write([&](Transaction& db) -> Result<void> {
    TRY(db.script(derived_sql()));
    TRY(note_dropped(db));
    TRY(
        db.execute("INSERT INTO due_entity (entity) SELECT DISTINCT entity FROM assignment WHERE part = 0 "
                   "ON CONFLICT (entity) DO NOTHING"));
    return {};
  });
}

}  // namespace

Pipeline::~Pipeline() {
  for (auto& written : m_under_way) {
    written.wait();
  }
}

Result<void> Pipeline::write(std::function<Result<void>(Transaction&)> function) {
  while (m_under_way.size() >= m_depth) {
    const Result<void> written = m_under_way.front().get();
    m_under_way.pop_front();
    TRY(written);
  }
  m_under_way.push_back(m_store.write_later(std::move(function)));
  ++m_written;
  return {};
}

Result<void> Pipeline::finish() {
  Result<void> first;
  while (!m_under_way.empty()) {
    Result<void> written = m_under_way.front().get();
    m_under_way.pop_front();
    if (first && !written) {
      first = std::move(written);
    }
  }
  return first;
}

Pool::Pool(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Pool::~Pool() = default;

Result<std::unique_ptr<Pool>> Pool::open(store::Store& store, const Clock& clock, Settings settings) {
  auto state = std::make_unique<State>(store, clock, std::move(settings));
  TRY_ASSIGN(const bool derived_anew, prepare_derived(*state));
  TRY(read_counters(*state));
  TRY(recover_runs(*state));
  TRY(read_counters(*state));
  TRY(open_or_begin_index(*state));
  if (derived_anew) {
    TRY_ASSIGN(const bool due, is_anything_due(*state));
    if (due) {
      TRY(begin_making_cards(*state));
    }
    TRY(remake_keys(*state, {}));
  }
  TRY_ASSIGN(const bool erasing, is_erasing(*state));
  if (erasing) {
    ErasureReport ignored;
    TRY(settle_now(*state, Scope::due, {}));
    TRY(erase_traces(*state, {}, ignored));
  }
  TRY(keep_erased_list(*state));
  return std::unique_ptr<Pool>(new Pool(std::move(state)));
}

Result<RunReport> Pool::import(const SourceSettings& source, const std::vector<std::string>& files,
                               const ImportOptions& options, const OnProgress& on_progress) {
  const std::lock_guard lock(m_state->writing);
  return import_run(*m_state, source, files, options, on_progress);
}

Result<SettleReport> Pool::settle(const OnProgress& on_progress) {
  const std::lock_guard lock(m_state->writing);
  return settle_now(*m_state, Scope::due, on_progress);
}

Result<SettleReport> Pool::full(const OnProgress& on_progress) {
  const std::lock_guard lock(m_state->writing);
  return settle_now(*m_state, Scope::everything, on_progress);
}

Result<SettleReport> Pool::rebuild(const OnProgress& on_progress) {
  const std::lock_guard lock(m_state->writing);
  SettleReport report;
  const OnProgress noted = noting(*m_state, on_progress);
  TRY(begin_making_cards(*m_state));
  TRY(forget_derived(*m_state));
  m_state->next_change = 1;
  TRY(remake_keys(*m_state, on_progress));
  TRY(merge_due(*m_state, noted, report));
  cards_are_made(*m_state);
  TRY(index_everything(*m_state, noted, report));
  TRY(renew_queue(*m_state, on_progress));
  TRY(m_state->store.settle());
  return report;
}

Result<void> Pool::publish(Transaction& transaction, const Publication& publication) {
  return publish_record(*m_state, transaction, publication);
}

Result<bool> Pool::settle_published() {
  const std::unique_lock lock(m_state->writing, k_patience);
  if (!lock.owns_lock()) {
    return false;
  }
  TRY_ASSIGN(const bool due, is_anything_due(*m_state));
  if (due) {
    TRY(settle_now(*m_state, Scope::due, {}));
  }
  return true;
}

Result<int64_t> Pool::decide(const Judgement& judgement) {
  const std::lock_guard lock(m_state->writing);
  TRY_ASSIGN(const int64_t decision, record_decision(*m_state, judgement));
  TRY(settle_now(*m_state, Scope::due, {}));
  return decision;
}

Result<ErasureReport> Pool::erase(const Erasure& erasure, const OnProgress& on_progress) {
  const std::lock_guard lock(m_state->writing);
  TRY_ASSIGN(Erasing erasing, erase_truth(*m_state, erasure));
  TRY(settle_now(*m_state, Scope::due, on_progress));
  TRY(erase_traces(*m_state, erasing.needles, erasing.report));
  TRY(keep_erased_list(*m_state));
  return std::move(erasing.report);
}

Result<Returned> Pool::returned(const std::vector<std::string>& emails) const {
  return find_returned(*m_state, emails);
}

Result<void> Pool::settle_returned() { return take_erased_list(*m_state); }

Result<std::vector<int64_t>> Pool::decide(const std::vector<Judgement>& judgements, const Also& also) {
  // Somebody waits for the answer: what he says is stored beside an import, and shown at its end.
  const std::unique_lock lock(m_state->writing, k_longest_wait);
  TRY_ASSIGN(auto decisions,
             record_decisions(*m_state, judgements, also, lock.owns_lock() ? Where::alone : Where::beside));
  if (lock.owns_lock()) {
    TRY(settle_now(*m_state, Scope::due, {}));
  }
  return decisions;
}

Result<CheckReport> Pool::check(const OnProgress& on_progress) {
  const std::lock_guard lock(m_state->writing);
  return check_all(*m_state, on_progress);
}

std::shared_ptr<const search::Index> Pool::index() const {
  const std::lock_guard lock(m_state->index_swap);
  return m_state->index;
}

std::optional<Making> Pool::making() const {
  const std::lock_guard lock(m_state->making_now);
  return m_state->making;
}

std::string_view name(Judgement::Verdict verdict) {
  switch (verdict) {
    case Judgement::Verdict::same:
      return "same";
    case Judgement::Verdict::different:
      return "different";
    case Judgement::Verdict::attach:
      return "attach";
    case Judgement::Verdict::detach:
      return "detach";
    case Judgement::Verdict::override_:
      return "override";
    case Judgement::Verdict::hide:
      return "hide";
    case Judgement::Verdict::verified:
      return "verified";
    case Judgement::Verdict::undo:
      return "undo";
  }
  return "verified";
}

}  // namespace pitchblende::pool
