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
  int64_t account = 0;      // 0: he has none
  std::string email;        // of his account, else of his card; may be empty
  Id person;                // his card's thing; 0: none is known
  std::string family = {};  // his family name, when he is erased
};

// A table: rows of named cells.
struct Held {
  std::string what;  // "bookings"
  std::vector<std::vector<std::pair<std::string, std::string>>> rows = {};
};

// How long it stays where nobody asks for anything.
enum class Term : uint8_t {
  moment,   // minutes, hours: it ends by itself
  month,    // 30 days
  quarter,  // 90 days
  year,     // after it was last of use
  source,   // as long as a source says it
  erasure,  // until he is erased, or takes it away himself
  for_good
};
// What an erasure does with it.
enum class Fate : uint8_t {
  deleted,  // the row goes
  emptied,  // the row stays without it
  number,   // a number stays, which leads to nobody any more
  kept      // it stays as it is; docs/rules/erasure.md says why
};
std::string_view name(Term term);
std::string_view name(Fate fate);

// Columns of one table in which a person may stand: by name, address, account, card, or in what he wrote. Every such
// column of the schema stands in one; docs/privacy.md has the same list.
struct HeldIn {
  std::string table;
  std::vector<std::string> columns;
  Term term = Term::erasure;
  Fate fate = Fate::deleted;
};

struct Holding {
  std::string slice;
  std::function<Result<std::vector<Held>>(const Subject&)> told;
  // Takes away, or parts from him, what is his alone.
  std::function<Result<void>(store::Transaction&, const Subject&)> forget;
  // Before that, outside of the transaction: gives back what others wait for ("a booking to come").
  std::function<Result<void>(const Subject&)> give_back = {};
  std::vector<HeldIn> in = {};
};

// The answer of a query as such a table; a column "@thing" holds an entity and is told as its id under "thing".
Result<Held> held(store::Store& store, std::string what, const std::vector<std::string>& columns, std::string_view sql,
                  std::initializer_list<store::Param> with);
// Puts such an answer among the others.
Result<void> add(std::vector<Held>& to, Result<Held> table);

// Accounts, sessions, roles, and what of the audit log names his account.
Holding account_holding(store::Store& store);

// A line of My page: how much there is of something, and where ("3 bookings to come"; "/bookings").
struct RoomLine {
  std::string word;  // key of web/locales, with {n}
  int64_t count = 0;
  std::string path;       // below the language
  std::string what = {};  // which one it is, when the line is of one alone
};
// Who looks, in which language, and which card is his; 0: none is known.
struct Looking {
  const Actor& actor;
  Id card;
  Language language = Language::english;
};
// What a room has of him; pages ask all of them.
using RoomSource = std::function<Result<std::vector<RoomLine>>(const Looking&)>;

}  // namespace pitchblende::access
