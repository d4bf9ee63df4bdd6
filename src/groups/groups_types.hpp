// What groups speak of: presentations, members, news, events and who comes to them. Values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"

namespace pitchblende::groups {

// A text in both languages; one of them may be empty.
struct Both {
  std::string french;
  std::string english;
  bool operator==(const Both&) const = default;
};

struct Presentation {
  Both text;
  int64_t revision = 0;  // 0: not stored yet
  std::string changed;
};

enum class Decided : uint8_t { confirmed, declined };
std::string_view name(Decided decided);
struct Member {
  Id person;
  Decided decided = Decided::confirmed;
  std::string day;
};

struct News {
  int64_t id = 0;  // 0: not stored yet
  Id group;
  Both title;
  Both text;
  std::string published;  // a day
  bool is_withdrawn = false;
  int64_t revision = 0;
};

struct Event {
  int64_t id = 0;  // 0: not stored yet
  Id group;
  Both title;
  Both text;
  int64_t begins = 0;  // seconds of UTC
  int64_t ends = 0;
  std::string local_begin;  // "2026-03-02T09:00", as it was typed
  std::string local_end;
  std::string place;
  std::string online;
  int64_t places = 0;        // 0: as many as come
  int64_t closes = 0;        // until when people register
  std::string local_closes;  // empty: until it begins
  bool is_open = true;       // people register here
  bool is_cancelled = false;
  int64_t revision = 0;
};

enum class Seat : uint8_t { registered, waiting, given_back };
std::string_view name(Seat seat);
struct Registration {
  int64_t event = 0;
  int64_t account = 0;
  Seat seat = Seat::registered;
  int64_t turn = 0;
};

// Who does it, and whether the policy lets him lead that group.
struct By {
  int64_t account = 0;
  bool leads = false;
};

}  // namespace pitchblende::groups
