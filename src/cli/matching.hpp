// Which source a file is of, and which thing a person means.
#pragma once

#include "cli/config.hpp"
#include "registry/registry.hpp"

namespace pitchblende::cli {

// One run: a source and its files, in the order given.
struct Batch {
  pool::SourceSettings settings;
  std::vector<std::string> files;
};

// SOURCE=FILE as said; else the configured source whose patterns fit the name; else what the file itself shows.
// Error: CLI_NO_SOURCE_FOR.
Result<std::vector<Batch>> match_files(const Config& config, const std::string& folder,
                                       const std::vector<std::string>& files);

// An id, or a reference that leads to one thing. Errors: CLI_NOT_AN_ID, CLI_NOT_FOUND.
// "12/0": a record and its part, as explain names them; nullopt: it is written otherwise.
std::optional<resolution::MentionRef> record_of(const std::string& text);
Result<Id> id_of(const registry::Registry& registry, const std::string& text);

}  // namespace pitchblende::cli
