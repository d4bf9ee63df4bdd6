// Where people, teams and things stand in a year: in which institutions, teams and key areas. Owner: insight.
//
// A Standings is of one year and one thread: what it was asked it remembers.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/id.hpp"
#include "registry/kinds.hpp"

namespace pitchblende::insight {

// A dated link that says what something is part of.
struct Tie {
  Id from;
  Id to;
  registry::Kind from_kind = registry::Kind::person;
  registry::Kind to_kind = registry::Kind::organisation;
  std::string since;
  std::string until;
};

// Sorted, each once.
struct Standing {
  std::vector<Id> institutions;
  std::vector<Id> teams;
  std::vector<Id> areas;

  void add(const Standing& other);
};

class Standings {
 public:
  // `institutions` and `areas`: sorted; what is none of them is passed through.
  Standings(int year, std::vector<Id> institutions, std::vector<Id> areas)
      : m_year(year), m_institutions(std::move(institutions)), m_areas(std::move(areas)) {}
  // Before anything is asked.
  void add(std::span<const Tie> ties);

  // Rule 3: up the ties that hold in the year. Areas are those of teams, people and groups: an institution that is a
  // member of one does not take all of its people there.
  const Standing& of(Id thing);
  const std::vector<Id>& institutions() const { return m_institutions; }
  const std::vector<Id>& areas() const { return m_areas; }

 private:
  int m_year = 0;
  std::vector<Id> m_institutions;
  std::vector<Id> m_areas;
  std::unordered_map<Id, std::vector<Id>> m_up;
  std::unordered_map<Id, registry::Kind> m_kinds;
  std::unordered_map<Id, Standing> m_known;
};

}  // namespace pitchblende::insight
