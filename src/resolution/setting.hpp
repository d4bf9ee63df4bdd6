// What a record says around its people: what it is about, where and when it appeared. Owner: resolution. Pure, any
// thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "registry/record.hpp"

namespace pitchblende::resolution {

// One for all mentions of a record. Words and names stand as 32-bit hashes, sorted, each once.
struct Setting {
  std::vector<uint32_t> words;     // of titles and abstract, five letters at least
  std::vector<uint32_t> terms;     // words of subject headings and of the journal's title
  std::vector<uint32_t> subjects;  // subject headings, keywords, substances
  std::vector<uint32_t> grants;
  std::vector<uint32_t> places;  // words of the affiliations of all whom it names
  uint32_t journal = 0;          // 0: not known
  uint32_t language = 0;         // 0: not known
  int year = 0;                  // 0: not known
};

bool is_english(uint32_t language);

// null: the record says nothing of the kind.
std::shared_ptr<Setting> setting_of(const registry::Record& record);
// Affiliations as mentions have them, normalised.
void set_places(Setting& setting, std::span<const std::string_view> affiliations);

}  // namespace pitchblende::resolution
