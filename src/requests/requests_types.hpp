// What requests speak of: what is asked, of whom, how it stands, what was said. Values.
//
// Times are seconds of UTC since 1970; 0: not yet.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"

namespace pitchblende::requests {

enum class Kind : uint8_t { access, training, service, samples, expertise, data, choose };
inline constexpr std::array k_kinds{Kind::access,    Kind::training, Kind::service, Kind::samples,
                                    Kind::expertise, Kind::data,     Kind::choose};
std::string_view name(Kind kind);  // "access"
std::optional<Kind> kind(std::string_view name);

enum class State : uint8_t { fresh, accepted, declined, running, done, withdrawn };
inline constexpr std::array k_states{State::fresh,   State::accepted, State::declined,
                                     State::running, State::done,     State::withdrawn};
std::string_view name(State state);  // "new", "accepted"
std::optional<State> state(std::string_view name);
// Somebody still has something to do.
inline bool is_open(State state) {
  return state == State::fresh || state == State::accepted || state == State::running;
}

// Who is written to: who looks after the resource, who stands in for him, the consortium's staff.
enum class Level : uint8_t { owner, substitute, staff };
inline constexpr std::array k_levels{Level::owner, Level::substitute, Level::staff};
std::string_view name(Level level);
std::optional<Level> level(std::string_view name);

// Whether each recipient is told who else was asked.
enum class Others : uint8_t { hidden, shown };

// The staff, who forward it, speak to the recipient alone.
enum class Side : uint8_t { asker, recipient, program, staff };
std::string_view name(Side side);
std::optional<Side> side(std::string_view name);

struct Asker {
  int64_t account = 0;  // 0: a company, known by its address alone
  std::string email;
  std::string name;
  std::string company;   // or institution; may be empty
  std::string language;  // "fr", "en"
};

struct Draft {
  Kind kind = Kind::access;
  Others others = Others::hidden;
  std::vector<Id> to;  // platforms, teams, instruments …; none: the consortium's staff
  std::string subject;
  std::string text;
  std::string wanted_by;  // a date, or empty
  std::string once;       // sent twice, the form asks once; empty: it is not known
};

struct Request {
  int64_t id = 0;
  Asker asker;
  Draft draft;
  int64_t made = 0;
};

// The conversation with one recipient.
struct Thread {
  int64_t id = 0;
  int64_t request = 0;
  Id resource;  // 0: the consortium's staff
  Level level = Level::owner;
  State state = State::fresh;
  std::string reason;
  int64_t revision = 1;
  int64_t sent = 0;
  int64_t level_since = 0;
  int64_t reminded = 0;    // the last time, at this level
  int64_t owed_since = 0;  // since when the asker waits for an answer; 0: he does not
  int64_t answered = 0;    // the first answer
  int64_t changed = 0;
  int64_t handler = 0;  // account of who answered last
};

// A conversation with what was asked.
struct Case {
  Request request;
  Thread thread;
};

struct Message {
  int64_t id = 0;
  int64_t at = 0;
  Side side = Side::asker;
  int64_t account = 0;  // 0: a company, or the program
  std::string text;     // of the program: a code, "state.accepted", "level.staff", "forwarded", "trained"
};

// Who speaks: pages have asked the policy, or looked at his link.
struct Voice {
  Side side = Side::asker;
  int64_t account = 0;
  bool by_letter = false;  // by the link of a letter: whoever has it
};

// The conversation that somebody looks at: changed only if it is as he saw it.
struct Seen {
  int64_t thread = 0;
  int64_t revision = 0;
};

// What the link of a letter opens: one conversation, to who was written to.
struct LetterLink {
  int64_t thread = 0;
  std::string email;
  Level level = Level::owner;  // as which he was written to
  int64_t expires = 0;
};

// Where a resource's conversation begins.
struct Recipient {
  Id resource;
  Level level = Level::owner;
};

}  // namespace pitchblende::requests
