#include <algorithm>

#include "resolution/organisations/organisation_data.hpp"

namespace pitchblende::resolution {

namespace {

constexpr size_t k_farthest = 64;  // organisations above one another, or one after another

// Dates of different lengths compare as far as the shorter one goes.
int compare(std::string_view a, std::string_view b) {
  const size_t size = std::min(a.size(), b.size());
  return a.substr(0, size).compare(b.substr(0, size));
}

bool is_in_force(const Dated& relation, std::string_view date) {
  if (date.empty()) {
    return relation.to.empty();
  }
  return (relation.from.empty() || compare(relation.from, date) <= 0) &&
         (relation.to.empty() || compare(relation.to, date) >= 0);
}

}  // namespace

std::vector<uint32_t> parents_in_force(const OrganisationIndex::Data& data, uint32_t organisation,
                                       std::string_view date) {
  std::vector<uint32_t> out;
  std::vector<uint32_t> level{organisation};
  while (!level.empty() && out.size() < k_farthest) {
    std::vector<uint32_t> next;
    for (const uint32_t child : level) {
      for (const Dated& parent : data.organisations[child].parents) {
        if (is_in_force(parent, date) && parent.organisation != organisation &&
            std::find(out.begin(), out.end(), parent.organisation) == out.end()) {
          out.push_back(parent.organisation);
          next.push_back(parent.organisation);
        }
      }
    }
    level = std::move(next);
  }
  return out;
}

bool is_above(const OrganisationIndex::Data& data, uint32_t parent, uint32_t child) {
  // Three steps are what directories have; a cycle ends there as well.
  const auto climb = [&](const auto& self, uint32_t from, int steps) -> bool {
    for (const Dated& above : data.organisations[from].parents) {
      if (above.organisation == parent || (steps > 1 && self(self, above.organisation, steps - 1))) {
        return true;
      }
    }
    return false;
  };
  return parent != child && climb(climb, child, 3);
}

uint32_t successor_in_force(const OrganisationIndex::Data& data, uint32_t organisation, std::string_view date) {
  uint32_t now = organisation;
  std::vector<uint32_t> seen{organisation};
  while (seen.size() < k_farthest) {
    const IndexedOrganisation& here = data.organisations[now];
    if (here.closed.empty() && here.successors.empty()) {
      return now;
    }
    if (!date.empty() && !here.closed.empty() && here.closed != "?" && compare(here.closed, date) > 0) {
      return now;
    }
    std::vector<uint32_t> next;
    for (const Dated& successor : here.successors) {
      if (successor.from.empty() || date.empty() || compare(successor.from, date) <= 0) {
        next.push_back(successor.organisation);
      }
    }
    // One that became several did not become any one of them.
    if (next.size() != 1 || std::find(seen.begin(), seen.end(), next[0]) != seen.end()) {
      return now;
    }
    now = next[0];
    seen.push_back(now);
  }
  return now;
}

}  // namespace pitchblende::resolution
