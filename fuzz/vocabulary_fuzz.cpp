// Vocabularies of any bytes: every reader, in pieces of any size; what is read must be accounted for and clean.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.hpp"
#include "sources/bytes.hpp"
#include "sources/vocabularies/vocabularies.hpp"

namespace {

namespace sources = pitchblende::sources;

void must(bool holds) {
  if (!holds) {
    std::abort();
  }
}

class Sink final : public sources::RecordSink {
 public:
  void accept(pitchblende::registry::Record&& record, const sources::Place& place) override {
    must(place.record == ++m_read && !record.key.empty() && !record.values.empty());
    for (const auto& [field, value] : record.values) {
      must(pitchblende::registry::kind_of(field) == pitchblende::registry::Kind::concept_);
      must(!value.text.empty() && pitchblende::is_valid_utf8(value.text) &&
           pitchblende::squeeze(value.text) == value.text);
    }
  }
  void reject(sources::Finding&& finding) override {
    must(finding.place.record == ++m_read && finding.excerpt.size() <= 80);
  }
  void notice(sources::Finding&& finding) override { must(finding.excerpt.size() <= 80); }
  bool progress(int64_t) override { return true; }

 private:
  int64_t m_read = 0;
};

}  // namespace

// The first byte says which reader, the second how large the pieces are.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) {
    return 0;
  }
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const auto bytes = sources::memory_bytes(text, size_t{1} + data[1]);
  Sink sink;
  switch (data[0] % 5) {
    case 0:
      (void)sources::read_obo(*bytes, "fuzz", sink);
      break;
    case 1:
      (void)sources::read_babelon(*bytes, "fuzz", sink);
      break;
    case 2:
      (void)sources::read_mesh(*bytes, "fuzz", {}, sink);
      break;
    case 3:
      (void)sources::read_oncotree(*bytes, "fuzz", sink);
      break;
    default:
      (void)sources::read_skos(*bytes, "fuzz", {}, sink);
  }
  return 0;
}
