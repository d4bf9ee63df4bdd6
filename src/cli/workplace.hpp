// A data folder, opened: for writing (one process) or for reading beside whoever writes.
#pragma once

#include <memory>

#include "base/clock.hpp"
#include "booking/booking.hpp"
#include "cli/config.hpp"
#include "pool/pool.hpp"
#include "search/search.hpp"
#include "store/store.hpp"

namespace pitchblende::cli {

struct Workplace {
  Config config;
  SystemClock clock;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<pool::Pool> pool;  // when opened for writing
  std::unique_ptr<booking::Booking> booking;
  int64_t erased_again = 0;  // people and accounts that an older database had brought back, erased as it was opened

  // What hangs on instruments that were found to be one goes along with them.
  Result<void> follow_merges() const;

  static Result<std::unique_ptr<Workplace>> for_writing(const std::string& folder);
  static Result<std::unique_ptr<Workplace>> for_reading(const std::string& folder);
  // Makes the folder and what it holds; a configuration that is there stays. Error: CLI_EXISTS, a database is there.
  static Result<void> make(const std::string& folder, const std::string& database, const std::string& name);
};

// The folder's own secret, DIR/secret.key: keys the hashes of links and sessions, the audit log, letters that wait.
// Made at the first call; only its owner may read it. Error: CLI_FOLDER.
Result<std::string> folder_secret(const std::string& folder);

// The index beside whoever writes. Before anything was pooled there is none: nothing is found in it. Error: CLI_BEHIND:
// one that is missing or behind what is stored would say that nothing is there.
Result<std::unique_ptr<search::Index>> index_for_reading(const std::string& folder, store::Store& store);

std::string index_folder(const std::string& folder);
// DIR/files: the bytes of attachments.
std::string files_folder(const std::string& folder);

}  // namespace pitchblende::cli
