#include "insight/standing.hpp"

#include <algorithm>
#include <set>

#include "insight/insight_rules.hpp"

namespace pitchblende::insight {

using registry::Kind;

namespace {

void merge(std::vector<Id>& into, const std::vector<Id>& from) {
  into.insert(into.end(), from.begin(), from.end());
  std::ranges::sort(into);
  into.erase(std::ranges::unique(into).begin(), into.end());
}

}  // namespace

void Standing::add(const Standing& other) {
  merge(institutions, other.institutions);
  merge(teams, other.teams);
  merge(areas, other.areas);
}

void Standings::add(std::span<const Tie> ties) {
  for (const Tie& tie : ties) {
    m_kinds.emplace(tie.from, tie.from_kind);
    m_kinds.emplace(tie.to, tie.to_kind);
    // Rule 3: people, teams and groups are in an area, organisations and what is theirs are not.
    const bool to_group = tie.to_kind == Kind::group;
    const bool may = tie.from_kind == Kind::group ? to_group : !to_group || tie.from_kind != Kind::organisation;
    if (may && holds_in(tie.since, tie.until, m_year)) {
      m_up[tie.from].push_back(tie.to);
    }
  }
}

const Standing& Standings::of(Id thing) {
  if (const auto known = m_known.find(thing); known != m_known.end()) {
    return known->second;
  }
  std::set<Id> seen;
  std::vector<Id> open{thing};
  Standing out;
  while (!open.empty()) {
    const Id each = open.back();
    open.pop_back();
    if (!seen.insert(each).second) {
      continue;
    }
    if (std::ranges::binary_search(m_institutions, each)) {
      out.institutions.push_back(each);
    }
    if (std::ranges::binary_search(m_areas, each)) {
      out.areas.push_back(each);
    }
    if (const auto kind = m_kinds.find(each); kind != m_kinds.end() && kind->second == Kind::team) {
      out.teams.push_back(each);
    }
    if (const auto up = m_up.find(each); up != m_up.end()) {
      open.insert(open.end(), up->second.begin(), up->second.end());
    }
  }
  std::ranges::sort(out.institutions);
  std::ranges::sort(out.teams);
  std::ranges::sort(out.areas);
  return m_known.emplace(thing, std::move(out)).first->second;
}

}  // namespace pitchblende::insight
