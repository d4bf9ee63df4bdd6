// Who is told that he has a page: once, at the card's own address, when the configuration says so and somebody has
// begun it. A Notices borrows the store; any thread. The pages write the letters.
#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "jobs/jobs.hpp"
#include "store/store.hpp"

namespace pitchblende::personal {

inline constexpr std::string_view k_notice_job = "personal.notices";
inline constexpr size_t k_noticed_together = 50;  // letters of one piece
// More than that at once are not written to before somebody begins it again.
inline constexpr int64_t k_noticed_unasked = 200;

struct NoticeCount {
  int64_t to_write = 0;    // pages whose person was not told and has an address
  int64_t no_address = 0;  // and has none
  int64_t told = 0;
  bool begun = false;  // letters are being written, or new pages are looked at each day
};

class Notices {
 public:
  Notices(store::Store& store, const Clock& clock, const jobs::Jobs& jobs)
      : m_store(store), m_clock(clock), m_jobs(jobs) {}

  Result<NoticeCount> count() const;
  struct Waiting {
    Id card;
    std::string email;  // empty: none that may be written to
  };
  // Those that have an address.
  Result<std::vector<Waiting>> next(size_t limit) const;
  Result<void> note(store::Transaction& transaction, const Waiting& told) const;
  // Begins it: the job writes in pieces, and then looks each day.
  Result<void> begin(store::Transaction& transaction) const;
  // After a piece or a look.
  enum class More : uint8_t { no, yes };
  Result<void> go_on(store::Transaction& transaction, More more) const;

 private:
  store::Store& m_store;
  const Clock& m_clock;
  const jobs::Jobs& m_jobs;
};

}  // namespace pitchblende::personal
