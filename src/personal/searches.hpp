// Saved searches, and what each has told of already. A Searches borrows store and jobs; any thread.
//
// Who runs a search (the pages know how to read its address) says what it found; here stands what of that is new.
#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "jobs/jobs.hpp"
#include "personal/personal_types.hpp"
#include "store/store.hpp"

namespace pitchblende::personal {

// The job that writes what a search finds anew; `of` is the search's number.
inline constexpr std::string_view k_search_job = "personal.search";

class Searches {
 public:
  Searches(store::Store& store, const Clock& clock, const jobs::Jobs& jobs)
      : m_store(store), m_clock(clock), m_jobs(jobs) {}

  // `found`: what it finds now; with letters, only what comes after is told. The same address again changes the one
  // that is there. Errors: PERSONAL_LABEL, PERSONAL_SEARCH, PERSONAL_MANY.
  Result<int64_t> save(const SavedSearch& search, const std::vector<Id>& found) const;
  // Its name and how often it writes. Errors: PERSONAL_UNKNOWN: not his; PERSONAL_CHANGED: another revision is there.
  Result<void> change(const SavedSearch& search, const std::vector<Id>& found) const;
  Result<void> remove(int64_t account, int64_t search) const;
  // By the link of a letter, which proves that it is his.
  Result<void> stop_letters(int64_t search) const;

  Result<std::optional<SavedSearch>> find(int64_t search) const;
  // Those of `found` that it has not told of, in that order.
  Result<std::vector<Id>> news(int64_t search, const std::vector<Id>& found) const;
  // They are told, and the next look has its time. Belongs into the transaction that posts the letter. false: it writes
  // no more, or is gone; then nothing is to be posted.
  Result<bool> note_told(store::Transaction& transaction, int64_t search, const std::vector<Id>& told) const;

 private:
  Result<void> tell_first(store::Transaction& transaction, int64_t search, const std::vector<Id>& found) const;
  Result<void> post_next(store::Transaction& transaction, int64_t search, Every every) const;

  store::Store& m_store;
  const Clock& m_clock;
  const jobs::Jobs& m_jobs;
};

// The next five o'clock (UTC), of a Monday when it is weekly, after a time of the clock.
std::string next_look(std::string_view now, Every every);

}  // namespace pitchblende::personal
