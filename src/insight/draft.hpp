// What of a card matters for figures: whether it counts in a year, and what it leads to. Owner: insight. Pure.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "insight/insight_types.hpp"
#include "registry/card.hpp"

namespace pitchblende::insight {

// A thing before it is placed.
struct Thing {
  Item item;
  std::vector<std::string> refs;   // of institutions, teams and companies: of its links and printed affiliations
  std::vector<std::string> areas;  // that it says itself
  std::vector<std::string> countries;
  std::vector<int64_t> records;
};

// The winning value of a field of that kind, or empty.
std::string_view text_of(const registry::Card& card, std::string_view field);

// What affiliations say, remembered: many papers print the same one.
class AffiliationReader {
 public:
  struct Read {
    std::vector<std::string> refs;
    std::string country;
  };
  const Read& read(const std::string& affiliation);

 private:
  std::unordered_map<std::string, Read> m_known;
};

// nullopt: it does not count in that year (rule 2).
std::optional<Thing> thing_of(const registry::Card& seen, int year, AffiliationReader& affiliations);

}  // namespace pitchblende::insight
