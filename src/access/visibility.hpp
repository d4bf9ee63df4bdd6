// Who may see what: decided on values handed in. Pure, any thread.
//
// A viewer is somebody with institutions that are his; an object has owners. registry computes both; search and every
// read of cards ask can_see().
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/id.hpp"

namespace pitchblende::access {

// Ordered: each one is seen by fewer people than the one before.
enum class Visibility : uint8_t { everyone, consortium, institution, owner, nobody };

std::string_view name(Visibility visibility);  // "public", "consortium", "institution", "owner", "nobody"

// Institutions are entity ids of organisations; a set that is kept sorted.
struct Viewer {
  Visibility reach = Visibility::everyone;  // everyone: a visitor; consortium: a member; owner: staff; nobody: sees all
  std::vector<Id> institutions;             // sorted; whose institution-level values he may see
  std::vector<Id> owned;                    // sorted; objects that are his own

  static Viewer visitor() { return {}; }
  // The system itself: check, backup, the administrator's terminal.
  static Viewer everything() { return {Visibility::nobody, {}, {}}; }
};

// `object`: the id of the thing; `owners`: its institutions, sorted.
inline bool can_see(const Viewer& viewer, Visibility visibility, Id object, std::span<const Id> owners) {
  if (visibility == Visibility::everyone || viewer.reach == Visibility::nobody) {
    return true;
  }
  if (viewer.reach == Visibility::everyone || visibility == Visibility::nobody) {
    return false;
  }
  if (visibility <= viewer.reach || std::binary_search(viewer.owned.begin(), viewer.owned.end(), object)) {
    return true;
  }
  return visibility == Visibility::institution && std::any_of(owners.begin(), owners.end(), [&](Id owner) {
           return std::binary_search(viewer.institutions.begin(), viewer.institutions.end(), owner);
         });
}

}  // namespace pitchblende::access
