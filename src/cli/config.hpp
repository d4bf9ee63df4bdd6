// DIR/pitchblende.toml: what the data folder's owner says of his consortium and its sources. Values.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "net/net.hpp"
#include "pool/pool_types.hpp"

namespace pitchblende::cli {

struct ConfiguredSource {
  pool::SourceSettings settings;
  std::vector<std::string> files;  // shell patterns, from the data folder
  std::string title;               // how pages name it; empty: by its name
};

struct Config {
  std::string database;  // empty: SQLite in the folder; else postgresql://…
  std::string name;      // of the consortium
  int retention_years = 3;
  std::string consortium;  // reference of the consortium's own card
  std::string notice;      // shown on every page
  std::string contact;     // e-mail address
  std::string address;     // of the site, as people reach it: "https://pool.example.org"
  net::MailServer mail;    // without host: letters wait in the outbox
  std::string mail_from;
  bool calendars_private = false;  // calendars of elsewhere may lie on this machine's own networks
  int64_t calendar_minutes = 60;   // between two readings
  bool notices = false;            // people may be told, once, that a page of theirs is published
  std::map<std::string, ConfiguredSource> sources;
};

// A missing file gives what is set when nothing is said. Errors: CLI_CONFIG with file, line and reason; an unknown key
// is one, so that a slip of the pen is not taken for silence.
Result<Config> read_config(const std::string& folder);
// What `init` writes: the same settings, explained.
std::string config_template(const std::string& database, const std::string& name);

// The source of that name as configured; or, for the name of a format, that format as it comes.
Result<pool::SourceSettings> source_settings(const Config& config, const std::string& name);

}  // namespace pitchblende::cli
