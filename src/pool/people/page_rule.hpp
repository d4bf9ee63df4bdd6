// Who has a page: a person who holds, or held within the retention period, a dated position in a member or partner: in
// one that the position names, or in the one whose own list of staff says so. A role that has ended gives pages as long
// as a position that has.
//
// Everybody else is a name printed on a publication. Organisations are looked up once for each; not for several
// threads.
#pragma once

#include <unordered_map>

#include "pool/state.hpp"

namespace pitchblende::pool {

class PageRule {
 public:
  PageRule(State& state);

  Result<bool> has_page(const registry::Card& card);
  // True when the organisation or team, or one that it is part of, is a founder, member or partner, or was one
  // within the retention period.
  Result<bool> belongs(Id organisation);

 private:
  struct House {
    bool member = false;  // itself
    std::vector<Id> parents;
  };

  Result<std::optional<Id>> target(const std::string& ref);
  Result<House> house(Id organisation);
  Result<bool> is_of_member(const std::string& ref);
  // Whether the institution of one of the sources that say this is a member.
  Result<bool> said_by_member(const registry::Card& card, const registry::CardValue& value);

  State& m_state;
  std::string m_since;  // a position that ended before this day gives no page
  std::unordered_map<Id, House> m_houses;
  std::unordered_map<Id, bool> m_belongs;
  std::unordered_map<std::string, std::optional<Id>> m_targets;
  std::optional<std::unordered_map<std::string, std::string>> m_institutions;  // of sources: their references
};

// Time passes and settings change: those whose positions, or whose houses' roles, ended between the day that pages were
// last judged by and the one of today are due.
Result<void> judge_lapsed(State& state);

// The first and last day that a partial date may mean: "2019" → "2019-01-01", "2019-12-31". Compared as text.
std::string last_day(std::string_view date);

}  // namespace pitchblende::pool
