// What every reader of JSON records does: takes the stream apart, parses each object, and hands on what becomes of it.
// Inside sources. One thread.
#pragma once

#include <functional>
#include <string>

#include "sources/json_draft.hpp"
#include "sources/json_view.hpp"
#include "sources/source.hpp"

namespace pitchblende::sources {

struct JsonShape {
  registry::Kind kind;
  std::string page_member;  // of a page, the member that holds the records
};

// Why a record cannot go in, and the field that is guilty.
struct JsonRefusal {
  std::string field;
  std::string value;
  Error error;
};

// Fills the draft; a refusal rejects the record.
using JsonMapping = std::function<std::optional<JsonRefusal>(const JsonView& root, JsonDraft& draft)>;

Result<void> read_json_records(ByteStream& bytes, const std::string& file, const Settings& settings,
                               const JsonShape& shape, const JsonMapping& mapping, RecordSink& sink);

}  // namespace pitchblende::sources
