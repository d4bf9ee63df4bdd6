// What booking speaks of: spans of time, an instrument's terms, bookings. Values.
//
// Times are seconds of UTC since 1970; a day is counted in days since 1970 in the instrument's zone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"

namespace pitchblende::booking {

inline constexpr int64_t k_minute = 60;
inline constexpr int64_t k_day = 86'400;
inline constexpr int64_t k_longest_ahead = 6 * 366 * k_day;  // nothing is booked further ahead
inline constexpr std::string_view k_home_zone = "Europe/Paris";

// From begins up to and without ends.
struct Span {
  int64_t begins = 0;
  int64_t ends = 0;
  bool operator==(const Span&) const = default;
};
inline bool overlap(const Span& a, const Span& b) { return a.begins < b.ends && b.begins < a.ends; }

enum class How : uint8_t { here, elsewhere, request };
std::string_view name(How how);  // "here", "elsewhere", "request"
std::optional<How> how(std::string_view name);

struct Hours {
  int weekday = 0;  // 0: Monday
  int opens = 0;    // minutes after local midnight
  int closes = 0;   // up to 1440
  bool operator==(const Hours&) const = default;
};
struct Closure {
  int64_t first_day = 0;
  int64_t last_day = 0;  // closed too
  bool operator==(const Closure&) const = default;
};

// On what terms an instrument is booked.
struct Terms {
  Id instrument;
  How how = How::here;
  std::string zone{k_home_zone};
  std::string address;   // elsewhere: where people book
  std::string calendar;  // elsewhere: its iCalendar address
  int64_t step = 30;     // minutes, as all lengths here
  int64_t smallest = 30;
  int64_t largest = 8 * 60;
  int64_t horizon = 90;  // days
  int64_t notice = 0;
  bool trained = false;    // only who was trained on it
  bool confirmed = false;  // each booking waits for a yes
  std::vector<Hours> hours;
  std::vector<Closure> closures;
  int64_t revision = 0;  // 0: not stored yet
};

// Only the first two hold their time.
enum class State : uint8_t { requested, confirmed, cancelled, declined };
std::string_view name(State state);
std::optional<State> state(std::string_view name);
inline bool holds_time(State state) { return state == State::requested || state == State::confirmed; }

// Maintenance holds time as a booking does; its purpose is the reason that everybody reads.
enum class Sort : uint8_t { use, maintenance };
std::string_view name(Sort sort);

struct Held {
  int64_t id = 0;
  Id instrument;
  int64_t account = 0;
  Span span;
  State state = State::requested;
  std::string purpose;
  std::string reason;
  int64_t revision = 0;
  Sort sort = Sort::use;
  int64_t made_by = 0;  // who looks after the instrument booked it for him; 0: he himself
};

// What is to be booked.
struct Wanted {
  Id instrument;
  Span span;
  std::string purpose;
  int64_t account = 0;  // for whom; 0: for who does it
  Sort sort = Sort::use;
};

// Whether somebody's calendar of elsewhere was read, with something in it.
enum class Calendar : uint8_t { unread, read };
// When an instrument is busy; spans may touch and overlap (a calendar of elsewhere).
struct Busy {
  std::vector<Span> spans;
  Calendar calendar = Calendar::unread;
};

// What came of asking for a calendar of elsewhere the last time.
struct CalendarRead {
  std::string at;
  int64_t events = 0;
  std::optional<Error> problem = {};  // none: it was read
};

// Who does it, and whether the policy lets him look after that instrument.
struct By {
  int64_t account = 0;
  bool looks_after = false;
};

struct Training {
  int64_t account = 0;
  Id instrument;
  int64_t first_day = 0;
  std::optional<int64_t> last_day;  // nullopt: for good
};

}  // namespace pitchblende::booking
