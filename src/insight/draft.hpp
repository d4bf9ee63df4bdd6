// What of a card matters for figures: whether it counts in a year, and what it leads to. Owner: insight. Pure.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "insight/insight_types.hpp"
#include "registry/card.hpp"

namespace pitchblende::insight {

// When something counts: in one year alone, or from … to … (rule 2).
struct When {
  bool once = false;
  std::string from;  // once: that year's text
  std::string to;
  bool in(int year) const;
};

// A thing before it is placed.
struct Thing {
  Item item;
  When when;
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

// Of a publication, a project, a trial, a patent, a partnership, an award.
Thing thing_of(const registry::Card& seen, AffiliationReader& affiliations);

}  // namespace pitchblende::insight
