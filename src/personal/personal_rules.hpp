// What is missing on a card, which addresses may be kept, what a letter's link proves. Pure, any thread; the rules are
// numbered in docs/rules/personal.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/card.hpp"

namespace pitchblende::personal {

// Rule 3: something that a good card has and this one has not.
struct Missing {
  registry::FieldId field;
  std::string language;  // of a text that is wanted in both: "fr", "en"; else empty
  bool operator==(const Missing&) const = default;
};
std::vector<Missing> missing_on(const registry::Card& card);
// How many such things a card of that kind can have.
size_t wanted_of(registry::Kind kind);

// Rule 6: an address of a quick link: a path of this site, or http(s) with a host; else "".
std::string link_address(std::string_view text);
// Rule 8: "/search?q=…" or "/person?…", below the language; else "".
std::string search_address(std::string_view text);

// What stands in an address instead of signing in: of one thing, for one purpose, good as long as the folder's key is.
std::string proof(std::string_view purpose, std::string_view of, std::string_view key);

// A month after a day: "2026-01-31" gives "2026-02-28".
std::string month_after(std::string_view day);

}  // namespace pitchblende::personal
