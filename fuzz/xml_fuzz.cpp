// PubMed's XML, read whole and in small pieces: both give the same, and what goes in is clean.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "sources/bytes.hpp"
#include "sources/collecting_sink.hpp"
#include "sources/pubmed/pubmed.hpp"

namespace {

namespace sources = pitchblende::sources;

void must(bool held) {
  if (!held) {
    std::abort();
  }
}

// Everything that a reading gave, as one text.
std::string reading(std::string_view xml, size_t piece) {
  sources::Settings settings;
  settings.largest_record = 32 * 1024;
  sources::CollectingSink sink;
  const auto bytes = sources::memory_bytes(xml, piece);
  const auto result = sources::read_pubmed(*bytes, "fuzz", settings, sink);
  std::string out = result ? "read" : result.error().message();
  for (size_t at = 0; at < sink.accepted.size(); ++at) {
    const auto& record = sink.accepted[at];
    must(!record.key.empty());
    for (const auto& [field, value] : record.values) {
      must(!value.text.empty() && pitchblende::squeeze(pitchblende::clean_utf8(value.text)) == value.text);
      for (const auto& [attribute, text] : value.attributes) {
        must(pitchblende::squeeze(pitchblende::clean_utf8(text)) == text);
      }
    }
    out += "\n" + record.key + encode(record) + std::to_string(sink.places[at].line);
  }
  for (const auto* findings : {&sink.rejected, &sink.notices}) {
    for (const auto& finding : *findings) {
      must(pitchblende::is_valid_utf8(finding.excerpt) && pitchblende::is_valid_utf8(finding.error.message()));
      out += "\n" + finding.field + finding.excerpt + finding.error.message() + std::to_string(finding.place.line) +
             "/" + std::to_string(finding.place.record);
    }
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view xml(reinterpret_cast<const char*>(data), size);
  const size_t piece = size == 0 ? 1 : 1 + data[size - 1] % 64;
  must(reading(xml, size + 1) == reading(xml, piece));
  return 0;
}
