// What a slice holds on somebody: told to him as a file, and forgotten when he is erased. Values; what stands behind
// the functions outlives them. Any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/access_types.hpp"
#include "base/result.hpp"
#include "store/store.hpp"

namespace pitchblende::access {

// One person as the slices know him.
struct Subject {
  int64_t account = 0;  // 0: he has none
  std::string email;    // of his account, else of his card; may be empty
  Id person;            // his card's thing; 0: none is known
};

// A table: rows of named cells.
struct Held {
  std::string what;  // "bookings"
  std::vector<std::vector<std::pair<std::string, std::string>>> rows = {};
};

struct Holding {
  std::string slice;
  std::function<Result<std::vector<Held>>(const Subject&)> told;
  // Takes away, or parts from him, what is his alone.
  std::function<Result<void>(store::Transaction&, const Subject&)> forget;
  // Before that, outside of the transaction: gives back what others wait for ("a booking to come").
  std::function<Result<void>(const Subject&)> give_back = {};
};

// The answer of a query as such a table; a column "@thing" holds an entity and is told as its id under "thing".
Result<Held> held(store::Store& store, std::string what, const std::vector<std::string>& columns, std::string_view sql,
                  std::initializer_list<store::Param> with);

// Accounts, sessions, roles, and what of the audit log names his account.
Holding account_holding(store::Store& store);

// A line of My page: how much there is of something, and where ("3 bookings to come"; "/bookings").
struct RoomLine {
  std::string word;  // key of web/locales, with {n}
  int64_t count = 0;
  std::string path;  // below the language
};
// What a room has of this actor; app hands all of them to the pages.
using RoomSource = std::function<Result<std::vector<RoomLine>>(const Actor&)>;

}  // namespace pitchblende::access
