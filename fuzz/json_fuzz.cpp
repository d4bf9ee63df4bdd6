// ROR and ClinicalTrials.gov from any bytes: in pieces of any size, with small limits, and what is read must be
// accounted for.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.hpp"
#include "sources/bytes.hpp"
#include "sources/clinicaltrials.hpp"
#include "sources/ror.hpp"

namespace {

using pitchblende::sources::Finding;
using pitchblende::sources::Place;
using pitchblende::sources::RecordSink;

void must(bool holds) {
  if (!holds) {
    std::abort();
  }
}

class Sink final : public RecordSink {
 public:
  void accept(pitchblende::registry::Record&& record, const Place& place) override {
    must(place.record == ++m_read && place.line > 0);
    must(!record.key.empty() && !record.values.empty());
    for (const auto& [field, value] : record.values) {
      must(pitchblende::registry::kind_of(field) == record.kind);
      must(!value.text.empty() && pitchblende::is_valid_utf8(value.text) &&
           pitchblende::squeeze(value.text) == value.text);
    }
  }
  void reject(Finding&& finding) override {
    must(finding.place.record == ++m_read && finding.excerpt.size() <= 80);
    must(pitchblende::is_valid_utf8(finding.excerpt));
  }
  void notice(Finding&& finding) override { must(finding.place.record == m_read && finding.excerpt.size() <= 80); }
  bool progress(int64_t) override { return true; }

 private:
  int64_t m_read = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // The first byte is part of the text too, so that files may serve as seeds.
  const size_t piece = (data[0] & 1) != 0 ? 7 + data[size - 1] : size_t{1} << 20;
  pitchblende::sources::Settings settings;
  settings.largest_record = (data[size / 2] & 7) == 7 ? 200 : 1 << 20;
  for (const auto read : {pitchblende::sources::read_ror, pitchblende::sources::read_clinicaltrials}) {
    Sink sink;
    const auto bytes = pitchblende::sources::memory_bytes(text, piece);
    (void)read(*bytes, "fuzz", settings, sink);
  }
  return 0;
}
