#include "pool/indexing.hpp"

#include <algorithm>

#include "pool/documents.hpp"
#include "pool/errors.hpp"

namespace pitchblende::pool {

namespace {

using store::Connection;
using store::Row;

constexpr size_t k_batch = 1000;  // cards made into documents together
constexpr size_t k_commit_every = 50'000;

Result<void> put(State& state, const std::vector<Id>& ids, const OnProgress& on_progress, SettleReport& report) {
  Documents documents(state);
  size_t since_commit = 0;
  for (size_t begin = 0; begin < ids.size(); begin += k_batch) {
    const std::vector<Id> batch(ids.begin() + static_cast<std::ptrdiff_t>(begin),
                                ids.begin() + static_cast<std::ptrdiff_t>(std::min(begin + k_batch, ids.size())));
    std::vector<Id> gone;
    TRY_ASSIGN(std::vector<search::Document> made, documents.make(batch, gone));
    for (search::Document& document : made) {
      state.index->put(std::move(document));
      ++report.documents;
    }
    for (const Id id : gone) {
      state.index->remove(id);
    }
    since_commit += batch.size();
    if (since_commit >= k_commit_every) {
      state.index->commit();
      since_commit = 0;
    }
    if (on_progress && !on_progress({"index", static_cast<int64_t>(begin + batch.size()),
                                     static_cast<int64_t>(ids.size()), "cards"})) {
      return fail(errors::stopped);
    }
  }
  state.index->commit();
  return {};
}

void swap_in(State& state, std::shared_ptr<search::Index> index) {
  const std::lock_guard lock(state.index_swap);
  state.index = std::move(index);
}

Result<int64_t> last_change(State& state) {
  int64_t last = 0;
  TRY(state.store.read([&](Connection& db) {
    return db.query("SELECT COALESCE(MAX(id), 0) FROM change", {}, [&](const Row& row) { last = row.integer(0); });
  }));
  return last;
}

}  // namespace

void open_or_begin_index(State& state, bool& remade) {
  auto opened = search::Index::open(state.settings.index_folder);
  remade = !opened;
  swap_in(state, opened ? std::move(*opened) : search::Index::create(state.settings.index_folder));
}

Result<void> index_changes(State& state, const OnProgress& on_progress, SettleReport& report) {
  TRY_ASSIGN(const int64_t last, last_change(state));
  const int64_t position = state.index->position();
  if (position == last) {
    return {};
  }
  if (position > last || position == 0) {
    return index_everything(state, on_progress, report);  // an index of another database, or none
  }
  std::vector<Id> ids;
  TRY(state.store.read([&](Connection& db) {
    return db.query("SELECT DISTINCT entity FROM change WHERE id > ? AND id <= ? ORDER BY entity", {position, last},
                    [&](const Row& row) { ids.push_back(id_of(row.integer(0))); });
  }));
  TRY(put(state, ids, on_progress, report));
  return state.index->checkpoint(last);
}

Result<void> index_everything(State& state, const OnProgress& on_progress, SettleReport& report) {
  TRY_ASSIGN(const int64_t last, last_change(state));
  swap_in(state, search::Index::create(state.settings.index_folder));
  report.index_remade = true;
  std::vector<Id> ids;
  TRY(state.store.read([&](Connection& db) {
    return db.query("SELECT id FROM card WHERE page = 1 ORDER BY id", {},
                    [&](const Row& row) { ids.push_back(id_of(row.integer(0))); });
  }));
  TRY(put(state, ids, on_progress, report));
  return state.index->checkpoint(last);
}

}  // namespace pitchblende::pool
