#include "pool/indexing.hpp"

#include <algorithm>
#include <future>
#include <span>

#include "pool/documents.hpp"
#include "pool/errors.hpp"

namespace pitchblende::pool {

namespace {

using store::Connection;
using store::Row;

constexpr size_t k_batch = 1000;  // cards made into documents together
constexpr size_t k_commit_every = 50'000;

struct Made {
  std::vector<search::Document> documents;
  std::vector<Id> gone;
};

Result<Made> make(Documents& documents, std::span<const Id> ids) {
  Made made;
  TRY_ASSIGN(made.documents, documents.make({ids.begin(), ids.end()}, made.gone));
  return made;
}

void put(search::Index& index, Made&& made, SettleReport& report) {
  for (search::Document& document : made.documents) {
    index.put(std::move(document));
    ++report.documents;
  }
  for (const Id id : made.gone) {
    index.remove(id);
  }
}

// Two batches at a time, each on its own core: nobody writes meanwhile.
Result<void> put(State& state, search::Index& index, const std::vector<Id>& ids, const OnProgress& on_progress,
                 SettleReport& report) {
  Documents documents(state);
  Documents documents_beside(state);
  size_t since_commit = 0;
  for (size_t begin = 0; begin < ids.size();) {
    const std::span<const Id> rest = std::span(ids).subspan(begin);
    const std::span<const Id> here = rest.first(std::min(k_batch, rest.size()));
    const std::span<const Id> left = rest.subspan(here.size());
    const std::span<const Id> beside = left.first(std::min(k_batch, left.size()));
    std::future<Result<Made>> other = std::async(beside.empty() ? std::launch::deferred : std::launch::async,
                                                 [&] { return make(documents_beside, beside); });
    TRY_ASSIGN(Made made, make(documents, here));
    TRY_ASSIGN(Made made_beside, other.get());
    put(index, std::move(made), report);
    put(index, std::move(made_beside), report);
    begin += here.size() + beside.size();
    since_commit += here.size() + beside.size();
    if (since_commit >= k_commit_every) {
      index.commit();
      since_commit = 0;
    }
    if (on_progress &&
        !on_progress({"index", static_cast<int64_t>(begin), static_cast<int64_t>(ids.size()), "cards"})) {
      return fail(errors::stopped);
    }
  }
  index.commit();
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

// Nothing: whole.
void say_making(State& state, std::optional<Making::What> what) {
  const std::lock_guard lock(state.making_now);
  state.making = what ? std::optional(Making{*what, 0, 0}) : std::nullopt;
}

}  // namespace

Result<void> open_or_begin_index(State& state) {
  TRY_ASSIGN(const int64_t last, last_change(state));
  auto opened = search::Index::open(state.settings.index_folder);
  const bool serves = opened && (*opened)->position() <= last && ((*opened)->position() > 0 || last == 0);
  swap_in(state, serves ? std::move(*opened) : search::Index::create(state.settings.index_folder));
  state.index_due = !serves && last > 0;
  if (state.index_due) {
    say_making(state, Making::What::index);
  }
  return {};
}

Result<void> begin_making_cards(State& state) {
  say_making(state, Making::What::cards);
  state.index_due = true;
  return search::Index::forget(state.settings.index_folder);
}

void cards_are_made(State& state) {
  const std::lock_guard lock(state.making_now);
  if (state.making && state.making->what == Making::What::cards) {
    // Those that the index lists have come back with their ids.
    state.making = state.index->position() > 0 ? std::nullopt : std::optional(Making{});
  }
}

OnProgress noting(State& state, const OnProgress& on_progress) {
  return [&state, on_progress](const Progress& progress) {
    {
      const std::lock_guard lock(state.making_now);
      if (state.making) {
        state.making->done = progress.done;
        state.making->total = progress.total;
      }
    }
    return !on_progress || on_progress(progress);
  };
}

Result<void> index_changes(State& state, const OnProgress& on_progress, SettleReport& report) {
  TRY_ASSIGN(const int64_t last, last_change(state));
  const int64_t position = state.index->position();
  if (state.index_due || position > last || (position == 0 && last > 0)) {
    return index_everything(state, on_progress, report);  // an index of another database, or none
  }
  if (position == last) {
    return {};
  }
  std::vector<Id> ids;
  TRY(state.store.read([&](Connection& db) {
    return db.query("SELECT DISTINCT entity FROM change WHERE id > ? AND id <= ? ORDER BY entity", {position, last},
                    [&](const Row& row) { ids.push_back(id_of(row.integer(0))); });
  }));
  TRY(put(state, *state.index, ids, on_progress, report));
  return state.index->checkpoint(last);
}

Result<void> index_everything(State& state, const OnProgress& on_progress, SettleReport& report) {
  TRY_ASSIGN(const int64_t last, last_change(state));
  std::shared_ptr<search::Index> whole = search::Index::create(state.settings.index_folder);
  report.index_remade = true;
  std::vector<Id> ids;
  TRY(state.store.read([&](Connection& db) {
    return db.query("SELECT id FROM card WHERE page = 1 ORDER BY id", {},
                    [&](const Row& row) { ids.push_back(id_of(row.integer(0))); });
  }));
  TRY(put(state, *whole, ids, on_progress, report));
  TRY(whole->checkpoint(last));
  swap_in(state, std::move(whole));
  state.index_due = false;
  say_making(state, std::nullopt);
  return {};
}

}  // namespace pitchblende::pool
