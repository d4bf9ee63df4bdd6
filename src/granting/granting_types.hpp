// A table of roles as it was read: what each line would change, and what cannot be taken. Values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.hpp"

namespace pitchblende::granting {

inline constexpr size_t k_most_lines = 20'000;

enum class Column : uint8_t { none, email, role, object, from, until };
std::string_view name(Column column);  // "object"; none: empty

// fresh: a role to be given. dated: one that is there gets another period. same: nothing is to be done.
enum class Fate : uint8_t { fresh, dated, same };
std::string_view name(Fate fate);

struct Line {
  int64_t number = 0;  // in the file, from 1
  access::RoleChange change;
  Fate fate = Fate::fresh;
  std::string starts_now;  // of the one that is there
  std::string ends_now;
};
struct Rejected {
  int64_t number = 0;
  Column column = Column::none;
  std::string title;    // the column's, as the file has it
  std::string excerpt;  // what stands there
  Error error;
};

// Lines and rejected ones are all that were read.
struct Table {
  int64_t read = 0;
  std::vector<Line> lines;
  std::vector<Rejected> rejected;

  int64_t count(Fate fate) const;
};

}  // namespace pitchblende::granting
