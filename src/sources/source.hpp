// What every importer is: bytes in, records out, nothing decided. Front door of sources.
//
// A reader takes one Input and hands each record, reject and notice to a RecordSink as it goes: memory stays bounded by
// the largest record (and its limit). A reader is used by one thread; different readers are independent.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "registry/record.hpp"

namespace pitchblende::sources {

// Where in a file something stood.
struct Place {
  std::string file;    // the name given by the user
  std::string part;    // sheet, or member of an archive; may be empty
  int64_t line = 0;    // line or row, from 1; 0: unknown
  int64_t record = 0;  // ordinal of the record in the file, from 1; 0: unknown
};

// A record that did not get in (field empty or the guilty one), or a field that was dropped from one that did (a
// notice).
struct Finding {
  Place place;
  std::string field;
  std::string excerpt;  // at most 80 bytes of the value, cleaned
  Error error;
  // Of which record, where that was known: what a snapshot says wrongly it has not withdrawn.
  registry::Kind kind = registry::Kind::person;
  std::string key = {};
};

// Accepted + rejected = read, always: the reader calls accept() or reject() exactly once for each record that it read.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  virtual void accept(registry::Record&& record, const Place& place) = 0;
  virtual void reject(Finding&& finding) = 0;
  virtual void notice(Finding&& finding) = 0;
  // Rows of a table that made those records, where it was one: a row may tell of several things, several rows of one.
  virtual void rows(int64_t) {}
  // Bytes of the file consumed so far (compressed ones where it is compressed). False: stop, the user gave up.
  virtual bool progress(int64_t bytes_done) = 0;
};

// Bytes of one file, pulled in pieces. next() gives an empty view at the end. A view is good until the next call.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  virtual Result<std::string_view> next() = 0;
  // Bytes of the file itself consumed so far.
  virtual int64_t consumed() const = 0;
};

struct Settings {
  std::string source;                         // name of the source: "curie-staff"
  std::string institution;                    // short name that scopes local keys: "curie"
  std::string institution_ref;                // the same as a reference: "ror:04t0gwh46"; may be empty
  std::string mapping;                        // tabular: the mapping's TOML text
  int64_t largest_record = 64 * 1024 * 1024;  // bytes of one record; a larger one is rejected
  int64_t largest_file = int64_t{1} << 40;    // decompressed bytes
};

// Reads a whole file. An error means that the file as such is unreadable, truncated or empty: the run then withdraws
// nothing; what was accepted before the error stays. Everything less than that is a reject or a notice, and the rest
// goes in.
class Reader {
 public:
  virtual ~Reader() = default;
  virtual Result<void> read(const std::string& path, RecordSink& sink) = 0;
};

enum class Mode : uint8_t { snapshot, feed };

struct Format {
  std::string_view name;     // "pubmed", "ror", "clinicaltrials", or a ready mapping's name: "people"
  std::string_view english;  // one line, for help
  std::string_view french;
  Mode mode;  // unless the source's configuration says otherwise
};

// Every built-in format, ready mappings included.
std::span<const Format> formats();
// The built-in format that the first bytes of a file show; empty: not told, as for tables, whose mapping is to be said.
std::string shown_format(const std::string& path);
// A reader for a built-in name or for a mapping given in settings. Error: SOURCES_UNKNOWN_FORMAT.
Result<std::unique_ptr<Reader>> make_reader(std::string_view format, const Settings& settings);

// A field's value as a person typed it, checked and normalised as imports do it. A local key is written with its
// institution: "local:curie/EQ-12". Errors: those of the field's type.
Result<registry::Value> checked_value(const registry::FieldDescription& field, registry::Value value);

// Opens a file: plain, gzip (several members too) or the only/each member of a zip, by its first bytes and not by its
// name. Errors: SOURCES_OPEN, SOURCES_EMPTY, SOURCES_TRUNCATED, SOURCES_DAMAGED, SOURCES_TOO_LARGE.
Result<std::unique_ptr<ByteStream>> open_bytes(const std::string& path, const Settings& settings);

}  // namespace pitchblende::sources
