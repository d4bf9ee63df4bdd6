// After something was erased: no trace of what was deleted in the database's files. Any thread.
#pragma once

#include "store/store.hpp"

namespace pitchblende::store {

// log: what waits in the log is moved and the log emptied. file: the whole file is written anew before, so that no
// unused corner of a page holds what stood there; others' writes wait for that. PostgreSQL writes its tables anew.
enum class Scrub : uint8_t { log, file };
// Error: STORE_BUSY: somebody was reading all the while.
Result<void> scrub(Store& store, Scrub what);

}  // namespace pitchblende::store
