// What somebody keeps for himself, and what he wishes about his card. Values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"

namespace pitchblende::personal {

inline constexpr int k_seen_days = 30;
inline constexpr size_t k_most_links = 30;
inline constexpr size_t k_most_searches = 50;
inline constexpr size_t k_most_favourites = 1000;
// Things that a search with letters is compared with: its newest.
inline constexpr size_t k_most_found = 10'000;

struct QuickLink {
  int64_t id = 0;
  std::string label;
  std::string address;  // "/fr/slots" or "https://…"
};

enum class Every : uint8_t { never, daily, weekly };
std::string_view name(Every every);
std::optional<Every> every_of(std::string_view name);

struct SavedSearch {
  int64_t id = 0;
  int64_t account = 0;
  std::string name;
  std::string address;  // below the language: "/search?q=…"
  Every every = Every::never;
  std::string made;
  std::string told;
  int64_t revision = 0;
};

struct Claim {
  enum class State : uint8_t { asked, confirmed, refused };
  int64_t account = 0;
  Id card;
  State state = State::asked;
  std::string made;
};

// All that My page lists of one account, read at once.
struct Shelf {
  std::vector<Id> favourites;  // the newest first
  std::vector<Id> seen;        // the last first
  std::vector<QuickLink> links;
  std::vector<SavedSearch> searches;
  std::optional<Claim> claim;
  bool remembers = true;  // what he looks at
};

struct Wish {
  enum class Kind : uint8_t { objection, erasure };
  enum class State : uint8_t { open, done, refused, taken_back };
  int64_t id = 0;
  Kind kind = Kind::objection;
  Id card;
  int64_t account = 0;  // 0: by the link of a letter
  std::string made;
  std::string due;  // a day
  State state = State::open;
  int64_t decision = 0;
  std::string closed;
  std::string reason;
};
std::string_view name(Wish::Kind kind);
std::string_view name(Wish::State state);

}  // namespace pitchblende::personal
