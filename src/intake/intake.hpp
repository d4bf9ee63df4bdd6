// Files that are brought through the site: looked at, tried, applied as a source's. Front door of intake.
//
// A file is tried (a dry run) and applied by the thread that works jobs; pages read what came of it. Any thread may
// call the rest. Who may bring what is the caller's to ask.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "access/audit.hpp"
#include "base/clock.hpp"
#include "files/files.hpp"
#include "intake/intake_types.hpp"
#include "jobs/jobs.hpp"
#include "pool/pool.hpp"
#include "sources/tables/sheets.hpp"
#include "sources/tables/tabular.hpp"
#include "store/store.hpp"

namespace pitchblende::intake {

// What intake works with; all of it outlives it.
struct Means {
  store::Store& store;
  const Clock& clock;
  pool::Pool& pool;
  const files::Files& files;
  jobs::Jobs& jobs;
  const access::Audit& audit;
  std::string folder;                                     // for files while they are read
  std::function<bool(const std::string&)> is_configured;  // pitchblende.toml says what that source is
  // Rule 1 of docs/rules/intake.md: that account may bring any source.
  std::function<Result<bool>(int64_t account)> brings_any;
};

// A source as the registry knows it, with its last run.
struct KnownSource {
  std::string name;
  std::string format;
  std::string institution;
  std::string institution_ref;  // reference of the organisation; empty: nobody's
  std::string last;             // when its last run began
  std::string state;            // of that run
  int64_t records = 0;
  int64_t rejected = 0;
  int64_t trust = 0;
  std::string licence;
  bool republish = false;
};

// How a file was read that was applied.
struct Reading {
  std::string format;
  std::string mapping;
  std::string when;
};

// A record of a source, and the thing that it went into.
struct Made {
  std::string kind;
  std::string key;
  Id thing;
};

class IntakeRoom {
 public:
  explicit IntakeRoom(Means means);

  // The file is tried as soon as the worker comes to it. `source` empty: made of the institution and the format. Rule
  // 6: what is not said is as its source was last read. What cannot be told is kept all the same, to be said.
  // Errors: INTAKE_NAME, INTAKE_CONFIGURED, INTAKE_TRUST, those of files and of mappings.
  Result<int64_t> bring(int64_t account, std::string_view file_name, std::string_view bytes, Said said);
  // Says it otherwise, and has it tried again: the file is his from then on (rule 1). Errors: INTAKE_CHANGED,
  // INTAKE_STATE, those of bring().
  Result<void> say(int64_t account, int64_t id, int64_t revision, Said said);
  // Error: INTAKE_CHANGED; INTAKE_STATE: only what was tried, or refused with `accept_withdrawals`.
  Result<void> apply(int64_t account, int64_t id, int64_t revision, bool accept_withdrawals);
  Result<void> drop(int64_t account, int64_t id, int64_t revision);

  // Error: INTAKE_UNKNOWN.
  Result<Intake> find(int64_t id) const;
  // Newest first.
  Result<std::vector<Intake>> list(int64_t limit) const;
  // How many files that he brought were tried and wait for his word.
  Result<int64_t> waiting_for(int64_t account) const;
  // A message without the place where files lie while they are read.
  std::string plain(std::string message) const;
  // What its first rows become. Errors: those of reading a table.
  Result<sources::Preview> preview(const Intake& intake, int64_t rows) const;
  // The TOML that a table is read by: its own, or the ready one's.
  static std::string mapping_text(const Said& said);
  // How the source was last read; nothing: never.
  Result<std::optional<Reading>> last_reading(const std::string& source) const;
  // The first rows of each of its tables. Errors: those of reading a table.
  Result<std::vector<sources::Sheet>> tables(const Intake& intake, size_t rows) const;
  // One of its sheets as a file of its own, read as it fits it best.
  Result<int64_t> bring_sheet(int64_t account, const Intake& intake, const std::string& sheet);
  // Another sheet, another row of titles; nothing of both: as it is found.
  static Said in_table(Said said, const sources::TableChoice& choice);
  Result<std::vector<KnownSource>> sources() const;
  // What its source says now: the things that its records went into.
  Result<std::vector<Made>> made(const Intake& intake, int64_t limit) const;

 private:
  // Whether he may have the file say everything.
  bool reaches_all(int64_t account) const;
  Result<void> settle_said(const std::string& path, std::string_view bytes, Said& said) const;
  Result<void> settle_reading(const std::string& path, std::string_view bytes, Said& said) const;
  Result<jobs::Change> try_it(const jobs::Job& job);
  Result<jobs::Change> apply_it(const jobs::Job& job);
  Result<Report> run(const Intake& intake, pool::ImportOptions options, bool& refused) const;
  Result<std::string> bytes_of(const Intake& intake) const;
  Result<std::string> laid_out(const Intake& intake) const;

  Means m_means;
};

// "Institut Curie", "people" → "institut-curie-people".
std::string source_name(std::string_view institution, std::string_view format);

}  // namespace pitchblende::intake
