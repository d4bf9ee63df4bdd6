// Who did what: a log that only grows. Each entry is hashed with the one before under the folder's key; numbers and
// verbs, nobody's name.
//
// record() belongs into the transaction of what it tells: one is not there without the other.
#pragma once

#include <string>
#include <vector>

#include "access/access_types.hpp"
#include "base/clock.hpp"
#include "store/store.hpp"

namespace pitchblende::access {

struct Deed {
  int64_t actor = 0;  // an account; 0: the terminal or the program
  std::string verb;   // "grant", "end_session"
  std::string kind;   // of the object: "role"
  int64_t object = 0;
  std::string detail;  // a code or an id; never a name, an address or what somebody wrote
};
struct AuditEntry {
  int64_t number = 0;
  std::string at;
  Deed deed;
};

class Audit {
 public:
  Audit(store::Store& store, const Clock& clock, std::string key)
      : m_store(store), m_clock(clock), m_key(std::move(key)) {}

  Result<void> record(store::Transaction& transaction, const Deed& deed) const;
  // The newest first, before a number (0: from the end).
  Result<std::vector<AuditEntry>> entries(int64_t before, int64_t limit) const;
  // One sentence for each place where the log is not what was written: altered, missing, cut off. Empty: whole.
  Result<std::vector<std::string>> check() const;

 private:
  std::string seal(int64_t entries, const std::string& hash) const;

  store::Store& m_store;
  const Clock& m_clock;
  std::string m_key;
};

}  // namespace pitchblende::access
