// Whom leaders have confirmed as members of their groups, for figures. A door of groups; any thread.
#pragma once

#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "store/store.hpp"

namespace pitchblende::groups {

struct Confirmed {
  Id group;
  Id person;
  std::string day;  // on which he was: "2026-11-27"
};
// As both are called today, whatever they were merged into.
Result<std::vector<Confirmed>> confirmed_members(store::Store& store);

}  // namespace pitchblende::groups
