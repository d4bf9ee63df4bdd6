// Values of intake: a file that was brought, what is said of it, what came of it. No thread contract.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "pool/pool_types.hpp"

namespace pitchblende::intake {

// waiting: to be tried. tried: it says what it would do. refused: too much would go. dropped: nobody wants it.
enum class State : uint8_t { waiting, tried, applying, applied, refused, failed, dropped };
inline constexpr size_t k_states = 7;
std::string_view name(State state);
std::optional<State> state(std::string_view name);

// What a person says of the file.
struct Said {
  std::string source;       // "curie-staff"
  std::string format;       // empty with an empty mapping: to be found out
  std::string mapping;      // own, TOML
  std::string institution;  // short name; empty: the source's name
  Id object;                // the institution
  std::string sheet = {};   // of a workbook, that one alone; kept in the mapping
  // Of what is not said: as its source had it; of a new source 50, none, no.
  std::optional<int64_t> trust;  // 0 … 100
  std::optional<std::string> licence;
  std::optional<bool> republish;
};

struct Intake {
  int64_t id = 0;
  int64_t account = 0;
  int64_t attachment = 0;
  Said said;
  State state = State::waiting;
  bool accept_withdrawals = false;
  std::string report;
  int64_t revision = 0;
  std::string created;
  std::string changed;
};

// A finding of a run, in words. The same said of several rows is one.
struct Remark {
  std::string place;  // "staff.xlsx, Personnel, 12": of the first
  std::string field;
  std::string english;
  std::string french;
  std::string excerpt;
  std::string kind = {};  // of whose field
  int64_t rows = 1;
};
struct Reason {
  std::string code;
  std::string field;
  bool rejected = false;
  int64_t count = 0;
};
struct Difference {
  std::string change;  // fresh, changed, deleted
  std::string kind;
  std::string key;
  std::string fields;     // changed: which, parted by ", "
  std::string name = {};  // of the thing, as its record has it
};
// A field, or what stands beside it ("positions.title"), that records would have no more.
struct Loss {
  std::string kind;
  std::string field;
  int64_t records = 0;
  int64_t had = 0;
};

// What a run did, or would do: the part of pool's report that people look at.
struct Report {
  int64_t run = 0;
  int64_t rows = 0;  // of tables; read counts records
  int64_t read = 0;
  int64_t accepted = 0;
  int64_t rejected = 0;
  int64_t notices = 0;
  int64_t fresh = 0;
  int64_t changed = 0;
  int64_t unchanged = 0;
  int64_t withdrawn = 0;
  int64_t pageless = 0;         // once applied: people who have no page
  std::string problem_english;  // why nothing was done
  std::string problem_french;
  std::vector<Reason> reasons;
  std::vector<Remark> rejects;
  std::vector<Remark> remarks;  // notices
  std::vector<Loss> losses;
  std::vector<Difference> differences;
};
// As JSON text, and back; what cannot be read is an empty report.
std::string encode(const Report& report);
Report decode_report(std::string_view text);
Report report_of(const pool::RunReport& report);

}  // namespace pitchblende::intake
