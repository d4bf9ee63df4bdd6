// Conflicts of interest between somebody who may review and those who apply: computed from what the pool knows, each
// with its proof. judge is pure; the rest reads the registry. Any thread. Rule 9 of docs/rules/calls.md.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "calls/calls_types.hpp"
#include "registry/registry.hpp"

namespace pitchblende::calls {

enum class Ground : uint8_t {
  applicant,    // he is one of them
  competitor,   // he applies to the same call
  unit,         // both are, or were, of one unit
  parent,       // their units have a parent in common
  publication,  // both signed it
  project,      // both, or a team of each, have or had it
  namesake      // not of the registry, and signs like one of their co-authors
};
std::string_view name(Ground ground);

// What proves it.
struct Conflict {
  Ground ground = Ground::applicant;
  std::string applicant;  // whose
  std::string through;    // the unit, the publication…
  Id thing;               // of the registry; 0: none
  registry::Kind kind = registry::Kind::person;
  std::string year;
};

struct Tie {
  std::string label;
  bool is_parent = false;  // of a unit of his
  registry::Kind kind = registry::Kind::team;
};
struct Work {
  registry::Kind kind = registry::Kind::publication;
  std::string label;
  std::string year;
};
// Somebody who signed with him, as he is printed, and where.
struct Beside {
  std::string name;
  Id work;
  std::string title;
  std::string year;
};
// What the registry knows of somebody, or of a team, that can tie him to others.
struct Standing {
  std::string label;
  std::vector<Id> ids;
  std::map<Id, Tie> ties;
  std::map<Id, Work> works;
  std::map<std::string, Beside, std::less<>> signs_beside;  // "martin c": those who signed with him
};

struct Candidate {
  Id person;           // 0: not of the registry
  std::string label;   // his name
  std::string family;  // of somebody who is not of the registry
  std::string given;
  std::string email;
  std::optional<Id> at;    // where somebody works who is not of the registry
  std::string place = {};  // the same in words, where the registry does not know that either: nothing is compared
};

// Works older than `since` (a year) do not count, nor positions that ended before.
Result<Standing> standing_of(const registry::Registry& registry, Id thing, int since);
Result<Standing> standing_of(const registry::Registry& registry, const Candidate& candidate, int since);
Result<std::vector<Standing>> standings_of(const registry::Registry& registry, const std::vector<Party>& parties,
                                           int since);
// Sorted by ground; at most one proof of a ground for each applicant and thing.
std::vector<Conflict> conflicts(const Candidate& candidate, const Standing& his, const std::vector<Standing>& theirs);

// Rule 9: what a new call says of parents that do not count, a name a line: the national bodies of today.
Result<std::string> national_bodies(store::Store& store, std::string_view today);

// How a name signs: "martin c".
std::string signature(std::string_view family, std::string_view given);

}  // namespace pitchblende::calls
